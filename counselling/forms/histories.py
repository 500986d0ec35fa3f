"""What changes over time: work and income, levels of languages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import DayField, revision_field, submission_field, with_empty
from counselling.law import income_choices
from counselling.models import Client, LanguageSkill, Situation
from iqquadrat.core.forms import SheetHelper, Together, choice_field


class EntryForm(forms.Form):
    """A new entry is sent once, a stored one is changed on top of what was seen."""

    NAMES: tuple[str, ...] = ()

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        if record is not None:
            stored = {name: getattr(record, name) for name in (*self.NAMES, "revision")}
            kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.mark = "submission" if record is None else "revision"
        self.fields[self.mark] = submission_field() if record is None else revision_field()

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in (*self.NAMES, self.mark) if name in self.fields}


class SituationForm(EntryForm):
    """Since when work or income is different."""

    NAMES = ("since", "labour_market_status", "income_type")

    since = DayField(label=_("Since"))
    labour_market_status = forms.ChoiceField(
        label=_("Work situation"), choices=with_empty(enums.LabourMarketStatus.choices), required=False
    )
    income_type = forms.ChoiceField(label=_("Lives on"), required=False)

    def __init__(self, *args: Any, record: Situation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        today = timezone.localdate()
        choice_field(self, "income_type").choices = with_empty(
            income_choices(record.since if record else today)
        )
        self.helper = SheetHelper(self.mark, "since", "labour_market_status", "income_type")

    def clean(self) -> dict[str, Any]:
        """Something is said."""
        data = super().clean() or {}
        answered = {"labour_market_status", "income_type"}
        if not self.errors.keys() & answered and not any(data.get(name) for name in answered):
            raise ValidationError(
                {"labour_market_status": _("Please say what is different.")}, code="required"
            )
        return data


class LanguageSkillForm(EntryForm):
    """How well somebody speaks and reads a language, and who says so."""

    NAMES = ("language", "speaking", "reading", "source", "noted_on")

    language = forms.ChoiceField(
        label=_("Language"), choices=with_empty(enums.SpokenLanguage.choices, _("please choose"))
    )
    speaking = forms.ChoiceField(
        label=_("Speaks"), choices=with_empty(enums.LanguageLevel.choices), required=False
    )
    reading = forms.ChoiceField(
        label=_("Reads"), choices=with_empty(enums.LanguageLevel.choices), required=False
    )
    source = forms.ChoiceField(
        label=_("According to"), choices=enums.LevelSource.choices, widget=forms.RadioSelect,
        initial=enums.LevelSource.SELF,
    )  # fmt: skip
    noted_on = DayField(label=_("As of"))

    def __init__(
        self, *args: Any, client: Client, record: LanguageSkill | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {} if record else {"noted_on": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, record=record, **kwargs)
        if record is not None:
            del self.fields["language"]
        else:
            # A form that is sent twice must find its language again; the service says what is noted already.
            noted = set() if self.is_bound else set(client.language_skills.values_list("language", flat=True))
            spoken = [code for code in client.spoken_languages if code not in noted]
            first = [(code, enums.SpokenLanguage(code).label) for code in spoken]
            others = [
                (code, label) for code, label in enums.SpokenLanguage.choices if code not in noted | set(spoken)
            ]  # fmt: skip
            choice_field(self, "language").choices = with_empty([*first, *others], _("please choose"))
        head = [] if record else ["language"]
        self.helper = SheetHelper(
            self.mark, *head, Together(_("Language level"), "speaking", "reading"), "source", "noted_on"
        )

    def clean(self) -> dict[str, Any]:
        """One level at least."""
        data = super().clean() or {}
        if not self.errors.keys() & {"speaking", "reading"} and not (
            data.get("speaking") or data.get("reading")
        ):
            raise ValidationError({"speaking": _("Please choose at least one level.")}, code="required")
        return data
