"""A profile as a page shows it: words for staff beside what the client answered (in the German of the questionnaire)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence import wording
from competence.comprehension import Comprehension, comprehension
from competence.enums import EvidenceClassChoice
from competence.goals import Goals
from competence.models import Assessment, ClientRemark, EvidenceResult, EvidenceSetAside
from competence.profile import Profile, load
from competence.scoring import SELF_RATED_GERMAN, FieldRow, ScaleScore

GERMAN = "de"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "am": gettext_lazy("morning"),
    "pm": gettext_lazy("afternoon"),
    "eve": gettext_lazy("evening"),
}


@dataclass(frozen=True)
class BandLine:
    """A scale with its words."""

    score: ScaleScore
    name: Promise
    hint: Promise
    words: str


@dataclass(frozen=True)
class FieldLine:
    """A line of the work fields, the client's view and the confirmed one side by side."""

    row: FieldRow
    name: str
    training: list[Promise]
    tasks: list[str]
    evidence: str

    @property
    def steps(self) -> int:
        """Squares of four."""
        return int(self.row.evidence)


@dataclass(frozen=True)
class Fact:
    """A term and what was said about it."""

    term: str
    words: str


@dataclass(frozen=True)
class ProfilePage:
    """Everything the page shows of one assessment."""

    assessment: Assessment
    others: tuple[Assessment, ...]
    answered: int
    total: int
    minutes: int
    bands: list[BandLine]
    fields: list[FieldLine]
    remarks: tuple[ClientRemark, ...]
    languages: list[Fact]
    wishes: list[Fact]
    self_rated: str
    course: str
    evidence: Comprehension | None
    set_aside: EvidenceSetAside | None
    goals: Goals

    @property
    def compared_with(self) -> list[Assessment]:
        """The client's other assessments that were begun, the latest first."""
        return [other for other in self.others if other.started_at and other.pk != self.assessment.pk]


def page_of(assessment: Assessment, profile: Profile | None = None) -> ProfilePage:
    """Return the page of an assessment, in a fixed number of queries; of a ``profile`` that is loaded already, fewer."""
    profile = profile or load(assessment)
    result = EvidenceResult.objects.filter(assessment=assessment).first()
    finished, started = assessment.finished_at, assessment.started_at
    return ProfilePage(
        assessment=assessment,
        others=tuple(Assessment.objects.filter(client_id=assessment.client_id).order_by("-created_at", "-pk")),
        answered=profile.answered, total=profile.total,
        minutes=int((finished - started).total_seconds() // 60) if finished and started else 0,
        bands=[
            BandLine(score, wording.SCALE_NAMES[score.code], wording.SCALE_HINTS[score.code], wording.band_words(score))
            for score in profile.scores
        ],
        fields=[_field(profile, row) for row in profile.rows],
        remarks=profile.remarks,
        languages=list(_languages(profile)), wishes=list(_wishes(profile)),
        self_rated=_self_rated(profile), course=", ".join(profile.chosen_texts("de_course", GERMAN)),
        evidence=comprehension(result) if result else None,
        set_aside=assessment.set_asides.filter(undone_at__isnull=True).select_related("by").first(),
        goals=profile.goals,
    )  # fmt: skip


def _field(profile: Profile, row: FieldRow) -> FieldLine:
    return FieldLine(
        row=row, name=profile.row_name(row, GERMAN),
        training=[wording.TRAINING[key] for key in row.training if key in wording.TRAINING],
        tasks=profile.row_tasks(row, GERMAN), evidence=str(EvidenceClassChoice(int(row.evidence)).label),
    )  # fmt: skip


def field_line(profile: Profile, row_key: str) -> FieldLine | None:
    """Return one line by its key, or None."""
    return next((_field(profile, row) for row in profile.rows if row.key == row_key), None)


def _languages(profile: Profile) -> Iterable[Fact]:
    literate = ", ".join(profile.chosen_texts("lng_lit1", GERMAN))
    for number, name in enumerate(profile.chosen_texts("lng_first", GERMAN)):
        words = _("first language")
        if literate and not number:
            words = _("first language, reads and writes it: %(how)s") % {"how": literate}
        yield Fact(name, words)
    if others := profile.chosen_texts("lng_other", GERMAN):
        yield Fact(_("Also speaks"), ", ".join(others))
    if rated := _self_rated(profile):
        yield Fact(_("German"), rated)
    if latin := profile.chosen_texts("lng_latin", GERMAN):
        yield Fact(_("Latin letters"), latin[0])


def _self_rated(profile: Profile) -> str:
    rated = ((key, profile.one(key)) for key in SELF_RATED_GERMAN)
    return ", ".join(str(wording.skill(key, level)) for key, level in rated if level is not None)


def _wishes(profile: Profile) -> Iterable[Fact]:
    said = [
        (_("Would like"), _joined(profile, "wsh_field")), (_("Looks for"), _joined(profile, "wsh_form")),
        (_("Times"), _times(profile)), (_("Available from"), _start(profile)), (_("Way"), _joined(profile, "mob_dist")),
        (_("Looks after children"), _joined(profile, "fam_child")), (_("Helps somebody"), _joined(profile, "fam_care")),
        (_("Voluntary work"), _joined(profile, "vol_tasks")), (_("To take into account"), _joined(profile, "con_note")),
        (_("Wants to learn"), _quoted(profile.values.get("wsh_learn"))),
    ]  # fmt: skip
    return [Fact(term, words) for term, words in said if words]


def _joined(profile: Profile, key: str) -> str:
    return ", ".join(text.rstrip(".") for text in profile.chosen_texts(key, GERMAN))


def _quoted(text: object) -> str:
    return _("“%(text)s”") % {"text": text} if isinstance(text, str) and text else ""


def _start(profile: Profile) -> str:
    start = profile.values.get("avl_from")
    return formats.date_format(start, "DATE_FORMAT") if isinstance(start, date) else ""


def _times(profile: Profile) -> str:
    """Hours a week, then days that are alike as one: "Monday to Friday: morning"."""
    hours = profile.number("avl_hours")
    parts = [_("%(count)d hours a week") % {"count": hours}] if hours is not None else []
    free = set(profile.several("avl_times"))
    days = [
        (number, tuple(part for part in PARTS if f"{day}_{part}" in free)) for number, day in enumerate(DAYS)
    ]
    for open_parts, run in groupby(days, key=lambda entry: entry[1]):
        if not open_parts:
            continue
        numbers = [number for number, _parts in run]
        when = ", ".join(str(PARTS[part]) for part in open_parts)
        first, last = capfirst(str(WEEKDAYS[numbers[0]])), capfirst(str(WEEKDAYS[numbers[-1]]))
        if first == last:
            parts.append(_("%(day)s: %(when)s") % {"day": first, "when": when})
        else:
            parts.append(_("%(first)s to %(last)s: %(when)s") % {"first": first, "last": last, "when": when})
    return "; ".join(parts)
