"""One question as the page shows it: every text in both languages, so that switching needs no request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import uuid4

from competence.calendars import PERSIAN_MONTHS
from competence.phrases import OWN_NAMES, Wording, direction, months, part_of, phrases, weekday
from competence.services.sessions import elapsed
from competence.sitting import Sitting
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.audio import audio_for
from iqquadrat.questionnaires.models import Answer, Choice, Item, Section
from iqquadrat.questionnaires.texts import text

WIDEST_TILE = 26  # German characters; longer answers read better as rows
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# By side, "de" or "l1": (element, key, field) of a text to the address where it is heard.
Heard = Mapping[str, Mapping[tuple[str, str, str], str]]
PARTS = (("am", "morning", "sun"), ("pm", "afternoon", "clock"), ("eve", "evening", "moon"))


@dataclass(frozen=True)
class Pick:
    """One answer to choose."""

    key: str
    words: Wording
    icon: str
    exclusive: bool
    fixed: bool
    chosen: bool
    step: int  # its place in the list, from 1: the squares of a scale, the rung of a ladder
    audio: Mapping[str, str]  # where it is heard: "de" and "l1" to address


@dataclass(frozen=True)
class Step:
    """One part of the questionnaire in the bar of progress; widths in hundredths."""

    width: float


def wording(carrier: Item | Choice | Section, field: str, language: str, *, offered: bool = True) -> Wording:
    """Return a text of the questionnaire in both languages; German alone when it is not offered."""
    german = text(carrier, field, "de") or ""
    if language == "de" or not offered or (isinstance(carrier, Choice) and carrier.fixed):
        return Wording(german, german)
    return Wording(german, text(carrier, field, language) or german, language)


def kind_of(item: Item) -> str:
    """Return how a question is laid out."""
    if not item.has_choices:
        return {"integer": "number", "year": "number"}.get(item.type, item.type)
    choices = item.all_choices
    longest = max((len(text(choice, "text", "de") or "") for choice in choices), default=0)
    if item.appearance in ("grid", "ladder"):
        return item.appearance
    if len(choices) == 4 and all(choice.score for choice in choices):
        return "scale"
    if item.appearance == "tiles":
        return "options" if len(choices) > 6 and longest > WIDEST_TILE else "tiles"
    has_pictures = bool(choices) and all(choice.icon for choice in choices)
    return "tiles" if has_pictures and longest <= WIDEST_TILE and len(choices) <= 6 else "options"


def page(sitting: Sitting, item: Item, *, in_l1: bool | None = None, typed: dict[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    """Return the context of a question. ``typed`` is what was sent and could not be taken: shown again as it was."""
    language, offered = sitting.language, sitting.is_offered(item)
    answer = sitting.answers.get(item.key)
    l1_mode = sitting.assessment.response.l1_mode
    shown_l1 = offered and (l1_mode if in_l1 is None else in_l1)
    german = text(item, "label", "de") or ""
    progress = flow.progress(sitting.version, sitting.values, item.key)
    kind = kind_of(item)
    heard = _heard(sitting, offered)
    picks = _picks(sitting, item, answer, offered, heard) if item.has_choices else []
    return frame(sitting) | {
        "kind_template": f"competence/kiosk/kinds/{kind}.html",
        "kind": kind,
        "item": item,
        "label": wording(item, "label", language, offered=offered),
        "hint": wording(item, "hint", language, offered=offered),
        "audio": _audio(item, heard),
        "offered": offered,
        "shown_l1": shown_l1,
        "l1_mode": l1_mode,
        "multiple": item.type == "multiple",
        "picks": picks,
        "rows": _grid(picks, language) if kind == "grid" else [],
        "written": typed if typed is not None else _written(answer),
        "months": _months(language) if kind == "date" else [],
        "converted": None,
        "words": len(german.split()),
        "texts": _versions(german, text(item, "label", language) or "" if offered else "", language),
        "is_first": progress.done_of_all == 0,
        "answered": answer is not None,
        "status": answer.status if answer else "",
        "part": part_of(progress.part, progress.parts, language),
        "section": wording(progress.section, "title", language, offered=offered),
        "steps": _steps(progress),
        "progress_now": progress.part,
        "progress_parts": progress.parts,
        "op_id": str(uuid4()),
        "ms": elapsed(sitting.assessment, sitting.now),
        "fresh": "1" if in_l1 is None else "",
    }


def _heard(sitting: Sitting, offered: bool) -> Heard:
    """Where the texts of the version are heard, in German and, where it is offered, in the mother tongue."""
    languages = {"de": "de"} | ({"l1": sitting.language} if offered else {})
    return {side: audio_for(sitting.version, language) for side, language in languages.items()}


def _audio(item: Item, heard: Heard) -> dict[str, str]:
    """Where question and hint are heard, as attributes of the button: ``de-label``, ``l1-hint`` ... to address."""
    return {
        f"{side}-{field}": addresses["item", item.key, field]
        for side, addresses in heard.items()
        for field in ("label", "hint")
        if ("item", item.key, field) in addresses
    }


def frame(sitting: Sitting) -> dict[str, Any]:
    """Return what every page of a session shows around its middle."""
    language = sitting.language
    ui = phrases(language)
    return {
        "ui": ui,
        "notices": {key: ui[key] for key in ("offline", "other_window", "no_rush")},
        "language": language,
        "direction": direction(language),
        "two": language != "de",
        "own_name": OWN_NAMES[language],
        "pair": sitting.assessment.pair,
        "token": sitting.token,
        "epoch": sitting.session.epoch,
        "size": sitting.session.text_size,
        "high_contrast": sitting.session.high_contrast,
        "shown_l1": sitting.assessment.response.l1_mode and language != "de",
        "error": None,
        "notice": None,
        "pace": 0,
    }


def _picks(sitting: Sitting, item: Item, answer: Answer | None, offered: bool, heard: Heard) -> list[Pick]:
    chosen = set(answer.choices) if answer else set()
    owner = sitting.version.lists[item.choice_list_id or 0]

    def audio(key: str) -> dict[str, str]:
        place = ("choice", f"{owner.name}.{key}", "text")
        return {side: addresses[place] for side, addresses in heard.items() if place in addresses}

    return [
        Pick(
            key=choice.key, icon=choice.icon, exclusive=choice.exclusive, fixed=choice.fixed, step=step,
            words=wording(choice, "text", sitting.language, offered=offered), chosen=choice.key in chosen,
            audio=audio(choice.key),
        )
        for step, choice in enumerate(flow.choices_for(item, sitting.values), 1)
    ]  # fmt: skip


def chosen(pick: Pick, keys: frozenset[str]) -> Pick:
    """Return the answer as ticked or not in what was just sent."""
    return replace(pick, chosen=pick.key in keys)


def _months(language: str) -> list[tuple[Wording, str]]:
    """Return each month and its place's name in the Persian calendar, for readers of Persian."""
    persian = PERSIAN_MONTHS if language == "fa" else [""] * 12
    return list(zip(months(language), persian, strict=True))


def _grid(picks: list[Pick], language: str) -> list[dict[str, Any]]:
    """Arrange keys such as ``mon_am`` as days by parts of the day."""
    by_key = {pick.key: pick for pick in picks}
    rows = []
    for number, day in enumerate(DAYS):
        cells = [by_key[f"{day}_{part}"] for part, _name, _icon in PARTS if f"{day}_{part}" in by_key]
        if cells:
            rows.append({"day": weekday(number, language), "cells": cells})
    return rows


def _written(answer: Answer | None) -> dict[str, Any]:
    """Return what stands in the fields of a typed answer."""
    empty = {"number": "", "text": "", "day": "", "month": "", "year": ""}
    if answer is None or answer.status != "answered":
        return empty
    date = answer.date
    return empty | {
        "number": "" if answer.number is None else str(answer.number),
        "text": answer.text,
        "year": str(date.year) if date else "",
        "month": str(date.month) if date and answer.date_precision in ("month", "day") else "",
        "day": str(date.day) if date and answer.date_precision == "day" else "",
    }


def _steps(progress: flow.Progress) -> list[Step]:
    done = 100 * (progress.question - 1) / max(1, progress.questions)
    return [
        Step(100 if part < progress.part else round(done, 1) if part == progress.part else 0)
        for part in range(1, progress.parts + 1)
    ]


@lru_cache(maxsize=2000)
def _versions(german: str, own: str, language: str) -> str:
    """Name the wordings on the page by short hashes, so that the log says which text was seen."""
    found = [f"de:{_short(german)}"]
    if own:
        found.append(f"{language}:{_short(own)}")
    return " ".join(found)


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]
