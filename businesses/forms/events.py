"""Courses, the regulars' table and information events: found, planned, changed, noted."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesses import languages
from businesses.enums import EventKind, EventState, NeedTopic, Presence
from businesses.forms.advice import MomentInput
from businesses.forms.fieldwork import SubmissionForm
from businesses.forms.needs import staff_of
from businesses.forms.register import any_of
from businesses.models import Business, Event
from businesses.models.events import MOST_HEADS, USUAL_SHARE, EventQuerySet
from businesses.services import Came
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together, choice_field, name_records, records_field

UPCOMING, PAST, CANCELLED = "", "past", "cancelled"
MOST_FURTHER = 40
LONGEST = 24 * 60


class EventFilter(forms.Form):
    """Which events; at first those to come, with the ones that nobody has noted as held yet."""

    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[
            (UPCOMING, _("to come")),
            (PAST, pgettext_lazy("event", "held")),
            (CANCELLED, _("cancelled")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=any_of(EventKind.choices))
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=any_of(NeedTopic.choices))
    q = LineField(label=_("Title or place"), required=False, max_length=100)

    STATES = {UPCOMING: EventState.PLANNED, PAST: EventState.HELD, CANCELLED: EventState.CANCELLED}

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        """Return those that fit: what is to come in the order of time, what is past the newest first."""
        self.is_valid()
        wanted = self.cleaned_data
        when = wanted.get("when") or UPCOMING
        events = events.filter(state=self.STATES[when])
        for name in ("kind", "topic"):
            if wanted.get(name):
                events = events.filter(**{name: wanted[name]})
        for word in (wanted.get("q") or "").split():
            events = events.filter(Q(title__icontains=word) | Q(place__icontains=word))
        return events.order_by(*(("at", "pk") if when == UPCOMING else ("-at", "-pk")))


class _FactsForm(forms.Form):
    """What is written about a date."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, widget=forms.RadioSelect)
    title = LineField(label=_("Title"))
    at = forms.DateTimeField(label=_("When"), widget=MomentInput)
    lasts = WholeNumberField(label=_("Minutes"), min_value=1, max_value=LONGEST, required=False)
    place = LineField(label=_("Place"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", _("no special one")), *NeedTopic.choices],
        help_text=_("Businesses with a need of this topic are proposed for it."),
    )  # fmt: skip
    capacity = WholeNumberField(
        label=_("Seats"), min_value=1, max_value=MOST_HEADS, required=False, help_text=_("Empty: as many as come.")
    )  # fmt: skip
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Responsible"), required=False, empty_label=_("nobody yet")
    )
    agenda = ParagraphField(label=_("Agenda"), required=False)

    ROWS = (
        "kind", "title", Together(_("Time and place"), "at", "lasts", "place"), "languages", "topic",
        Together(_("Seats"), "capacity", "responsible"), "agenda",
    )  # fmt: skip

    def _offer_staff(self, centre: Centre) -> None:
        records_field(self, "responsible").queryset = staff_of(centre)
        name_records(self, "responsible", User.get_full_name)

    def facts(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        names = ("kind", "title", "at", "place", "languages", "topic", "capacity", "responsible", "agenda")
        ends_at = data["at"] + dt.timedelta(minutes=data["lasts"]) if data["lasts"] else None
        return {name: data[name] for name in names} | {"ends_at": ends_at}


class PlanForm(SubmissionForm, _FactsForm):
    """A date to come, or a course of several."""

    further = WholeNumberField(
        label=_("Further dates"), max_value=MOST_FURTHER, required=False, initial=0,
        help_text=_("A course of ten evenings has nine further dates. Single ones can be changed or cancelled later."),
    )  # fmt: skip
    every = forms.TypedChoiceField(
        label=_("Every"),
        coerce=int,
        initial=1,
        choices=[(1, _("week")), (2, _("two weeks")), (4, _("four weeks"))],
    )
    certificate_share = WholeNumberField(
        label=_("Certificate from per cent"), min_value=1, max_value=100, required=False, initial=USUAL_SHARE
    )

    helper = SheetHelper(
        *_FactsForm.ROWS,
        Together(_("Course of several dates"), "further", "every", "certificate_share"),
        "submission",
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self._offer_staff(by.centre)
        tomorrow = timezone.localtime() + dt.timedelta(days=1)
        self.initial.update({
            "kind": EventKind.COURSE, "responsible": by.pk, "at": tomorrow.replace(hour=18, minute=0), "lasts": 90,
        })  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """With the dates after the first, each at the same hour of the clock, also when the clocks have changed."""
        data = self.cleaned_data
        first = timezone.make_naive(data["at"])
        weeks = [data["every"] * number for number in range(1, (data["further"] or 0) + 1)]
        return super().facts() | {
            "further": [timezone.make_aware(first + dt.timedelta(weeks=number)) for number in weeks],
            "certificate_share": data["certificate_share"] or USUAL_SHARE, "submission": data["submission"],
        }  # fmt: skip


class EventEditForm(_FactsForm):
    """What is written about one date; ``revision`` tells whether somebody else was faster."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000)

    helper = SheetHelper(*_FactsForm.ROWS, "revision")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        names = ("kind", "title", "at", "place", "languages", "topic", "capacity", "agenda", "revision")
        stored = {name: getattr(event, name) for name in names}
        lasts = round((event.ends_at - event.at).total_seconds() / 60) if event.ends_at else None
        super().__init__(data, initial=stored | {"responsible": event.responsible_id, "lasts": lasts})
        self.event = event
        self._offer_staff(event.centre)

    def clean_at(self) -> dt.datetime:
        """What was held lies behind us."""
        at: dt.datetime = self.cleaned_data["at"]
        if self.event.state == EventState.HELD and at > timezone.now():
            raise forms.ValidationError(_("It has been held: the day cannot lie ahead."), code="future")
        # The field knows minutes only; the same minute is the same moment.
        same = at == self.event.at.replace(second=0, microsecond=0)
        return self.event.at if same else at


class CancelForm(forms.Form):
    """Why a date falls out, and whether the rest of its course does too."""

    DATE, COURSE = "date", "course"

    reason = LineField(
        label=_("Reason"), max_length=300, help_text=_("Stands on the page of the date, so that colleagues can say it on the phone.")
    )  # fmt: skip
    which = forms.ChoiceField(label=_("What is cancelled"), widget=forms.RadioSelect, initial=DATE)

    def __init__(self, data: Any = None, *, planned: int) -> None:
        super().__init__(data)
        self.helper = SheetHelper("reason", *(["which"] if planned > 1 else []))
        if planned < 2:
            del self.fields["which"]
            return
        choice_field(self, "which").choices = [
            (self.DATE, _("this date only")),
            (self.COURSE, _("all %(count)s planned dates of the course") % {"count": planned}),
        ]

    @property
    def whole_course(self) -> bool:
        """Whether every planned date of the course is meant."""
        return self.cleaned_data.get("which") == self.COURSE


class FurtherDateForm(SubmissionForm):
    """One more date of a course."""

    at = forms.DateTimeField(
        label=_("Date and time"),
        widget=MomentInput,
        help_text=_("As long, at the same place and with the same seats as the last date; each can be changed afterwards."),
    )  # fmt: skip

    helper = SheetHelper("at", "submission")


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    minutes = ParagraphField(label=_("Minutes of the meeting"), required=False, rows=14)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000)

    helper = SheetHelper("minutes", "revision")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data, initial={"minutes": event.minutes, "revision": event.revision})


class AttendanceForm(forms.Form):
    """Who came, one row a business; and how many whose business is not in the register."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000)
    unnamed = WholeNumberField(
        label=_("Persons of no business on this list"), max_value=MOST_HEADS, required=False
    )

    def __init__(self, data: Any = None, *, event: Event, businesses: Sequence[Business]) -> None:
        noted = {row.business_id: row for row in event.attendances.all()}
        named = sum(row.heads for row in noted.values())
        super().__init__(
            data, initial={"revision": event.revision, "unnamed": max(event.head_count - named, 0) or None}
        )
        self.businesses = businesses
        for business in businesses:
            row = noted.get(business.pk)
            self.fields[f"presence_{business.pk}"] = forms.ChoiceField(
                choices=Presence.choices, initial=row.presence if row else Presence.UNKNOWN,
                label=_("Presence"), widget=forms.Select(attrs={"data-presence": ""}),
            )  # fmt: skip
            self.fields[f"heads_{business.pk}"] = WholeNumberField(
                max_value=MOST_HEADS, required=False, initial=(row.heads if row else 0) or 1, label=_("Persons"),
                widget=forms.NumberInput(attrs={"data-heads": ""}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Business, Any, Any]]:
        """Each business with its two fields."""
        return [(one, self[f"presence_{one.pk}"], self[f"heads_{one.pk}"]) for one in self.businesses]

    def came(self) -> dict[Business, Came]:
        """What the service takes; of whom nothing was noted is left out."""
        data = self.cleaned_data
        found = {one: Presence(data[f"presence_{one.pk}"]) for one in self.businesses}
        return {
            one: Came(presence, (data[f"heads_{one.pk}"] or 1) if presence == Presence.PRESENT else 0)
            for one, presence in found.items()
            if presence != Presence.UNKNOWN
        }


class EventForm(SubmissionForm):
    """A course, a regulars' table or an information event, and the businesses that came."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, initial=EventKind.REGULARS_TABLE)
    title = LineField(label=_("Title"))
    at = forms.DateTimeField(label=_("When"), widget=MomentInput, initial=timezone.localtime)
    place = LineField(label=_("Place"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    head_count = WholeNumberField(label=_("Persons present"), max_value=MOST_HEADS)
    businesses = forms.ModelMultipleChoiceField(
        Business.objects.none(), label=_("Businesses that came"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}), help_text=_("One person of each is counted."),
    )  # fmt: skip

    helper = SheetHelper(
        "kind",
        "title",
        Together(_("Time and place"), "at", "place"),
        "languages",
        "head_count",
        "businesses",
        "submission",
    )

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        super().__init__(data)
        records_field(self, "businesses").queryset = (
            Business.objects.filter(centre=centre)
            .exclude(status="vacant")
            .order_by("sign_name", "legal_name")
        )
