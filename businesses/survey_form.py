"""The questionnaire as a form for KoboToolbox and ODK: before the questions stands who is asked, and what the survey is about."""

from collections.abc import Callable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN, Specification, Texts
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.xlsform import FormRow, write_workbook

# The columns by which collected answers find their way back to a wave.
UNIT, LANGUAGE, INTERPRETER, NOTE = "iq_unit", "iq_language", "iq_interpreter", "iq_note"


def write_form(version: Version) -> bytes:
    """Return the workbook of a version that is in memory with its content."""
    specification = specification_of(version)
    return write_workbook(specification, number=version.number, form=form_rows(specification))


def form_rows(specification: Specification) -> list[FormRow]:
    """Return what stands before the questions: start and end of the interview, the unit, its language, help with it, the introduction."""
    languages = {GERMAN, *specification.languages()}

    def say(text: str | Promise) -> Texts:
        return _said(languages, lambda: str(text))

    rows = [
        FormRow(type="start", name="start"),
        FormRow(type="end", name="end"),
        FormRow(
            type="text", name=UNIT, required=True,
            label=say(_("Number of the unit, or the last part of the address of its page in the register")),
        ),
        FormRow(
            type="select_one", name=LANGUAGE, required=True, label=say(_("Language of the interview")),
            options={code: say(name) for code, name in settings.LANGUAGES},
        ),
        FormRow(
            type="select_one", name=INTERPRETER, label=say(_("Did somebody interpret?")),
            options={"yes": say(_("yes")), "no": say(_("no"))},
        ),
        FormRow(type="text", name=NOTE, label=say(_("Note on the interview"))),
    ]  # fmt: skip
    if specification.intro:
        german = specification.intro.get(GERMAN, "")
        intro = {language: specification.intro.get(language) or german for language in languages}
        rows.append(FormRow(type="note", name="iq_intro", label=intro))
    return rows


def _said(languages: set[str], say: Callable[[], str]) -> Texts:
    """Return a text for the surveyor: German in the German column, English in every other."""
    texts = {}
    for language in languages:
        with override(GERMAN if language == GERMAN else "en"):
            texts[language] = say()
    return texts
