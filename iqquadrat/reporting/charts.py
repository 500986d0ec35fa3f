"""What the pictures of a report are drawn from: columns over months with a round axis, squares on paper."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from iqquadrat.reporting.queries import Month

# Paper has no style sheet inside a picture: colours are attributes there.
PETROL, SAFFRON, TINT, TRACK, EDGE = "#0f5862", "#e9a72c", "#b5d0d0", "#efe9de", "#8a8275"
MOST_SQUARES = 60
MOST_SLOTS = 24


@dataclass(frozen=True)
class MonthsChart:
    """Columns of contacts and short contacts, one a month; ``axis`` from the top down, ``top`` its highest number."""

    months: list[Month]
    top: int

    @property
    def series(self) -> list[tuple[int, int]]:
        """The parts of every column."""
        return [(month.contacts, month.short_contacts) for month in self.months]

    @property
    def axis(self) -> list[int]:
        """The numbers beside the lines."""
        return [self.top * quarter // 4 for quarter in (4, 3, 2, 1, 0)]

    @property
    def labels(self) -> list[tuple[Month, bool, bool]]:
        """Every month, whether it is named below its column, and whether its year is."""
        every = -(-len(self.months) // MOST_SLOTS)
        return [
            (month, number % every == 0, number == 0 or month.first.month == 1)
            for number, month in enumerate(self.months)
        ]


def months_chart(months: list[Month]) -> MonthsChart:
    """Return the columns with an axis that ends at a round number not below the highest month."""
    return MonthsChart(months, round_up(max((month.total for month in months), default=0)))


def round_up(highest: int) -> int:
    """Return the smallest of 4, 8, 20, 40, 80, 200, … that is not below ``highest``; all of them can be quartered."""
    power = 1
    while True:
        for factor in (4, 8, 20):
            if factor * power >= highest:
                return factor * power
        power *= 10


def may_be_counted(records: int) -> bool:
    """Tell whether so many squares can still be counted with the eye."""
    return 0 < records <= MOST_SQUARES


def paper_squares(full: int, *, half: int = 0, missing: int = 0, a_row: int = 20) -> SafeString:
    """Return squares for paper: one a record, full or lighter, and a dashed one for each that is missing to the target."""
    kinds = (
        [(PETROL, PETROL, "none")] * full
        + [(TINT, PETROL, "none")] * half
        + [("#ffffff", EDGE, "1.5 1.5")] * missing
    )
    if not may_be_counted(len(kinds)):
        return SafeString("")
    rects = format_html_join(
        "", '<rect x="{}" y="{}" width="12.5" height="12.5" fill="{}" stroke="{}" stroke-width="1.5" stroke-dasharray="{}" />',
        ((number % a_row * 18 + 0.75, number // a_row * 18 + 0.75, *kind) for number, kind in enumerate(kinds)),
    )  # fmt: skip
    width, height = min(len(kinds), a_row) * 18 - 4, ((len(kinds) - 1) // a_row + 1) * 18 - 4
    return format_html(
        '<svg class="people" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        width, height, round(width * 0.6), round(height * 0.6), rects,
    )  # fmt: skip


def paper_bar(value: float, of: float) -> SafeString:
    """Return a bar for paper: ``value`` of ``of``."""
    length = round(100 * value / of, 1) if of else 0
    return format_html(
        '<svg viewBox="0 0 100 10" width="180" height="11" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="10" fill="{}" /><rect width="{}" height="10" fill="{}" /></svg>',
        TRACK, length, PETROL,
    )  # fmt: skip


def paper_columns(chart: MonthsChart) -> SafeString:
    """Return the months for paper; the numbers stand in the table below."""
    slot = 1000 / max(len(chart.months), 1)
    parts = []
    for number, month in enumerate(chart.months):
        contacts, short = 200 * month.contacts / chart.top, 200 * month.short_contacts / chart.top
        x, width = round(number * slot + slot * 0.19, 1), round(slot * 0.62, 1)
        parts.append((x, round(200 - contacts, 1), width, round(contacts, 1), PETROL))
        parts.append((x, round(200 - contacts - short, 1), width, round(short, 1), SAFFRON))
    rects = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" />', parts)
    lines = format_html_join(
        "",
        '<path d="M0 {0}H1000" stroke="#e5ded2" stroke-width="1" />',
        ((y,) for y in (0, 50, 100, 150, 200)),
    )
    return format_html(
        '<svg viewBox="0 0 1000 200" width="660" height="132" aria-hidden="true">{}{}</svg>', lines, rects
    )
