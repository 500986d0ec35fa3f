"""Waves side by side: every figure by wave, the same businesses twice, where changes come from, who came and who went."""

from collections.abc import Sequence
from fractions import Fraction

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from businesses.analysis.panel import Decomposition
from businesses.analysis.training_answers import WILLING
from businesses.models import Unit, Wave
from businesses.survey_analysis.blocks import DASH, Block, Cell, Chapter, Figure, Line, counted, per_cent
from businesses.survey_analysis.chapters import EVERY_KEY, KINDS, chapter_of
from businesses.survey_analysis.chapters.jobs import heads_of, staff_of, trainees_of
from businesses.survey_analysis.chapters.owners import INTERESTED, supplies_from_street
from businesses.survey_analysis.pairs import Count, Matched, Tell
from businesses.survey_analysis.rows import Answers, WaveRows, read_wave
from iqquadrat.core.small_counts import THRESHOLD

# Beside the wave itself; more columns no page and no paper holds.
MOST_EARLIER = 3
# Yes or no twice; rose, fell or stayed.
KINDS_OF_PAIRS, KINDS_OF_DIRECTIONS = 4, 3
# Usual in the field; the page says in words what it means.
LEVEL = 0.05


def earlier_waves(wave: Wave) -> list[Wave]:
    """Return the centre's last waves with units that began before this one, the nearest first."""
    units = Unit.objects.filter(wave=OuterRef("pk"))
    found = (
        Wave.objects.filter(Exists(units), centre=wave.centre_id, starts_on__lt=wave.starts_on)
        .select_related("version", "centre")
        .order_by("-starts_on", "-pk")
    )
    return list(found[:MOST_EARLIER])


def read_waves(waves: Sequence[Wave]) -> list[WaveRows]:
    """Read waves with every answer the comparison needs."""
    return [read_wave(wave, EVERY_KEY) for wave in waves]


def comparison_of(read: Sequence[WaveRows]) -> tuple[Block, ...]:
    """Return the blocks of the comparison. ``read`` are the waves, the latest first, two at least."""
    matched = Matched(before=read[1], after=read[0])
    ordered = list(reversed(read))
    chapters = [[chapter_of(kind, data) for kind in KINDS] for data in ordered]
    return (
        *cross_section(ordered, chapters),
        _dynamics(matched),
        _panel(matched),
        _directions(matched),
        _decomposition(matched, "heads", _("Persons at work: where the change comes from"), heads_of),
        _decomposition(matched, "trainees", _("Trainees: where the change comes from"), trainees_of),
    )  # fmt: skip


def cross_section(read: Sequence[WaveRows], chapters: Sequence[Sequence[Chapter]]) -> list[Block]:
    """Return a table for each chapter: its figures by wave, the oldest wave first."""
    head = tuple(data.wave.name for data in read)
    found = []
    for number, kind in enumerate(KINDS):
        of_kind = [of_wave[number] for of_wave in chapters]
        lines = _needs(of_kind) if kind.key == "needs" else _figures(of_kind)
        if lines:
            found.append(
                Block(
                    key=f"cross-{kind.key}", title=str(kind.title), head=(_("Figure"), *head), lines=tuple(lines),
                    note=_("Some or urgent need, share of the answers.") if kind.key == "needs" else "",
                )
            )  # fmt: skip
    return found


def _figures(of_kind: Sequence[Chapter]) -> list[Line]:
    held = [{figure.key: figure for figure in chapter.figures} for chapter in of_kind]
    names = {figure.key: figure.name for chapter in of_kind for figure in chapter.figures}
    return [Line(name, tuple(_cell(figures.get(key)) for figures in held)) for key, name in names.items()]


def _cell(figure: Figure | None) -> Cell:
    return Cell(DASH) if figure is None else Cell(figure.value, hidden=figure.hidden)


def _needs(of_kind: Sequence[Chapter]) -> list[Line]:
    held = [
        {line.name: line.cells[1] for block in chapter.blocks for line in block.lines} for chapter in of_kind
    ]
    names = dict.fromkeys(name for lines in held for name in lines)
    return [Line(name, tuple(lines.get(name, Cell(DASH)) for lines in held)) for name in names]


def _dynamics(matched: Matched) -> Block:
    found = matched.dynamics()
    rows = (
        ("births", found.births, found.birth_rate, found.after),
        ("deaths", found.deaths, found.death_rate, found.before),
        ("survival", found.stayed + found.taken_over, found.survival, found.before),
    )
    return Block(
        key="dynamics", title=_("Who came and who went"), about=("births", "deaths", "survival"),
        figures=tuple(
            Figure.of(code, counted(number), _("%(share)s of %(units)s businesses") % {"share": DASH if rate is None else per_cent(rate), "units": counted(base)})
            for code, number, rate, base in rows
        ),
        note=_("Active businesses on streets that both waves walked: %(before)s before, %(after)s now, %(stayed)s stayed, %(taken)s were taken over. Seen from the street.")
        % {"before": counted(found.before), "after": counted(found.after), "stayed": counted(found.stayed), "taken": counted(found.taken_over)},
    )  # fmt: skip


def _one_of(key: str, *answers: str) -> Tell:
    def tell(given: Answers) -> bool | None:
        value = given.get(key)
        return value in answers if isinstance(value, str) else None

    return tell


def _trains(answers: Answers) -> bool | None:
    trainees = trainees_of(answers)
    return None if trainees is None else trainees > 0


def _questions() -> list[tuple[str, Tell]]:
    return [
        (_("business is good now"), _one_of("v20_now", "good")),
        (_("expects better business"), _one_of("v22_next", "better")),
        (_("plans to expand"), _one_of("v23_plan", "expand")),
        (_("trains"), _trains),
        (_("would train"), _one_of("v25_willing", *WILLING)),
        (_("has a supplier on the street"), supplies_from_street),
        (_("is interested in an association"), _one_of("v33_interest", *INTERESTED)),
    ]


def chance(p: float, n: int) -> str:
    """Return what a p says, in words, with the number of businesses behind it."""
    words = {"p": DASH if n == 0 else counted(p, 3), "n": counted(n), "cases": counted(round(100 * p))}
    if n == 0:
        return _("nobody answered both times")
    if p < LEVEL / 5:
        return _("change shown: by chance alone in fewer than 1 of 100 cases (p = %(p)s, n = %(n)s)") % words
    if p < LEVEL:
        return (
            _("change shown: by chance alone in about %(cases)s of 100 cases (p = %(p)s, n = %(n)s)") % words
        )
    return (
        _("no change shown: by chance alone in about %(cases)s of 100 cases (p = %(p)s, n = %(n)s)") % words
    )


def _panel(matched: Matched) -> Block:
    lines = []
    for name, tell in _questions():
        found = matched.pairs(tell)
        pairs = found.pairs
        if pairs is None:
            cells = (Cell.of(None), Cell.of(None), Cell.of(None), Cell(_("hidden"), hidden=True))
        else:
            cells = (
                Cell.of(pairs.stayed_yes + pairs.lost), Cell.of(pairs.gained), Cell.of(pairs.lost), Cell(chance(pairs.p, pairs.n)),
            )  # fmt: skip
        lines.append(Line(name, cells))
    is_hidden = any(line.cells[-1].hidden for line in lines)
    return Block(
        key="panel", ends_in_words=True, texts=_rule_of_pairs(matched) if is_hidden else (), title=_("The same businesses twice: what changed"), about=("paired_share",),
        head=(_("Answer"), _("yes before"), _("gained"), _("lost"), _("What it says")), lines=tuple(lines),
        note=_("Businesses, or their successors, that answered in both waves: %(waves)s.") % {"waves": _names(matched)},
    )  # fmt: skip


def _rule_of_pairs(matched: Matched) -> tuple[str, ...]:
    """Say beside hidden pairs that a rule hides them and how many it takes."""
    words = {
        "kind": counted(THRESHOLD),
        "all": counted(KINDS_OF_PAIRS * THRESHOLD),
        "pairs": counted(matched.answered_twice),
    }
    return (
        _("That lines are hidden is a rule and no fault. A line is shown where each of four kinds has no business or at least %(kind)s: yes both times, gained, lost, no both times; and likewise those that answered in one wave only. Where all four kinds occur, that takes at least %(all)s pairs, mostly many more.") % words,
        _("Interviewed in both waves: %(pairs)s businesses. The more of them are visited again, the more can be shown.") % words,
    )  # fmt: skip


def _rule_of_directions() -> tuple[str, ...]:
    words = {"kind": counted(THRESHOLD), "all": counted(KINDS_OF_DIRECTIONS * THRESHOLD)}
    return (
        _("That lines are hidden is a rule and no fault. A line is shown where each of three kinds has no business or at least %(kind)s: rose, fell, stayed the same. Where all three occur, that takes at least %(all)s pairs.") % words,
    )  # fmt: skip


def _names(matched: Matched) -> str:
    return _("%(before)s and %(after)s") % {
        "before": matched.before.wave.name,
        "after": matched.after.wave.name,
    }


def _directions(matched: Matched) -> Block:
    counts: list[tuple[str, Count]] = [
        (_("Persons at work"), heads_of),
        (_("Insured employees"), lambda answers: staff_of(answers).insured),
        (_("Vacancies"), lambda answers: staff_of(answers).vacancies),
    ]
    lines = []
    for name, count in counts:
        found = matched.signs(count).signs
        cells = (
            (Cell.of(None), Cell.of(None), Cell.of(None), Cell(_("hidden"), hidden=True))
            if found is None
            else (Cell.of(found.up), Cell.of(found.down), Cell.of(found.same), Cell(chance(found.p, found.up + found.down)))
        )  # fmt: skip
        lines.append(Line(name, cells))
    is_hidden = any(line.cells[-1].hidden for line in lines)
    return Block(
        key="directions", ends_in_words=True, texts=_rule_of_directions() if is_hidden else (), title=_("The same businesses twice: more or fewer"), about=("paired_direction",),
        head=(_("Figure"), _("rose"), _("fell"), _("stayed the same"), _("What it says")), lines=tuple(lines),
        note=_("Of those that rose or fell the test asks whether both are as likely; n counts them without those that stayed."),
    )  # fmt: skip


def _decomposition(matched: Matched, key: str, title: str, count: Count) -> Block:
    found = matched.decomposition(count)
    rows: list[tuple[str, int | Fraction | None]] = [
        (_("Before"), found.before if found else None),
        (_("in businesses that stayed or were taken over"), found.continuing if found else None),
        (_("in businesses that came"), found.entries if found else None),
        (_("in businesses that went"), -found.exits if found else None),
        (_("Now"), found.after if found else None),
    ]
    return Block(
        key=f"decomposition-{key}", title=title, about=("decomposition",), head=(_("Part"), _("Persons")),
        lines=tuple(
            Line(name, (_signed(number, is_change=0 < at < len(rows) - 1),)) for at, (name, number) in enumerate(rows)
        ),
        note=_decomposed(found),
    )  # fmt: skip


def _decomposed(found: Decomposition | None) -> str:
    if found is None:
        return _("Too few businesses stand behind a part of it, or nobody told a number in both waves.")
    return _("Left out, because a number is missing: %(missing)s businesses.") % {
        "missing": counted(found.missing)
    }


def _signed(number: int | Fraction | None, *, is_change: bool) -> Cell:
    if number is None:
        return Cell.of(None)
    whole = round(number)
    if not is_change:
        return Cell.of(whole)
    sign = "+" if whole > 0 else "−" if whole < 0 else "±"
    return Cell(f"{sign}{counted(abs(whole))}")
