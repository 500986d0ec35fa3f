"""Reads: everything a profile is made of, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from competence.goals import Goals, goals_of
from competence.models import Assessment, ClientRemark, FieldConfirmation
from competence.scoring import (
    HIGHEST,
    LOWEST,
    SCALES,
    Confirmation,
    EvidenceClass,
    FieldRow,
    Missing,
    ScaleAnswer,
    ScaleScore,
    WorkAnswers,
    field_rows,
    score_scales,
)
from iqquadrat.questionnaires import flow, texts
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.enums import AnswerStatus, ItemType
from iqquadrat.questionnaires.models import Answer, Choice, Item, Version


def whole_version(version_id: int) -> Version:
    """Return a version of a questionnaire with its questions and answers to choose from, in memory."""
    return Version.objects.prefetch_related("items", "choice_lists__choices").get(pk=version_id)


ChoicesByKey = Mapping[tuple[str, str], Choice]


def choices_by_key(version: Version) -> ChoicesByKey:
    """Return the answers to choose from by the keys of question and answer."""
    return {(item.key, choice.key): choice for item in version.ordered_items for choice in item.all_choices}


@dataclass(frozen=True)
class Profile:
    """An assessment with its questions and answers in memory. What was hidden later counts as never answered."""

    assessment: Assessment
    version: Version
    answers: Mapping[str, Answer]
    confirmations: Mapping[str, FieldConfirmation]
    remarks: tuple[ClientRemark, ...]
    # Where many profiles of one questionnaire are read, they share these.
    shared_choices: ChoicesByKey | None = None

    @cached_property
    def goals(self) -> Goals:
        """What is agreed with the client, whichever profile it came from; read when it is asked for."""
        return goals_of(self.assessment.client_id)

    @cached_property
    def asked(self) -> list[Item]:
        """The questions that were to be answered under these answers."""
        return flow.applicable_items(self.version, self.values)

    @cached_property
    def values(self) -> dict[str, Value]:
        """The answers as values: a key, a list of keys, a number, a date or a text."""
        raw = {key: _value(answer) for key, answer in self.answers.items()}
        return flow.counted_values(
            self.version, {key: value for key, value in raw.items() if value is not None}
        )

    @property
    def answered(self) -> int:
        """How many questions have an answer that counts."""
        return len(self.values)

    @property
    def total(self) -> int:
        """How many questions the questionnaire has."""
        return len(self.version.ordered_items)

    def one(self, key: str) -> str | None:
        """The chosen key of a question with one answer."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def several(self, key: str) -> tuple[str, ...]:
        """The chosen keys of a question with several answers, without "none of these"."""
        value = self.values.get(key)
        return tuple(str(part) for part in value if part != "none") if isinstance(value, list) else ()

    def number(self, key: str) -> int | None:
        """The number given."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def choice_text(self, item_key: str, choice_key: str | None, language: str) -> str:
        """The text of an answer in one language; empty when there is none, never another language."""
        choice = self._choices.get((item_key, choice_key or ""))
        return (texts.text(choice, "text", language) or "") if choice else ""

    def chosen_texts(self, item_key: str, language: str) -> list[str]:
        """The texts of everything chosen for a question, in one language."""
        one = self.one(item_key)
        keys = [one] if one else self.several(item_key)
        return [text for key in keys if (text := self.choice_text(item_key, key, language))]

    @cached_property
    def _choices(self) -> ChoicesByKey:
        return self.shared_choices or choices_by_key(self.version)

    @cached_property
    def scores(self) -> list[ScaleScore]:
        """The six scales."""
        return score_scales({key: self._scale_answer(key) for keys in SCALES.values() for key in keys})

    @cached_property
    def _asked_keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.asked)

    def _scale_answer(self, key: str) -> ScaleAnswer:
        if key not in self._asked_keys:
            return Missing.NOT_APPLICABLE
        choice = self._choices.get((key, self.one(key) or ""))
        # A list may have been given other scores in the editor: what is no step of the scale is no answer to it.
        if choice is not None and choice.score is not None and LOWEST <= choice.score <= HIGHEST:
            return choice.score
        answer = self.answers.get(key)
        unknown = answer is not None and answer.status == AnswerStatus.DONT_KNOW
        return Missing.DONT_KNOW if unknown else Missing.SKIPPED

    @cached_property
    def rows(self) -> list[FieldRow]:
        """The table of work fields, with what the counsellor confirmed."""
        confirmed = {
            key: Confirmation(EvidenceClass(row.evidence), row.note, row.years)
            for key, row in self.confirmations.items()
        }
        return field_rows(self.work, confirmed)

    @property
    def work(self) -> WorkAnswers:
        """The answers on training and work."""
        way = self.one("voc_way")
        return WorkAnswers(
            fields=self.several("wrk_fields"), main_field=self.one("wrk_main"),
            main_years=self.number("wrk_main_years"), total_years=self.number("wrk_years"),
            tasks=self.several("wrk_tasks"), family_business=self.one("wrk_own"),
            training_way=way if way != "none" else None, training_field=self.one("voc_field"),
            training_state=self.one("voc_done"), training_papers=self.one("voc_docs"),
            certificates=self.several("voc_extra"),
        )  # fmt: skip

    def row_name(self, row: FieldRow, language: str) -> str:
        """The name of a line: the field of work, or the certificate."""
        if row.is_certificate:
            return self.choice_text("voc_extra", row.field, language)
        return self.choice_text("wrk_main", row.field, language)

    def row_tasks(self, row: FieldRow, language: str) -> list[str]:
        """What the client did there alone."""
        return [text for key in row.tasks if (text := self.choice_text("wrk_tasks", key, language))]


def _value(answer: Answer) -> Value:
    if answer.status != AnswerStatus.ANSWERED:
        return None
    if answer.item.type == ItemType.SINGLE:
        return answer.choices[0] if answer.choices else None
    if answer.item.type == ItemType.MULTIPLE:
        return list(answer.choices)
    if answer.number is not None:
        return answer.number
    return answer.date if answer.date is not None else answer.text or None


def load(assessment: Assessment, version: Version | None = None) -> Profile:
    """Return the profile of an assessment. A fixed number of queries, however many answers there are.

    ``version`` spares reading the questionnaire again, where many profiles of one are made.
    """
    answers = Answer.objects.filter(response_id=assessment.response_id).select_related("item")
    return Profile(
        assessment=assessment,
        version=version or whole_version(assessment.response.version_id),
        answers={answer.item.key: answer for answer in answers},
        confirmations={row.row_key: row for row in assessment.confirmations.all()},
        remarks=tuple(assessment.remarks.all()),
    )
