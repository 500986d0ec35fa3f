"""What counsellor and client do with a profile: confirm lines, add words, talk about it, set the evidence aside."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from competence.enums import AssessmentState
from competence.models import Assessment, ClientRemark, EvidenceSetAside, FieldConfirmation
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


class ConfirmationChangedError(Exception):
    """Somebody else changed this line meanwhile; ``stored`` is what stands now."""

    def __init__(self, stored: FieldConfirmation) -> None:
        super().__init__(stored.row_key)
        self.stored = stored


class NotFinishedError(Exception):
    """The assessment is not finished: there is nothing to discuss yet."""


@transaction.atomic
def confirm_field(
    *, assessment: Assessment, row_key: str, evidence: int, years: int | None, note: str, revision: int, by: User
) -> FieldConfirmation:  # fmt: skip
    """Confirm or annotate a line of the table of work fields. ``revision`` is 0 for a line nobody has confirmed.

    Raises ``ConfirmationChangedError`` when the stored revision is another one.
    """
    facts = {"evidence": evidence, "years": years, "note": note}
    stored = assessment.confirmations.select_for_update().filter(row_key=row_key).first()
    if stored is None:
        try:
            with transaction.atomic():
                stored = FieldConfirmation.objects.create(
                    assessment=assessment, row_key=row_key, created_by=by, **facts
                )
        except IntegrityError:  # two first confirmations at the same moment
            raise ConfirmationChangedError(assessment.confirmations.get(row_key=row_key)) from None
    elif all(getattr(stored, name) == value for name, value in facts.items()):
        return stored
    elif stored.revision != revision:
        raise ConfirmationChangedError(stored)
    else:
        for name, value in facts.items():
            setattr(stored, name, value)
        stored.revision += 1
        stored.save()
    record(Action.CHANGE, by=by, obj=assessment, line=row_key, evidence=evidence)
    return stored


@transaction.atomic
def add_remark(
    *, assessment: Assessment, text: str, said_on: date, by: User, submission: UUID | None = None
) -> ClientRemark:
    """Keep what the client says about the profile. The same submission again returns the first one's record."""
    take_turns(submission)
    if submission is not None and (known := ClientRemark.objects.filter(submission=submission).first()):
        return known
    remark = ClientRemark.objects.create(
        assessment=assessment, text=text, said_on=said_on, created_by=by, submission=submission
    )
    record(Action.CHANGE, by=by, obj=assessment, fields=["remarks"])
    return remark


@transaction.atomic
def mark_discussed(*, assessment: Assessment, by: User, discussed: bool = True) -> Assessment:
    """Note that the profile was discussed with the client, or take that back. Raises ``NotFinishedError``."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.state != AssessmentState.FINISHED:
        raise NotFinishedError
    if (locked.discussed_at is not None) == discussed:
        return locked
    Assessment.objects.filter(pk=locked.pk).update(
        discussed_at=timezone.now() if discussed else None,
        changed_at=timezone.now(),
        revision=F("revision") + 1,
    )
    record(Action.CHANGE, by=by, obj=locked, discussed=discussed)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def set_evidence_aside(*, assessment: Assessment, reason: str, by: User) -> EvidenceSetAside:
    """Leave the language evidence out of the talk, with a reason. Already set aside: the first reason stays."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    known = assessment.set_asides.filter(undone_at__isnull=True).first()
    if known is not None:
        return known
    row = EvidenceSetAside.objects.create(assessment=assessment, reason=reason, at=timezone.now(), by=by)
    record(Action.CHANGE, by=by, obj=assessment, evidence="set_aside")
    return row


@transaction.atomic
def take_evidence_back(*, assessment: Assessment, by: User) -> None:
    """Show the language evidence again; that it was set aside, and why, stays on record."""
    changed = assessment.set_asides.filter(undone_at__isnull=True).update(
        undone_at=timezone.now(), undone_by=by
    )
    if changed:
        record(Action.CHANGE, by=by, obj=assessment, evidence="taken_back")
