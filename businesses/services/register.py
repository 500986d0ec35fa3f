"""Writing the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from businesses.enums import Floor, Status
from businesses.errors import NameNeededError, NotInLineError, NumberTakenError, RecordChangedError
from businesses.models import Business, Observation, Premises, Street, Unit, Wave, WzBranch
from businesses.recognition import name_key
from businesses.services.places import reckon_positions
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.folding import search_key
from iqquadrat.core.submissions import take_turns


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where a shop is. The street is made when the centre does not know it yet."""

    street: str
    house_number: int
    addition: str = ""
    floor: int = Floor.GROUND
    position: str = ""


@dataclass(frozen=True, kw_only=True)
class BusinessFacts:
    """Everything the register holds of a business. ``door`` is empty for a founder who has no shop yet."""

    door: Door | None = None
    sign_name: str = ""
    legal_name: str = ""
    branch: WzBranch | None = None
    branch_words: str = ""
    status: str = Status.OPEN
    languages: tuple[str, ...] = ()
    size_band: str = ""
    size_is_estimated: bool = False
    phone: str = ""
    email: str = ""
    planned_opening: date | None = None
    reference: str = ""
    note: str = ""
    predecessor: Business | None = None
    programme_code: str = ""

    def columns(self) -> dict[str, Any]:
        """The facts by the model's field names, all but the door."""
        facts = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "door"}
        return facts | {"languages": list(self.languages)}


def ensure_premises(*, centre: Centre, door: Door) -> Premises:
    """Return the premises behind this door, made when nobody has written them down yet."""
    street, _new = Street.objects.get_or_create(centre=centre, name=door.street)
    premises, is_new = Premises.objects.get_or_create(
        street=street, house_number=door.house_number, addition=door.addition.lower(), floor=door.floor,
        position=door.position, defaults={"centre": centre},
    )  # fmt: skip
    if is_new and street.line:
        reckon_positions(street, [premises])
    return premises


@transaction.atomic
def create_business(
    *,
    centre: Centre,
    facts: BusinessFacts,
    by: User,
    confirmed_on: date | None = None,
    wave: Wave | None = None,
    position: Mapping[str, Decimal] | None = None,
    submission: UUID | None = None,
) -> Business:
    """Write a business into the register; the same form sent twice makes it once.

    ``confirmed_on`` is the day on which somebody saw it; today when not given. ``wave`` is the one in which it was found. Raises
    ``NumberTakenError``.
    """
    take_turns(submission)
    if submission and (made := Business.objects.filter(submission=submission, centre=centre).first()):
        return made
    business = Business(
        centre=centre, premises=ensure_premises(centre=centre, door=facts.door) if facts.door else None,
        confirmed_on=confirmed_on or timezone.localdate(), confirmed_by=by, created_by=by, submission=submission,
        **facts.columns(),
    )  # fmt: skip
    set_keys(business)
    _store(business)
    _observe(
        business, seen_on=business.confirmed_on or timezone.localdate(), by=by, wave=wave, **(position or {})
    )
    record(Action.CREATE, by=by, obj=business)
    return business


@transaction.atomic
def change_business(
    *, business: Business, facts: BusinessFacts, revision: int, by: User, confirmed: bool = False
) -> Business:
    """Change a business as it was at ``revision``. ``confirmed``: the editor has seen it today.

    Raises ``RecordChangedError`` when it was changed in between, ``NumberTakenError`` when another one has its own number.
    """
    stored = (
        Business.objects.select_for_update(of=("self",))
        .select_related("premises__street", "branch")
        .get(pk=business.pk)
    )
    if stored.revision != revision:
        raise RecordChangedError(stored)
    wanted = facts.columns() | {
        "premises": ensure_premises(centre=stored.centre, door=facts.door) if facts.door else None
    }
    # Neither belongs to the form: what was here before, and the programme in which the unit came into the register.
    del wanted["predecessor"], wanted["programme_code"]
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, wanted[name])
    if confirmed:
        stored.confirmed_on, stored.confirmed_by = timezone.localdate(), by
        changed.append("confirmed_on")
    if changed:
        stored.revision += 1
        set_keys(stored)
        _store(stored)
        if confirmed or "status" in changed:
            _observe(stored, seen_on=timezone.localdate(), by=by)
        record(Action.CHANGE, by=by, obj=stored, fields=changed)
    return stored


@transaction.atomic
def confirm(*, business: Business, by: User) -> None:
    """Note that it was seen today as it is described; on the same day by the same person nothing is added."""
    stored = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    today = timezone.localdate()
    if (stored.confirmed_on, stored.confirmed_by_id) != (today, by.pk):
        observe(business=stored, status=stored.status, by=by, seen_on=today)


@transaction.atomic
def observe(
    *,
    business: Business,
    by: User,
    status: str = "",
    seen_on: date | None = None,
    wave: Wave | None = None,
    sign_name: str = "",
    trade: str = "",
    languages: Sequence[str] | None = None,
    position: Mapping[str, Decimal] | None = None,
) -> Business:
    """Note what somebody saw at a unit; what nobody said anything about stays as the register has it.

    The register says what was seen last, and so does the list of the wave it was seen in; an older sight only joins the history. What
    the register said before stands in the observation. Another trade takes the branch away: it is coded anew in the office. Raises
    ``NameNeededError`` when a shop that is not empty would have no name.
    """
    stored = Business.objects.select_for_update(of=("self",)).select_related("branch").get(pk=business.pk)
    day = seen_on or timezone.localdate()
    newer = stored.confirmed_on is None or day >= stored.confirmed_on
    seen = Status(status or (stored.status if newer else _status_on(stored, day)))
    if seen != Status.VACANT and not (sign_name or stored.sign_name or stored.legal_name):
        raise NameNeededError
    before = _take_over(stored, sign_name=sign_name, trade=trade, languages=languages) if newer else {}
    Observation.objects.create(
        business=stored, seen_on=day, status=seen, wave=wave, by=by, sign_name=sign_name, trade=trade,
        languages=None if languages is None else list(languages), before=before, **(position or {}),
    )  # fmt: skip
    if wave and not stored.observations.filter(wave=wave, seen_on__gt=day).exists():
        Unit.objects.filter(wave=wave, business=stored).update(status=seen)
    if newer:
        stored.status, stored.confirmed_on, stored.confirmed_by = seen, day, by
        stored.revision += 1
        if before:
            set_keys(stored)
        stored.save()
    record(Action.CHANGE, by=by, obj=stored, status=str(seen), seen_on=day.isoformat(), fields=sorted(before))
    return stored


def _status_on(business: Business, day: date) -> str:
    """The status on a day that lies behind: what was seen last until then, else what the register says."""
    seen = business.observations.filter(seen_on__lte=day).first()
    return seen.status if seen else business.status


def _take_over(
    business: Business, *, sign_name: str, trade: str, languages: Sequence[str] | None
) -> dict[str, Any]:
    """Bring what was seen into the register, not saved yet; return what it said before, where that was something else."""
    seen: dict[str, Any] = {}
    if sign_name:
        seen["sign_name"] = sign_name
    if trade and search_key(trade) != search_key(business.branch_words):
        seen["branch_words"] = trade
    if languages is not None:
        seen["languages"] = list(languages)
    before = {
        name: getattr(business, name) for name, value in seen.items() if getattr(business, name) != value
    }
    if "branch_words" in before and business.branch:
        before["branch"] = business.branch.code
        seen["branch"] = None
    for name, value in seen.items():
        setattr(business, name, value)
    return before


def _observe(business: Business, *, seen_on: date, by: User, **more: Any) -> None:
    Observation.objects.create(business=business, seen_on=seen_on, status=business.status, by=by, **more)


@transaction.atomic
def succeed(*, business: Business, predecessor: Business | None, by: User) -> Business:
    """Say which business was behind the same door before this one; None takes it back.

    Raises ``NotInLineError`` when the other one is not of the same centre and door, or comes after this one itself.
    """
    stored = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if predecessor is not None:
        same = (predecessor.centre_id, predecessor.premises_id) == (stored.centre_id, stored.premises_id)
        if not same or stored.premises_id is None or stored.pk in _line_of(predecessor):
            raise NotInLineError
    if stored.predecessor != predecessor:
        stored.predecessor = predecessor
        stored.revision += 1
        stored.save(update_fields=["predecessor", "revision", "changed_at"])
        record(Action.CHANGE, by=by, obj=stored, fields=["predecessor"])
    return stored


def _line_of(business: Business) -> set[int]:
    """A business and all that were before it."""
    line: set[int] = set()
    before: Business | None = business
    while before is not None and before.pk not in line:
        line.add(before.pk)
        before = before.predecessor
    return line


def _store(business: Business) -> None:
    try:
        with transaction.atomic():
            business.save()
    except IntegrityError as error:
        if "businesses_reference_once" not in str(error):
            raise
        raise NumberTakenError from error


@transaction.atomic
def delete_business(*, business: Business, by: User) -> None:
    """Delete a business that was written down by mistake. Raises ``ProtectedError`` when anything hangs on it."""
    pk = business.pk
    business.delete()
    record(
        Action.DELETE, by=by, object_type="businesses.business", object_id=pk, centre_id=business.centre_id
    )


def set_keys(business: Business) -> None:
    """Fold the names by which a business is looked for and known again; to be stored with them."""
    business.name_key = name_key(business.sign_name, business.legal_name)
    street = business.premises.street.name if business.premises else ""
    parts = (business.sign_name, business.legal_name, business.branch_words, street)
    business.search_key = search_key(" ".join(part for part in parts if part))
