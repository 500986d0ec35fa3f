"""Handing out papers: each is an export, and recorded as one."""

from django.db import transaction
from django.utils import timezone, translation

from competence.documents import ClientProfile, CounsellorProfile
from competence.models import Assessment
from competence.page import page_of
from competence.paper import GERMAN
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


@transaction.atomic
def counsellor_profile(*, assessment: Assessment, by: User) -> CounsellorProfile:
    """Return the profile for the counsellor, with the language evidence, as a document in German."""
    with translation.override(GERMAN):
        document = CounsellorProfile(page_of(assessment), timezone.localdate())
    record(Action.EXPORT, by=by, obj=assessment, paper="counsellor_profile", language=GERMAN)
    return document
