"""Institutions: added, corrected, retired, brought back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import InstitutionKnownError, NotAllowedError
from counselling.models import Institution
from counselling.services.records import apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission


@transaction.atomic
def create_institution(
    *, by: User, submission: UUID | None = None, topics: Any = (), **facts: Any
) -> Institution:
    """Add a place to the centre's directory. Raises ``InstitutionKnownError`` for a second one of that name and address."""
    if not by.may(Permission.DIRECTORY_WRITE):
        raise NotAllowedError
    Centre.objects.select_for_update().get(pk=by.centre_id)  # two equal forms meet here
    made = Institution.objects.filter(centre_id=by.centre_id, submission=submission)
    if submission and (twin := made.first()):
        return twin
    institution = Institution(centre_id=by.centre_id, submission=submission, created_by=by, **facts)
    _refuse_twin(institution)
    institution.save()
    institution.topics.set(topics)
    record(Action.CREATE, by=by, obj=institution)
    return institution


@transaction.atomic
def update_institution(
    *, institution: Institution, by: User, revision: int, topics: Any = (), **facts: Any
) -> Institution:
    """Correct a place. Raises ``RecordChangedError`` when somebody was faster."""
    _may(by, institution, Permission.DIRECTORY_WRITE)
    Centre.objects.select_for_update().get(pk=by.centre_id)
    stored = lock(institution, revision=revision)
    changed = apply_changes(stored, facts)
    if {topic.pk for topic in topics} != set(stored.topics.values_list("pk", flat=True)):
        stored.topics.set(topics)
        stored.revision += not changed
        changed.append("topics")
    if changed:
        _refuse_twin(stored)
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=changed)
    return stored


@transaction.atomic
def retire_institution(*, institution: Institution, by: User, retired: bool = True) -> Institution:
    """Take a place out of the choices, or bring it back. Referrals that know it stay."""
    _may(by, institution, Permission.DIRECTORY_KEEP)
    Centre.objects.select_for_update().get(pk=by.centre_id)
    stored = lock(institution, revision=None)
    if bool(stored.retired_at) != retired:
        stored.retired_at = timezone.now() if retired else None
        stored.revision += 1
        _refuse_twin(stored)
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=["retired_at"])
    return stored


def _may(by: User, institution: Institution, permission: Permission) -> None:
    if not by.may(permission) or institution.centre_id != by.centre_id:
        raise NotAllowedError


def _refuse_twin(institution: Institution) -> None:
    institution.fold()
    twins = Institution.objects.filter(
        centre_id=institution.centre_id, match_key=institution.match_key, retired_at__isnull=True
    )
    if institution.retired_at is None and twins.exclude(pk=institution.pk).exists():
        raise InstitutionKnownError
