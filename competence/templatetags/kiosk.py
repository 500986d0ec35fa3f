"""Texts in two languages at once: the page carries both, and the class of the page says which one is seen."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from competence.phrases import Wording, direction

register = template.Library()


def _l1(wording: Wording, below: SafeString | str = "") -> SafeString:
    return format_html(
        '<span class="in-l1" lang="{}" dir="{}">{}{}</span>',
        wording.lang, direction(wording.lang), wording.l1, below,
    )  # fmt: skip


def _small(words: str, language: str) -> SafeString:
    return format_html('<small lang="{}" dir="{}">{}</small>', language, direction(language), words)


@register.simple_tag
def swap(wording: Wording) -> SafeString:
    """German, or the mother tongue in its place."""
    if not wording.is_two:
        return format_html("{}", wording.de)
    return format_html('<span class="in-de" lang="de">{}</span>{}', wording.de, _l1(wording))


@register.simple_tag
def swap_small(wording: Wording) -> SafeString:
    """German, or the mother tongue with the German small below."""
    if not wording.is_two:
        return format_html("{}", wording.de)
    return format_html(
        '<span class="in-de" lang="de">{}</span>{}', wording.de, _l1(wording, _small(wording.de, "de"))
    )


@register.simple_tag
def keep_small(wording: Wording) -> SafeString:
    """German always, and in the mother tongue's turn that one small below: for what must keep its place."""
    if not wording.is_two:
        return format_html("{}", wording.de)
    return format_html(
        '<span lang="de">{}</span><small class="in-l1" lang="{}" dir="{}">{}</small>',
        wording.de, wording.lang, direction(wording.lang), wording.l1,
    )  # fmt: skip


@register.simple_tag
def both(wording: Wording) -> SafeString:
    """The mother tongue with the German small below, whatever is shown: dialogs and notices."""
    if not wording.is_two:
        return format_html("{}", wording.de)
    return format_html(
        '<span class="both"><span lang="{}" dir="{}">{}</span>{}</span>',
        wording.lang, direction(wording.lang), wording.l1, _small(wording.de, "de"),
    )  # fmt: skip
