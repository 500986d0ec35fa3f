"""Input of the editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import StackedHelper, choice_field
from iqquadrat.questionnaires.arranging import mark_of_item
from iqquadrat.questionnaires.checking import LENGTHS, Fault
from iqquadrat.questionnaires.enums import Level
from iqquadrat.questionnaires.specification import GERMAN, ItemSpecification, Specification

_FACTS = ("level", "condition", "min_value", "max_value", "evidence", "stimulus", "correct", "note")


class QuestionForm(forms.Form):
    """The German of a question and what belongs to it. What cannot change without making another question is left out."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    label = ParagraphField(label=_("question"), rows=2, max_length=LENGTHS["label"])
    hint = ParagraphField(label=_("hint"), rows=2, max_length=LENGTHS["hint"], required=False)
    level = forms.ChoiceField(label=_("reading level"), required=False, choices=[("", "–"), *Level.choices])
    stimulus = ParagraphField(label=_("text to read"), rows=3, max_length=5000)
    correct = forms.ChoiceField(label=_("right answer"))
    condition = LineField(
        label=_("condition"),
        required=False,
        max_length=1000,
        help_text=_("For example ${ever} = 'yes'. Only questions further up can be asked about."),
    )
    min_value = forms.IntegerField(label=_("least"), required=False)
    max_value = forms.IntegerField(label=_("most"), required=False)
    evidence = forms.BooleanField(label=_("counts as evidence of reading German"), required=False)
    note = ParagraphField(label=_("note for translators"), rows=2, max_length=2000, required=False)

    def __init__(self, data: Any = None, *, specification: Specification, item: ItemSpecification) -> None:
        initial = {name: getattr(item, name) for name in _FACTS} | {
            "label": item.label.get(GERMAN, ""), "hint": item.hint.get(GERMAN, ""),
            "seen": mark_of_item(specification, item.key),
        }  # fmt: skip
        super().__init__(data, initial=initial)
        for name in _needless(item):
            del self.fields[name]
        self.helper = StackedHelper(*self.fields)
        if item.probe:
            choice_field(self, "correct").choices = _answers(specification, item)
        for name in ("label", "hint", "stimulus"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": "de", "dir": "ltr"}

    def facts(self) -> dict[str, Any]:
        """What ``arranging.change_item`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def say(self, faults: list[Fault], key: str) -> None:
        """Show what is wrong: beside its field where there is one, else above with its place."""
        for fault in faults:
            name = fault.place.removeprefix(f"item.{key}.").split(".")[0]
            if fault.place.startswith(f"item.{key}.") and name in self.fields:
                self.add_error(name, fault.message)
            else:
                self.add_error(None, str(fault))


def _needless(item: ItemSpecification) -> list[str]:
    """A probe is no evidence and has a text to read; only numbers and years have bounds."""
    needless = ["evidence"] if item.probe else ["stimulus", "correct"]
    return needless + ([] if item.type in ("integer", "year") else ["min_value", "max_value"])


def _answers(specification: Specification, item: ItemSpecification) -> list[tuple[str, str]]:
    return [
        (choice.key, choice.text.get(GERMAN, choice.key))
        for found in specification.lists
        if found.name == item.choice_list
        for choice in found.choices
    ]
