"""Every write on accounts. An administrator acts within the own centre and never on the own rights."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.enums import Theme
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission, Role
from iqquadrat.accounts.signals import account_changed, account_created


class AccountError(Exception):
    """Something that may not be done with an account; ``str()`` says why in the reader's words."""

    message: Any = ""

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(AccountError):
    """The acting user has no right to it, or the account belongs to another centre."""

    message = _("You may not change this account.")


class OwnRightsError(AccountError):
    """Nobody raises, lowers or closes oneself."""

    message = _(
        "You cannot change your own roles or close your own account. Please ask another administrator."
    )


class RolesError(AccountError):
    """The roles do not go together."""

    message = _(
        "A surveyor has no other role: whoever walks the street with a phone carries no client data. "
        "Please create a second account."
    )


class NoRoleError(AccountError):
    """Without a role one could sign in and see nothing."""

    message = _("Please choose at least one role.")


class EmailTakenError(AccountError):
    """Two accounts with one address cannot be told apart at sign-in."""

    message = _("There is already an account with this e-mail address.")


class StaleAccountError(AccountError):
    """Somebody else changed the account since the page was opened."""

    message = _("Somebody else has changed this account in the meantime. Nothing was saved yet.")


def check_roles(roles: Sequence[str]) -> list[str]:
    """Return the roles in the order of the policy; raises ``NoRoleError`` or ``RolesError``."""
    chosen = [role.value for role in Role if role.value in roles]
    if not chosen:
        raise NoRoleError
    if Role.SURVEYOR.value in chosen and len(chosen) > 1:
        raise RolesError
    return chosen


def _authorise(by: User | None, centre: Centre) -> None:
    """Check the right of the acting user as it is now, one writer a centre at a time.

    The lock keeps two administrators from closing each other at the same moment. ``by=None`` is the command line.
    """
    Centre.objects.select_for_update().get(pk=centre.pk)
    if by is None:
        return
    now = User.objects.filter(pk=by.pk).first()
    if now is None or now.centre_id != centre.pk or not now.may(Permission.USER_WRITE):
        raise NotAllowedError


def _refuse_taken_email(email: str, *, but: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise EmailTakenError


@transaction.atomic
def create_user(
    *, by: User | None, centre: Centre, email: str, given_name: str, family_name: str, roles: Sequence[str],
    password: str | None = None, submission: uuid.UUID | None = None, **more: Any,
) -> User:  # fmt: skip
    """Create an account. Without a password it waits for its owner to choose one by the link in a mail.

    The same ``submission`` again returns the account it made. ``more``: form_of_address, language, theme.
    """
    _authorise(by, centre)
    if submission is not None and (made := User.objects.filter(submission=submission, centre=centre).first()):
        return made
    _refuse_taken_email(email)
    user = User.objects.create_user(
        email=email, password=password, given_name=given_name, family_name=family_name, centre=centre,
        roles=check_roles(roles), submission=submission, **more,
    )  # fmt: skip
    account_created.send(sender=User, user=user, by=by)
    return user


@transaction.atomic
def change_user(
    *, user: User, by: User | None, roles: Sequence[str], revision: int | None = None, **facts: Any
) -> User:
    """Change an account's facts and roles. Changed roles end all its sessions.

    ``facts``: email, given_name, family_name, form_of_address.
    """
    _authorise(by, user.centre)
    stored = User.objects.select_for_update().get(pk=user.pk)
    if revision is not None and revision != stored.revision:
        raise StaleAccountError
    wanted = check_roles(roles)
    if by is not None and by.pk == stored.pk and wanted != stored.roles:
        raise OwnRightsError
    if "email" in facts:
        facts["email"] = User.objects.normalize_email(facts["email"])
        _refuse_taken_email(facts["email"], but=stored)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    if sorted(wanted) != sorted(stored.roles):
        changed.append("roles")
        stored.session_epoch += 1
    return _save_changes(stored, by=by, changed=changed, values={**facts, "roles": wanted})


@transaction.atomic
def close_account(*, user: User, by: User | None) -> User:
    """Close an account: its sessions end, its owner cannot sign in; what it did stays."""
    return _set_active(user=user, by=by, active=False)


@transaction.atomic
def reopen_account(*, user: User, by: User | None) -> User:
    """Open a closed account again; old sessions stay dead."""
    return _set_active(user=user, by=by, active=True)


def _set_active(*, user: User, by: User | None, active: bool) -> User:
    _authorise(by, user.centre)
    if by is not None and by.pk == user.pk:
        raise OwnRightsError
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.is_active == active:
        return stored
    stored.session_epoch += 1
    return _save_changes(stored, by=by, changed=["is_active"], values={"is_active": active})


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> User:
    """Set a new password; every other session of the account ends. ``by`` is the owner, also by the link of a mail."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    if by is not None and by.pk != stored.pk:
        _authorise(by, stored.centre)
    stored.set_password(password)
    user.password = stored.password
    return _save_changes(stored, by=by, changed=["password"], values={})


@transaction.atomic
def change_own_facts(*, by: User, **facts: Any) -> User:
    """Change what everybody may change on the own account: names, form of address, language, appearance."""
    allowed = {"given_name", "family_name", "form_of_address", "language", "theme"}
    if not set(facts) <= allowed or not (by.is_active and by.is_authenticated):
        raise NotAllowedError
    if (
        facts.get("language", "de") not in settings.STAFF_LANGUAGES
        or facts.get("theme", "auto") not in Theme.values
    ):
        raise NotAllowedError
    stored = User.objects.select_for_update().get(pk=by.pk)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    return _save_changes(stored, by=by, changed=changed, values=facts)


def _save_changes(user: User, *, by: User | None, changed: list[str], values: dict[str, Any]) -> User:
    if changed:
        for name, value in values.items():
            setattr(user, name, value)
        user.revision += 1
        user.save()
        account_changed.send(sender=User, user=user, by=by, changed=changed)
    return user
