"""Jobs and training: what businesses told of their staff. Sums by section are hidden exactly as on the quarter sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from businesses.analysis.disclosure import Amount, ShownSums, may_show_sum
from businesses.analysis.jobs import (
    TOP,
    Staff,
    Step,
    employment_potential,
    full_time_equivalent,
    top_share,
    training_ratio,
)
from businesses.analysis.training_answers import step_of
from businesses.models import Section
from businesses.quarter_sheet.cells import hide_counts, hide_together
from businesses.survey_analysis.blocks import (
    DASH,
    Block,
    Cell,
    Figure,
    Line,
    answered,
    counted,
    lengths,
    per_cent,
)
from businesses.survey_analysis.protection import Cut, Spread, as_amounts, spread, sums
from businesses.survey_analysis.rows import Answers, UnitRow, WaveRows

KEYS = (
    "v09_heads", "v10_full", "v11_part", "v12_marginal", "v14_trainees_now", "v24_right", "v25_willing", "v28_count", "v29_hires",
)  # fmt: skip
NO_STEP = "unknown"

Numbers = dict[int, Amount | None]


def heads_of(answers: Answers) -> int | None:
    """Return how many persons work in a business."""
    return _number(answers, "v09_heads")


def trainees_of(answers: Answers) -> int | None:
    """Return how many trainees a business has."""
    return _number(answers, "v14_trainees_now")


def staff_of(answers: Answers) -> Staff:
    """Return what a business told of its staff."""
    return Staff(
        heads=heads_of(answers),
        full=_number(answers, "v10_full"),
        part=_number(answers, "v11_part"),
        marginal=_number(answers, "v12_marginal"),
        trainees=trainees_of(answers),
        vacancies=_number(answers, "v28_count"),
        hires=_number(answers, "v29_hires"),
    )


def _number(answers: Answers, key: str) -> int | None:
    value = answers.get(key)
    return value if isinstance(value, int) else None


def training_step_of(answers: Answers) -> Step | None:
    """Return the step of the training ladder on which a business stands."""
    right, willing = answers.get("v24_right"), answers.get("v25_willing")
    return step_of(
        trainees=trainees_of(answers),
        right=right if isinstance(right, list) else [],
        willing=willing if isinstance(willing, str) else "",
    )


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter."""
    held = {unit.business: staff_of(data.answers[unit.business]) for unit in data.interviewed}
    asked = sum(cut is None or cut.holds(business) for business in held)
    found = _Sums.of(data, held, cut)
    common = (_jobs(held, found, cut, asked), _potential(held, found, cut, asked), _ladder(data, cut))
    return common if cut else (*common, _sections(data, held))


def _numbers(held: dict[int, Staff], name: str) -> Numbers:
    return {business: getattr(staff, name) for business, staff in held.items()}


def _equivalents(held: dict[int, Staff]) -> Numbers:
    return as_amounts({business: full_time_equivalent(staff) for business, staff in held.items()})


@dataclass(frozen=True)
class _Sums:
    """The sums that may be shown; None is hidden, or nobody told a number."""

    heads: Amount | None
    fte: Amount | None
    trainees: Amount | None
    # Whether open places may be set against heads, and trainees against insured persons.
    with_potential: bool
    with_ratio: bool

    @classmethod
    def of(cls, data: WaveRows, held: dict[int, Staff], cut: Cut | None) -> "_Sums":
        """Reckon the sums for the whole wave, a section of the street or a branch."""
        if cut is None or cut.is_street:
            return cls._by_place(data, held, cut)
        lists = [_numbers(held, "heads"), _equivalents(held), _numbers(held, "trainees")]
        # All at once: whoever knows some of these sums could work out the others. And never where the whole wave shows no total.
        every = [*lists, *_potential_parts(held), *_ratio_parts(held)]
        whole = all(shown.total is not None for shown in _by_place(data, held))
        shown = sums(every, cut) if whole else [None] * len(every)
        is_open = None not in shown
        return cls(shown[0], shown[1], shown[2], with_potential=is_open, with_ratio=is_open)

    @classmethod
    def _by_place(cls, data: WaveRows, held: dict[int, Staff], cut: Cut | None) -> "_Sums":
        heads, fte, trainees = _by_place(data, held)
        if cut is None:
            return cls(
                heads.total,
                fte.total,
                trainees.total,
                with_potential=heads.total is not None and all(map(_fit, _potential_parts(held))),
                with_ratio=trainees.total is not None and all(map(_fit, _ratio_parts(held))),
            )
        at = [str(section.pk) if section else "" for section in data.places].index(cut.chosen[-1])
        # The sheet shows these by section and no others: more of them together would give a hidden one away.
        return cls(heads.sums[at], fte.sums[at], trainees.sums[at], with_potential=False, with_ratio=False)


def _told(numbers: Numbers) -> list[Amount]:
    return [number for number in numbers.values() if number is not None]


def _fit(numbers: Numbers) -> bool:
    return may_show_sum(_told(numbers))


def _potential_parts(held: dict[int, Staff]) -> list[Numbers]:
    """Vacancies, hires and heads of those that told all three, and the heads that are left over: shown beside all heads they would be known."""
    told = {
        business: staff
        for business, staff in held.items()
        if staff.vacancies is not None and staff.hires is not None and staff.heads is not None
    }
    rest = {business: staff for business, staff in held.items() if business not in told}
    return [
        _numbers(told, "vacancies"),
        _numbers(told, "hires"),
        _numbers(told, "heads"),
        _numbers(rest, "heads"),
    ]


def _ratio_parts(held: dict[int, Staff]) -> list[Numbers]:
    """Trainees and insured persons of those whose two numbers agree, and the trainees that are left over."""
    told = {
        business: staff
        for business, staff in held.items()
        if staff.trainees is not None and staff.insured is not None and staff.trainees <= staff.insured
    }
    rest = {business: staff for business, staff in held.items() if business not in told}
    return [_numbers(told, "trainees"), _numbers(told, "insured"), _numbers(rest, "trainees")]


def _by_place(data: WaveRows, held: dict[int, Staff]) -> tuple[ShownSums, ShownSums, ShownSums]:
    """Heads, full-time equivalents and trainees by section: the lists of the quarter sheet, hidden by the same rule in the same order."""
    order: list[int | None] = [section.pk if section else None for section in data.places]
    section_of = {unit.business: unit.section for unit in data.interviewed}

    def cells(numbers: Numbers) -> list[list[Amount]]:
        found: dict[int | None, list[Amount]] = {place: [] for place in order}
        for business, number in numbers.items():
            if number is not None:
                found[section_of[business]].append(Decimal(number))
        return [found[place] for place in order]

    heads, fte = hide_together(cells(_numbers(held, "heads")), cells(_equivalents(held)))
    (trainees,) = hide_together(cells(_numbers(held, "trainees")))
    return heads, fte, trainees


def _figure(code: str, amount: Amount | None, numbers: Sequence[Amount], asked: int, *, places: int = 0, key: str = "", name: str = "") -> Figure:  # fmt: skip
    value = None if amount is None or not numbers else counted(float(amount), places)
    # How many told it is part of what is hidden.
    base = answered(len(numbers) if amount is not None else None, asked)
    return Figure.of(code, value, base, key=key, name=name, hidden=amount is None)


def _jobs(held: dict[int, Staff], found: _Sums, cut: Cut | None, asked: int) -> Block:
    mine = {business: staff for business, staff in held.items() if cut is None or cut.holds(business)}
    figures = [
        _figure("heads", found.heads, _told(_numbers(mine, "heads")), asked),
        _figure("full_time_equivalents", found.fte, _told(_equivalents(mine)), asked, places=1),
    ]
    if cut is None:
        figures.append(_top(held, found))
    return Block(
        key="jobs", title=_("Persons at work"), about=tuple(figure.indicator for figure in figures), figures=tuple(figures)
    )  # fmt: skip


def _top(held: dict[int, Staff], found: _Sums) -> Figure:
    told = sorted(_told(_numbers(held, "heads")), reverse=True)
    share = top_share(held.values())
    # Of the largest and of the rest the sums would be known beside all heads.
    shown = found.heads is not None and may_show_sum(told[:TOP]) and may_show_sum(told[TOP:])
    value = per_cent(share) if shown and share is not None else None
    return Figure.of("top_share", value, answered(len(told) if shown else None, len(held)), hidden=not shown)


def _potential(held: dict[int, Staff], found: _Sums, cut: Cut | None, asked: int) -> Block:
    mine = {business: staff for business, staff in held.items() if cut is None or cut.holds(business)}
    trainees = _figure(
        "training_ratio", found.trainees, _told(_numbers(mine, "trainees")), asked, key="trainees", name=_("Trainees")
    )  # fmt: skip
    if cut is not None and cut.is_street:
        return Block(
            key="potential", title=_("Trainees"), figures=(trainees,),
            note=_("Open places and the training ratio are told of the whole wave and of branches, not of sections of the street."),
        )  # fmt: skip
    return Block(
        key="potential", title=_("Open places and trainees"), about=("employment_potential", "training_ratio"),
        figures=(*_open_places(list(mine.values()), found, asked), trainees, _ratio(list(mine.values()), found, asked)),
    )  # fmt: skip


def _open_places(mine: list[Staff], found: _Sums, asked: int) -> list[Figure]:
    places, shown = employment_potential(mine), found.with_potential
    base = answered(places.n if shown else None, asked)
    counts = (
        ("vacancies", _("Vacancies"), places.vacancies),
        ("hires", _("Hires expected in 12 months"), places.hires),
    )
    ratio = places.ratio if shown else None
    return [
        *(
            Figure.of(
                "employment_potential", counted(number) if shown and places.n else None, base, key=key, name=name, hidden=not shown
            )
            for key, name, number in counts
        ),
        Figure.of("employment_potential", None if ratio is None else per_cent(ratio), base, hidden=not shown),
    ]  # fmt: skip


def _ratio(mine: list[Staff], found: _Sums, asked: int) -> Figure:
    training, shown = training_ratio(mine), found.with_ratio
    ratio = training.ratio if shown else None
    value = None if ratio is None else per_cent(ratio)
    return Figure.of(
        "training_ratio", value, answered(training.n if shown else None, asked), hidden=not shown
    )


def _steps(data: WaveRows) -> dict[int, str]:
    return {
        unit.business: str(step) if (step := training_step_of(data.answers[unit.business])) else NO_STEP
        for unit in data.interviewed
    }


def _ladder(data: WaveRows, cut: Cut | None) -> Block:
    stands, names = _steps(data), [step.value for step in Step] + [NO_STEP]
    found = _sheet_ladder(data, stands, names, cut) if cut is None or cut.is_street else _ladder_of_branch(data, stands, names, cut)  # fmt: skip
    ready = [found.counts[Step.READY], found.counts[Step.WILLING]]
    told = [number for number in ready if number is not None]
    potential = sum(told) if len(told) == len(ready) else None
    drawn = lengths([found.counts[name] for name in names])
    return Block(
        key="ladder", title=_("Training ladder"), about=("training_ladder", "training_potential"),
        figures=(
            Figure.of(
                "training_potential", None if potential is None or not found.n else counted(potential), answered(found.n, found.asked),
                hidden=potential is None,
            ),
        ),
        head=(_("Step"), _("Businesses"), _("Share")),
        lines=tuple(
            Line(
                _("not stated") if name == NO_STEP else str(Step(name).label),
                (Cell.of(found.counts[name]), Cell.share(found.share(name), hidden=found.counts[name] is None)),
                length,
            )
            for name, length in zip(names, drawn, strict=True)
        ),
    )  # fmt: skip


def _ladder_of_branch(data: WaveRows, stands: dict[int, str], names: list[str], cut: Cut) -> Spread:
    """The ladder of a branch; the whole ladder must stand open on the page of the whole wave."""
    whole = _sheet_ladder(data, stands, names, None)
    if whole.is_open:
        return spread(stands, names, cut)
    return Spread(dict.fromkeys(names), None, sum(cut.holds(business) for business in stands))


def _sheet_ladder(data: WaveRows, stands: dict[int, str], names: list[str], cut: Cut | None) -> Spread:
    """The ladder of the whole wave or of a section of the street, out of the table of the quarter sheet."""
    places: list[int | None] = [section.pk if section else None for section in data.places]
    held: dict[int | None, list[UnitRow]] = {place: [] for place in places}
    for unit in data.interviewed:
        held[unit.section].append(unit)
    rows = [
        [sum(stands[unit.business] == name for unit in held[place]) for name in names] for place in places
    ]
    shown = hide_counts(rows)
    if cut is None:
        totals = shown.column_totals or [0] * len(names)
        return Spread(dict(zip(names, totals, strict=True)), shown.total, len(stands))
    at = [str(place or "") for place in places].index(cut.chosen[-1])
    return Spread(dict(zip(names, shown.cells[at], strict=True)), shown.row_totals[at], sum(rows[at]))


def _sections(data: WaveRows, held: dict[int, Staff]) -> Block:
    heads, fte, trainees = _by_place(data, held)
    place_of = {unit.business: unit.section for unit in data.interviewed}
    told = [
        {place_of[business] for business, number in numbers.items() if number is not None}
        for numbers in (_numbers(held, "heads"), _equivalents(held), _numbers(held, "trainees"))
    ]

    def cells(at: int, section: Section | None) -> tuple[Cell, ...]:
        place = section.pk if section else None
        return tuple(
            _sum_cell(shown.sums[at], places) if place in said else Cell(DASH)
            for shown, said, places in zip((heads, fte, trainees), told, (0, 1, 0), strict=True)
        )

    return Block(
        key="sections", title=_("By section of the street"),
        head=(_("Section"), _("Persons at work"), _("Full-time equivalents"), _("Trainees")),
        lines=tuple(
            Line(str(section or _("Outside of the sections")), cells(at, section)) for at, section in enumerate(data.places)
        ),
        note=_("The same figures as on the quarter sheet, hidden by the same rule."),
    )  # fmt: skip


def _sum_cell(amount: Amount | None, places: int) -> Cell:
    return Cell.of(None if amount is None else float(amount), places=places)
