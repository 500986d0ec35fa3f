"""Counting the quarter sheet. What can be seen from the street (units, vacancy, kinds of shop) is shown as it is; what was told in
interviews (jobs, trainees, the training ladder) only where it tells little of a single business.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from businesses.analysis.disclosure import Amount, Contributions
from businesses.analysis.jobs import Staff, Step, full_time_equivalent
from businesses.analysis.location import density, vacancy_rate
from businesses.analysis.training_answers import step_of
from businesses.enums import BranchKind, Status
from businesses.models import Interview, Section, Unit, Wave
from businesses.quarter_sheet.cells import hide_counts, hide_together
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.flow import counted_values
from iqquadrat.questionnaires.models import Answer
from iqquadrat.questionnaires.queries import version_content

# Who moved away has left no unit behind; the door's next one is on the list itself.
GONE = (Status.MOVED,)
ACTIVE = (Status.OPEN, Status.CHANGED)
# Not coded yet, or a branch that is no kind of shop.
NO_KIND = ""
# Too little was said to stand on a step of the ladder.
NO_STEP = "unknown"


@dataclass(frozen=True)
class Told:
    """What one business said in its interview; None where it said nothing."""

    heads: int | None
    fte: Decimal | None
    trainees: int | None
    step: Step | None


@dataclass
class _Counted:
    """The open figures of a section, before anything is hidden."""

    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)

    def amounts(self, name: str) -> Contributions:
        found = (getattr(told, name) for told in self.told)
        return [Decimal(amount) for amount in found if amount is not None]


@dataclass(frozen=True)
class Row:
    """A section, or all of them. None in sums and counts from interviews is hidden, or nobody told anything (``nobody``)."""

    name: str
    section: Section | None
    units: int
    active: int
    vacant: int
    kinds: Mapping[str, int]
    interviews: int | None
    heads: Amount | None
    fte: Amount | None
    trainees: Amount | None
    ladder: Mapping[str, int | None]
    # Names of sums to which nobody said anything.
    nobody: frozenset[str] = frozenset()

    @property
    def short_name(self) -> str:
        """The section without its street, for a sheet of one street."""
        return self.section.name if self.section else self.name

    @property
    def others(self) -> int:
        """Units that are neither active nor vacant: closed, or not yet opened."""
        return self.units - self.active - self.vacant

    @property
    def vacancy_rate(self) -> int | None:
        """Vacant units among all, in per cent, rounded half up; None without units."""
        rate = vacancy_rate(vacant=self.vacant, occupied=self.units - self.vacant)
        return None if rate is None else int(100 * rate + 0.5)

    @property
    def per_100_m(self) -> Decimal | None:
        """Units for each 100 metres of frontage; None where the frontage is not known."""
        if self.section is None or not self.section.frontage_m:
            return None
        return Decimal(density(self.units, frontage_metres=self.section.frontage_m)).quantize(Decimal("0.1"))

    @property
    def hides(self) -> bool:
        """Whether anything of this row is hidden."""
        sums = {"heads": self.heads, "fte": self.fte, "trainees": self.trainees}
        told = [amount for name, amount in sums.items() if name not in self.nobody]
        return None in (self.interviews, *told, *self.ladder.values())


@dataclass(frozen=True)
class Sheet:
    """The figures of one wave: a row for each section with units, then units in no section, and the total."""

    wave: Wave
    rows: list[Row]
    total: Row
    kinds: list[str]
    before: "Sheet | None" = None

    def earlier(self, row: Row) -> Row | None:
        """Return the same row of the wave before."""
        if self.before is None:
            return None
        if row is self.total:
            return self.before.total
        pk = row.section.pk if row.section else None
        return next(
            (one for one in self.before.rows if (one.section.pk if one.section else None) == pk), None
        )


def wave_before(wave: Wave) -> Wave | None:
    """Return the centre's last wave that began before this one and has units."""
    return (
        Wave.objects.filter(centre=wave.centre_id, starts_on__lt=wave.starts_on, units__isnull=False)
        .select_related("version")
        .order_by("-starts_on", "-pk")
        .first()
    )


def count_sheet(wave: Wave, *, rest: str, whole: str, compare: bool = True) -> Sheet:
    """Count a wave's sheet. ``rest`` names the row of units in no section, ``whole`` the total."""
    sections = list(Section.objects.filter(street__centre=wave.centre_id).select_related("street"))
    earlier = wave_before(wave) if compare else None
    before = _count(earlier, sections, rest, whole, None) if earlier else None
    return _count(wave, sections, rest, whole, before)


def _count(wave: Wave, sections: list[Section], rest: str, whole: str, before: Sheet | None) -> Sheet:
    counted: dict[int | None, _Counted] = {}
    told = told_in(wave)
    for unit in _units(wave):
        section = _section_of(unit, sections)
        place = counted.setdefault(section.pk if section else None, _Counted())
        place.statuses[unit.status] += 1
        if unit.status in ACTIVE:
            place.kinds[unit.business.branch.kind if unit.business.branch else NO_KIND] += 1
        if unit.business_id in told:
            place.told.append(told[unit.business_id])
    order: list[Section | None] = [section for section in sections if section.pk in counted]
    if None in counted:
        order.append(None)
    places = [counted[section.pk if section else None] for section in order]
    rows = _rows(order, places, rest=rest, whole=whole)
    kinds = [kind.value for kind in BranchKind if rows[-1].kinds.get(kind.value)]
    if rows[-1].kinds.get(NO_KIND):
        kinds.append(NO_KIND)
    return Sheet(wave, rows[:-1], rows[-1], kinds, before)


def _units(wave: Wave) -> Iterable[Unit]:
    return (
        Unit.objects.filter(wave=wave)
        .exclude(status__in=GONE)
        .select_related("business__premises", "business__branch")
        .iterator(chunk_size=1000)
    )


def _section_of(unit: Unit, sections: list[Section]) -> Section | None:
    premises = unit.business.premises
    if premises is None:
        return None
    return next(
        (one for one in sections if one.street_id == premises.street_id and one.holds(premises.house_number)),
        None,
    )


def _rows(order: list[Section | None], places: list[_Counted], *, rest: str, whole: str) -> list[Row]:
    heads, fte = hide_together([p.amounts("heads") for p in places], [p.amounts("fte") for p in places])
    (trainees,) = hide_together([place.amounts("trainees") for place in places])
    steps: list[Step | None] = [*Step, None]
    names = [step.value if step else NO_STEP for step in steps]
    ladder = hide_counts(
        [[sum(told.step == step for told in place.told) for step in steps] for place in places]
    )
    silent = [
        _silent(place) if ladder.row_totals[at] is not None else frozenset()
        for at, place in enumerate(places)
    ]
    rows = [
        Row(
            name=str(section) if section else rest, section=section, **_seen(place), interviews=ladder.row_totals[at],
            **_sums(place, heads=heads.sums[at], fte=fte.sums[at], trainees=trainees.sums[at]),
            ladder=dict(zip(names, ladder.cells[at], strict=True)), nobody=silent[at],
        )
        for at, (section, place) in enumerate(zip(order, places, strict=True))
    ]  # fmt: skip
    together = _Counted(
        statuses=sum((place.statuses for place in places), Counter()),
        kinds=sum((place.kinds for place in places), Counter()),
        told=[told for place in places for told in place.told],
    )
    totals = ladder.column_totals or [0] * len(steps)
    whole_row = Row(
        name=whole, section=None, **_seen(together), interviews=ladder.total,
        **_sums(together, heads=heads.total, fte=fte.total, trainees=trainees.total),
        ladder=dict(zip(names, totals, strict=True)),
        nobody=_silent(together) if ladder.total is not None else frozenset(),
    )  # fmt: skip
    return [*rows, whole_row]


def _silent(place: _Counted) -> frozenset[str]:
    """The sums to which nobody said anything."""
    return frozenset(name for name in ("heads", "fte", "trainees") if not place.amounts(name))


def _sums(place: _Counted, **sums: Amount | None) -> dict[str, Any]:
    """Return the sums; a sum of nothing is none, so that it is never taken for a nought."""
    silent = _silent(place)
    return {name: None if name in silent else amount for name, amount in sums.items()}


def _seen(place: _Counted) -> dict[str, Any]:
    return {
        "units": place.statuses.total(),
        "active": sum(place.statuses[status] for status in ACTIVE),
        "vacant": place.statuses[Status.VACANT],
        "kinds": dict(place.kinds),
    }


def told_in(wave: Wave) -> dict[int, Told]:
    """Return what each business said in its finished interview of a wave. Two queries and the questionnaire."""
    finished = Interview.objects.finished().filter(wave=wave)
    answers: dict[int, dict[str, Value]] = {}
    found = Answer.objects.filter(response__interview__in=finished).select_related("item")
    for answer in found.iterator(chunk_size=2000):
        value = value_of(answer.item.type, answer)
        if value is not None:
            answers.setdefault(answer.response_id, {})[answer.item.key] = value
    version = version_content(wave.version_id)
    return {
        business: told_of(counted_values(version, answers.get(response, {})))
        for business, response in finished.order_by("pk").values_list("business_id", "response_id")
    }


def told_of(values: Mapping[str, Value]) -> Told:
    """Return what the answers of an interview say of jobs and training."""
    full, part, marginal = (_number(values.get(key)) for key in ("v10_full", "v11_part", "v12_marginal"))
    fte = full_time_equivalent(Staff(full=full, part=part, marginal=marginal))
    trainees = _number(values.get("v14_trainees_now"))
    right, willing = values.get("v24_right"), values.get("v25_willing")
    return Told(
        heads=_number(values.get("v09_heads")),
        # Quarters are exact in binary.
        fte=None if fte is None else Decimal(fte),
        trainees=trainees,
        step=step_of(
            trainees=trainees,
            right=right if isinstance(right, list) else [],
            willing=willing if isinstance(willing, str) else "",
        ),
    )


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None
