"""What the log hears from below: accounts may not know this room, so they send signals."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.signals import (
    account_changed,
    account_created,
    centre_changed,
    centre_created,
    password_link_sent,
    second_step_failed,
    sittings_ended,
)  # fmt: skip


@receiver(user_logged_in, dispatch_uid="accesslog.signed_in")
def signed_in(sender: Any, user: User, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """Somebody came in."""
    record(Action.SIGN_IN, by=user)


@receiver(user_logged_out, dispatch_uid="accesslog.signed_out")
def signed_out(sender: Any, user: User | None, request: HttpRequest | None = None, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """Somebody left, or was gone for too long."""
    if user is not None:
        record(Action.SIGN_OUT, by=user, reason=getattr(request, "ended_by", "by_hand"))


@receiver(user_login_failed, dispatch_uid="accesslog.sign_in_failed")
def sign_in_failed(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """A try that failed. What was typed as a name is not kept: it may be a password in the wrong field."""
    locked = bool(getattr(request, "axes_locked_out", False))
    record(Action.SIGN_IN_FAILED, by=None, reason="locked_out" if locked else "refused")


@receiver(second_step_failed, dispatch_uid="accesslog.second_step_failed")
def second_step_went_wrong(sender: Any, user: User, locked: bool, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """Somebody knew the password and not the code. Whether it was the owner is unknown, so nobody did it."""
    record(Action.SIGN_IN_FAILED, by=None, obj=user, reason="locked_out" if locked else "wrong_code")


@receiver(sittings_ended, dispatch_uid="accesslog.sittings_ended")
def ended_from_afar(sender: Any, user: User, by: User | None, number: int, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """Somebody was signed out from another place."""
    record(Action.SIGN_OUT, by=by, obj=user, reason="from_afar", sittings=number)


@receiver(account_created, dispatch_uid="accesslog.account_created")
def created(sender: Any, user: User, by: User | None, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """An account was made."""
    record(Action.CREATE, by=by, obj=user, roles=user.roles)


@receiver(account_changed, dispatch_uid="accesslog.account_changed")
def changed(sender: Any, user: User, by: User | None, changed: list[str], **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """An account was changed; roles and state are told, names are not."""
    facts: dict[str, Any] = {"fields": sorted(changed)}
    if "roles" in changed:
        facts["roles"] = user.roles
    if "is_active" in changed:
        facts["is_active"] = user.is_active
    record(Action.CHANGE, by=by, obj=user, **facts)


@receiver(password_link_sent, dispatch_uid="accesslog.password_link_sent")
def link_sent(sender: Any, user: User, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """A link to choose a password went out; whoever asked for it is unknown."""
    record(Action.CHANGE, by=None, obj=user, fields=["password_link"])


@receiver(centre_created, dispatch_uid="accesslog.centre_created")
def made_centre(sender: Any, centre: Centre, by: User | None, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """A centre was made."""
    record(Action.CREATE, by=by, obj=centre, centre_id=centre.pk)


@receiver(centre_changed, dispatch_uid="accesslog.centre_changed")
def changed_centre(sender: Any, centre: Centre, by: User | None, changed: list[str], **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """The settings of a centre were changed."""
    record(Action.CHANGE, by=by, obj=centre, centre_id=centre.pk, fields=sorted(changed))
