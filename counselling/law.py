"""What the law calls things, and from when: a name that changes is one more line here, and old entries keep their old name."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counselling.enums import IncomeType

# The first day of each name; § 19 SGB II in its versions of 2005, 2023 and 2026.
NAMES: dict[str, list[tuple[dt.date, str | Promise]]] = {
    IncomeType.SGB2: [
        (dt.date(2005, 1, 1), _("Arbeitslosengeld II (SGB II)")),
        (dt.date(2023, 1, 1), _("Bürgergeld (SGB II)")),
        (dt.date(2026, 7, 1), _("Grundsicherungsgeld (SGB II)")),
    ]
}


def income_label(code: str, day: dt.date) -> str:
    """Return what an income was called on ``day``; empty for none stated."""
    if not code:
        return ""
    names = [name for first, name in NAMES.get(code, []) if first <= day]
    return str(names[-1] if names else IncomeType(code).label)


def income_choices(day: dt.date) -> list[tuple[str, str]]:
    """Return all incomes to choose from, as they are called on ``day``."""
    return [(code, income_label(code, day)) for code in IncomeType.values]
