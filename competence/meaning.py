"""What this room makes of the answers, in words: for whoever edits the questionnaire and takes a question away."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence.scoring import LANGUAGE_FACTS, LIFE_FACTS, SCALES, WISH_FACTS
from competence.wording import SCALE_NAMES

DIMENSIONS: Mapping[str, str | Promise] = {
    **SCALE_NAMES,
    "LANG": gettext_lazy("Languages"),
    "LIFE": gettext_lazy("Family and voluntary work"),
    "FACH": gettext_lazy("Professional skills"),
    "COMP": gettext_lazy("Reading German"),
}
_WORK = (
    "wrk_fields", "wrk_main", "wrk_main_years", "wrk_years", "wrk_tasks", "wrk_own", "wrk_last", "wrk_lead", "wrk_de", "voc_way",
    "voc_field", "voc_done", "voc_docs", "voc_extra",
)  # fmt: skip
_SCHOOL = ("sch_cert", "sch_years")
_OTHER = ("prk_licence", "arr_year")


def uses(key: str) -> list[str]:
    """Return in words what is read from the answers to a question; nothing for one that only stands in the list of answers."""
    found = [
        _("Counts in the scale “%(name)s” of the profile, with %(others)d others. Without it the scale has fewer answers.")
        % {"name": SCALE_NAMES[code], "others": len(keys) - 1}
        for code, keys in SCALES.items()
        if key in keys
    ]  # fmt: skip
    if key in LANGUAGE_FACTS:
        found.append(_("Stands among the languages of the profile and of the papers."))
    if key in LIFE_FACTS:
        found.append(_("Stands in the profile among family and voluntary work."))
    if key in WISH_FACTS:
        found.append(_("Stands in the profile among wishes, and employers are found by it."))
    if key in (*_WORK, *_SCHOOL, *_OTHER):
        found.append(_("Stands in the profile, in the short profile and in the CV."))
    if key.startswith("prb_"):
        found.append(_("Is a reading probe: the language evidence wants both probes of a level."))
    return found
