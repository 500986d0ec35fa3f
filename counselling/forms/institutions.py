"""A place of the directory, and the filters of the list."""

from typing import Any, cast

from crispy_forms.layout import Field
from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import Chip, language_chips, revision_field, submission_field, with_empty
from counselling.models import Institution, Topic
from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import Section, SheetHelper, Together, offered_records, records_field

ALL = _("all")


class InstitutionFilterForm(forms.Form):
    """Search and filters, kept in the address."""

    q = LineField(label=_("Name or place"), required=False, max_length=100, widget=forms.SearchInput)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=with_empty(enums.SpokenLanguage.choices, ALL)
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), required=False, queryset=Topic.objects.none(), to_field_name="key", empty_label=cast("str", ALL)
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=with_empty(enums.InstitutionKind.choices, ALL)
    )
    retired = forms.BooleanField(label=_("with retired ones"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "topic").queryset = Topic.objects.filter(retired_at__isnull=True)


class InstitutionForm(forms.Form):
    """What is known of a place."""

    NAMES = [
        "name_de", "kind", "street", "postal_code", "city", "phone", "email", "website", "opening_hours", "directions", "ask_for", "languages", "notes",
    ]  # fmt: skip

    submission = submission_field()
    name_de = LineField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=with_empty(enums.InstitutionKind.choices, _("please choose"))
    )
    street = LineField(label=_("Street and number"), max_length=200, required=False)
    postal_code = LineField(label=_("Postal code"), max_length=10, required=False)
    city = LineField(label=_("Town"), max_length=100, required=False)
    phone = LineField(
        label=_("Phone"), max_length=50, required=False, widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"})
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )  # fmt: skip
    opening_hours = ParagraphField(label=_("Opening hours"), max_length=1000, required=False, rows=3)
    directions = ParagraphField(
        label=_("How to get there"), max_length=500, required=False, rows=2,
        help_text=_("For example tram and stop, entrance, floor. It stands on the slip that clients take along."),
    )  # fmt: skip
    ask_for = LineField(
        label=_("Whom to ask for"), max_length=200, required=False, help_text=_("A name or a desk. It stands on the slip too.")
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken there"), choices=enums.SpokenLanguage.choices, required=False
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Helps with"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = ParagraphField(
        label=_("Notes"), max_length=2000, required=False, rows=3,
        help_text=_("For example how long one waits, or what to bring. Nothing about clients."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("This is another place: save it all the same"), required=False)

    def __init__(
        self, *args: Any, record: Institution | None = None, asks: bool = False, **kwargs: Any
    ) -> None:
        if record is not None:
            stored = {name: getattr(record, name) for name in [*self.NAMES, *self.other_names()]}
            stored |= {"topics": list(record.topics.all()), "revision": record.revision}
            kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name, label in self.other_names().items():
            self.fields[name] = LineField(label=label, max_length=200, required=False)
        kept = Q(pk__in=[topic.pk for topic in self.initial.get("topics", [])])
        records_field(self, "topics").queryset = Topic.objects.filter(kept | Q(retired_at__isnull=True))
        website = cast("forms.URLField", self.fields["website"])
        website.validators = [URLValidator(schemes=["http", "https"])]
        if record is not None:
            del self.fields["submission"]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision", *(["sure"] if asks else []),
            "name_de", "kind",
            Field("languages", template="counselling/includes/language_row.html"),
            Field("topics", template="counselling/includes/topic_row.html"),
            Section(
                _("How to reach"),
                Together(_("Address"), "street", "postal_code", "city"),
                Together(_("Contact"), "phone", "email", "website"), "opening_hours", "directions", "ask_for", "notes",
            ),
            Section(_("Name in other languages"), *self.other_names()),
        )  # fmt: skip

    @staticmethod
    def other_names() -> dict[str, str]:
        """Field and label of the name in each language but German."""
        return {f"name_{code}": str(label) for code, label in settings.LANGUAGES if code != "de"}

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

    @property
    def topic_chips(self) -> list[Chip]:
        """Topics to press."""
        chosen = {str(getattr(value, "pk", value)) for value in self["topics"].value() or []}
        topics = offered_records(self, "topics")
        return [Chip(str(topic.pk), topic.name, str(topic.pk) in chosen) for topic in topics]

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        names = [*self.NAMES, *self.other_names(), "topics"]
        facts = {name: self.cleaned_data[name] for name in names}
        # An unnamed language is stored as nothing, so that the German name stands in for it.
        return facts | {name: facts[name] or None for name in self.other_names()}
