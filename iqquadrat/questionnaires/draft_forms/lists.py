"""Lists of answers and their answers."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import choice_field
from iqquadrat.questionnaires.arranging_lists import (
    list_named,
    mark_of_choice,
    mark_of_list,
    mark_of_lists,
    users_of,
)
from iqquadrat.questionnaires.checking import LENGTHS
from iqquadrat.questionnaires.condition_rows import answers_of
from iqquadrat.questionnaires.draft_forms.fields import DraftForm, KeyField, Options
from iqquadrat.questionnaires.keys import fault_of_choice_key, fault_of_key, proposed_key
from iqquadrat.questionnaires.pictograms import NAMES
from iqquadrat.questionnaires.specification import GERMAN, ChoiceSpecification, Specification

MOST_ANSWERS = 100


class Pictured(str):
    """The name of a pictogram; on a page its picture, with the name for who cannot see it."""

    __slots__ = ("picture",)
    picture: str

    def __new__(cls, name: str, picture: str) -> "Pictured":
        made = super().__new__(cls, name)
        made.picture = picture
        return made

    def __html__(self) -> str:
        return format_html(
            '<svg class="pic" viewBox="0 0 48 48" aria-hidden="true"><use href="{}#{}"></use></svg>'
            '<span class="visually-hidden">{}</span>',
            static("iq/pictograms.svg"), self.picture, str(self),
        )  # fmt: skip


class ChoiceForm(DraftForm):
    """An answer of a list."""

    german = ("text",)
    text = LineField(label=_("answer"), max_length=LENGTHS["text"])
    score = forms.IntegerField(
        label=_("score"),
        required=False,
        min_value=-1000,
        max_value=1000,
        help_text=_("Only where answers are steps of a scale. Empty: the answer counts for nothing."),
    )
    exclusive = forms.BooleanField(
        label=_("excludes the others"),
        required=False,
        help_text=_("Such as “none of these”: ticked, it unticks the others."),
    )
    filter_value = forms.ChoiceField(label=_("shown only for"), required=False)
    icon = forms.ChoiceField(label=_("pictogram"), required=False, widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, specification: Specification, name: str, choice: ChoiceSpecification
    ) -> None:
        initial = {
            "text": choice.text.get(GERMAN, ""), "score": choice.score, "exclusive": choice.exclusive, "icon": choice.icon,
            "filter_value": choice.filter_value,
        }  # fmt: skip
        super().__init__(data, seen=mark_of_choice(specification, name, choice.key), initial=initial)
        _offer(self, specification, name, choice)


class NewChoiceForm(ChoiceForm):
    """An answer that is not there yet."""

    key = KeyField()
    field_order = ("text", "score", "exclusive", "filter_value", "icon", "key")

    def __init__(
        self,
        data: Any = None,
        *,
        specification: Specification,
        name: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        DraftForm.__init__(self, data, seen=mark_of_list(specification, name), initial=initial)
        choices = list_named(specification, name).choices
        self.taken = {choice.key for choice in choices}
        # The answers of a reading probe stay German in every language; a new one among them does too.
        self.fixed = bool(choices) and all(choice.fixed for choice in choices)
        _offer(self, specification, name, None)

    def clean_key(self) -> str:
        """Take the key as typed, or propose one."""
        key = str(self.cleaned_data["key"])
        if not key:
            return proposed_key(self.cleaned_data.get("text", ""), self.taken, otherwise="answer")
        if fault := fault_of_choice_key(key, self.taken):
            self.add_error("key", fault)
        return key

    def choice(self) -> ChoiceSpecification:
        """Return the new answer."""
        facts = self.facts()
        return ChoiceSpecification(text={GERMAN: facts.pop("text")}, fixed=self.fixed, **facts)


class NewListForm(DraftForm):
    """A list that is not there yet, with its first answers."""

    german = ("answers",)
    answers = ParagraphField(
        label=_("answers"),
        rows=6,
        max_length=20_000,
        help_text=_("One answer a line, in German. Scores and pictograms come afterwards."),
    )
    name = LineField(
        label=_("name of the list"),
        max_length=60,
        required=False,
        help_text=_("Only seen here and in workbooks. Left empty, it is made from the first answers."),
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(
        self, data: Any = None, *, specification: Specification, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, seen=mark_of_lists(specification), initial=initial)
        self.taken = {found.name for found in specification.lists}

    def clean_answers(self) -> tuple[ChoiceSpecification, ...]:
        """Read the lines as answers."""
        return answers_from(self, "answers")

    def clean_name(self) -> str:
        """Take the name as typed, or propose one."""
        name = str(self.cleaned_data["name"])
        if not name:
            first = " ".join(one.text[GERMAN] for one in self.cleaned_data.get("answers", ())[:2])
            return proposed_key(first, self.taken, otherwise="list")
        if fault := fault_of_key(name, self.taken):
            self.add_error("name", fault)
        return name


def answers_from(form: DraftForm, name: str) -> tuple[ChoiceSpecification, ...]:
    """Return the lines of a field as answers, each with a key of its own; what is wrong stands beside the field."""
    lines = [line.strip() for line in str(form.cleaned_data[name]).splitlines() if line.strip()]
    if len(lines) > MOST_ANSWERS:
        form.add_error(name, gettext("At most %(most)d answers, please.") % {"most": MOST_ANSWERS})
    if any(len(line) > LENGTHS["text"] for line in lines):
        message = gettext("An answer has at most %(most)d characters.") % {"most": LENGTHS["text"]}
        form.add_error(name, message)
    if len({line.casefold() for line in lines}) < len(lines):
        form.add_error(name, gettext("An answer stands there twice."))
    if form.has_error(name):
        return ()
    found: dict[str, ChoiceSpecification] = {}
    for line in lines:
        key = proposed_key(line, found, otherwise="answer")
        found[key] = ChoiceSpecification(key=key, text={GERMAN: line})
    return tuple(found.values())


def _offer(
    form: DraftForm, specification: Specification, name: str, choice: ChoiceSpecification | None
) -> None:
    stored = choice.icon if choice else ""
    names = dict(NAMES) | ({stored: stored} if stored and stored not in NAMES else {})
    none = pgettext_lazy("pictogram", "without a picture")
    choice_field(form, "icon").choices = [
        ("", none),
        *((key, Pictured(str(words), key)) for key, words in names.items()),
    ]
    options = _shown_for(specification, name, choice)
    choice_field(form, "filter_value").choices = [("", _("every answer")), *options]
    if not options:
        del form.fields["filter_value"]


def _shown_for(specification: Specification, name: str, choice: ChoiceSpecification | None) -> Options:
    """The answers on which those of this list can depend: of the questions that its questions name."""
    named = {item.choice_filter for item in users_of(specification, name)} - {""}
    found: dict[str, Any] = {}
    for item in specification.items():
        if item.key in named:
            found |= dict(answers_of(specification, item))
    if choice and choice.filter_value and choice.filter_value not in found:
        found[choice.filter_value] = choice.filter_value
    return list(found.items())
