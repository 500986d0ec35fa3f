"""The mail server: it is called, greeted and asked for STARTTLS. A mail is sent only to whom the command names."""

import smtplib
import ssl
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import send_mail
from django.core.mail.backends.smtp import EmailBackend
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, skipped, warning

PATIENCE = 10  # seconds


def is_taken(asked: Asked) -> Iterator[Finding]:
    """A server is named, answers, encrypts and lets the site in."""
    if not issubclass(import_string(settings.EMAIL_BACKEND), EmailBackend):
        yield warning(
            _("Mails are not sent: nobody gets a link for a new password."),
            _("Set IQ_EMAIL_BACKEND and IQ_EMAIL_HOST; docs/settings.md names the values."),
        )
        return
    finding = _greeted()
    yield finding
    if asked.send_to and not finding.advice:
        yield _sent(asked.send_to)
    elif not asked.send_to:
        yield skipped(_("No mail was sent as a trial; --send-to ADDRESS sends one."))


def _greeted() -> Finding:
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
            server.ehlo()
            if settings.EMAIL_USE_TLS:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        return fault(
            _("The mail server does not let the site in, or offers no encryption."),
            _("Look at IQ_EMAIL_USER, IQ_EMAIL_PASSWORD, IQ_EMAIL_PORT and IQ_EMAIL_TLS."),
        )
    except ssl.SSLError:
        return fault(
            _("The certificate of the mail server is not valid."),
            _("Name the server in IQ_EMAIL_HOST as its certificate does."),
        )
    except (OSError, smtplib.SMTPException):
        return fault(_("The mail server does not answer."), _("Look at IQ_EMAIL_HOST and IQ_EMAIL_PORT."))
    if not settings.EMAIL_USE_TLS and settings.EMAIL_HOST not in {"localhost", "127.0.0.1", "::1"}:
        return warning(
            _("Mails leave this machine without encryption."),
            _("Set IQ_EMAIL_TLS=1, usually with IQ_EMAIL_PORT=587."),
        )
    return ok(_("The mail server answers."))


def _sent(address: str) -> Finding:
    try:
        send_mail(
            _("A trial of %(site)s") % {"site": settings.SITE_NAME},
            _("If you read this, the site can send mails. Nothing has to be done."), None, [address],
        )  # fmt: skip
    except (OSError, smtplib.SMTPException):
        return fault(
            _("The trial mail was refused."), _("Ask the mail server's owner whether IQ_EMAIL_FROM may send.")
        )
    return ok(_("The trial mail was handed over; look whether it arrived."))
