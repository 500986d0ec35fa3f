"""An event for many, the filters of the list, and a name to put on its list."""

from typing import Any, cast

from crispy_forms.layout import Field
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import (
    Chip,
    ClockField,
    DayField,
    language_chips,
    revision_field,
    submission_field,
    typed_moment,
    with_empty,
)
from counselling.models import GroupEvent, Topic
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together, records_field

MOST_HEADS = 9999


class EventForm(forms.Form):
    """What happened, when, where, for whom, and how many came."""

    NAMES = ("kind", "title", "place", "topic", "languages", "minutes", "volunteers", "head_count")

    submission = submission_field()
    kind = forms.ChoiceField(
        label=_("Kind"), choices=enums.GroupEventKind.choices, initial=enums.GroupEventKind.INFORMATION,
        widget=forms.RadioSelect,
    )  # fmt: skip
    title = LineField(label=_("Title"), max_length=200)
    day = DayField(label=_("Day"))
    time = ClockField(label=_("Begin"))
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=24 * 60, required=False)
    place = LineField(label=_("Place"), max_length=200, required=False)
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.none(), required=False, to_field_name="key",
        empty_label=cast("str", _("no topic")),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=enums.SpokenLanguage.choices, required=False
    )
    head_count = WholeNumberField(
        label=_("Persons counted"), min_value=0, max_value=MOST_HEADS, required=False,
        help_text=_("All heads, those on the list among them. In outreach: the people you spoke to."),
    )  # fmt: skip
    volunteers = LineField(
        label=_("Volunteers who helped"), max_length=300, required=False,
        help_text=_("Names or pseudonyms. Their hours are noted under Volunteers."),
    )  # fmt: skip

    def __init__(self, *args: Any, record: GroupEvent | None = None, **kwargs: Any) -> None:
        self.record = record
        if record is not None:
            at = timezone.localtime(record.at)
            kwargs["initial"] = {name: getattr(record, name) for name in self.NAMES} | {
                "day": at.date(), "time": at.time(), "topic": record.topic.key if record.topic else "",
                "revision": record.revision,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        used = Q(pk=record.topic_id) if record is not None else Q()
        records_field(self, "topic").queryset = Topic.objects.filter(Q(retired_at__isnull=True) | used)
        if record is not None:
            del self.fields["submission"]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision", "kind", "title", Together(_("When"), "day", "time", "minutes"),
            "place", "topic", Field("languages", template="counselling/includes/language_row.html"), "head_count", "volunteers",
        )  # fmt: skip

    @property
    def _chips(self) -> tuple[list[Chip], list[Chip]]:
        return language_chips([str(code) for code in self["languages"].value() or []])

    @property
    def shown_languages(self) -> list[Chip]:
        """Chips of the languages most spoken here."""
        return self._chips[0]

    @property
    def more_languages(self) -> list[Chip]:
        """All other languages."""
        return self._chips[1]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("time"):
            stored = self.record.at if self.record else None
            data["at"] = typed_moment(data["day"], data["time"], field="time", stored=stored)
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {name: data[name] for name in (*self.NAMES, "at")} | {"head_count": data["head_count"] or 0}


class EventFilterForm(forms.Form):
    """Which events."""

    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("To"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=with_empty(enums.GroupEventKind.choices, _("all")), required=False
    )
