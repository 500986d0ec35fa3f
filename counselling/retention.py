"""How long this room keeps what: notes of talks, drafts, the details of merges."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import (
    Addendum,
    Appointment,
    Attendance,
    Client,
    Consultation,
    Draft,
    Merge,
    ParticipationSensitive,
)
from counselling.models.client import ClientQuerySet
from counselling.models.consultation import NOTE_FIELDS
from counselling.services.merges import clear_old_merges
from iqquadrat.core.merging import UNDO_FOR
from iqquadrat.core.retention import Clock, Scope, programme_ends, register_clock

_SAYS_SOMETHING = Q(pk__in=[])
for _name in NOTE_FIELDS:
    _SAYS_SOMETHING |= ~Q(**{_name: ""})


def with_last_moment(clients: ClientQuerySet) -> ClientQuerySet:
    """Annotate ``last_moment``: the last talk or appointment, else the day the client was taken in."""
    talks = Consultation.objects.filter(client=OuterRef("pk")).order_by("-held_at").values("held_at")[:1]
    with_others = Attendance.objects.filter(client=OuterRef("pk")).order_by("-consultation__held_at")
    planned = Appointment.objects.filter(client=OuterRef("pk"))
    last = planned.order_by("-starts_at").values("starts_at")[:1]
    taken = "created_at"
    return clients.annotate(
        last_moment=Greatest(
            Coalesce(Subquery(talks), taken),
            Coalesce(Subquery(with_others.values("consultation__held_at")[:1]), taken),
            Coalesce(Subquery(last), taken),
        )
    )


def _old_notes(scope: Scope) -> Any:
    """Talks whose client was last met before the moment; talks without a client by their own day."""
    quiet = with_last_moment(Client.objects.filter(centre_id=scope.centre_id)).filter(
        Q(("last_moment__lt", scope.before))
    )
    old = Q(client__in=quiet.values("pk")) | Q(client=None, held_at__lt=scope.before)
    rows = Consultation.objects.filter(old, centre_id=scope.centre_id).exclude(client_id__in=scope.held)
    return rows.filter(_SAYS_SOMETHING | Q(addenda__isnull=False)).distinct()


def _clear_notes(scope: Scope) -> int:
    keys = list(_old_notes(scope).values_list("pk", flat=True))
    Addendum.objects.filter(consultation__in=keys).delete()
    return Consultation.objects.filter(pk__in=keys).update(**dict.fromkeys(NOTE_FIELDS, ""))


def _old_drafts(scope: Scope) -> Any:
    return Draft.objects.outlived().filter(author__centre_id=scope.centre_id)


def _clear_drafts(scope: Scope) -> int:
    return int(_old_drafts(scope).delete()[1].get("counselling.Draft", 0))


def _old_merges(scope: Scope) -> Any:
    long_ago = timezone.now() - UNDO_FOR
    return Merge.objects.filter(
        centre_id=scope.centre_id, merged_at__lte=long_ago, details_cleared_at__isnull=True
    )


def _old_voluntary(scope: Scope) -> Any:
    """Voluntary answers of programmes that ended before the moment: until then the funder may look at single records."""
    ended = [
        code
        for code, day in programme_ends().items()
        if timezone.make_aware(dt.datetime.combine(day, dt.time.max)) < scope.before
    ]
    rows = ParticipationSensitive.objects.filter(
        participation__client__centre_id=scope.centre_id, participation__programme_code__in=ended
    )
    return rows.exclude(participation__client_id__in=scope.held)


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="notes", label=_("Notes of talks"), months=36, least=3, order=10,
        text=_("Months after the last contact. Notes and addenda go; day, topics and languages stay for the figures."),
        due=lambda scope: _old_notes(scope).count(), clear=_clear_notes,
    ))  # fmt: skip
    register_clock(Clock(
        key="voluntary", label=_("Voluntary answers to the European Social Fund"), months=72, least=12, order=15,
        text=_("Months after the end of the programme, as long as the funder may look at single records. Afterwards they count as not stated."),
        due=lambda scope: _old_voluntary(scope).count(), clear=lambda scope: int(_old_voluntary(scope).delete()[0]),
    ))  # fmt: skip
    register_clock(Clock(
        key="drafts", label=_("Drafts"), months=1, fixed=True, order=80, text=_("30 days after the last change, a day after they were thrown away."),
        due=lambda scope: _old_drafts(scope).count(), clear=_clear_drafts,
    ))  # fmt: skip
    register_clock(Clock(
        key="merges", label=_("Details of merges"), months=1, fixed=True, order=81, text=_("30 days, as long as a merge can be undone."),
        due=lambda scope: _old_merges(scope).count(), clear=_clear_merges,
    ))  # fmt: skip


def _clear_merges(scope: Scope) -> int:
    """The service clears all centres' at once; what is counted is this centre's."""
    count: int = _old_merges(scope).count()
    clear_old_merges(timezone.now())
    return count
