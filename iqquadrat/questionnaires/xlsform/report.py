"""What taking a workbook in would change, before it is done. Follows the rules of ``storing.bring_texts``."""

from dataclasses import dataclass, field

from iqquadrat.questionnaires.enums import TextStatus
from iqquadrat.questionnaires.models import TextState, Version
from iqquadrat.questionnaires.specification import GERMAN, Specification, source_hash
from iqquadrat.questionnaires.texts import LANGUAGE_CODES, slots

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Line:
    """One text that would change. ``what``: added, changed, outdated."""

    name: str
    language: str
    what: str
    before: str
    after: str


@dataclass
class Counted:
    """How many texts of a language would change in which way."""

    language: str
    added: int = 0
    changed: int = 0
    outdated: int = 0
    unchanged: int = 0
    missing: int = 0


@dataclass
class Report:
    """What a workbook would do: bring texts into ``version``, or make a new one after ``before``."""

    specification: Specification
    version: Version | None
    before: Version | None
    languages: list[Counted] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    german: list[Line] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """The mark of what the workbook was compared with: another one as soon as a text of it has changed."""
        base = self.version or self.before
        return str(base.content_stamp) if base else "-"

    @property
    def is_empty(self) -> bool:
        """Whether taking it in would change nothing."""
        return self.version is not None and not self.lines


def report_of(specification: Specification) -> Report:
    """Return what this workbook would do. Reads only; a fixed number of queries."""
    versions = Version.objects.with_content().filter(questionnaire__key=specification.key).order_by("-number")
    match = versions.filter(fingerprint=specification.fingerprint()).first()
    before = versions.first()
    report = Report(specification, match, None if match else before)
    base = match or before
    known = _Known(base) if base else _Known(None)
    if match is None:
        report.german = _german(specification, known)
    for language in LANGUAGE_CODES:
        if language != GERMAN and (language in specification.languages() or language in known.languages):
            report.languages.append(_language(report, known, language))
    return report


class _Known:
    """The texts and states of the version that a workbook is compared with."""

    def __init__(self, version: Version | None) -> None:
        self.slots = {slot.place: slot for slot in slots(version)} if version else {}
        states = TextState.objects.filter(version=version) if version else ()
        self.states = {((one.element, one.element_key, one.field), one.language): one for one in states}
        self.languages = {one.language for one in states if one.state != TextStatus.MISSING}

    def text(self, place: Place, language: str) -> str:
        slot = self.slots.get(place)
        return slot.text(language) if slot else ""


def _german(specification: Specification, known: _Known) -> list[Line]:
    """The German that a new version would have other than the one before."""
    lines, seen = [], set()
    for element, key, name, texts, _fixed in specification.slots():
        place = (element, key, name)
        seen.add(place)
        old, new = known.text(place, GERMAN), texts.get(GERMAN, "")
        if old != new:
            what = "added" if not old else "changed" if new else "removed"
            lines.append(Line(_name(place), GERMAN, what, old, new))
    lines += [
        Line(_name(place), GERMAN, "removed", slot.text(GERMAN), "")
        for place, slot in known.slots.items()
        if place not in seen and slot.text(GERMAN)
    ]
    return lines


def _language(report: Report, known: _Known, language: str) -> Counted:
    counted = Counted(language)
    for element, key, name, texts, fixed in report.specification.slots():
        german = texts.get(GERMAN, "")
        if fixed or not german:
            continue
        place = (element, key, name)
        old, new = known.text(place, language), texts.get(language, "")
        what = _what(report, known.states.get((place, language)), german, old, new)
        setattr(counted, what, getattr(counted, what) + 1)
        if what in ("added", "changed", "outdated"):
            report.lines.append(Line(_name(place), language, what, old, new or old))
    return counted


def _what(report: Report, state: TextState | None, german: str, old: str, new: str) -> str:
    if new and new != old:
        return "changed" if old else "added"
    if not old:
        return "missing"
    # Only a new version makes a translation outdated: its German may be another one.
    other_german = state is not None and state.source_hash != source_hash(german)
    return "outdated" if report.version is None and other_german else "unchanged"


def _name(place: Place) -> str:
    return ".".join(part for part in place if part)
