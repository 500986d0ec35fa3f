"""Helpers of crispy-forms in the house's design: fields as rows of a sheet, or with the label above.

    class ClientForm(forms.Form):
        helper = SheetHelper(Section(_("Name"), "family_name", "given_name"), Together(_("Born"), "birth_date", "birth_precision"))

``form_tag`` is off: the page writes the ``<form>`` (or includes ``includes/form.html``), so that buttons stay in the template.
"""

from collections.abc import Callable
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, LayoutObject
from crispy_forms.utils import render_field
from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

Text = str | Promise


class StackedHelper(FormHelper):  # type: ignore[misc]  # crispy has no types
    """Labels above their fields."""

    form_tag = False
    disable_csrf = True

    def __init__(self, *layout: Any) -> None:
        super().__init__()
        if layout:
            self.layout = Layout(*layout)


class SheetHelper(StackedHelper):
    """One row a field: the label in its column, a hairline below."""

    field_template = "includes/sheet_row.html"


class Section(Fieldset):  # type: ignore[misc]
    """A part of a sheet with a heading: ``Section(_("Name"), "family_name", "given_name")``."""

    template = "includes/sheet_section.html"


class Fold(LayoutObject):  # type: ignore[misc]
    """A part of a sheet that opens when needed: open where something is filled in or wrong; by keyboard, without a script."""

    def __init__(self, label: Text, *rows: Any) -> None:
        self.label = label
        self.fields = list(rows)

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:  # noqa: ARG002
        """Render the rows inside ``<details>``; fields that the form does not have are left out."""
        names = [name for name in _names(self) if name in form.fields]
        filled = [name for name in names if form[name].value() not in (None, "", [])]
        rows = [render_field(row, form, context, template_pack=template_pack) for row in self.fields]
        return render_to_string(
            "includes/sheet_fold.html",
            {
                "label": self.label,
                "rows": _joined(rows),
                "filled": len(filled),
                "is_open": bool(filled) or any(form[name].errors for name in names),
            },
        )


def _names(layout: Any) -> list[str]:
    """The names of all fields inside a layout object."""
    found: list[str] = []
    for part in getattr(layout, "fields", []):
        found += [part] if isinstance(part, str) else _names(part)
    return found


class Together(LayoutObject):  # type: ignore[misc]
    """Several small fields in one row of a sheet: ``Together(_("Born"), "birth_date", "birth_precision")``."""

    below = ""  # the template of what stands below the fields, in their column

    def __init__(self, label: Text, *fields: str) -> None:
        self.label = label
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:  # noqa: ARG002
        """Render the fields with their labels above, inside one row."""
        fields = [
            render_field(name, form, context, template="bootstrap5/field.html", template_pack=template_pack)
            for name in self.fields
        ]
        return render_to_string(
            "includes/sheet_together.html",
            {
                "label": self.label,
                "row_id": f"row-{slugify(self.fields[0])}",
                "fields": _joined(fields),
                "below": self.below,
            },
        )


def _joined(parts: list[Any]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - rendered by templates


def records_field(form: BaseForm, name: str) -> "ModelChoiceField[Any]":
    """The field as what it is: one that offers records. A form knows its fields only as fields."""
    return cast("ModelChoiceField[Any]", form.fields[name])


def offered_records(form: BaseForm, name: str) -> "QuerySet[Any]":
    """The records that a field offers."""
    return cast("QuerySet[Any]", records_field(form, name).queryset)


def name_records(form: BaseForm, name: str, words: Callable[[Any], str]) -> None:
    """Say in which words a field offers its records."""
    records_field(form, name).label_from_instance = words  # type: ignore[method-assign, assignment]  # as Django's manual does


def choice_field(form: BaseForm, name: str) -> ChoiceField:
    """The field as what it is: one that offers choices."""
    return cast("ChoiceField", form.fields[name])


def differences(form: BaseForm, stored: BaseForm) -> list[tuple[Text, str, str]]:
    """Return label, stored and typed value of every field that differs; ``stored`` is an unbound form of what stands now."""
    rows: list[tuple[Text, str, str]] = []
    cleaned = getattr(form, "cleaned_data", {})
    for field in form:
        if field.is_hidden:
            continue
        theirs, mine = _in_words(field, stored[field.name].value()), _in_words(field, field.value())
        # "2.12.2026" typed and "2026-12-02" stored are one day.
        same = field.name in cleaned and cleaned[field.name] == stored[field.name].initial
        if theirs != mine and not same:
            rows.append((field.label, theirs, mine))
    return rows


def _in_words(field: Any, value: Any) -> str:
    """A stored or typed value as people read it."""
    labels: dict[str, Any] = {}
    for key, label in getattr(field.field, "choices", []):
        labels |= {str(k): v for k, v in label} if isinstance(label, list | tuple) else {str(key): label}
    values = value if isinstance(value, list) else [value]
    shown = [str(labels.get(str(part), part)) for part in values if part not in (None, "")]
    return ", ".join(shown) or "–"


def on_top_of(form: BaseForm, revision: int) -> None:
    """Make a form that came too late ready to be sent again, on top of what is stored now; all that was typed stays."""
    data = cast("QueryDict", form.data).copy()
    data["revision"] = str(revision)
    form.data = data
