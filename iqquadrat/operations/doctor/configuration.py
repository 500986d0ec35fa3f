"""The settings: what must not be so where real people's data is."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from iqquadrat.core import embedded
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, warning

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 5
EVERYBODYS_KEY = "demonstration-only"
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def settings_are_safe(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Debugging off, a key of one's own, HTTPS, named hosts, a database of its own."""
    findings = [*_programme(), *_addresses()]
    yield from findings or [ok(_("The settings suit a site with real people's data."))]


def _programme() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if settings.DEBUG:
        yield fault(
            _("Debugging is on: error pages show what people typed."),
            _("Remove IQ_DEBUG and restart the site."),
        )
    if key.startswith(EVERYBODYS_KEY):
        yield fault(
            _("The secret key is the one that everybody knows."),
            _("Set IQ_SECRET_KEY to at least 50 random characters."),
        )
    elif len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        yield fault(
            _("The secret key is too short."), _("Set IQ_SECRET_KEY to at least 50 random characters.")
        )
    if embedded.is_configured():
        yield warning(
            _("The embedded database is used, which is made for demonstrations."),
            _("Name a PostgreSQL server in DATABASE_URL."),
        )


def _addresses() -> Iterator[Finding]:
    hosts = settings.ALLOWED_HOSTS
    if not settings.HTTPS:
        yield fault(
            _("The site works without HTTPS."), _("Set IQ_HTTPS=1, and IQ_BEHIND_PROXY=1 behind nginx.")
        )
    elif settings.SECURE_PROXY_SSL_HEADER is None:
        yield warning(
            _("The site does not believe nginx that a page was asked for by HTTPS."),
            _("Set IQ_BEHIND_PROXY=1, else every page is redirected for ever."),
        )
    if "*" in hosts:
        yield fault(
            _("Any name is accepted as address of the site."), _("Name its real address in IQ_ALLOWED_HOSTS.")
        )
    elif not set(hosts) - LOCAL:
        yield warning(
            _("The site answers under the names of this machine only."),
            _("Name its real address in IQ_ALLOWED_HOSTS."),
        )
