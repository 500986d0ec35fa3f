"""Template tags of the whole house, built in to every template."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from iqquadrat.core.text import digits_for

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An interface icon; decoration, so hidden from readers of the screen: the word stands beside it."""
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.filter
def may(user: Any, permission: str) -> bool:
    """``{% if user|may:"client.create" %}``: whether the reader's role allows it."""
    return bool(getattr(user, "may", None)) and bool(user.may(permission))


@register.filter
def digits(value: object, language: str) -> str:
    """``{{ 12|digits:"fa" }}``: the digits a reader of that language expects."""
    return digits_for(language, value)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """``{% query page=2 %}``: the address's query with these changes; an empty value takes the key out."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return f"?{parameters.urlencode()}"
