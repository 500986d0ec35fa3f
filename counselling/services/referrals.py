"""Referrals: made with the consent that passing on needs, asked about, taken back."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.consents import current_text
from counselling.enums import Arrived, Direction, Purpose
from counselling.errors import ConsentError, NotAllowedError
from counselling.models import Client, Consent, Consultation, Institution, Referral, Topic
from counselling.rules import can_change_client
from counselling.services.consents import give_consent
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def refer(
    *,
    client: Client,
    institution: Institution,
    by: User,
    direction: str = Direction.TO,
    topic: Topic | None = None,
    consultation: Consultation | None = None,
    on: dt.date | None = None,
    passed_on: str = "",
    explained_in: str = "",
    submission: UUID | None = None,
) -> Referral:
    """Note that a client is sent to an institution, or came from one.

    What is passed on needs the client's consent for this institution, explained in a language (``ConsentError`` without). Whether
    somebody who was sent there arrived is asked after the days that the centre has set.
    """
    if not can_change_client(by, client) or institution.centre_id != client.centre_id:
        raise NotAllowedError
    hold_still(client)  # two equal forms meet here
    made = Referral.objects.filter(client=client, submission=submission)
    if submission and (twin := made.first()):
        return twin
    if consultation is not None and consultation.client_id != client.pk:
        raise NotAllowedError
    day, sent = on or timezone.localdate(), direction == Direction.TO
    consent = _consent(client, institution, explained_in, by) if sent and passed_on else None
    referral = Referral.objects.create(
        centre_id=client.centre_id, client=client, institution=institution, direction=direction, topic=topic,
        consultation=consultation, counsellor=by, consent=consent, submission=submission, on=day, created_by=by,
        ask_on=day + dt.timedelta(days=client.centre.referral_ask_days) if sent else None,
        passed_on=passed_on if sent else "", programme_code=client.centre.current_programme_code,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=referral, client=client.pk)
    return referral


def _consent(client: Client, institution: Institution, explained_in: str, by: User) -> Consent:
    if not explained_in:
        raise ConsentError
    return give_consent(
        client=client, purpose=Purpose.REFERRAL, text_version=current_text(Purpose.REFERRAL, client.centre_id).version,
        explained_in=explained_in, by=by, employer_name=str(institution.name_de or institution.name),  # type: ignore[attr-defined]  # a column a language
    )  # fmt: skip


@transaction.atomic
def note_arrival(*, referral: Referral, arrived: str, by: User) -> Referral:
    """Note what somebody answered; empty takes the answer back."""
    stored = _locked(referral, by)
    if stored.direction != Direction.TO or (arrived and arrived not in Arrived.values):
        raise NotAllowedError
    if stored.arrived != arrived:
        stored.arrived = arrived
        stored.asked_on, stored.asked_by = (timezone.localdate(), by) if arrived else (None, None)
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, client=stored.client_id, fields=["arrived"])
    return stored


@transaction.atomic
def delete_referral(*, referral: Referral, by: User) -> None:
    """Take back a referral that was noted by mistake. A consent that was given stays written down with its client."""
    stored = _locked(referral, by)
    record(Action.DELETE, by=by, obj=stored, client=stored.client_id)
    stored.delete()


def _locked(referral: Referral, by: User) -> Referral:
    stored = Referral.objects.select_for_update(of=("self",)).select_related("client").get(pk=referral.pk)
    if not can_change_client(by, stored.client):
        raise NotAllowedError
    return stored
