"""The checklist as the client sees it: on paper and on a screen that is turned round, in the client's language beside German.

The same table as the counsellor's, without points and weights. A paper gets lost: it does not name the client.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from competence.phrases import direction
from counselling.slips import own_name
from iqquadrat.accounts.models import Centre
from iqquadrat.core.shapes import paper_score
from iqquadrat.core.text import digits_for
from placements.client_texts import CHECKLIST, GERMAN, NOTICES
from placements.matching.codes import Answer, Criterion
from placements.matching.criteria import Line
from placements.matching.fit import Match
from placements.matching.words import VERDICTS, paper_name
from placements.models import Vacancy
from placements.notice_words import comma


@dataclass(frozen=True)
class Said:
    """The same words in the client's language and, where that is another one, in German."""

    text: str
    german: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: Said
    wanted: Said
    offered: Said
    mark: str
    verdict: Said

    @property
    def drawn(self) -> SafeString:
        """The mark for paper."""
        return paper_score(self.mark)


@dataclass(frozen=True)
class Must:
    """One check."""

    answer: Answer
    name: Said
    words: Said


@dataclass(frozen=True)
class MatchPaper:
    """One vacancy beside what the client offers."""

    vacancy: Vacancy
    match: Match
    centre: Centre
    day: date
    language: str = GERMAN
    template: str = "placements/paper/checklist.html"

    @property
    def title(self) -> str:
        """The title in the file's properties; it names nobody."""
        return _("Checklist: %(title)s") % {"title": self.vacancy.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"vergleich-{self.language}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything that paper and screen show."""
        words = CHECKLIST.by_language[self.language]
        return {
            "on_paper": True,
            "vacancy": self.vacancy, "centre": self.centre, "day": self.day, "code": self.language, "is_pair": self.language != GERMAN,
            "direction": direction(self.language), "said": {key: self._said(key) for key in words},
            "group": self._said(f"group_{self.match.group}"), "rows": [self._row(line) for line in self.match.lines],
            "musts": [
                Must(one.answer, self._said(f"check_{one.check}"), self._said(f"answer_{one.answer}"))
                for one in self.match.checks
            ],
        }  # fmt: skip

    def _said(self, key: str) -> Said:
        return self._both(lambda words, _language: words[key])

    def _both(self, make: Callable[[Mapping[str, str], str], str]) -> Said:
        known = CHECKLIST.by_language
        german = make(known[GERMAN], GERMAN)
        text = make(known[self.language], self.language)
        return Said(text, german if text != german else "")

    def _row(self, line: Line) -> Row:
        mark, _verdict = VERDICTS[line.points]
        wanted, offered = _SIDES[line.criterion]
        return Row(
            name=self._said(f"line_{line.criterion}"), wanted=self._both(lambda words, code: wanted(line, words, code)),
            offered=self._both(lambda words, code: offered(line, words, code) or words["unknown"]), mark=mark,
            verdict=self._said(f"verdict_{mark}"),
        )  # fmt: skip


Side = Callable[[Line, Mapping[str, str], str], str]


def _unit(number: int, words: Mapping[str, str], unit: str, code: str) -> str:
    return digits_for(code, f"{number} {words[unit]}")


def _field(line: Line, words: Mapping[str, str], _code: str) -> str:
    return words[f"field_{line.values['field']}"]


def _field_offered(line: Line, words: Mapping[str, str], _code: str) -> str:
    if line.reason == "field_related":
        return f"{words['field_related']}: {words['field_' + line.values['related']]}"
    return "" if line.points is None else words[line.reason]


def _german_offered(line: Line, words: Mapping[str, str], _code: str) -> str:
    level = line.values["level"]
    return words[f"level_{level}"] if level in ("native", "none") else level.upper()


def _hours(line: Line, words: Mapping[str, str], code: str) -> str:
    parts = [] if line.values["hours"] is None else [_unit(line.values["hours"], words, "hours", code)]
    if line.values["wanted"]:
        parts.append(_unit(line.values["wanted"], words, "times", code))
    return ", ".join(parts)


def _hours_offered(line: Line, words: Mapping[str, str], code: str) -> str:
    low, high, parts = line.values["from"], line.values["to"], []
    if line.values["hours"] is not None and (low is not None or high is not None):
        ends = [str(end) for end in dict.fromkeys((low, high)) if end is not None]
        sign = "" if low is not None and high is not None else ("≤ " if high is not None else "≥ ")
        parts.append(digits_for(code, f"{sign}{'–'.join(ends)} {words['hours']}"))
    if line.values["wanted"] and line.values["common"] is not None:
        parts.append(_unit(line.values["common"], words, "times", code))
    return ", ".join(parts)


def _distance_offered(line: Line, words: Mapping[str, str], code: str) -> str:
    minutes = line.values["minutes"]
    if minutes == 0:
        return words["same_area"]
    return "" if minutes is None else _unit(minutes, words, "minutes", code)


def _names(codes: list[str]) -> str:
    return ", ".join(own_name(code) for code in codes)


def _languages_offered(line: Line, words: Mapping[str, str], _code: str) -> str:
    if line.points is None:
        return ""
    return _names(line.values["common"]) or words["level_none"]


def _years_offered(line: Line, words: Mapping[str, str], code: str) -> str:
    return "" if line.points is None else _unit(line.values["years"], words, "years", code)


def _paper_name(name: str, code: str) -> str:
    """A licence or certificate as notices call it in this language; one that they do not know as the form calls it."""
    kind, _colon, paper = name.partition(":")
    called: str | None = NOTICES.by_language[code][f"{kind}s"].get(paper)
    return called or paper_name(name)


def _papers_wanted(line: Line, _words: Mapping[str, str], code: str) -> str:
    return comma(code).join(_paper_name(name, code) for name in line.values["papers"])


def _papers_offered(line: Line, words: Mapping[str, str], code: str) -> str:
    states = line.values["papers"].items()
    return comma(code).join(f"{_paper_name(name, code)}: {words['paper_' + state]}" for name, state in states)


_SIDES: Mapping[Criterion, tuple[Side, Side]] = {
    Criterion.FIELD: (_field, _field_offered),
    Criterion.GERMAN: (lambda line, _words, _code: line.values["required"].upper(), _german_offered),
    Criterion.HOURS: (_hours, _hours_offered),
    Criterion.DISTANCE: (lambda line, _words, _code: line.values["code"], _distance_offered),
    Criterion.LANGUAGES: (lambda line, _words, _code: _names(line.values["wanted"]), _languages_offered),
    Criterion.EXPERIENCE: (lambda line, words, code: _unit(line.values["wanted"], words, "years", code), _years_offered),
    Criterion.LICENCE: (_papers_wanted, _papers_offered),
}  # fmt: skip
