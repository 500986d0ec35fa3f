"""Reads used twice: consents, defaults, what is due, the lists."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, DateField, DateTimeField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from counselling.enums import ASKED_WHERE_NEEDED, BirthPrecision, Channel, Purpose
from counselling.models import (
    Absence,
    AbsenceCover,
    Appointment,
    Attendance,
    Client,
    Consent,
    Consultation,
    FollowUp,
    Institution,
    Situation,
    Topic,
)
from counselling.models.absence import covered_by
from counselling.models.client import ClientQuerySet
from counselling.models.follow_up import FollowUpQuerySet
from counselling.search import find
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.folding import search_key


def has_consent(client: Client, purpose: str, *, employer_name: str = "") -> bool:
    """Tell whether the client agrees to ``purpose`` today; passing on is agreed to business by business."""
    return (
        Consent.objects.in_force()
        .filter(client=client, purpose=purpose, employer_name=employer_name)
        .exists()
    )


@dataclass(frozen=True)
class ConsentState:
    """One purpose on the client's page: agreed, taken back, or not asked yet."""

    purpose: Purpose
    in_force: list[Consent]
    last_withdrawn: Consent | None


def consent_states(client: Client) -> list[ConsentState]:
    """Return the purposes with what the client has said to each; a referral, and the questions of a funder, only where there was one."""
    consents = list(client.consents.all())
    there = {consent.purpose for consent in consents}
    return [
        ConsentState(
            purpose=purpose,
            in_force=[c for c in consents if c.purpose == purpose and c.withdrawn_at is None],
            last_withdrawn=next((c for c in consents if c.purpose == purpose and c.withdrawn_at), None),
        )
        for purpose in Purpose
        if purpose not in ASKED_WHERE_NEEDED or purpose in there
    ]


def topics_in_use() -> QuerySet[Topic]:
    """Return the topics that can be chosen today."""
    return Topic.objects.filter(retired_at__isnull=True)


def with_last_contact(clients: ClientQuerySet) -> ClientQuerySet:
    """Annotate ``last_contact_at`` and ``next_follow_up_on`` for a list."""
    contacts = Consultation.objects.contacts().filter(client=OuterRef("pk")).order_by("-held_at")
    together = Attendance.objects.filter(client=OuterRef("pk"), consultation__is_no_show=False)
    steps = FollowUp.objects.open().filter(client=OuterRef("pk")).order_by("due_on")
    return clients.annotate(
        last_contact_at=Greatest(  # of two days where one is missing PostgreSQL takes the other
            Subquery(contacts.values("held_at")[:1], output_field=DateTimeField()),
            Subquery(
                together.order_by("-consultation__held_at").values("consultation__held_at")[:1],
                output_field=DateTimeField(),
            ),
        ),
        next_follow_up_on=Subquery(steps.values("due_on")[:1], output_field=DateField()),
    )


@dataclass(frozen=True)
class Defaults:
    """What the consultation form begins with: as the last time."""

    channel: str
    languages: list[str]


def defaults_for(user: User, client: Client | None) -> Defaults:
    """Return channel and languages of the last talk with this client, else of the user's last one, else of the client."""
    mine = Consultation.objects.contacts().filter(counsellor=user)
    last = mine.filter(client=client).first() if client else None
    if last is None:
        previous = mine.first()
        languages = client.spoken_languages[:1] if client else (previous.languages if previous else [])
        return Defaults(previous.channel if previous else Channel.PERSON_PLANNED, languages)
    return Defaults(last.channel, last.languages)


def day_bounds(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of a day and of the next, in the site's time zone."""
    start = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    return start, timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def appointment_at(user: User, client: Client, now: dt.datetime) -> Appointment | None:
    """Return the appointment that a talk with this client now most likely is: begun within four hours, or about to begin."""
    near = Appointment.objects.standing().filter(
        counsellor=user, client=client, starts_at__gte=now - dt.timedelta(hours=4), starts_at__lte=now + dt.timedelta(minutes=30)
    )  # fmt: skip
    planned = near.order_by("-starts_at").first()
    if planned is None:
        return None
    logged = Consultation.objects.filter(counsellor=user, client=client, held_at__gte=planned.starts_at)
    return None if logged.exists() else planned


def last_opened(user: User, limit: int = 5) -> list[Client]:
    """Return the clients whose pages the user opened last; from the access log, as far as the user may still see them."""
    opened = (
        Entry.objects.filter(user_id=user.pk, action=Action.VIEW, object_type="counselling.client")
        .order_by("-at", "-pk")
        .values_list("object_id", flat=True)[:40]
    )
    order = list(dict.fromkeys(int(pk) for pk in opened))
    clients = {client.pk: client for client in Client.objects.own(user).filter(pk__in=order)}
    return [clients[pk] for pk in order if pk in clients][:limit]


def possible_duplicates(
    user: User, name: str, birth: tuple[dt.date, str] | None, phone: str, limit: int = 12
) -> list[Client]:
    """Return clients of the whole centre who could be the same person: by name in any spelling, birth date or phone.

    Wider than what the user may see: otherwise a colleague's client would be taken in twice. The page shows few fields.
    """
    centre = Client.objects.standing().filter(centre_id=user.centre_id).select_related("counsellor")
    found = find(centre, name, centre_id=user.centre_id, limit=limit)
    if phone:
        found += find(centre, phone, centre_id=user.centre_id, limit=limit)
    if birth and birth[1] == BirthPrecision.DAY:
        found += list(centre.filter(birth_date=birth[0], birth_precision=BirthPrecision.DAY)[:limit])
    return list({client.pk: client for client in found}.values())[:limit]


def consultations_for_list(consultations: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Fetch what one row of a list or of the timeline shows."""
    return consultations.select_related("client", "counsellor", "main_topic", "case").prefetch_related(
        "other_topics",
        Prefetch("follow_ups", FollowUp.objects.order_by("due_on")),
        Prefetch("attendances", Attendance.objects.select_related("client")),
    )


def current_situation(client: Client) -> Situation:
    """Return what holds today of work and income; unsaved, with what held at entry, where nothing has changed since."""
    latest = client.situations.until_today().first()
    return latest or Situation(
        client=client, since=client.in_charge_since, labour_market_status=client.labour_market_status,
        income_type=client.income_type,
    )  # fmt: skip


def entry_day(client: Client) -> dt.date:
    """Return the day on which the record begins: that of the first counsellor in charge."""
    first = client.charges.in_charge().aggregate(first=Min("since"))["first"]
    return first or client.in_charge_since


def due_count(user: User) -> int:
    """Return how many of the user's follow-ups are due today or overdue: the number beside "Today"."""
    if not user.may(Permission.CLIENT_READ_OWN):
        return 0
    return follow_ups_of(user).due(timezone.localdate()).count()


def follow_ups_of(user: User) -> FollowUpQuerySet:
    """Return what the user has to do: what is given to the user, and what is given to somebody who is away, for the clients whom
    the user looks after meanwhile."""
    today = timezone.localdate()
    covered = Client.objects.standing().filter(
        covered_by(user, today, Client.objects.all()), centre_id=user.centre_id
    )
    away = Absence.objects.on(today).filter(centre_id=user.centre_id).values("counsellor_id")
    rows: FollowUpQuerySet = FollowUp.objects.filter(
        Q(assigned_to=user) | Q(assigned_to_id__in=away, client_id__in=covered.values("pk"))
    )
    return rows


@dataclass(frozen=True)
class Deputising:
    """An absence in which the reader deputises: for all who are not given to somebody else, or for single clients."""

    absence: Absence
    for_all: bool
    named: int


def deputising(user: User) -> list[Deputising]:
    """Return the absences of today in which the user deputises."""
    rows = Absence.objects.on(timezone.localdate()).filter(centre_id=user.centre_id)
    mine = Q(covers__deputy_id=user.pk)
    found = rows.annotate(named=Count("covers", filter=mine)).filter(Q(deputy_id=user.pk) | Q(named__gt=0))
    return [
        Deputising(row, row.deputy_id == user.pk, getattr(row, "named", 0))
        for row in found.select_related("counsellor").order_by("last_day", "pk")
    ]


def who_may_read(client: Client) -> list[User]:
    """Return those who may read the client's file today, the one in charge first: whom one can give something to do."""
    away = Absence.objects.on(timezone.localdate()).filter(counsellor_id=client.counsellor_id)
    named = AbsenceCover.objects.filter(absence__in=away, client=client)
    for_all = away.exclude(pk__in=named.values("absence_id")).values("deputy_id")
    others = User.objects.filter(
        Q(pk__in=client.deputies.values("pk")) | Q(pk__in=named.values("deputy_id")) | Q(pk__in=for_all),
        is_active=True,
    ).order_by("family_name", "given_name", "pk")
    able = [user for user in [client.counsellor, *others] if user.may(Permission.CLIENT_CHANGE_OWN)]
    return list(dict.fromkeys(able))


def client_numbers(keys: Iterable[str]) -> dict[str, str]:
    """Return the numbers of clients by their primary keys, for the access log."""
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {
        str(pk): number for pk, number in Client.objects.filter(pk__in=wanted).values_list("pk", "number")
    }


def kept_client(reader: User, public_id: UUID) -> UUID | None:
    """Return the address of the client that the record of this address became part of, if the reader may see that one."""
    kept = Client.objects.visible_to(reader).at_address(public_id)
    return kept.public_id if kept and kept.public_id != public_id else None


def similar_institutions(user: User, name: str, limit: int = 5) -> list[Institution]:
    """Return the places of the directory whose name is much like this one, retired ones too."""
    rows = Institution.objects.visible_to(user).annotate(
        nearness=TrigramWordSimilarity(search_key(name), "search_key")
    )
    return list(rows.filter(nearness__gte=0.75).order_by("-nearness", "pk")[:limit])
