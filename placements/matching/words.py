"""The checklist in words: what the employer wants, what the client offers, whether the two go together, what to ask.

Made from codes and facts alone, so that a stored table is read with the same words as one of today.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from counselling.enums import DrivingLicence, LanguageLevel, LevelSource, SpokenLanguage
from placements.enums import FieldOfWork, WorkCertificate
from placements.matching.codes import FULL, HALF, NOTHING, Answer, Check, Criterion
from placements.matching.criteria import Line
from placements.matching.hard import Checked
from placements.matching.papers import Paper

Text = str | Promise
NAMES: Mapping[Criterion, Text] = {
    Criterion.FIELD: gettext_lazy("Field of work"),
    Criterion.GERMAN: gettext_lazy("German"),
    Criterion.HOURS: gettext_lazy("Hours and times"),
    Criterion.DISTANCE: gettext_lazy("Way to work"),
    Criterion.LANGUAGES: gettext_lazy("Further languages"),
    Criterion.EXPERIENCE: gettext_lazy("Experience"),
    Criterion.LICENCE: gettext_lazy("Licence or certificate, welcome"),
}
VERDICTS: Mapping[int | None, tuple[str, Text]] = {
    FULL: ("full", pgettext_lazy("criterion", "fully")),
    HALF: ("half", pgettext_lazy("criterion", "in part")),
    NOTHING: ("no", pgettext_lazy("criterion", "not")),
    None: ("none", pgettext_lazy("criterion", "not known")),
}
CHECKS: Mapping[str, Text] = {
    "open_yes": gettext_lazy("The vacancy is open"),
    "open_no": gettext_lazy("The vacancy is no longer open"),
    "consent_yes": gettext_lazy("Consent to this employer is there"),
    "consent_no": gettext_lazy("Consent to this employer was withdrawn"),
    "consent_unknown": gettext_lazy("Consent to this employer: not asked yet"),
    "legal_yes": gettext_lazy("May take up work: checked"),
    "legal_no": gettext_lazy("May not take up work: checked"),
    "legal_unknown": gettext_lazy("May take up work: not checked yet"),
    "papers_yes": gettext_lazy("The papers that must be there are there"),
    "papers_no": gettext_lazy("A paper that must be there is missing"),
    "papers_coming": gettext_lazy("A paper that must be there is only on its way"),
    "papers_unknown": gettext_lazy("Whether the papers that must be there are there is not known"),
    "papers_other": gettext_lazy("A further paper is demanded: please ask for it"),
    "times_yes": gettext_lazy("Hours and times overlap"),
    "times_no": gettext_lazy("Hours and times do not overlap"),
    "times_unknown": gettext_lazy("Whether hours and times overlap is not known"),
}
ASK: Mapping[str, Text] = {
    "field_unknown": gettext_lazy(
        "In which fields has the person worked or trained, and what is wished for?"
    ),
    "german_unknown": gettext_lazy("How good is the German: certificate, own statement, impression?"),
    "hours_unknown": gettext_lazy("How many hours a week, and at what times?"),
    "distance_unknown": gettext_lazy("How long does the way to work take?"),
    "distance_no_limit": gettext_lazy("How long may the way to work take at most?"),
    "languages_unknown": gettext_lazy("Which languages does the person speak?"),
    "experience_unknown": gettext_lazy("How many years in this field?"),
    "licence_unknown": gettext_lazy("Which licences and certificates are there, or on their way?"),
    "field_open": gettext_lazy("The vacancy names no field of work: please compare by talking."),
}
PAPERS: Mapping[str, Text] = {
    Paper.HAD: pgettext_lazy("paper", "there"),
    Paper.COMING: pgettext_lazy("paper", "on its way"),
    Paper.LACKING: pgettext_lazy("paper", "not there"),
    Paper.UNKNOWN: pgettext_lazy("paper", "not known"),
}
NOT_COMPARED = gettext_lazy(
    "Never compared: origin, nationality, religion, gender, age, family, health, language switching."
)


@dataclass(frozen=True)
class LineWords:
    """One line: ``mark`` is the drawing (full, half, no, none), ``ask`` what would make it known."""

    criterion: Criterion
    name: Text
    wanted: str
    offered: str
    mark: str
    verdict: Text
    ask: Text


@dataclass(frozen=True)
class CheckWords:
    """One check: its answer and the sentence; ``details`` name single papers."""

    check: Check
    answer: Answer
    text: Text
    details: str


def line_words(line: Line) -> LineWords:
    """Return a line of the checklist in the language of the page."""
    wanted, offered = _SAY[line.criterion](line.reason, line.values)
    mark, verdict = VERDICTS[line.points]
    return LineWords(
        criterion=line.criterion, name=NAMES[line.criterion], wanted=str(wanted), offered=str(offered), mark=mark, verdict=verdict,
        ask=ASK.get(line.reason, "") if line.points is None else "",
    )  # fmt: skip


def check_words(checked: Checked) -> CheckWords:
    """Return a check in the language of the page."""
    return CheckWords(
        checked.check, checked.answer, CHECKS[checked.reason], _papers(checked.values.get("papers", {}))
    )


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts)


def _field(reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    wanted = _label(FieldOfWork, values["field"])
    said: dict[str, Text] = {
        "field_experience": _("has worked there"), "field_training": _("is trained in it"), "field_wish": _("wishes for it"),
        "field_none": _("other fields only"), "field_unknown": _("not recorded yet"), "field_open": _("to be talked about"),
    }  # fmt: skip
    if reason == "field_related":
        return wanted, _("related: %(field)s") % {"field": _label(FieldOfWork, values["related"])}
    return wanted, said[reason]


def _german(reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    wanted = values["required"].upper()
    if reason == "german_unknown":
        return wanted, _("not recorded yet")
    level = _label(LanguageLevel, values["level"])
    source = _label(LevelSource, values.get("source", ""))
    return wanted, _("%(level)s, %(source)s") % {"level": level, "source": source} if source else level


def _hours(_reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    wanted, offered = [], []
    if values["hours"] is not None:
        wanted.append(_hours_of(values["hours"]))
        offered += _span(values["from"], values["to"])
    if values["wanted"]:
        wanted.append(
            ngettext("%(n)d time of the week", "%(n)d times of the week", values["wanted"])
            % {"n": values["wanted"]}
        )
        if values["common"] is not None:
            offered.append(_("%(n)d of them free") % {"n": values["common"]})
    return _listed(wanted), _listed(offered) or _("not recorded yet")


def _hours_of(hours: int) -> str:
    return ngettext("%(n)d hour a week", "%(n)d hours a week", hours) % {"n": hours}


def _span(low: int | None, high: int | None) -> list[str]:
    if low is not None and high is not None:
        return (
            [_hours_of(high)]
            if low == high
            else [_("%(low)d to %(high)d hours") % {"low": low, "high": high}]
        )
    if high is not None:
        return [_("up to %(n)d hours") % {"n": high}]
    return [_("from %(n)d hours") % {"n": low}] if low is not None else []


def _distance(reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    if reason == "distance_unknown":
        return values["code"], _("way not known")
    way = _("in the same postal area") if values["minutes"] == 0 else minutes_of(values["minutes"])
    if values["limit"] is None or values["minutes"] <= values["near"]:
        return values["code"], way
    return values["code"], _("%(way)s, at most %(limit)d") % {"way": way, "limit": values["limit"]}


def minutes_of(minutes: int) -> str:
    """Return a way in words."""
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _languages(reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    wanted = _listed([_label(SpokenLanguage, code) for code in values["wanted"]])
    if reason == "languages_unknown":
        return wanted, _("not recorded yet")
    return wanted, _listed([_label(SpokenLanguage, code) for code in values["common"]]) or _("none of them")


def _experience(_reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    wanted = years_of(values["wanted"])
    return wanted, _("not recorded yet") if values["years"] is None else years_of(values["years"])


def years_of(years: int) -> str:
    """Return years of experience in words."""
    return (
        ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
        if years
        else pgettext("experience", "none")
    )


def _licence(_reason: str, values: Mapping[str, Any]) -> tuple[Text, Text]:
    return _listed([paper_name(name) for name in values["papers"]]), _papers(values["papers"])


def _papers(papers: Mapping[str, str]) -> str:
    return _listed([f"{paper_name(name)}: {PAPERS[state]}" for name, state in papers.items()])


def paper_name(name: str) -> str:
    """Return ``licence:b`` or ``certificate:hygiene`` in words."""
    kind, _colon, code = name.partition(":")
    return _label(DrivingLicence if kind == "licence" else WorkCertificate, code)


_SAY: Mapping[Criterion, Callable[[str, Mapping[str, Any]], tuple[Text, Text]]] = {
    Criterion.FIELD: _field,
    Criterion.GERMAN: _german,
    Criterion.HOURS: _hours,
    Criterion.DISTANCE: _distance,
    Criterion.LANGUAGES: _languages,
    Criterion.EXPERIENCE: _experience,
    Criterion.LICENCE: _licence,
}
