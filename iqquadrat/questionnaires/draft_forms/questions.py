"""Questions: what one is asked, how it is answered, what it counts for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import ParagraphField
from iqquadrat.core.forms import choice_field
from iqquadrat.questionnaires.arranging import mark_of_item, mark_of_keys
from iqquadrat.questionnaires.checking import LENGTHS, MAX_NUMBER
from iqquadrat.questionnaires.condition_rows import answers_of
from iqquadrat.questionnaires.doors import meaning_of
from iqquadrat.questionnaires.draft_forms.fields import DraftForm, KeyField, Options, sample
from iqquadrat.questionnaires.draft_forms.lists import answers_from
from iqquadrat.questionnaires.draft_forms.sections import typed_key
from iqquadrat.questionnaires.enums import ItemType, Level
from iqquadrat.questionnaires.keys import proposed_key, taken_keys
from iqquadrat.questionnaires.pointing import Pointer, at_answers, label_of
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    Specification,
)

LISTED = (ItemType.SINGLE, ItemType.MULTIPLE)
NUMERIC = (ItemType.INTEGER, ItemType.YEAR)
_FACTS = (
    "type", "level", "dimension", "choice_list", "choice_filter", "min_value", "max_value", "evidence", "required_core", "stimulus",
    "correct", "note",
)  # fmt: skip


class _AnswerForm(DraftForm):
    """What new and old questions have in common."""

    german = ("label", "hint", "stimulus", "answers")
    label = ParagraphField(label=_("question"), rows=2, max_length=LENGTHS["label"])
    hint = ParagraphField(label=_("hint"), rows=2, max_length=LENGTHS["hint"], required=False)
    type = forms.ChoiceField(label=_("kind of answer"), choices=ItemType.choices)
    choice_list = forms.ChoiceField(
        label=_("list of answers"),
        required=False,
        help_text=_("For questions with one or several answers. A list may serve many questions."),
    )
    min_value = forms.IntegerField(
        label=_("least"),
        required=False,
        min_value=-MAX_NUMBER,
        max_value=MAX_NUMBER,
        help_text=_("For numbers and years only."),
    )
    max_value = forms.IntegerField(
        label=_("most"), required=False, min_value=-MAX_NUMBER, max_value=MAX_NUMBER
    )
    level = forms.ChoiceField(label=_("reading level"), required=False, choices=[("", "–"), *Level.choices])
    dimension = forms.ChoiceField(label=_("dimension"), required=False)
    evidence = forms.BooleanField(label=_("counts as evidence of reading German"), required=False)
    required_core = forms.BooleanField(label=_("part of the core"), required=False)
    note = ParagraphField(label=_("note for translators"), rows=2, max_length=2000, required=False)

    def offer(self, specification: Specification, item: ItemSpecification | None) -> None:
        """Fill the choices; what this questionnaire has no use for is left out."""
        choice_field(self, "choice_list").choices = [("", "–"), *_lists(specification)]
        dimensions = _dimensions(specification, item)
        choice_field(self, "dimension").choices = [("", "–"), *dimensions]
        if not dimensions:
            del self.fields["dimension"]
        if not any(other.required_core for other in specification.items()):
            del self.fields["required_core"]

    def fit(self, facts: dict[str, Any]) -> None:
        """Take out what another kind of answer had, and say what this kind lacks."""
        kind = facts.get("type")
        if kind not in LISTED:
            facts["choice_list"] = ""
        if kind not in NUMERIC:
            facts["min_value"] = facts["max_value"] = None
        low, high = facts.get("min_value"), facts.get("max_value")
        if low is not None and high is not None and low > high:
            self.add_error("max_value", gettext("The most is less than the least."))


class QuestionForm(_AnswerForm):
    """The German of a question and what belongs to it. A reading probe keeps its kind and its list."""

    choice_filter = forms.ChoiceField(
        label=_("answers depend on"),
        required=False,
        help_text=_("Then an answer can be shown only for certain answers to that question."),
    )
    stimulus = ParagraphField(label=_("text to read"), rows=3, max_length=5000)
    correct = forms.ChoiceField(label=_("right answer"))
    field_order = ("label", "hint", "stimulus", "correct", "type", "choice_list", "choice_filter")

    def __init__(self, data: Any = None, *, specification: Specification, item: ItemSpecification) -> None:
        initial = {name: getattr(item, name) for name in _FACTS} | {
            "label": item.label.get(GERMAN, ""), "hint": item.hint.get(GERMAN, ""),
        }  # fmt: skip
        super().__init__(data, seen=mark_of_item(specification, item.key), initial=initial)
        self.specification, self.item = specification, item
        self.pointers: list[Pointer] = []
        self.offer(specification, item)
        earlier = _earlier(specification, item)
        choice_field(self, "choice_filter").choices = [
            ("", "–"),
            *((other.key, label_of(other)) for other in earlier if other.choice_list),
        ]
        for name in _needless(item, earlier):
            del self.fields[name]
        if item.probe:
            choice_field(self, "correct").choices = answers_of(specification, item)

    def clean(self) -> dict[str, Any]:
        """Hold together what belongs together, and refuse what conditions of other questions would not understand."""
        facts = self.cleaned_data
        if self.item.probe:
            return facts
        self.fit(facts)
        if facts.get("type") in LISTED and not facts.get("choice_list") and "choice_list" not in self.errors:
            self.add_error("choice_list", gettext("Please choose a list of answers."))
        if not facts.get("choice_list"):
            facts["choice_filter"] = ""
        if facts.get("type") and "choice_list" in facts:
            self._keep_understood(facts["type"], facts["choice_list"])
        return facts

    def _keep_understood(self, kind: str, name: str) -> None:
        """Conditions of other questions name answers of this one: they keep it from getting others."""
        if (kind, name) == (self.item.type, self.item.choice_list):
            return
        alike = (
            {kind, self.item.type} <= set(NUMERIC)
            or {kind, self.item.type} <= {ItemType.DATE, ItemType.TEXT}
            or (self.item.type == ItemType.MULTIPLE and kind == ItemType.SINGLE)
            or kind == self.item.type
        )
        there = [found for found in self.specification.lists if found.name == name]
        keys = {choice.key for found in there for choice in found.choices} if alike else None
        if alike and not name:
            return
        self.pointers = at_answers(self.specification, self.item, without=keys)
        if self.pointers:
            field = "type" if kind != self.item.type else "choice_list"
            self.add_error(field, gettext("Conditions of other questions ask for the answers there are now."))

    def facts(self) -> dict[str, Any]:
        """What ``arranging.change_item`` takes."""
        facts = super().facts()
        if facts.get("type", self.item.type) not in LISTED:
            facts["appearance"] = ""
        return facts


class NewQuestionForm(_AnswerForm):
    """A question that is not there yet; its list of answers may be made with it."""

    answers = ParagraphField(
        label=_("or a new list"),
        rows=4,
        max_length=20_000,
        required=False,
        help_text=_("One answer a line, in German. Scores and pictograms come afterwards."),
    )
    key = KeyField()
    field_order = (
        "label", "hint", "type", "choice_list", "answers", "min_value", "max_value", "level", "dimension", "evidence", "required_core",
        "note", "key",
    )  # fmt: skip

    def __init__(
        self,
        data: Any = None,
        *,
        specification: Specification,
        section: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, seen=mark_of_keys(specification, section), initial=initial)
        self.taken = taken_keys(specification)
        self.names = {found.name for found in specification.lists}
        self.offer(specification, None)

    def clean_key(self) -> str:
        """Take the key as typed, or propose one."""
        return typed_key(self, "label", self.taken, otherwise="question")

    def clean_answers(self) -> tuple[ChoiceSpecification, ...]:
        """Read the lines as answers."""
        return answers_from(self, "answers")

    def clean(self) -> dict[str, Any]:
        """A list is needed for one kind of question, and only one of both ways may name it."""
        facts = self.cleaned_data
        self.fit(facts)
        if facts.get("type") not in LISTED:
            facts["answers"] = ()
        elif facts.get("choice_list") and facts.get("answers"):
            self.add_error("answers", gettext("Please choose a list or type a new one, not both."))
        elif not (facts.get("choice_list") or facts.get("answers") or "answers" in self.errors):
            self.add_error(
                "choice_list", gettext("Please choose a list of answers, or type a new one below.")
            )
        return facts

    def question(self) -> tuple[ItemSpecification, str, tuple[ChoiceSpecification, ...]]:
        """Return the new question, and name and answers of its new list (empty where it has none)."""
        facts = self.facts()
        answers, hint = facts.pop("answers"), facts.pop("hint")
        name = proposed_key(facts["key"], self.names, otherwise="list") if answers else ""
        if name:
            facts["choice_list"] = name
        label = {GERMAN: facts.pop("label")}
        return ItemSpecification(label=label, hint={GERMAN: hint} if hint else {}, **facts), name, answers


def _needless(item: ItemSpecification, earlier: list[ItemSpecification]) -> list[str]:
    """A probe is no evidence and has a text to read; the others have neither that nor a right answer."""
    if item.probe:
        return ["evidence", "type", "choice_list", "choice_filter", "min_value", "max_value"]
    lonely = not any(other.choice_list for other in earlier) and not item.choice_filter
    return ["stimulus", "correct", *(["choice_filter"] if lonely else [])]


def _earlier(specification: Specification, item: ItemSpecification) -> list[ItemSpecification]:
    items = list(specification.items())
    return items[: next(number for number, other in enumerate(items) if other.key == item.key)]


def _lists(specification: Specification) -> Iterable[tuple[str, str]]:
    for found in specification.lists:
        yield found.name, f"{sample(found)} ({found.name})"


def _dimensions(specification: Specification, item: ItemSpecification | None) -> Options:
    """The dimensions that have a name, and those that are in use."""
    named: dict[str, Any] = dict(meaning_of(specification.key).dimensions)
    used = {other.dimension for other in specification.items()} | {item.dimension if item else ""}
    codes = [*named, *sorted(used - named.keys() - {""})]
    return [(code, f"{named[code]} ({code})" if code in named else code) for code in codes]
