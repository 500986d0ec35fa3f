"""The languages on signs, in shops and of talks with businesses."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OTHER = "other"


def choices() -> list[tuple[str, str | Promise]]:
    """Return code and name of every language that can be chosen."""
    return [*settings.LANGUAGES, (OTHER, _("another language"))]


def names(codes: Iterable[str]) -> list[str]:
    """Return the names of these languages, in the order of the list."""
    wanted = set(codes)
    return [str(name) for code, name in choices() if code in wanted]
