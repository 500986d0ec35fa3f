"""What it took to get the interviews: one row for each attempt at a door."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from businesses.enums import Disposition, RefusalReason
from businesses.models import ContactAttempt, Wave
from businesses.survey_data.frames import RESULTS, pseudonym
from businesses.survey_data.variables import Kind, Missing, Variable

REASONS: dict[str, int] = {reason: number for number, reason in enumerate(RefusalReason, 1)}
CHUNK = 2000


def variables() -> list[Variable]:
    """Return the columns."""
    return [
        Variable("row_id", _("mark of the business, the same in every wave"), Kind.TEXT, missing=None),
        Variable("wave", _("survey wave"), Kind.TEXT, missing=None),
        Variable("attempt", _("number of the attempt, from 1"), Kind.NUMBER, measure="ordinal", missing=None),
        Variable("weekday", _("day of the week"), Kind.CODE, missing=None, values={day + 1: str(word) for day, word in WEEKDAYS.items()}),
        Variable("hour", _("hour of the day"), Kind.NUMBER, measure="scale", missing=None),
        Variable("result", _("result"), Kind.CODE, missing=None, values={RESULTS[result]: str(result.label) for result in Disposition}),
        Variable("reason", _("reason of the refusal"), Kind.CODE, missing=Missing(), values={REASONS[reason]: str(reason.label) for reason in RefusalReason}),
    ]  # fmt: skip


def rows(waves: list[Wave], *, scope: str) -> Iterator[list[int | str]]:
    """Yield the attempts, business by business. One query."""
    found = (
        ContactAttempt.objects.filter(unit__wave__in=waves)
        .order_by("unit__wave__starts_on", "unit_id", "at", "pk")
        .values_list("unit_id", "unit__business_id", "unit__wave__name", "at", "disposition", "reason")
    )
    last, attempt = 0, 0
    for unit, business, wave, at, result, reason in found.iterator(chunk_size=CHUNK):
        attempt = attempt + 1 if unit == last else 1
        last, local = unit, timezone.localtime(at)
        yield [
            pseudonym("business", business, scope=scope), wave, attempt, local.isoweekday(), local.hour, RESULTS[result],
            REASONS.get(reason, Missing().not_asked),
        ]  # fmt: skip
