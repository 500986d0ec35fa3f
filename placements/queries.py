"""Reads used twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from counselling.doors import WorkFact
from counselling.models import Client, Consultation
from counselling.search import matching
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import TimelineEntry
from placements.categories import EMPLOYMENT, TRAINING, Category
from placements.enums import DeclineReason, Situation, Stage
from placements.job_retention import MONTHS, Lasting
from placements.models import EmployerAnswer, Placement, PlacementEvent, RetentionCheck
from placements.models.placement import PlacementQuerySet
from placements.models.retention import KNOWN, LASTS

# An employer who has not answered for so long is asked again.
SILENT_AFTER = timedelta(days=7)
# Time to talk with both before a trial is over.
TRIAL_ENDS_SOON = timedelta(days=3)
BEFORE_THE_START = (Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW, Stage.TRIAL)


def board(user: User, wanted: Mapping[str, Any] | None = None) -> dict[Stage, list[Placement]]:
    """Return the running placements of the reader by their present step, those that wait longest first.

    ``wanted``: the cleaned choices of the filters.
    """
    lanes: dict[Stage, list[Placement]] = defaultdict(list)
    rows = chosen(Placement.objects.visible_to(user).with_stage().on_the_board(), user, wanted or {})
    for placement in rows.longest_waiting_first().select_related("client", "vacancy__business"):
        lanes[Stage(placement.stage)].append(placement)
    return lanes


def chosen(rows: PlacementQuerySet, user: User, wanted: Mapping[str, Any]) -> PlacementQuerySet:
    """Return those of ``rows`` that the filters ask for; needs ``with_stage``.

    Names are looked for among the reader's own clients alone: a coordinator finds by number.
    """
    if stage := wanted.get("stage"):
        rows = rows.at_stage(stage)
    if field := wanted.get("field_of_work"):
        rows = rows.filter(vacancy__field_of_work=field)
    if counsellor := wanted.get("counsellor"):
        rows = rows.filter(client__counsellor=counsellor)
    if days := wanted.get("waiting"):
        # Whose work has begun waits for nothing.
        before = timezone.now() - timedelta(days=int(days))
        rows = rows.running().exclude(Q(("stage", Stage.STARTED))).filter(Q(("stage_at__lte", before)))
    for word in wanted.get("employer", "").split():
        rows = rows.filter(
            Q(vacancy__employer_name__icontains=word) | Q(vacancy__business__sign_name__icontains=word)
        )
    if text := wanted.get("q"):
        named = matching(Client.objects.own(user), text, centre_id=user.centre_id)
        rows = rows.filter(
            Q(client__in=named.values("pk"))
            | Q(client__number__iexact=text)
            | Q(vacancy__title__icontains=text)
        )
    return rows


def silent_employers(user: User, today: date) -> PlacementQuerySet:
    """Return the reader's own placements whose employer is to be asked again, those that wait longest first.

    The day that was noted with the last answer counts; without one, seven days after the last step or answer.
    """
    answers = EmployerAnswer.objects.standing().filter(placement=OuterRef("pk")).newest_first()
    long_ago = today - SILENT_AFTER
    rows = _own(user).annotate(
        asked_again_on=Subquery(answers.values("due_on")[:1]), last_answer_on=Subquery(answers.values("answered_on")[:1])
    )  # fmt: skip
    quiet = Q(("asked_again_on", None), ("stage_at__date__lte", long_ago)) & (
        Q(("last_answer_on", None)) | Q(("last_answer_on__lte", long_ago))
    )
    return rows.filter(
        Q(("asked_again_on__lte", today), ("stage__in", BEFORE_THE_START))
        | Q(("stage__in", [Stage.PROPOSED, Stage.APPLIED])) & quiet
    ).longest_waiting_first()


def ending_trials(user: User, today: date) -> PlacementQuerySet:
    """Return the reader's own trials that end within three days or are over, those that ended first at the top."""
    rows = _own(user).at_stage(Stage.TRIAL).filter(trial_until__lte=today + TRIAL_ENDS_SOON)
    return rows.order_by("trial_until", "pk")


def _own(user: User) -> PlacementQuerySet:
    own = Placement.objects.filter(client__in=Client.objects.own(user)).with_stage()
    return own.select_related("client", "vacancy__business")


def unlawful_reasons(user: User, today: date) -> int:
    """Return how often in the last twelve months an employer of the centre named a reason that the law forbids; only the number."""
    since = today - timedelta(days=365)
    return (
        EmployerAnswer.objects.standing()
        .filter(placement__centre_id=user.centre_id, reason=DeclineReason.UNLAWFUL, answered_on__gte=since)
        .count()
    )


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
