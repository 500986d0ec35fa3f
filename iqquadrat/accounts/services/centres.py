"""Every write on centres. An administrator changes the own one; the first of all comes from the command line."""

from typing import Any

from django.db import transaction

from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission, Role
from iqquadrat.accounts.services.authority import authorise
from iqquadrat.accounts.services.errors import (
    CentreCodeTakenError,
    CentreNameTakenError,
    NotYourCentreError,
    StaleCentreError,
)  # fmt: skip
from iqquadrat.accounts.services.users import create_user
from iqquadrat.accounts.signals import centre_changed, centre_created


@transaction.atomic
def create_centre(
    *, by: User | None, name: str, code: str, email: str, given_name: str, family_name: str
) -> User:
    """Create a centre with its first administrator, who is returned and chooses a password by a link.

    Pages cannot do this: nobody who is signed in stands above the centres, so ``by`` is None.
    """
    if by is not None:
        raise NotYourCentreError
    if Centre.objects.filter(code__iexact=code).exists():
        raise CentreCodeTakenError
    _refuse_taken_name(name)
    centre = Centre.objects.create(name=name, code=code)
    centre_created.send(sender=Centre, centre=centre, by=by)
    return create_user(
        by=by, centre=centre, email=email, given_name=given_name, family_name=family_name,
        roles=[Role.ADMINISTRATOR.value],
    )  # fmt: skip


@transaction.atomic
def change_centre(*, centre: Centre, by: User, revision: int, **facts: Any) -> Centre:
    """Change name, subtitle, address, phone, e-mail and website. The code stays: it stands in exports."""
    allowed = {"name", "subtitle", "street", "postal_code", "city", "phone", "email", "website"}
    if not set(facts) <= allowed:
        raise NotYourCentreError
    stored = authorise(by, centre, Permission.CENTRE_WRITE, refusal=NotYourCentreError)
    if revision != stored.revision:
        raise StaleCentreError
    if "name" in facts:
        _refuse_taken_name(facts["name"], but=stored)
    return _save_changes(stored, by=by, values=facts)


@transaction.atomic
def change_desk(*, centre: Centre, by: User, revision: int, **facts: Any) -> Centre:
    """Change what clients are told and when somebody asks back: the coordination knows it, the administration may too."""
    allowed = {"phone", "opening_hours", "directions", "what_to_bring", "referral_ask_days"}
    if not set(facts) <= allowed:
        raise NotYourCentreError
    stored = authorise(by, centre, Permission.CENTRE_DESK, refusal=NotYourCentreError)
    if revision != stored.revision:
        raise StaleCentreError
    return _save_changes(stored, by=by, values=facts)


@transaction.atomic
def set_current_programme(*, centre: Centre, by: User, code: str) -> Centre:
    """Say in which programme new records of the centre are done; empty for none.

    Programmes live in a room above, which checks that the centre takes part in the one with this code. The form with the facts of the
    centre does not hold the programme: choosing another one makes nobody's typed facts stale.
    """
    stored = authorise(
        by, centre, Permission.PROGRAMME_WRITE, Permission.CENTRE_WRITE, refusal=NotYourCentreError
    )
    return _save_changes(stored, by=by, values={"current_programme_code": code}, raises_revision=False)


def _refuse_taken_name(name: str, *, but: Centre | None = None) -> None:
    taken = Centre.objects.filter(name__iexact=name)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise CentreNameTakenError


def _save_changes(
    centre: Centre, *, by: User, values: dict[str, Any], raises_revision: bool = True
) -> Centre:
    changed = [name for name, value in values.items() if getattr(centre, name) != value]
    if changed:
        for name in changed:
            setattr(centre, name, values[name])
        centre.revision += int(raises_revision)
        centre.save(update_fields=[*changed, "revision"])
        centre_changed.send(sender=Centre, centre=centre, by=by, changed=changed)
    return centre
