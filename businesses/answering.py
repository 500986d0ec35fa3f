"""A questionnaire that is being answered: where it stands, and one page of it as a form.

Django's forms would need a class per page; the engine already parses and checks each answer, so this reads and shows it directly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext as _

from businesses.interviewing import Page, beside_german, pages, question_number
from businesses.models import Interview
from iqquadrat.questionnaires.answers import AnswerValue, InvalidAnswer, parse_answer
from iqquadrat.questionnaires.enums import AnswerStatus, ItemType
from iqquadrat.questionnaires.flow import applicable_items, choices_for
from iqquadrat.questionnaires.models import Answer, Choice, Item, Version
from iqquadrat.questionnaires.queries import answers_by_key, values_of, version_content
from iqquadrat.questionnaires.texts import text

NO_ANSWER = "-"
GERMAN = "de"


class Walk:
    """The pages of an interview under the answers so far."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.version: Version = version_content(interview.response.version_id)
        self.answers: dict[str, Answer] = answers_by_key(interview.response)
        self.values = values_of(interview.response)
        self.pages: list[Page] = pages(applicable_items(self.version, self.values))
        self.numbers = max((question_number(item.key) or 0 for item in self.version.ordered_items), default=0)

    def page(self, key: str) -> Page | None:
        """The page of this name, if it is asked."""
        return next((page for page in self.pages if page.key == key), None)

    def position(self, page: Page) -> int:
        """Which page it is, counted from 1."""
        return next(n for n, other in enumerate(self.pages, 1) if other.key == page.key)

    def first_open(self) -> Page | None:
        """The first page on which something has not been asked yet."""
        return next(
            (page for page in self.pages if any(item.key not in self.answers for item in page.items)), None
        )

    def before(self, page: Page) -> Page | None:
        """The page before."""
        return next(
            (other for other in reversed(self.pages) if other.items[0].position < page.items[0].position),
            None,
        )

    def after(self, page: Page) -> Page | None:
        """The page after."""
        return next(
            (other for other in self.pages if other.items[0].position > page.items[-1].position), None
        )


@dataclass
class Option:
    """One answer that can be chosen."""

    key: str
    text: str
    checked: bool
    # The same in the language of the interview; empty where it is held in German or has no text.
    own: str = ""


@dataclass
class Question:
    """One item as it is shown."""

    item: Item
    label: str
    hint: str
    options: list[Option] = field(default_factory=list)
    typed: str = ""
    no_answer: bool = False
    error: str = ""
    own_label: str = ""
    own_hint: str = ""

    @property
    def name(self) -> str:
        """The name of its fields."""
        return self.item.key

    @property
    def is_number(self) -> bool:
        """Whether a telephone should show its digits."""
        return self.item.type in (ItemType.INTEGER, ItemType.YEAR)

    @property
    def is_multiple(self) -> bool:
        """Whether several answers can be ticked."""
        return self.item.type == ItemType.MULTIPLE


class QuestionForm:
    """One page: its questions with what was answered or typed, and ``values`` once it is valid."""

    def __init__(self, walk: Walk, page: Page, data: QueryDict | None) -> None:
        self.walk, self.page, self.data = walk, page, data
        self.values: dict[str, AnswerValue] = {}
        self.overtaken = False
        self.beside = beside_german(walk.interview.language, walk.version)
        stored = [walk.answers[item.key].seq for item in page.items if item.key in walk.answers]
        self.seq, self.op_id = _order(data) or (max(stored, default=0) + 1, uuid4())
        self.questions = [self._question(item) for item in page.items]

    def is_valid(self) -> bool:
        """Parse what was sent; errors stand at their questions and nothing that was typed is lost."""
        if self.data is None:
            return False
        for question in self.questions:
            try:
                self.values[question.name] = parse_answer(question.item, _raw(question, self.data))
            except InvalidAnswer as error:
                question.error = error.message
        return not any(question.error for question in self.questions)

    @property
    def errors(self) -> list[Question]:
        """The questions that need another look."""
        return [question for question in self.questions if question.error]

    def _question(self, item: Item) -> Question:
        question = Question(
            item=item, label=text(item, "label", GERMAN) or item.key, hint=text(item, "hint", GERMAN) or "",
            own_label=self._own(item, "label"), own_hint=self._own(item, "hint"),
        )  # fmt: skip
        answer = self.walk.answers.get(item.key)
        if self.data is not None:
            chosen = self.data.getlist(item.key)
            question.no_answer = NO_ANSWER in chosen or f"{item.key}{NO_ANSWER}" in self.data
            question.typed = self.data.get(item.key, "")[:1000]
        else:
            chosen = list(answer.choices) if answer else []
            question.no_answer = bool(answer and answer.status != AnswerStatus.ANSWERED)
            question.typed = _typed(answer)
        question.options = [
            Option(
                choice.key,
                text(choice, "text", GERMAN) or choice.key,
                choice.key in chosen,
                self._own(choice, "text"),
            )
            for choice in choices_for(item, self.walk.values)
        ]
        return question

    @property
    def own_direction(self) -> str:
        """How the language of the interview is written."""
        return "rtl" if self.beside and get_language_info(self.beside)["bidi"] else "ltr"

    @property
    def own_no_answer(self) -> str:
        """ "No answer" in the language of the interview."""
        if not self.beside:
            return ""
        with override(self.beside):
            return pgettext("client", "No answer")

    def _own(self, carrier: Item | Choice, name: str) -> str:
        return (text(carrier, name, self.beside) or "") if self.beside else ""


def _raw(question: Question, data: QueryDict) -> dict[str, Any]:
    if question.no_answer:
        return {"status": "skipped"}
    if question.item.has_choices:
        return {"choices": data.getlist(question.name)}
    return {"value": data.get(question.name, "")} if data.get(question.name) else {}


def _order(data: QueryDict | None) -> tuple[int, UUID] | None:
    """Read what the page was given when it was shown; what was tampered with counts as new."""
    try:
        sent = data if data is not None else QueryDict()
        seq, op_id = int(sent.get("seq", "")), UUID(sent.get("op_id", ""))
    except ValueError:
        return None
    return (seq, op_id) if 0 < seq < 1_000_000 else None


def _typed(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return str(answer.number) if answer.number is not None else answer.text


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with its answer in words, for reading."""

    number: int | None
    label: str
    answer: str
    is_given: bool


@dataclass(frozen=True)
class AnsweredSection:
    """A part of the questionnaire with its answers."""

    title: str
    questions: list[AnsweredQuestion]


def answered_sections(interview: Interview) -> list[AnsweredSection]:
    """Return the answers of an interview, part by part, as far as the questions were asked."""
    walk = Walk(interview)
    found: dict[str, list[AnsweredQuestion]] = {}
    for page in walk.pages:
        for item in page.items:
            answer = walk.answers.get(item.key)
            given = answer is not None and answer.status == AnswerStatus.ANSWERED
            found.setdefault(text(item.section, "title", GERMAN) or item.section.key, []).append(
                AnsweredQuestion(
                    question_number(item.key),
                    text(item, "label", GERMAN) or item.key,
                    in_words(item, answer, walk.values),
                    given,
                )
            )
    return [AnsweredSection(title, questions) for title, questions in found.items()]


def in_words(item: Item, answer: Answer | None, values: Mapping[str, Any]) -> str:
    """Return an answer as one reads it."""
    if answer is None:
        return _("not asked")
    if answer.status != AnswerStatus.ANSWERED:
        return _("no answer")
    if item.has_choices:
        names = {
            choice.key: text(choice, "text", GERMAN) or choice.key for choice in choices_for(item, values)
        }
        return ", ".join(names.get(key, key) for key in answer.choices)
    if answer.date:
        return date_format(answer.date)
    return answer.text if answer.number is None else str(answer.number)
