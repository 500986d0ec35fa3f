"""Tags for fields and lists; built in to every template beside ``iq``."""

from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """``{% control field %}``: the widget with the classes of the design; an error marks it."""
    widget = field.field.widget
    own = str(widget.attrs.get("class", "")).split()
    classes = [_class_of(widget), *own, *(["is-invalid"] if field.errors else [])]
    return field.as_widget(attrs={"class": " ".join(dict.fromkeys(classes))})


def _hidden(context: dict[str, Any], without: set[str]) -> SafeString:
    pairs = [
        (key, value)
        for key, values in context["request"].GET.lists()
        if key not in without
        for value in values
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}" />', pairs)


@register.simple_tag(takes_context=True)
def hidden_query(context: dict[str, Any], *without: str) -> SafeString:
    """``{% hidden_query "page" %}``: the address's query as hidden fields of a GET form, without these keys."""
    return _hidden(context, set(without))


@register.simple_tag(takes_context=True)
def hidden_query_except(context: dict[str, Any], form: forms.BaseForm) -> SafeString:
    """The address's query as hidden fields, without the form's own fields and without the page."""
    names = {widget_name for field in form for widget_name in _names(field)}
    return _hidden(context, names | {"page"})


def _names(field: BoundField) -> list[str]:
    """All names under which a field's widget sends something (dates from and to are two)."""
    ends = getattr(field.field.widget, "suffixes", None) or []
    return [field.html_name, *(f"{field.html_name}_{end}" for end in ends if end)]


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers to show under a list, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
