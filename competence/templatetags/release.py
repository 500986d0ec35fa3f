"""Looking up a heading of the release page by its group."""

from collections.abc import Mapping

from django import template

from competence.paper import Pair

register = template.Library()


@register.filter
def head_of(heads: Mapping[str, Pair], group: str) -> Pair:
    """Return the heading of a group on both sides."""
    return heads[group]
