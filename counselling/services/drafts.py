"""Drafts of consultations: kept while somebody types, thrown away and brought back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.models import Client, Consultation, Draft
from counselling.services.records import hold_still
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


@transaction.atomic
def keep_draft(
    *, key: UUID, typed: Mapping[str, Sequence[str]], client: Client | None, by: User
) -> Draft | None:
    """Keep what stands in the form now; None when this very form has been saved already, or is somebody else's.

    Not in the access log: it is the author's own typing, several times a minute.
    """
    take_turns(key)  # a save that is under way ends first: its form makes no draft any more
    if Consultation.objects.filter(submission=key).exists():
        return None
    hold_still(client)
    now = timezone.now()
    Draft.objects.visible_to(by).outlived().delete()
    facts = {
        "typed": {name: list(values) for name, values in typed.items()},
        "client": client,
        "changed_at": now,
    }
    # Two tabs of one form at the same moment make one draft.
    Draft.objects.bulk_create([Draft(key=key, author=by, begun_at=now, **facts)], ignore_conflicts=True)
    draft = Draft.objects.visible_to(by).select_for_update(of=("self",)).filter(key=key).first()
    if draft is None:
        return None
    for name, value in (facts | {"discarded_at": None}).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def discard_draft(*, draft: Draft) -> None:
    """Throw a draft away; for a day it can be brought back."""
    draft.discarded_at = timezone.now()
    draft.save(update_fields=["discarded_at"])


def restore_draft(*, draft: Draft) -> None:
    """Bring a draft back."""
    draft.discarded_at = None
    draft.save(update_fields=["discarded_at"])


def drop_draft(*, key: UUID | None, by: User) -> None:
    """The form has become a record: its draft goes, in the same transaction."""
    if key is not None:
        Draft.objects.visible_to(by).filter(key=key).delete()
