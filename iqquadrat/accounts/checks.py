"""Fail closed: ``manage.py check`` refuses a route whose view declares no access rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One path of the site."""

    name: str
    pattern: str
    view: Any


def routes() -> list[Route]:
    """Return every route of the site with its full name, as the check and the table test walk it."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Sequence[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, pattern)
        else:
            yield Route(f"{namespace}{entry.name or ''}", pattern, entry.callback)


@register(Tags.security)
def every_view_declares_its_rule(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's signature
    **kwargs: Any,  # noqa: ARG001 - Django's signature
) -> list[CheckMessage]:
    """E001: a view without a rule. E002: a route without a name, which no table can list."""
    found: list[CheckMessage] = []
    for route in routes():
        if not hasattr(route.view, "access_rule"):
            found.append(
                Error(
                    f"The view of “{route.pattern}” declares no access rule.",
                    hint="See iqquadrat.accounts.access.",
                    id="iqquadrat.E001",
                )
            )
        if not route.name or route.name.endswith(":"):
            found.append(Error(f"The route “{route.pattern}” has no name.", id="iqquadrat.E002"))
    return found
