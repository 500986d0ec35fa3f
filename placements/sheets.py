"""Parts of the sheet that only vacancies have: the week as a grid, what is required and what is desired side by side."""

from typing import Any

from crispy_forms.layout import LayoutObject
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
PARTS = (_("morning"), _("afternoon"), _("evening"))


class WeekGrid(LayoutObject):  # type: ignore[misc]  # crispy has no types
    """The parts of the week of a field of ``WorkingSlot`` codes: a column a day, a row a part of the day."""

    def __init__(self, name: str) -> None:
        self.fields = [name]

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:  # noqa: ARG002 - crispy's signature
        """Render the field as a table of ticks."""
        field: BoundField = _taken(form, self.fields[0])
        ticks = list(field)
        rows = [(words, ticks[number :: len(PARTS)]) for number, words in enumerate(PARTS)]
        return render_to_string("placements/week_grid.html", {"field": field, "days": DAYS, "rows": rows})


class RequiredOrDesired(LayoutObject):  # type: ignore[misc]
    """Two fields of the same codes as one table: what must be, what would be welcome."""

    def __init__(self, label: str | Promise, required: str, desired: str) -> None:
        self.label, self.fields = label, [required, desired]

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:  # noqa: ARG002 - crispy's signature
        """Render a line a code."""
        required, desired = (_taken(form, name) for name in self.fields)
        return render_to_string(
            "placements/required_or_desired.html",
            {
                "label": self.label, "required": required, "desired": desired,
                "rows": list(zip(required, desired, strict=True)), "row_id": f"row-{required.auto_id}",
            },
        )  # fmt: skip


def _taken(form: Any, name: str) -> BoundField:
    """The bound field, noted as rendered so that crispy neither repeats nor misses it."""
    form.rendered_fields.add(name)
    field: BoundField = form[name]
    return field
