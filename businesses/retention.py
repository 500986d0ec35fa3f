"""How long this room keeps what was noted about businesses: the register, the interviews and the figures stay, the words go."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import ENDED_NEEDS, Status
from businesses.models import (
    AnalysisReport,
    BusinessConsultation,
    BusinessMerge,
    CallBack,
    Contact,
    ContactAttempt,
    Doorstep,
    Enrolment,
    Event,
    FieldOperation,
    Need,
    NeedStep,
    Observation,
    ReallyTwo,
    UnitPhoto,
)
from businesses.services.merges import clear_old_merges
from iqquadrat.core.merging import UNDO_FOR
from iqquadrat.core.retention import Clock, Scope, register_clock


def _words(scope: Scope) -> list[tuple[QuerySet[Any], dict[str, str]]]:
    """Old rows that still hold words, each with what they are cleared to."""
    centre, before = scope.centre_id, scope.before
    talks = BusinessConsultation.objects.filter(business__centre_id=centre, held_at__lt=before)
    visits = ContactAttempt.objects.filter(unit__wave__centre_id=centre, at__lt=before)
    calls = CallBack.objects.filter(interview__wave__centre_id=centre, called_at__lt=before)
    # A need that runs is still worked on, however old it is.
    needs = Need.objects.filter(business__centre_id=centre, state__in=ENDED_NEEDS, closed_on__lt=before)
    steps = NeedStep.objects.filter(
        need__business__centre_id=centre, need__state__in=ENDED_NEEDS, need__closed_on__lt=before
    )
    events = Event.objects.filter(centre_id=centre, at__lt=before)
    came = Enrolment.objects.filter(business__centre_id=centre, created_at__lt=before)
    doorsteps = Doorstep.objects.filter(attempt__unit__wave__centre_id=centre, attempt__at__lt=before)
    apart = ReallyTwo.objects.filter(centre_id=centre, decided_at__lt=before)
    return [
        (talks.filter(~Q(content="") | ~Q(agreed="")), {"content": "", "agreed": ""}),
        (visits.exclude(note=""), {"note": ""}),
        (calls.exclude(note=""), {"note": ""}),
        (needs.exclude(words=""), {"words": ""}),
        (steps.exclude(note=""), {"note": ""}),
        (
            events.filter(~Q(agenda="") | ~Q(minutes="") | ~Q(cancel_reason="")),
            {"agenda": "", "minutes": "", "cancel_reason": ""},
        ),
        (apart.exclude(reason=""), {"reason": ""}),
        (came.exclude(person_name=""), {"person_name": ""}),
        # A form that held nothing but whom to ask for goes as a whole (``_bare``): an empty one tells nothing.
        (doorsteps.exclude(contact="").exclude(_ONLY_A_CONTACT), {"contact": ""}),
    ]


_ONLY_A_CONTACT = Q(
    branch_words="",
    size_band="",
    since_year__isnull=True,
    since_band="",
    languages=[],
    trains="",
    come_again="",
)


def _people(scope: Scope) -> QuerySet[Contact]:
    """Contact persons of shops that are gone: closed or moved away, and seen so before the time was over."""
    gone = Observation.objects.filter(business=OuterRef("business")).order_by("-seen_on", "-pk")
    return (
        Contact.objects.filter(
            business__centre_id=scope.centre_id,
            business__status__in=[Status.CLOSED, Status.MOVED],
            changed_at__lt=scope.before,
        )
        .annotate(last=Subquery(gone.values("seen_on")[:1]))
        .filter(Q(last__isnull=True) | Q(last__lt=scope.before.date()))
    )


def _bare(scope: Scope) -> list[QuerySet[Any]]:
    """Old rows that go as a whole: forms with nothing but a contact, people of shops that are gone, and the marks by which a device's sending was known again."""
    centre, before = scope.centre_id, scope.before
    return [
        Doorstep.objects.filter(
            _ONLY_A_CONTACT, attempt__unit__wave__centre_id=centre, attempt__at__lt=before
        ),
        FieldOperation.objects.filter(surveyor__centre_id=centre, received_at__lt=before),
        _people(scope),
    ]


def _due(scope: Scope) -> int:
    return sum(rows.count() for rows, _empty in _words(scope)) + sum(rows.count() for rows in _bare(scope))


def _clear(scope: Scope) -> int:
    cleared = sum(rows.update(**empty) for rows, empty in _words(scope))
    return cleared + sum(rows.delete()[0] for rows in _bare(scope))


def _photos(scope: Scope) -> QuerySet[UnitPhoto]:
    return UnitPhoto.objects.filter(unit__wave__centre_id=scope.centre_id, taken_at__lt=scope.before)


def _merges_due(scope: Scope) -> int:
    return BusinessMerge.objects.filter(
        centre=scope.centre_id, merged_at__lte=timezone.now() - UNDO_FOR, details_cleared_at__isnull=True
    ).count()


def _clear_merges(scope: Scope) -> int:
    return clear_old_merges(centre_id=scope.centre_id, now=timezone.now())


def _old_reports(scope: Scope) -> QuerySet[AnalysisReport]:
    return AnalysisReport.objects.outlived().filter(wave__centre_id=scope.centre_id)


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="sign_photo", label=_("Photos of shop signs"), months=12, least=1, order=41,
        text=_("Months after the photo was taken. What was read off the sign stays in the register."),
        due=lambda scope: _photos(scope).count(), clear=lambda scope: _photos(scope).delete()[0],
    ))  # fmt: skip
    register_clock(Clock(
        key="business", label=_("Notes about businesses"), months=60, least=6, order=40,
        text=_("Months after the talk, the visit or the meeting, or after a need ended; contact persons after their shop has gone. The register, the interviews and the figures stay."),
        due=_due, clear=_clear,
    ))  # fmt: skip
    register_clock(Clock(
        key="business_merges", label=_("Details of merges of businesses"), months=1, fixed=True, order=82,
        text=_("30 days, as long as a merge can be undone."),
        due=_merges_due, clear=_clear_merges,
    ))  # fmt: skip
    register_clock(Clock(
        key="analysis_reports", label=_("Analysis reports that were made"), months=1, fixed=True, order=83,
        text=_("A week after they were ordered. They can be made again at any time."),
        due=lambda scope: _old_reports(scope).count(), clear=lambda scope: _old_reports(scope).delete()[0],
    ))  # fmt: skip
