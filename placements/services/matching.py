"""What matching writes: a client's job search, the table stored with a proposal."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import Client
from counselling.rules import can_change_client
from counselling.services.records import lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.enums import OverrideReason
from placements.match_facts import client_sides, pair_facts, vacancy_facts
from placements.matching.fit import Match, match
from placements.matching.storing import facts_of, table_of
from placements.matching.weights import weights_on
from placements.models import JobSearch, Placement, StoredMatch


class MatchingError(Exception):
    """Something that matching does not take; the text of each kind stands in the form that caught it."""


class StaleJobSearchError(MatchingError):
    """Somebody else has changed the job search since the form was opened. ``stored`` is what stands."""

    def __init__(self, stored: JobSearch) -> None:
        self.stored = stored
        super().__init__("the job search was changed by somebody else")


class ReasonNeededError(MatchingError):
    """The checklist does not speak for this proposal: it needs a reason. ``match`` is the table."""

    def __init__(self, found: Match) -> None:
        self.match = found
        super().__init__("a proposal that the checklist does not speak for needs a reason")


@transaction.atomic
def keep_job_search(
    *, client: Client, revision: int, by: User, legal: str = "", legal_again: bool = False, **facts: Any
) -> JobSearch:
    """Store what was gone through with the client. ``revision`` is the state that was seen, 0 for none.

    ``legal`` is stamped with today and ``by`` when it is new or checked again. Raises ``StaleJobSearchError``, ``NotAllowedError``.
    """
    if not can_change_client(by, client):
        raise NotAllowedError
    lock(client, revision=None)
    stored = JobSearch.objects.filter(client=client).first()
    if stored is not None and stored.revision != revision:
        raise StaleJobSearchError(stored)
    is_new = stored is None
    search = stored or JobSearch(client=client, created_by=by, as_of=timezone.localdate())
    facts |= _legal_facts(search, legal, again=legal_again, by=by) | {"as_of": timezone.localdate()}
    changed = [name for name, value in facts.items() if getattr(search, name) != value]
    for name in changed:
        setattr(search, name, facts[name])
    if not is_new:
        search.revision += 1
    search.save()
    record(
        Action.CREATE if is_new else Action.CHANGE, by=by, obj=search, centre_id=client.centre_id, client=client.pk,
        fields=sorted(changed),
    )  # fmt: skip
    return search


def _legal_facts(search: JobSearch, legal: str, *, again: bool, by: User) -> dict[str, Any]:
    if not legal:
        return {"legal": "", "legal_confirmed_on": None, "legal_confirmed_by": None}
    if legal == search.legal and not again:
        return {}
    return {"legal": legal, "legal_confirmed_on": timezone.localdate(), "legal_confirmed_by": by}


@transaction.atomic
def store_match(placement: Placement, *, by: User, reason: str | None = None) -> StoredMatch:
    """Store the table of a proposal as it stands now; a second time the first one is returned.

    ``reason`` is a code of ``OverrideReason``; empty where the form left it out, None where nobody could be asked (an import).
    Raises ``ReasonNeededError`` when it was left out and the checklist does not speak for the proposal.
    """
    if existing := StoredMatch.objects.filter(placement=placement).first():
        return existing
    client, vacancy = placement.client, placement.vacancy
    side = client_sides([client])[client.pk]
    demanded, pair = vacancy_facts(vacancy), pair_facts(client, side, [vacancy])[vacancy.pk]
    found = match(demanded, side.facts, pair, weights_on(timezone.localdate()))
    if found.needs_reason and reason == "":
        raise ReasonNeededError(found)
    stored = StoredMatch.objects.create(
        placement=placement, by=by, weights_version=found.version, facts=facts_of(demanded, side.facts, pair),
        table=table_of(found), fit=None if found.too_little else found.fit, coverage=found.coverage, group=found.group.value,
        override_reason=(reason or "") if found.needs_reason else "",
    )  # fmt: skip
    record(
        Action.CREATE, by=by, obj=stored, centre_id=placement.centre_id, client=client.pk, group=found.group,
        reason=stored.override_reason,
    )  # fmt: skip
    return stored


def reason_of(*, is_wish: bool, chosen: str | None) -> str | None:
    """Return the reason of a proposal: a wish is the client's own, whatever the checklist says."""
    return OverrideReason.CLIENT_WISHES.value if is_wish and not chosen else chosen
