"""News of a vacancy: it still stands, it is filled, it is withdrawn; and the way back, while nobody has changed anything else."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.enums import NOT_VACANCIES, VacancyState
from placements.models import Vacancy
from placements.services.vacancies import StaleVacancyError, StillADraftError, set_state

# Whoever says that a vacancy still stands says so for about a month.
STANDS_FOR = timedelta(days=30)
UNDONE_WITHIN = timedelta(days=1)
_SALT = "placements.news"


@dataclass(frozen=True)
class Before:
    """What stood before the news; ``revision`` is the one after it: whoever goes back meets just that."""

    public_id: str
    revision: int
    state: str
    confirmed_on: str
    valid_until: str

    @property
    def mark(self) -> str:
        """The same as a signed text for an address."""
        return signing.dumps(asdict(self), salt=_SALT)


class NotOpenError(Exception):
    """Only an open vacancy can be confirmed."""


def before_of(mark: str) -> Before | None:
    """Return what a signed text says, or None when it is forged or too old."""
    try:
        return Before(**signing.loads(mark, salt=_SALT, max_age=UNDONE_WITHIN))
    except (signing.BadSignature, TypeError):
        return None


@transaction.atomic
def confirm(*, vacancy: Vacancy, by: User) -> Before:
    """Note that the vacancy still stands today, and keep it open for a month at least. Raises ``NotOpenError``.

    What was confirmed today already is left alone.
    """
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if stored.state != VacancyState.OPEN:
        raise NotOpenError
    today = timezone.localdate()
    before = (stored.state, stored.confirmed_on, stored.valid_until)
    day = max(today, stored.opened_on)
    until = None if stored.valid_until is None else max(stored.valid_until, today + STANDS_FOR)
    changed = [
        name
        for name, value in (("confirmed_on", day), ("valid_until", until))
        if getattr(stored, name) != value
    ]
    if changed:
        stored.confirmed_on, stored.valid_until = day, until
        _save(stored, changed, by)
    return _before(stored, *before)


@transaction.atomic
def report(*, vacancy: Vacancy, state: VacancyState, by: User) -> Before:
    """Mark a vacancy as filled, withdrawn or open again. Raises ``StillADraftError``."""
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    before = (stored.state, stored.confirmed_on, stored.valid_until)
    return _before(set_state(vacancy=stored, state=state, by=by), *before)


@transaction.atomic
def take_back(*, vacancy: Vacancy, before: Before, by: User) -> Vacancy:
    """Put back what stood before the news.

    Raises ``StaleVacancyError`` when the vacancy was changed since, and ``StillADraftError`` when it is or was none.
    """
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if (stored.revision, str(stored.public_id)) != (before.revision, before.public_id):
        raise StaleVacancyError(stored)
    if before.state in NOT_VACANCIES or stored.state in NOT_VACANCIES:
        raise StillADraftError
    stored.state = VacancyState(before.state)
    stored.confirmed_on, stored.valid_until = _day(before.confirmed_on), _day(before.valid_until)
    _save(stored, ["state", "confirmed_on", "valid_until"], by)
    return stored


def _save(vacancy: Vacancy, changed: list[str], by: User) -> None:
    vacancy.revision += 1
    vacancy.save(update_fields=[*changed, "revision", "changed_at"])
    record(Action.CHANGE, by=by, obj=vacancy, fields=sorted(changed))


def _before(vacancy: Vacancy, state: str, confirmed_on: date | None, valid_until: date | None) -> Before:
    return Before(
        public_id=str(vacancy.public_id), revision=vacancy.revision, state=str(state),
        confirmed_on=confirmed_on.isoformat() if confirmed_on else "", valid_until=valid_until.isoformat() if valid_until else "",
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
