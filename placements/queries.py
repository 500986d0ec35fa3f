"""Reads used twice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from counselling.doors import WorkFact
from counselling.models import Client, Consultation
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import TimelineEntry
from placements.categories import EMPLOYMENT, TRAINING, Category
from placements.enums import Situation, Stage
from placements.job_retention import MONTHS, Lasting
from placements.models import Placement, PlacementEvent, RetentionCheck
from placements.models.retention import KNOWN, LASTS


def board(user: User) -> dict[Stage, list[Placement]]:
    """Return the running placements of the reader by their present step, those that wait longest first."""
    lanes: dict[Stage, list[Placement]] = defaultdict(list)
    rows = Placement.objects.visible_to(user).with_stage().on_the_board().longest_waiting_first()
    for placement in rows.select_related("client", "vacancy__business"):
        lanes[Stage(placement.stage)].append(placement)
    return lanes


def named_clients(user: User, placements: Iterable[Placement]) -> set[int]:
    """Return which of these placements' clients the reader may know by name; the others appear by their number."""
    ids = {placement.client_id for placement in placements}
    clients = Client.objects.filter(pk__in=ids)
    return set(clients.own(user).values_list("pk", flat=True))


def recent_clients(user: User) -> list[Client]:
    """Return the reader's own clients of the last talks: whom one most likely proposes a vacancy to."""
    last = (
        Consultation.objects.contacts()
        .filter(client=OuterRef("pk"))
        .order_by("-held_at")
        .values("held_at")[:1]
    )
    return list(
        Client.objects.own(user)
        .annotate(last=Subquery(last))
        .order_by(F("last").desc(nulls_last=True), "-pk")[:8]
    )


def how_many_last(checks: QuerySet[RetentionCheck], *, today: date) -> list[Lasting]:
    """Return how many placements last after 3, 6 and 12 months, of those whose day has come."""
    counted: dict[int, dict[str, int]] = {
        row["months"]: {name: row[name] for name in ("due", "known", "lasting", "same_job")}
        for row in checks.filter(due_on__lte=today)
        .order_by()
        .values("months")
        .annotate(
            due=Count("pk"), known=Count("pk", filter=KNOWN), lasting=Count("pk", filter=LASTS),
            same_job=Count("pk", filter=LASTS & Q(situation=Situation.SAME_JOB)),
        )
    }  # fmt: skip
    nothing = {"due": 0, "known": 0, "lasting": 0, "same_job": 0}
    return [Lasting(months=months, **counted.get(months, nothing)) for months in MONTHS]


def work_on(client_id: int, day: date) -> list[WorkFact]:
    """Return what of a client's placements ran on a day: work, or training of any kind. An internship is neither."""
    rows = (
        Placement.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=day), client_id=client_id, started_on__lte=day
        )
        .exclude(category="")
        .select_related("vacancy__business")
    )
    found = []
    for row in rows.order_by("started_on", "pk"):
        category = Category(row.category)
        at_work = category in (*EMPLOYMENT, Category.SELF)
        learning = category in (*TRAINING, Category.EQ, Category.FT)
        if at_work or learning:
            words = f"{category.label}, {row.vacancy.title}"
            found.append(WorkFact(words, in_employment=at_work, in_education=learning))
    return found


def timeline(user: User, client_pk: int) -> list[TimelineEntry]:
    """Return the steps of a client's placements for the timeline of the client page."""
    events = (
        PlacementEvent.objects.standing()
        .filter(placement__in=Placement.objects.visible_to(user), placement__client_id=client_pk)
        .select_related("placement__vacancy__business", "by")
    )
    return [
        TimelineEntry(
            at=event.at, kind="placement", icon="briefcase", title=Stage(event.stage).label, lines=(str(event.placement.vacancy),),
            meta=str(event.by or ""), url=reverse("placements:placement_detail", kwargs={"public_id": event.placement.public_id}),
        )
        for event in events
    ]  # fmt: skip
