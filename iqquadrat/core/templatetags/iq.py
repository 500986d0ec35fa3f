"""Template tags of the whole house, built in to every template."""

import datetime as dt
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from iqquadrat.core.text import digits_for

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An interface icon; decoration, so hidden from readers of the screen: the word stands beside it."""
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def pic(name: str, css: str = "") -> SafeString:
    """``{% pic "pot" %}``: a pictogram from the sprite; decoration, the word stands beside it."""
    return format_html(
        '<svg class="{}" viewBox="0 0 48 48" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f"pic {css}".strip(), static("iq/pictograms.svg"), name,
    )  # fmt: skip


@register.simple_tag
def kiosk_icon(name: str) -> SafeString:
    """``{% kiosk_icon "check-lg" %}``: an interface icon on the client's pages, from a small sprite instead of the icon font."""
    return format_html(
        '<svg class="bi" viewBox="0 0 16 16" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("iq/kiosk-icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def person(somebody: Any) -> SafeString:
    """``{% person client %}``: the Latin name and, beside it, the name in its own script, each isolated in direction.

    Takes whatever has ``latin_name``, ``native_name`` and ``native_language``; one name is shown once. Who has given no name
    is shown by ``display_name``.
    """
    latin, native = somebody.latin_name, somebody.native_name
    if not latin and not native:
        return format_html('<span class="person nameless"><bdi>{}</bdi></span>', somebody.display_name)
    if not latin or not native or latin == native:
        return format_html('<span class="person"><bdi>{}</bdi></span>', latin or native)
    return format_html(
        '<span class="person"><bdi>{}</bdi> <bdi class="alt" lang="{}">{}</bdi></span>',
        latin, somebody.native_language or "und", native,
    )  # fmt: skip


STATE_ICONS = {
    "ok": "check-circle-fill",
    "info": "info-circle",
    "warn": "exclamation-circle",
    "bad": "exclamation-triangle-fill",
    "off": "circle",
}


@register.simple_tag
def state(kind: str, words: object, icon_name: str = "") -> SafeString:
    """``{% state "ok" placement.get_state_display %}``: icon, word and colour. Kinds: ok, info, warn, bad, off."""
    return format_html(
        '<span class="state {}">{}{}</span>', kind, icon(icon_name or STATE_ICONS[kind]), words
    )


MESSAGE_KINDS = {"success": "ok", "warning": "warn", "error": "bad"}


@register.filter
def message_kind(message: Any) -> str:
    """The class of a message of Django's framework: ok, info, warn, bad."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def message_icon(message: Any) -> SafeString:
    """The icon that says the kind of a message without its colour."""
    return icon(STATE_ICONS[message_kind(message)])


@register.filter
def may(user: Any, permission: str) -> bool:
    """``{% if user|may:"client.create" %}``: whether the reader's role allows it."""
    return bool(getattr(user, "may", None)) and bool(user.may(permission))


@register.filter
def digits(value: object, language: str) -> str:
    """``{{ 12|digits:"fa" }}``: the digits a reader of that language expects."""
    return digits_for(language, value)


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """``{{ follow_up.due_on|short_day }}``: day and month without the year, 26.11. or 26 Nov, where little room is left."""
    if value is None:
        return ""
    day = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return date_format(day, "j.n." if get_language() == "de" else "j M")


@register.filter
def signed(number: int) -> str:
    """``{{ pair.difference|signed }}``: a difference with its sign, a true minus (U+2212) and the thousands set apart."""
    sign = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else ""
    return f"{sign}{intcomma(abs(number))}"


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """``{% query page=2 %}``: the address's query with these changes; an empty value takes the key out.

    Where a form that failed is shown again under an address that only takes a POST, ``list_address`` of the context leads back
    to the page.
    """
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in ("", None):
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return f"{context.get('list_address', '')}?{parameters.urlencode()}"
