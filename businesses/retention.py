"""How long this room keeps what was noted about businesses: the register, the interviews and the figures stay, the words go."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from businesses.enums import ENDED_NEEDS
from businesses.models import (
    BusinessConsultation,
    CallBack,
    ContactAttempt,
    Doorstep,
    Enrolment,
    Event,
    FieldOperation,
    Need,
    NeedStep,
    UnitPhoto,
)
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
    return [
        (talks.filter(~Q(content="") | ~Q(agreed="")), {"content": "", "agreed": ""}),
        (visits.exclude(note=""), {"note": ""}),
        (calls.exclude(note=""), {"note": ""}),
        (needs.exclude(words=""), {"words": ""}),
        (steps.exclude(note=""), {"note": ""}),
        (events.filter(~Q(agenda="") | ~Q(minutes="")), {"agenda": "", "minutes": ""}),
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


def _bare(scope: Scope) -> list[QuerySet[Any]]:
    """Old rows that go as a whole: forms with nothing but a contact, and the marks by which a device's sending was known again."""
    centre, before = scope.centre_id, scope.before
    return [
        Doorstep.objects.filter(
            _ONLY_A_CONTACT, attempt__unit__wave__centre_id=centre, attempt__at__lt=before
        ),
        FieldOperation.objects.filter(surveyor__centre_id=centre, received_at__lt=before),
    ]


def _due(scope: Scope) -> int:
    return sum(rows.count() for rows, _empty in _words(scope)) + sum(rows.count() for rows in _bare(scope))


def _clear(scope: Scope) -> int:
    cleared = sum(rows.update(**empty) for rows, empty in _words(scope))
    return cleared + sum(rows.delete()[0] for rows in _bare(scope))


def _photos(scope: Scope) -> QuerySet[UnitPhoto]:
    return UnitPhoto.objects.filter(unit__wave__centre_id=scope.centre_id, taken_at__lt=scope.before)


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="sign_photo", label=_("Photos of shop signs"), months=12, least=1, order=41,
        text=_("Months after the photo was taken. What was read off the sign stays in the register."),
        due=lambda scope: _photos(scope).count(), clear=lambda scope: _photos(scope).delete()[0],
    ))  # fmt: skip
    register_clock(Clock(
        key="business", label=_("Notes about businesses"), months=60, least=6, order=40,
        text=_("Months after the talk, the visit or the meeting, or after a need ended. The register, the interviews and the figures stay."),
        due=_due, clear=_clear,
    ))  # fmt: skip
