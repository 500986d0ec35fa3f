"""The form of a question as a browser without JavaScript sends it, turned into the operation that the page's code would send."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from competence.calendars import is_persian
from competence.enums import Event
from competence.operations import Operation, PageEvent
from competence.services.sessions import elapsed
from competence.sitting import Sitting
from iqquadrat.core.text import ForbiddenCharacterError, clean_text
from iqquadrat.questionnaires.models import Item
from iqquadrat.questionnaires.texts import text

ACTIONS = {
    "next", "back", "dont_know", "skip", "to_l1", "to_de", "l1_mode_on", "l1_mode_off", "help", "help_pc", "pause",
    "size_1", "size_2", "size_3", "contrast_on", "contrast_off",
}  # fmt: skip
# As the page's code counts: nobody reads a question faster than this, and after three in a row a friendly word appears.
SHORTEST, PER_WORD = 800, 200  # ms
FAST_IN_A_ROW = 3


@dataclass(frozen=True)
class TypedForm:
    """What a form wants: an operation to save and where to go then."""

    operation: Operation
    goes: str
    lang: str
    size: int | None
    contrast: bool | None
    typed: dict[str, str]
    chosen: frozenset[str]
    pace: int  # how many questions in a row were left faster than one can read them, this one included


def read(sent: QueryDict, sitting: Sitting, item: Item) -> TypedForm | None:
    """Return what was sent, or None when it is no form of ours."""
    action = sent.get("action", "next")
    try:
        op_id, epoch, shown_ms = (
            UUID(sent.get("op_id", "")),
            int(sent.get("epoch", "")[:9]),
            int(sent.get("ms", "")[:12]),
        )
        typed = {name: clean_text(sent.get(name, "")[:2000], lines=True) for name in ("number", "text", "day", "month", "year")}  # fmt: skip
    except (ValueError, ForbiddenCharacterError):
        return None
    if action not in ACTIONS or epoch < 1 or shown_ms < 0:
        return None
    chosen = [key for key in sent.getlist("choice")[:50] if len(key) <= 60]
    value = _value(action, item, chosen, typed)
    lang = {"to_l1": "l1", "to_de": "de", "l1_mode_on": "l1", "l1_mode_off": "de"}.get(
        action, "l1" if sent.get("shown") == "l1" else "de"
    )
    mode = {"l1_mode_on": True, "l1_mode_off": False}.get(action, sitting.assessment.response.l1_mode)
    # A Persian year is shown back as ours first: the question is not left yet.
    shows_back = action == "next" and _is_persian(item, typed)
    pace = _pace(sent, sitting, item, shown_ms) if action == "next" and not shows_back else 0
    events = _events(
        "" if shows_back else action,
        item,
        value,
        sitting,
        is_fresh=sent.get("fresh") == "1",
        shown_ms=shown_ms,
        pace=pace,
    )
    operation = Operation(
        op_id=op_id, epoch=epoch, seq=sitting.session.last_seq + len(events) + 1, question=item.key, value=value,
        language_shown=sitting.language if lang == "l1" else "de", l1_mode=mode, events=events,
        digest=hashlib.sha256(repr((action, chosen, sorted(typed.items()))).encode()).hexdigest(),
    )  # fmt: skip
    goes = "show_back" if shows_back else "next" if action in ("next", "dont_know", "skip") else action
    size = int(action[-1]) if action.startswith("size_") else None
    contrast = {"contrast_on": True, "contrast_off": False}.get(action)
    return TypedForm(operation, goes, lang, size, contrast, typed, frozenset(chosen), pace)


def _pace(sent: QueryDict, sitting: Sitting, item: Item, shown_ms: int) -> int:
    """Count on, or begin anew: a question that was loaded again in between tells nothing."""
    words = len((text(item, "label", "de") or "").split())
    took = elapsed(sitting.assessment, timezone.now()) - shown_ms
    if not item.evidence or sent.get("fresh") != "1" or took >= SHORTEST + PER_WORD * words:
        return 0
    return 1 + counted(sent.get("pace", ""))


def counted(pace: str) -> int:
    """Return the count that an address or a form carries from one question to the next."""
    return int(pace) if re.fullmatch("[1-8]", pace) else 0


def _is_persian(item: Item, typed: dict[str, str]) -> bool:
    return item.type in ("year", "date") and is_persian(typed["year" if item.type == "date" else "number"])


def _value(action: str, item: Item, chosen: list[str], typed: dict[str, str]) -> dict[str, Any] | None:
    """Return the answer in the shape of ``parse_answer``; nothing ticked at Next or Back is a skip."""
    if action in ("dont_know", "skip"):
        return {"status": "dont_know" if action == "dont_know" else "skipped"}
    if item.has_choices:
        given: dict[str, Any] = {"choices": chosen}
        empty = not chosen
    elif item.type == "date":
        given = {name: typed[name] for name in ("year", "month", "day")}
        empty = not any(given.values())
    else:
        given = {"value": typed["text" if item.type == "text" else "number"]}
        empty = not given["value"]
    if not empty:
        return given
    return {"status": "skipped"} if action in ("next", "back") else None


def _events(
    action: str,
    item: Item,
    value: dict[str, Any] | None,
    sitting: Sitting,
    *,
    is_fresh: bool,
    shown_ms: int,
    pace: int,
) -> tuple[PageEvent, ...]:
    known = sitting.answers.get(item.key)
    names: list[tuple[str, str]] = [(Event.SHOWN, "")] if is_fresh else []
    status = (value or {}).get("status", "")
    if status:
        names.append((Event.DONT_KNOW, "dk") if status == "dont_know" else (Event.SKIP, "sk"))
    elif value is not None:
        digest = hashlib.sha256(repr(sorted(value.items())).encode()).hexdigest()[:12]
        names.append((Event.CHANGE if known else Event.ANSWER, digest))
    moves = {"dont_know": "next", "skip": "next"}.get(action, action)
    if moves in Event.values and moves not in (Event.DONT_KNOW, Event.SKIP, Event.PAUSE):
        names.append((moves, ""))
    if pace == FAST_IN_A_ROW:
        names.append((Event.PROMPT, ""))
    now = elapsed(sitting.assessment, timezone.now())
    first = sitting.session.last_seq + 1
    return tuple(
        PageEvent(
            seq=first + place, item_key=item.key, event=str(name), state=state, texts="",
            ms=min(shown_ms, now) if name == Event.SHOWN else now,
        )
        for place, (name, state) in enumerate(names)
    )  # fmt: skip
