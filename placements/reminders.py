"""Vacancies that somebody should ask about: which they are, and why."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqquadrat.accounts.models import User
from placements.models import Vacancy
from placements.models.vacancy import SILENT, SOON, VacancyQuerySet

ANY = "any"
# Why a vacancy is asked about, each as words and as a choice of vacancies; the first that fits is said.
REASONS: dict[str, tuple[Promise, Callable[[VacancyQuerySet, date], VacancyQuerySet]]] = {
    "taken": (_("all positions taken"), lambda rows, _today: rows.taken_up()),
    "expired": (_("expired and still marked as open"), lambda rows, today: rows.expired(today)),
    "soon": (_("expires within a week"), lambda rows, today: rows.expiring(today)),
    "silent": (_("nothing heard for a month"), lambda rows, today: rows.silent(today)),
}
ANY_WORDS = pgettext_lazy("vacancies", "anything to ask about")


def asked_about(rows: VacancyQuerySet, reason: str, today: date) -> VacancyQuerySet:
    """Return those that are asked about for this reason, or for any."""
    if reason != ANY:
        return REASONS[reason][1](rows, today)
    wanted = Q()
    for _words, choice in REASONS.values():
        wanted |= Q(
            pk__in=choice(Vacancy.objects.filter(pk__in=rows.order_by().values("pk")), today)
            .order_by()
            .values("pk")
        )
    return rows.filter(wanted)


def numbers(rows: VacancyQuerySet, today: date) -> dict[str, int]:
    """Return how many are asked about for each reason."""
    return {code: choice(rows, today).count() for code, (_words, choice) in REASONS.items()}


def reason_of(vacancy: Vacancy, today: date) -> str:
    """Return the code of why a vacancy is asked about, or an empty text; needs ``with_taken``."""
    if vacancy.state != "open":
        return ""
    if vacancy.taken >= vacancy.positions:
        return "taken"
    if vacancy.valid_until is not None and vacancy.valid_until < today:
        return "expired"
    if vacancy.valid_until is not None and vacancy.valid_until <= today + SOON:
        return "soon"
    return "silent" if vacancy.heard_on < today - SILENT else ""


def of_the_day(user: User, today: date) -> VacancyQuerySet:
    """Return the reader's vacancies to ask about, those that end first in front."""
    mine = Vacancy.objects.visible_to(user).filter(in_charge=user)
    return asked_about(mine, ANY, today).select_related("business").with_taken().order_by("valid_until", "pk")
