"""What every column means: names, questions, conditions, values with their number, missing ones."""

from collections import Counter
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from businesses.survey_data.labelled import MISSING_LETTERS
from businesses.survey_data.rows import SCIENCE, Table
from businesses.survey_data.science import FEWEST
from businesses.survey_data.variables import Kind, Variable

HEADS = (
    gettext_lazy("Variable"), gettext_lazy("Label"), gettext_lazy("Question"), gettext_lazy("Kind"), gettext_lazy("Asked if"),
    pgettext_lazy("data file", "Level"), gettext_lazy("Versions"), gettext_lazy("Answers"),
)  # fmt: skip
_KINDS = {
    Kind.CODE: pgettext_lazy("data file", "code"),
    Kind.NUMBER: pgettext_lazy("data file", "number"),
    Kind.TEXT: pgettext_lazy("data file", "text"),
}
_LEVELS = {
    "nominal": gettext_lazy("nominal"),
    "ordinal": gettext_lazy("ordinal"),
    "scale": gettext_lazy("scale"),
}


def line_of(variable: Variable, table: Table) -> tuple[int | str, ...]:
    """Return the codebook's line of a column."""
    return (
        variable.name, variable.label, variable.question or "", str(_KINDS[variable.kind]), variable.condition,
        str(_LEVELS[variable.measure]), ", ".join(map(str, variable.versions)), table.filled[variable.name],
    )  # fmt: skip


def values_of(variable: Variable) -> Iterator[tuple[int, str]]:
    """Yield every number that has a meaning, with its words."""
    yield from variable.all_labels.items()


def rules_of(table: Table) -> list[str]:
    """Return in words what holds for the whole file."""
    rules = [
        _("One row is one interview that was handed in: complete, or at least half of the core questions answered."),
        _("A number for an answer keeps its meaning in every version of the questionnaire; new answers get new numbers."),
        _(
            "Where several answers were possible, each has a column of its own (1 given, 0 not given), and one more holds the keys of all of them."
        ),
        _("In SPSS and in the tables −1 is “not asked”, −2 “no answer” and −3 “not reached”; in Stata these are .%(a)s, .%(b)s and .%(c)s.")
        % dict(zip("abc", MISSING_LETTERS, strict=True)),
        _(
            "row_id is made of the business's number by a secret of this installation: it links the waves of one file, and tells nobody which business it is."
        ),
        _("Helping family without a contract (question 13) is in no file: it was promised that it is shown in sums only."),
        _("In the CSV files a text that a spreadsheet could run as a formula begins with an apostrophe, and so does one that began with one."),
        _("SPSS and Stata cut long labels; this codebook has them in full."),
    ]  # fmt: skip
    if table.scope == SCIENCE:
        rules += [
            _("This file is for science: no name, no address, no free text, no country of birth, no language of the interview, no branch by WZ, no surveyor."),
            _(
                "No combination of section and kind of shop occurs in a wave with fewer than %(fewest)d interviews: small sections are put together (empty in the column “section”), then, within a section, small kinds (0 in the column “kind”). The grouping is the same in every wave of the file."
            )
            % {"fewest": FEWEST},
            _("The rows are pseudonymous, not anonymous: whoever knows a shop well may recognise it by its answers. Pass the file on only under an agreement."),
        ]  # fmt: skip
    return rules


def write_codebook(table: Table) -> str:
    """Return the codebook as Markdown."""
    title = pgettext("data file", "Codebook")
    parts = [f"# {title}", "", _waves(table), ""]
    parts += [f"- {_plain(rule)}" for rule in rules_of(table)]
    for variable in table.variables:
        parts += ["", *_section(variable, table)]
    return "\n".join(parts) + "\n"


def _waves(table: Table) -> str:
    waves = "; ".join(
        f"{_plain(wave.name)} ({date_format(wave.starts_on, 'SHORT_DATE_FORMAT')} – {date_format(wave.ends_on, 'SHORT_DATE_FORMAT')})"
        for wave in table.waves
    )
    facts = {"waves": waves, "rows": len(table), "versions": ", ".join(map(str, table.versions))}
    return (
        _("Survey waves: %(waves)s. Interviews: %(rows)d. Versions of the questionnaire: %(versions)s.")
        % facts
    )


def _section(variable: Variable, table: Table) -> Iterator[str]:
    yield f"## `{variable.name}`"
    yield ""
    yield _plain(variable.label)
    yield ""
    facts = (
        (HEADS[2], str(variable.question or "")),
        (HEADS[4], _plain(variable.condition)),
        (HEADS[3], f"{_KINDS[variable.kind]}, {_LEVELS[variable.measure]}"),
        (HEADS[6], ", ".join(map(str, variable.versions))),
        (HEADS[7], str(table.filled[variable.name])),
    )
    yield from (f"- {head}: {fact}" for head, fact in facts if fact)
    values = list(values_of(variable))
    if values:
        counts = table.counts.get(variable.name, Counter[int]())
        yield ""
        yield f"| {' | '.join(label_heads())} |"
        yield "| ---: | --- | ---: |"
        for code, words in values:
            yield f"| {code} | {_plain(words)} | {counts.get(code, 0)} |"


def label_heads() -> tuple[str, str, str]:
    """Return the heads of a table of values: the number, what it means, how often it occurs."""
    return pgettext("data file", "Value"), _("Label"), pgettext("data file", "Number")


def _plain(text: str) -> str:
    """Return a text that Markdown takes as it stands, on one line."""
    for sign in "\\`*_[]|<>#":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
