"""Handing out papers: each is an export, and recorded as one."""

from django.db import transaction
from django.utils import timezone

from competence.documents import ClientProfile
from competence.models import Assessment
from competence.profile import load
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def client_profile(*, assessment: Assessment, language: str, by: User | None) -> ClientProfile:
    """Return the profile for the client as a document. Raises ``UnknownLanguageError``."""
    document = ClientProfile(load(assessment), language, timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="client_profile", language=language)
    return document
