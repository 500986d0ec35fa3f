"""Mails to staff. Sent beside the request, so that the answer takes the same time whether there is an account or not."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from iqquadrat.accounts.models import User

log = logging.getLogger(__name__)
# One thread: reset mails are rare, and one queue keeps their order. It is joined when the process ends.
_post_office = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def password_link(*, user: User, origin: str) -> str:
    """Return the address where the account's password is chosen, once. ``origin``: scheme and host of the site."""
    path = reverse(
        "accounts:password_confirm",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk or 0)),
            "token": default_token_generator.make_token(user),
        },
    )
    return f"{origin}{path}"


def password_link_mail(*, user: User, origin: str, template: str) -> EmailMessage:
    """Return the mail with the link to choose a password. ``origin``: scheme and host of the site."""
    with translation.override(user.language):
        context = {
            "person": user, "link": password_link(user=user, origin=origin), "site": settings.SITE_NAME,
            "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
        }  # fmt: skip
        subject = _("%(site)s: choose your password") % {"site": settings.SITE_NAME}
        return EmailMessage(subject, render_to_string(template, context), to=[user.email])


def factor_gone_mail(*, user: User) -> EmailMessage:
    """Return the mail that tells somebody that the second factor was taken away: it may have been done without asking."""
    with translation.override(user.language):
        subject = _("%(site)s: your second factor was removed") % {"site": settings.SITE_NAME}
        context = {"person": user, "site": settings.SITE_NAME}
        return EmailMessage(
            subject, render_to_string("accounts/mail/factor_gone.txt", context), to=[user.email]
        )


def post(message: EmailMessage) -> "Future[None]":
    """Send in the background. A mail server that is down is told to the log, without the address."""
    return _post_office.submit(_send, message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 - whatever the mail server does, the queue goes on
        log.error("A mail could not be sent: %s", type(error).__name__)  # noqa: TRY400 - the trace would hold the address
