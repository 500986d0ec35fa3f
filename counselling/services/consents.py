"""Consents: given, taken back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from counselling.consents import current_text, is_known
from counselling.enums import TO_ONE_RECEIVER, Purpose
from counselling.errors import ConsentError, ConsentTakenBackError, NotAllowedError
from counselling.models import Client, Consent, ParticipationSensitive
from counselling.rules import can_change_client
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def give_consent(
    *,
    client: Client,
    purpose: str,
    text_version: str,
    explained_in: str,
    by: User,
    given_at: dt.datetime | None = None,
    employer_name: str = "",
) -> Consent:
    """Write down that the client agrees. One to the same text that is in force is returned as it is; one to an older text ends.

    Raises ``ConsentError`` for an unknown text, or for passing on without naming the business; ``ConsentTakenBackError`` for one
    that is entered late and was taken back since: an old paper puts nothing in force again.
    """
    if not can_change_client(by, client):
        raise NotAllowedError
    if not is_known(purpose, text_version, client.centre_id) or (
        (purpose in TO_ONE_RECEIVER) != bool(employer_name)
    ):
        raise ConsentError
    same = client.consents.filter(purpose=purpose, employer_name=employer_name)
    if given_at is not None and same.filter(withdrawn_at__gt=given_at).exists():
        raise ConsentTakenBackError
    return _keep(
        Consent(
            client=client, purpose=purpose, text_version=text_version, explained_in=explained_in,
            given_at=given_at or timezone.now(), employer_name=employer_name, created_by=by,
        ),
        by,
    )  # fmt: skip


@transaction.atomic
def note_own_answer(*, client: Client, purpose: str, agreed: bool, explained_in: str) -> Consent | None:
    """Write down what the client answered alone at the PC: the text in force was shown, and nobody of the staff clicked.

    A no takes back what was in force: nobody can hold two answers at once. Only for purposes without a business.
    """
    if not agreed:
        hold_still(client)
        for consent in client.consents.in_force().filter(purpose=purpose):
            _take_back(consent, None)
        return None
    return _keep(
        Consent(
            client=client, purpose=purpose, text_version=current_text(purpose, client.centre_id).version, explained_in=explained_in,
            given_at=timezone.now(),
        ),
        None,
    )  # fmt: skip


def _keep(consent: Consent, by: User | None) -> Consent:
    client = consent.client
    hold_still(client)  # two equal presses meet here
    known = client.consents.in_force().filter(purpose=consent.purpose, employer_name=consent.employer_name)
    if found := known.first():
        if found.text_version == consent.text_version:
            return found
        _take_back(found, by, replaced=True)  # the new text takes the place of the old one
    consent.save()
    record(
        Action.CREATE,
        by=by,
        obj=consent,
        centre_id=client.centre_id,
        client=client.pk,
        purpose=consent.purpose,
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User) -> Consent:
    """Write down that the client takes it back, now. Taking it back twice changes nothing."""
    if not can_change_client(by, consent.client):
        raise NotAllowedError
    return _take_back(consent, by)


def _take_back(consent: Consent, by: User | None, *, replaced: bool = False) -> Consent:
    stored = Consent.objects.select_for_update(of=("self",)).select_related("client").get(pk=consent.pk)
    if stored.withdrawn_at is None:
        stored.withdrawn_at = max(timezone.now(), stored.given_at)
        stored.revision += 1
        stored.save()
        record(
            Action.CHANGE, by=by, obj=stored, centre_id=stored.client.centre_id, client=stored.client_id,
            purpose=stored.purpose, fields=["withdrawn_at"],
        )  # fmt: skip
        if stored.purpose == Purpose.ESF_ANSWERS and not replaced:
            forget_unconsented(stored.client)
    return stored


def forget_unconsented(client: Client) -> None:
    """Voluntary answers of a participation live as long as the consent behind them."""
    if not client.consents.in_force().filter(purpose=Purpose.ESF_ANSWERS).exists():
        ParticipationSensitive.objects.filter(participation__client=client).delete()
