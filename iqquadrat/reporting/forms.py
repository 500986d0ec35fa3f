"""Input of this room: what to count, and a programme with its targets."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.reporting.catalogue import figures
from iqquadrat.reporting.models import Programme


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class SelectionForm(forms.Form):
    """Which programme and which days; it stays in the address."""

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=None,
    )
    starts_on = forms.DateField(label=_("from"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=_("to"), required=False, widget=DayInput())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return data


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A programme; one field a figure for what was promised, empty where nothing was."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = LineField(label=_("Name"), max_length=120)
    title = LineField(label=_("Full title"), max_length=300, required=False)
    funder = LineField(label=_("Funder"), max_length=300, required=False)
    reference = LineField(label=_("Funder's reference"), max_length=100, required=False)

    class Meta:
        model = Programme
        fields = ["code", "name", "title", "funder", "reference", "starts_on", "ends_on"]
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promised = dict(self.instance.targets.values_list("figure", "value")) if self.instance.pk else {}
        self.target_fields: dict[str, str] = {}
        for figure in figures():
            name = f"target_{figure.code}"
            self.target_fields[name] = figure.code
            self.fields[name] = WholeNumberField(
                label=figure.name, required=False, initial=promised.get(figure.code)
            )
        if self.instance.pk:
            self.fields["code"].disabled = True
        self.fields["revision"].initial = self.instance.revision
        self.helper = FormHelper()
        self.helper.form_tag = False
        targets = list(self.target_fields)
        pairs = [
            Row(*(Column(name) for name in targets[start : start + 3])) for start in range(0, len(targets), 3)
        ]
        self.helper.layout = Layout(
            "revision",
            Fieldset(
                _("Programme"),
                Row(Column("name"), Column("code")),
                "title",
                Row(Column("funder"), Column("reference")),
            ),
            Fieldset(_("Period"), Row(Column("starts_on"), Column("ends_on"))),
            Fieldset(_("Targets: what was promised to the funder"), *pairs),
        )

    def facts(self) -> dict[str, Any]:
        """Return what the service writes on the programme; the code of an existing one never changes."""
        names = [name for name in self.Meta.fields if not (name == "code" and self.instance.pk)]
        return {name: self.cleaned_data[name] for name in names}

    def targets(self) -> dict[str, int]:
        """Return the promised values by figure."""
        return {
            code: self.cleaned_data[name]
            for name, code in self.target_fields.items()
            if self.cleaned_data.get(name) is not None
        }
