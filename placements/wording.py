"""Words that several pages say: the questionnaire's codes as a vacancy says them, and why a step is refused."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

HOURS = {
    "full": pgettext_lazy("vacancy", "full time, 35 hours and more"),
    "part": pgettext_lazy("vacancy", "part time, 20 to 34 hours"),
    "short": pgettext_lazy("vacancy", "less than 20 hours, insured"),
    "mini": pgettext_lazy("vacancy", "minijob"),
    "open": pgettext_lazy("vacancy", "hours to be agreed"),
}
START = {
    "now": pgettext_lazy("vacancy", "start at once"),
    "three_months": pgettext_lazy("vacancy", "start within three months"),
    "half_year": pgettext_lazy("vacancy", "start within half a year"),
    "later": pgettext_lazy("vacancy", "start later"),
}


def joined_words(parts: Iterable[str | Promise | None]) -> str:
    """Return these facts as one line, those that are missing left out."""
    return "; ".join(str(part) for part in parts if part)


# What the pages say when a step is refused.
NOT_AGREED = gettext_lazy(
    "The client has not agreed to this employer, or has withdrawn it. Please record the consent first."
)
MOVED_ON = gettext_lazy("This step is no longer possible: the placement has moved on in the meantime.")
