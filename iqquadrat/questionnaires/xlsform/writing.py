"""A questionnaire as a workbook."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from django.utils.translation import get_language_info

from iqquadrat.core.downloads import IN_MEMORY
from iqquadrat.questionnaires.specification import GERMAN, ItemSpecification, Specification, Texts
from iqquadrat.questionnaires.xlsform.layout import (
    CHOICES,
    CHOICES_OWN,
    FORM,
    FORM_LIST,
    LANGUAGE_CODES,
    REQUIRED,
    SETTINGS,
    SETTINGS_PLAIN,
    STIMULUS,
    SURVEY,
    SURVEY_OWN,
    SURVEY_PLAIN,
    YES,
    column,
    columns,
    parse_column,
    write_constraint,
    write_exclusive,
    write_filter,
)

Row = Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """A row that a form for the field needs and that is no question. ``options``: its own list of answers, key and texts."""

    type: str
    name: str
    label: Texts = field(default_factory=dict)
    required: bool = False
    options: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def list_name(self) -> str:
        """The name of its list of answers."""
        return f"{FORM_LIST}{self.name}"


_WIDE = {
    "label": 46,
    "hint": 30,
    "iq_intro": 60,
    "iq_title": 30,
    "iq_note": 40,
    "relevant": 30,
    "name": 22,
    "type": 26,
}


def write_workbook(specification: Specification, *, number: int, form: Sequence[FormRow] = ()) -> bytes:
    """Return the workbook of a questionnaire. Only languages that have texts get columns, German first.

    With ``form`` it is a form for the field: these rows stand before the questions. Our own reader leaves them out.
    """
    languages = [
        language for language in LANGUAGE_CODES if language == GERMAN or language in specification.languages()
    ]
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, IN_MEMORY)
    survey, choices = _survey(specification, languages), _choices(specification, languages)
    heads = _survey_columns(languages)
    if form:
        survey = [_form_row(row, languages) for row in form] + survey
        choices = [line for row in form for line in _form_options(row, languages)] + choices
        heads.append(REQUIRED)
    _sheet(workbook, SURVEY, heads, survey)
    _sheet(workbook, CHOICES, _choice_columns(languages), choices)
    _sheet(workbook, SETTINGS, _settings_columns(languages), [_settings(specification, languages, number)])
    workbook.close()
    return buffer.getvalue()


def _survey_columns(languages: Sequence[str]) -> list[str]:
    return [
        "type",
        "name",
        *columns("label", languages),
        *columns("hint", languages),
        *SURVEY_PLAIN,
        *SURVEY_OWN,
    ]


def _choice_columns(languages: Sequence[str]) -> list[str]:
    return ["list_name", "name", *columns("label", languages), *CHOICES_OWN]


def _settings_columns(languages: Sequence[str]) -> list[str]:
    others = [language for language in languages if language != GERMAN]
    return [*SETTINGS_PLAIN, *columns("iq_title", others), *columns("iq_intro", languages)]


def _translated(field: str, texts: Texts, languages: Sequence[str]) -> dict[str, str]:
    return {column(field, language): texts.get(language, "") for language in languages}


def _fixed(field: str, german: str, languages: Sequence[str]) -> dict[str, str]:
    """A text that stays German stands in every language's column, so that other tools show it too."""
    return {column(field, language): german for language in languages}


def _survey(specification: Specification, languages: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    exclusive = {one.name: [c.key for c in one.choices if c.exclusive] for one in specification.lists}
    for section in specification.sections:
        rows.append(
            {"type": "begin_group", "name": section.key, **_translated("label", section.title, languages)}
        )
        for item in section.items:
            if item.probe:
                rows.append({
                    "type": "note", "name": f"{item.key}{STIMULUS}", "relevant": item.condition,
                    **_fixed("label", item.stimulus, languages),
                })  # fmt: skip
            rows.append(_item(item, languages, exclusive.get(item.choice_list, ())))
        rows.append({"type": "end_group", "name": section.key})
    return rows


def _form_row(row: FormRow, languages: Sequence[str]) -> Row:
    return {
        "type": f"{row.type} {row.list_name}" if row.options else row.type,
        "name": row.name,
        **_translated("label", row.label, languages),
        "iq_type": FORM,
        REQUIRED: YES if row.required else "",
    }


def _form_options(row: FormRow, languages: Sequence[str]) -> list[Row]:
    return [
        {"list_name": row.list_name, "name": key, **_translated("label", texts, languages)}
        for key, texts in row.options.items()
    ]


def _constraint(item: ItemSpecification, exclusive: Sequence[str]) -> str:
    if item.type == "multiple":
        return write_exclusive(exclusive)
    return write_constraint(item.min_value, item.max_value, year=item.type == "year")


def _item(item: ItemSpecification, languages: Sequence[str], exclusive: Sequence[str]) -> Row:
    kinds = {
        "single": f"select_one {item.choice_list}",
        "multiple": f"select_multiple {item.choice_list}",
        "year": "integer",
    }
    return {
        "type": kinds.get(item.type, item.type),
        "name": item.key,
        **_translated("label", item.label, languages),
        **_translated("hint", item.hint, languages),
        "relevant": item.condition,
        "constraint": _constraint(item, exclusive),
        "appearance": item.appearance,
        "choice_filter": write_filter(item.choice_filter),
        "iq_type": "year" if item.type == "year" else "",
        "iq_level": item.level,
        "iq_dimension": item.dimension,
        "iq_evidence": YES if item.evidence else "",
        "iq_probe": YES if item.probe else "",
        "iq_correct": item.correct,
        "iq_core": YES if item.required_core else "",
        "iq_extra": _json(item.extra),
        "iq_note": item.note,
    }


def _choices(specification: Specification, languages: Sequence[str]) -> list[Row]:
    return [
        {
            "list_name": choice_list.name,
            "name": choice.key,
            **(
                _fixed("label", choice.text.get(GERMAN, ""), languages)
                if choice.fixed
                else _translated("label", choice.text, languages)
            ),
            "filter": choice.filter_value,
            "iq_score": choice.score,
            "iq_icon": choice.icon,
            "iq_fixed": YES if choice.fixed else "",
            "iq_exclusive": YES if choice.exclusive else "",
            "iq_extra": _json(choice.extra),
        }
        for choice_list in specification.lists
        for choice in choice_list.choices
    ]


def _settings(specification: Specification, languages: Sequence[str], number: int) -> Row:
    return {
        "form_title": specification.title.get(GERMAN, ""),
        "form_id": specification.key,
        "version": str(number),
        "default_language": column("", GERMAN).removeprefix("::"),
        **_translated(
            "iq_title", specification.title, [language for language in languages if language != GERMAN]
        ),
        **_translated("iq_intro", specification.intro, languages),
    }


def _json(extra: Mapping[str, Any]) -> str:
    return json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else ""


def _sheet(workbook: Any, name: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = workbook.add_worksheet(name)
    head_format = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 2)
    for index, head in enumerate(heads):
        field, language = parse_column(head)
        rtl = bool(language) and bool(get_language_info(language)["bidi"])
        cell_format = workbook.add_format(
            {"text_wrap": True, "valign": "top", "reading_order": 2 if rtl else 1}
        )
        sheet.set_column(index, index, _WIDE.get(field, 16))
        sheet.write_string(0, index, head, head_format)
        for number, row in enumerate(rows, 1):
            value = row.get(head)
            if isinstance(value, int):
                sheet.write_number(number, index, value, cell_format)
            elif value:
                sheet.write_string(number, index, value, cell_format)
