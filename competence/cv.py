"""A German CV in table form from the same answers as the profile, as plain facts; ``documents`` prints it, ``cv_docx`` writes it on.

It takes what somebody is proud of. Residence, religion, health, family and the language evidence are not asked for here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from competence import wording
from competence.profile import Profile
from competence.released import Collector
from competence.scoring import Band, FieldRow

GERMAN = "de"
UNTOLD = ("other", "none")  # "something else" says nothing on a CV

# The sentences of the profile speak to the client; a CV names what somebody can do.
SKILLS = {
    "MAN": gettext_lazy("practical work, skilled hands"), "SOC": gettext_lazy("working in a team"),
    "PER": gettext_lazy("independent and reliable work"), "MET": gettext_lazy("planning, learning quickly"),
    "NUM": gettext_lazy("exact measuring and calculating"), "DIG": gettext_lazy("confident use of computer and smartphone"),
}  # fmt: skip
# The answers explain each certificate by its years, because schools differ from country to country.
SCHOOLS = {
    "primary": gettext_lazy("primary school"), "lower_secondary": gettext_lazy("intermediate school certificate"),
    "upper_secondary": gettext_lazy("higher school certificate or vocational training"),
    "short_tertiary": gettext_lazy("short course of studies or technical college"), "bachelor": gettext_lazy("university degree (bachelor)"),
    "master": gettext_lazy("university degree (master, diploma or doctorate)"),
}  # fmt: skip


@dataclass(frozen=True)
class CvRow:
    """One line: what stands at the margin, the fact, and what belongs to it."""

    margin: str
    fact: str
    more: str = ""


@dataclass(frozen=True)
class CvSection:
    """A part of the CV. ``gaps`` are lines to be filled in by hand: their words at the margin, often empty."""

    heading: str
    rows: tuple[CvRow, ...]
    gaps: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Cv:
    """A whole CV in German."""

    name: str
    sections: tuple[CvSection, ...]


def cv_of(profile: Profile) -> Cv:
    """Return the CV of a profile; German, whatever language is active."""
    with translation.override(GERMAN):
        return Cv(name=profile.assessment.client.display_name, sections=tuple(_sections(profile)))


def _sections(profile: Profile) -> Iterable[CvSection]:
    dates = _("month/year to month/year")
    items = {item.key: item.words.de for item in Collector(profile, GERMAN).items()}
    languages = {key: words for key, words in items.items() if key.startswith("language:")}
    yield _person(profile)
    yield CvSection(_("Work experience"), tuple(_work(profile)), (dates, dates))
    yield CvSection(_("Training and school"), tuple(_training(profile)), (dates,))
    yield CvSection(_("Certificates"), tuple(_certificates(profile)))
    yield CvSection(_("Languages"), tuple(_languages(languages)))
    yield CvSection(_("Skills"), tuple(CvRow("", words) for words in _skills(profile)))
    licences = items.get("licences", "")
    yield CvSection(
        _("Driving licence"), (CvRow("", licences),) if licences else (), () if licences else ("",)
    )
    voluntary = _told(profile, "vol_tasks")
    yield CvSection(_("Voluntary work"), tuple(CvRow("", text[:1].upper() + text[1:]) for text in voluntary))


def _person(profile: Profile) -> CvSection:
    client = profile.assessment.client
    facts = {
        _("Name"): client.display_name,
        _("Address"): ", ".join(filter(None, (client.street, client.postal_code))),
        _("Phone"): client.phone,
        _("E-mail"): client.email,
        _("Born"): client.birth_words if client.birth_date else "",
    }
    rows = tuple(CvRow(label, value) for label, value in facts.items() if value)
    return CvSection(_("Personal details"), rows, tuple(label for label, value in facts.items() if not value))


def _work(profile: Profile) -> Iterable[CvRow]:
    """The fields somebody worked in, the main one first, then the longest; a field that was only learned stands under training.

    Those of which nothing more is known share a line.
    """
    worked = {*profile.work.fields, profile.work.main_field} - {*UNTOLD}
    rows = [row for row in profile.rows if not row.is_certificate and row.field in worked]
    told = [row for row in rows if row.tasks or _time_of(profile, row)]
    for row in sorted(told, key=lambda row: (not row.is_main, -(row.known_years or 0))):
        tasks = wording.listed(profile.row_tasks(row, GERMAN))
        yield CvRow(_time_of(profile, row), profile.row_name(row, GERMAN), tasks)
    if others := [profile.row_name(row, GERMAN) for row in rows if row not in told]:
        yield CvRow(_("Further fields of work") if told else "", wording.listed(others))


def _time_of(profile: Profile, row: FieldRow) -> str:
    parts = [] if row.known_years is None else [wording.years(row.known_years)]
    last = profile.number("wrk_last")
    if row.is_main and last is not None:
        parts.append(_("until %(year)d") % {"year": last})
    return ", ".join(parts)


def _training(profile: Profile) -> Iterable[CvRow]:
    for row in profile.rows:
        said = [wording.TRAINING[key] for key in row.training if key in wording.TRAINING]
        if said and not row.is_certificate:
            yield CvRow("", profile.row_name(row, GERMAN), wording.listed(said))
    years, certificate = profile.number("sch_years"), profile.one("sch_cert")
    schooled = ngettext("%(n)d school year", "%(n)d school years", years) % {"n": years} if years else ""
    if certificate not in (None, "none"):
        words = str(SCHOOLS.get(certificate or "") or profile.choice_text("sch_cert", certificate, GERMAN))
        yield CvRow(schooled, words[:1].upper() + words[1:])
    elif schooled:
        yield CvRow("", schooled)


def _certificates(profile: Profile) -> Iterable[CvRow]:
    for row in profile.rows:
        if row.is_certificate and row.field not in UNTOLD:
            yield CvRow("", profile.row_name(row, GERMAN))


def _languages(said: dict[str, str]) -> Iterable[CvRow]:
    """The mother tongue, German, then those with a level one by one; the others in one line, for nothing is claimed of them."""
    mother = pgettext("client", "mother tongue")
    found = [(key, words) for key, words in said.items() if key.partition(":")[2] not in UNTOLD]
    found.sort(key=lambda pair: (mother not in pair[1], pair[0] != f"language:{GERMAN}"))
    parts = [words.partition(": ") for _key, words in found]
    yield from (CvRow(name, level) for name, _colon, level in parts if level)
    if others := [name for name, _colon, level in parts if not level]:
        yield CvRow(_("Further languages"), wording.listed(others))


def _skills(profile: Profile) -> Iterable[str]:
    """What came out strong."""
    found = [str(SKILLS[score.code]) for score in profile.scores if score.low == Band.STRONG]
    if profile.one("wrk_lead") in ("few", "group"):
        found.append(_("showing others how to do a job"))
    return [words[:1].upper() + words[1:] for words in found]


def _told(profile: Profile, item: str) -> list[str]:
    keys = [key for key in profile.several(item) if key not in UNTOLD]
    return [text for key in keys if (text := profile.choice_text(item, key, GERMAN))]
