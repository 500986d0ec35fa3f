"""The consultation: one page, by keyboard, with what was so the last time filled in."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.consultation_parts import (
    ClockStateField,
    CompanionsPart,
    ReferralPart,
    stored_people,
)
from counselling.forms.fields import (
    Chip,
    ClockField,
    DayField,
    choice_chips,
    language_chips,
    revision_field,
    submission_field,
    typed_moment,
    with_empty,
)
from counselling.models import Appointment, Client, Consultation, Draft, FollowUp, Topic
from counselling.models.consultation import LONGEST_MINUTES, NOTE_FIELDS
from counselling.queries import defaults_for, topics_in_use
from counselling.services.consultations import MOST_OTHER_TOPICS
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import offered_records, records_field

DUE_IN = [
    ("", _("no date")),
    ("3", _("in 3 days")),
    ("7", _("1 week")),
    ("14", _("2 weeks")),
    ("30", _("1 month")),
]


class ConsultationForm(CompanionsPart, ReferralPart, forms.Form):
    """Everything about one talk."""

    submission = submission_field()
    client = forms.ModelChoiceField(queryset=Client.objects.none(), to_field_name="public_id", required=False)
    is_no_show = forms.BooleanField(label=_("Did not come"), required=False)
    held_on = DayField(label=_("Day"))
    held_time = ClockField(label=_("Begin"))
    minutes = WholeNumberField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES, required=False)
    channel = forms.ChoiceField(label=_("How"), choices=enums.Channel.choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=enums.SpokenLanguage.choices, required=False
    )
    interpretation = forms.ChoiceField(
        label=_("Language help by"),
        choices=enums.Interpretation.choices,
        initial=enums.Interpretation.NONE,
        required=False,
    )
    topics = forms.ModelMultipleChoiceField(
        queryset=Topic.objects.none(), to_field_name="key", required=False
    )
    main_topic = forms.SlugField(widget=forms.HiddenInput, required=False)
    concern = ParagraphField(label=_("Concern"), rows=2, required=False)
    done = ParagraphField(label=_("Done"), rows=3, required=False)
    agreed = ParagraphField(label=_("Agreed"), rows=2, required=False)
    private_note = ParagraphField(label=_("Private note"), rows=2, required=False)
    next_step = LineField(label=_("What"), max_length=300, required=False)
    next_step_on = DayField(label=_("Due on"), required=False)
    due_in = forms.ChoiceField(choices=DUE_IN, required=False)
    finished = forms.ModelMultipleChoiceField(queryset=FollowUp.objects.none(), required=False)
    clock = ClockStateField(required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        client: Client | None = None,
        record: Consultation | None = None,
        appointment: Appointment | None = None,
        **kwargs: Any,
    ) -> None:
        self.record = record
        defaults = _stored(record, user) if record else _remembered(user, client, appointment)
        kwargs["initial"] = defaults | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        records_field(self, "client").queryset = Client.objects.own(user)
        # Done ones too: the same form sent a second time is no mistake.
        records_field(self, "finished").queryset = FollowUp.objects.visible_to(user)
        self.offer_companions(user)
        self.offer_institutions(user)
        topics = topics_in_use()
        if record is not None:
            topics = topics | Topic.objects.filter(
                pk__in=[record.main_topic_id or 0, *record.other_topics.values_list("pk", flat=True)]
            )
            for name in ("submission", "client", "clock", *self.REFERRAL):
                del self.fields[name]
            self.fields["revision"] = revision_field()
            if record.notes_locked:
                for name in NOTE_FIELDS:
                    del self.fields[name]
        records_field(self, "topics").queryset = topics
        self.first_languages = [*(client.spoken_languages if client else []), "de"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_no_show"):
            self._clean_no_show(data)
        else:
            self._clean_contact(data)
        self._clean_step(data)
        self._clean_locked_note()
        self.clean_people(data, self.record.client if self.record else data.get("client"))
        self.clean_referral(data)
        if data.get("held_on") and data.get("held_time"):
            stored = self.record.held_at if self.record else None
            data["held_at"] = typed_moment(
                data["held_on"], data["held_time"], field="held_time", stored=stored
            )
            if data["held_at"] > timezone.now() + dt.timedelta(days=1):
                self.add_error("held_on", ValidationError(_("This day lies in the future."), code="future"))
        return data

    def _clean_no_show(self, data: dict[str, Any]) -> None:
        somebody = self.record.client if self.record else data.get("client")
        if somebody is None and "client" not in self.errors:
            self.add_error(None, ValidationError(_("Please choose who did not come."), code="required"))
        data["main"], data["others"] = None, []

    def _clean_contact(self, data: dict[str, Any]) -> None:
        # Said twice is spoken once: the report counts a language once a talk.
        data["languages"] = list(dict.fromkeys(data.get("languages") or []))
        if "languages" not in self.errors and not data.get("languages"):
            self.add_error(
                "languages", ValidationError(_("Please choose at least one language."), code="required")
            )
        if "minutes" not in self.errors and not data.get("minutes"):
            self.add_error(
                "minutes", ValidationError(_("Please enter how many minutes it took."), code="required")
            )
        topics = list(data.get("topics") or [])
        if "topics" not in self.errors and not 1 <= len(topics) <= MOST_OTHER_TOPICS + 1:
            self.add_error(
                "topics",
                ValidationError(_("Please choose one main topic and at most two others."), code="topics"),
            )
        main = next(
            (topic for topic in topics if topic.key == data.get("main_topic")), next(iter(topics), None)
        )
        data["main"], data["others"] = main, [topic for topic in topics if topic != main]

    def _clean_step(self, data: dict[str, Any]) -> None:
        if data.get("due_in") and not data.get("next_step_on"):
            data["next_step_on"] = timezone.localdate() + dt.timedelta(days=int(data["due_in"]))
        step, day = data.get("next_step"), data.get("next_step_on")
        if step and not day and "next_step_on" not in self.errors:
            self.add_error(
                "next_step_on", ValidationError(_("Please say when this is due."), code="required")
            )
        if (
            (step or day)
            and self.record is None
            and data.get("client") is None
            and "client" not in self.errors
        ):
            self.add_error(
                "next_step",
                ValidationError(_("A next step needs a person: please choose with whom."), code="required"),
            )

    def _clean_locked_note(self) -> None:
        """What was typed into a note that was locked meanwhile is said again, never dropped in silence."""
        if self.record is None or self.has_note:
            return
        typed = {name: str(self.data.get(name, "")) for name in NOTE_FIELDS}
        lost = [
            text
            for name, text in typed.items()
            if text.split() not in ([], getattr(self.record, name).split())
        ]
        if lost:
            text = _(
                "The note has been locked since this page was opened, and this is not stored. Please add it as an addendum: %(words)s"
            )
            self.add_error(None, ValidationError(text, params={"words": " / ".join(lost)}, code="locked"))

    def facts(self) -> dict[str, Any]:
        """Return the fields of ``Consultation`` as they are stored."""
        data = self.cleaned_data
        facts = {
            name: data[name]
            for name in (
                "held_at",
                "channel",
                "languages",
                "concern",
                "done",
                "agreed",
                "private_note",
                "is_no_show",
            )
            if self.has_note or name not in NOTE_FIELDS
        }
        return facts | {
            "minutes": data["minutes"] or 0, "main_topic": data["main"],
            "interpretation": data["interpretation"] or enums.Interpretation.NONE,
        }  # fmt: skip

    @property
    def has_note(self) -> bool:
        """The note can still be written."""
        return "concern" in self.fields

    def _languages(self) -> tuple[list[Chip], list[Chip]]:
        return language_chips(list(self["languages"].value() or []), self.first_languages)

    def shown_languages(self) -> list[Chip]:
        """The languages most likely spoken, as chips."""
        return self._languages()[0]

    def more_languages(self) -> list[Chip]:
        """All others."""
        return self._languages()[1]

    def channel_chips(self) -> list[Chip]:
        """How the talk took place."""
        return choice_chips(enums.Channel.choices, self["channel"].value() or "")

    def due_chips(self) -> list[Chip]:
        """When the next step is due, without a calendar."""
        return choice_chips(DUE_IN, self["due_in"].value() or "")

    def topic_chips(self) -> list[tuple[Chip, int]]:
        """The topics in their order, each with its rank among the chosen ones (0: not chosen)."""
        chosen = [str(key) for key in self["topics"].value() or []]
        main = self["main_topic"].value()
        chosen.sort(key=lambda key: key != main)
        return [
            (
                Chip(topic.key, str(topic.name), topic.key in chosen),
                chosen.index(topic.key) + 1 if topic.key in chosen else 0,
            )
            for topic in offered_records(self, "topics")
        ]


_MANY = ("languages", "topics", "finished", "companions", "absent")


def as_typed(sent: Iterable[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """Return what the form begins with when it is gone on with: every field as it was typed, good or not."""
    names = {*ConsultationForm.base_fields, "revision"}
    typed = {
        name: list(values) if name in _MANY else next(iter(values), "")
        for name, values in sent
        if name in names
    }
    return {name: [] if name in _MANY else "" for name in ConsultationForm.base_fields} | typed


def from_draft(draft: Draft) -> dict[str, Any]:
    """Return what the form begins with when a draft is gone on with."""
    return as_typed(draft.typed.items()) | {"submission": draft.key}


def _remembered(user: User, client: Client | None, appointment: Appointment | None) -> dict[str, Any]:
    defaults, now = defaults_for(user, client), timezone.localtime()
    explained = (client.reading_language or next(iter(client.spoken_languages), "")) if client else ""
    begins: dict[str, Any] = {
        "channel": defaults.channel,
        "languages": defaults.languages,
        "held_on": now.date(),
        "held_time": now.time(),
        "explained_in": explained,
    }
    return begins | (as_planned(appointment, now) if appointment else {})


def as_planned(appointment: Appointment, now: dt.datetime) -> dict[str, Any]:
    """Return what an appointment says of its talk: its begin; its length once it is over, the clock while it lasts."""
    begin = timezone.localtime(appointment.starts_at)
    planned: dict[str, Any] = {
        "held_on": begin.date(),
        "held_time": begin.time(),
        "channel": appointment.channel,
    }
    if appointment.language:
        planned["languages"] = [appointment.language]
    if now >= appointment.ends_at:
        planned["minutes"] = appointment.minutes
    elif now > begin:
        planned["clock"] = f"{int((now - begin).total_seconds())};{int(now.timestamp())};0"
    return planned


def _stored(record: Consultation, user: User) -> dict[str, Any]:
    held_at = timezone.localtime(record.held_at)
    others = [topic.key for topic in record.other_topics.all()]
    main = record.main_topic.key if record.main_topic else ""
    names = (
        "minutes",
        "channel",
        "languages",
        "interpretation",
        "concern",
        "done",
        "agreed",
        "private_note",
        "is_no_show",
        "revision",
    )
    return {name: getattr(record, name) for name in names} | {
        "held_on": held_at.date(), "held_time": held_at.time(), "main_topic": main,
        "topics": [main, *others] if main else [], "companions": stored_people(record, user),
    }  # fmt: skip


class ConsultationFilterForm(forms.Form):
    """The filters of the list; what cannot be read is as if it were not there."""

    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("To"), required=False)
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        to_field_name="key",
        required=False,
        empty_label=_("all"),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=with_empty(enums.SpokenLanguage.choices, _("all")), required=False
    )
    channel = forms.ChoiceField(
        label=_("How"), choices=with_empty(enums.Channel.choices, _("all")), required=False
    )
    who = forms.ChoiceField(label=_("Advised by"), choices=[("", _("all")), ("me", _("me"))], required=False)
