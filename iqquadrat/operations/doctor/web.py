"""The site as a stranger sees it from outside: its certificate and what its answers say."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from iqquadrat.operations.doctor.configuration import LOCAL
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, skipped, warning

PATIENCE = 10  # seconds
SOON, VERY_SOON = 14, 3  # days
SHORTEST_HSTS = 15_768_000  # seconds: half a year
# OpenSSL's numbers for what is wrong with a certificate.
EXPIRED = 10
UNKNOWN_ISSUER = {18, 19, 20, 21}


def certificate_lasts(asked: Asked) -> Iterator[Finding]:
    """Each name of the site has a certificate that browsers believe, for some time yet."""
    places = _places(asked)
    if not places:
        yield skipped(_("No address to ask for a certificate; --url names one."))
    for host, port in places:
        yield _certificate(host, port)


def _places(asked: Asked) -> list[tuple[str, int]]:
    address = urlsplit(asked.url)
    if address.scheme == "https" and address.hostname:
        return [(address.hostname, address.port or 443)]
    if asked.url or not settings.HTTPS:
        return []
    hosts = set(settings.ALLOWED_HOSTS) - LOCAL
    return [(host, 443) for host in sorted(hosts) if not host.startswith((".", "*"))]


def _certificate(host: str, port: int) -> Finding:
    renew = _("Renew it: certbot renew, then systemctl reload nginx")
    words: dict[str, object] = {"host": host}
    try:
        with (
            socket.create_connection((host, port), timeout=PATIENCE) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as wrapped,
        ):
            until = str((wrapped.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as error:
        if error.verify_code == EXPIRED:
            return fault(_("The certificate of %(host)s has run out.") % words, renew)
        if error.verify_code in UNKNOWN_ISSUER:
            return warning(
                _("The certificate of %(host)s was made by nobody whom browsers know: they warn of it.")
                % words,
                _("Get one with certbot; docs/operations.md tells how."),
            )
        return fault(
            _("The certificate does not belong to %(host)s.") % words,
            _("Get one for this name with certbot."),
        )
    except OSError:
        return fault(
            _("Nobody answers at %(host)s by HTTPS.") % words,
            _("Look at nginx, the firewall and the name's address (DNS)."),
        )
    words["days"] = days = (
        datetime.fromtimestamp(ssl.cert_time_to_seconds(until), tz=UTC) - timezone.now()
    ).days
    if days < VERY_SOON:
        return fault(_("The certificate of %(host)s runs out soon; days left: %(days)s.") % words, renew)
    if days < SOON:
        return warning(_("The certificate of %(host)s runs out soon; days left: %(days)s.") % words, renew)
    return ok(_("The certificate of %(host)s is good; days left: %(days)s.") % words)


def headers_are_sent(asked: Asked) -> Iterator[Finding]:
    """What protects a reader stands in the answers of the running site."""
    address = urlsplit(asked.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        yield skipped(_("The running site was not asked; --url https://... does so."))
        return
    try:
        status, headers = _answer(address.scheme, address.hostname, address.port)
    except (OSError, http.client.HTTPException):
        yield fault(
            _("Nobody answers at %(address)s.") % {"address": asked.url},
            _("Look at: systemctl status iqquadrat nginx"),
        )
        return
    if status != http.HTTPStatus.OK:
        yield fault(
            _("The page of the sign-in answers with %(status)s.") % {"status": status},
            _("Look at IQ_ALLOWED_HOSTS, IQ_BEHIND_PROXY and: journalctl -u iqquadrat"),
        )
        return
    findings = [
        *_policies(headers, encrypted=address.scheme == "https"),
        *_cookies(headers, encrypted=address.scheme == "https"),
    ]
    yield from findings or [ok(_("The answers of the running site carry all that protects its readers."))]


def _answer(scheme: str, host: str, port: int | None) -> tuple[int, Message]:
    """Ask for the page of the sign-in. A certificate that nobody knows is no reason not to look; another check tells of it."""
    connection: http.client.HTTPConnection
    if scheme == "https":
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", reverse("accounts:sign_in"))
        answer = connection.getresponse()
        return answer.status, answer.headers
    finally:
        connection.close()


def _policies(headers: Message, *, encrypted: bool) -> Iterator[Finding]:
    in_front = _("Let nginx pass the headers of the site on unchanged; deploy/nginx.conf shows how.")
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy:
        yield fault(_("Pages do not say which scripts may run (Content-Security-Policy)."), in_front)
    if (
        headers.get("X-Frame-Options", "").upper() != "DENY"
        or headers.get("X-Content-Type-Options") != "nosniff"
    ):
        yield fault(_("Pages can be shown inside those of others, or be read as something else."), in_front)
    if not encrypted:
        yield warning(
            _("The site was asked without HTTPS."), _("Ask by the address that people use: --url https://...")
        )
    elif _hsts(headers) < SHORTEST_HSTS:
        yield fault(
            _("Browsers are not told to come by HTTPS only (HSTS)."),
            _("Set IQ_HTTPS=1 and restart the site."),
        )
    if any(letter.isdigit() for letter in headers.get("Server", "")):
        yield warning(
            _("The server tells its version to strangers."), _("Write server_tokens off; into nginx.conf.")
        )


def _hsts(headers: Message) -> int:
    parts = headers.get("Strict-Transport-Security", "").replace(" ", "").split(";")
    ages = [part.removeprefix("max-age=") for part in parts if part.startswith("max-age=")]
    return int(ages[0]) if ages and ages[0].isdigit() else 0


def _cookies(headers: Message, *, encrypted: bool) -> Iterator[Finding]:
    for cookie in headers.get_all("Set-Cookie") or []:
        name = cookie.split("=", 1)[0]
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        wanted = {"httponly", "secure"} if encrypted else {"httponly"}
        if wanted - parts or not any(part.startswith("samesite=") for part in parts):
            yield fault(
                _("The cookie %(name)s is not protected.") % {"name": name},
                _("Set IQ_HTTPS=1 and restart the site."),
            )
