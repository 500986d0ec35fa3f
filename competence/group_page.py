"""The group view as a page shows it: lines with their words, hidden counts as None."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence import wording
from competence.enums import EvidenceClassChoice
from competence.group import (
    BANDS,
    BETWEEN,
    HOURS,
    NO,
    NOT_NAMED,
    NOT_STATED,
    SPLITS,
    TOO_FEW,
    YES,
    Group,
    HalfYear,
    choices_of,
)
from competence.group_counts import Counts, Measure, Split, may_be_told, of_all, of_group, split_by
from competence.page import GERMAN, PARTS
from competence.scoring import SCALES
from counselling.enums import AgeBand, Gender
from iqquadrat.questionnaires import texts
from iqquadrat.questionnaires.models import Version

Text = str | Promise
SCALE_CATEGORIES = (*BANDS, BETWEEN, TOO_FEW)
EVIDENCE = tuple(str(step) for step in EvidenceClassChoice.values)
SPLIT_NAMES: dict[str, Promise] = {
    "gender": gettext_lazy("Gender"),
    "age": gettext_lazy("Age group"),
    "programme": gettext_lazy("Programme"),
}
HOUR_NAMES: dict[str, Promise] = {
    HOURS[0]: gettext_lazy("fewer than 15 hours"),
    HOURS[1]: gettext_lazy("15 to 29 hours"),
    HOURS[2]: gettext_lazy("30 hours and more"),
    NOT_STATED: gettext_lazy("not stated"),
}
_NAMES: dict[str, dict[str, Text]] = {
    "gender": {choice.value: choice.label for choice in Gender},
    "age": {choice.value: choice.label for choice in AgeBand},
}


@dataclass(frozen=True)
class Line:
    """A line of a table or a row of bars. None is hidden."""

    name: Text
    counts: Counts

    @property
    def count(self) -> int | None:
        """The only count of a row of bars."""
        return self.counts[0]

    @property
    def drawn(self) -> list[int]:
        """What a bar shows: a hidden count leaves its room empty."""
        return [count or 0 for count in self.counts]


@dataclass(frozen=True)
class Offer:
    """A group to choose: its key in the address, its name, how many."""

    key: str
    name: Text
    count: int


@dataclass(frozen=True)
class GroupPage:
    """Everything the page shows of one half-year, of all or of one group."""

    half: HalfYear
    size: int | None
    offers: Sequence[tuple[Text, list[Offer]]]
    chosen: Offer | None
    scales: list[Line]
    fields: list[Line]
    wishes: list[tuple[Text, list[Line]]]
    times: list[tuple[Text, list[Line]]]

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        blocks = [self.scales, self.fields, *(lines for _name, lines in [*self.wishes, *self.times])]
        return any(count is None for lines in blocks for line in lines for count in line.counts)


def group_page(group: Group, half: HalfYear, wanted: str) -> GroupPage:
    """Return the page; ``wanted`` is the key of an offered group, anything else shows all persons."""
    splits = [split_by(group.persons, key) for key in SPLITS]
    offers = [(SPLIT_NAMES[split.key], _offers(split)) for split in splits if split.offered]
    chosen = next((offer for _name, found in offers for offer in found if offer.key == wanted), None)
    count = _counter(group, splits, chosen)
    size = chosen.count if chosen else len(group.persons) if may_be_told(group.persons) else None
    version = group.version
    return GroupPage(
        half=half, size=size, offers=offers, chosen=chosen,
        scales=[
            Line(wording.SCALE_NAMES[code], count(Measure(f"scale:{code}", SCALE_CATEGORIES))) for code in SCALES
        ],
        fields=_fields(version, count, size or 0) if version else [],
        wishes=_wishes(version, count) if version else [],
        times=_times(version, count) if version else [],
    )  # fmt: skip


def _offers(split: Split) -> list[Offer]:
    names = _NAMES.get(split.key, {})
    order = list(names)
    found = [
        Offer(f"{split.key}:{key}", names.get(key, _("not stated") if key == NOT_STATED else key), count)
        for key, count in split.offered.items()
    ]
    return sorted(found, key=lambda offer: _place(order, offer.key.partition(":")[2]))


def _place(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


Counter = Callable[[Measure], Counts]


def _counter(group: Group, splits: Sequence[Split], chosen: Offer | None) -> Counter:
    if chosen is None:
        return lambda measure: of_all(group.persons, measure)
    key, _colon, name = chosen.key.partition(":")
    split = next(split for split in splits if split.key == key)
    return lambda measure: of_group(group.persons, measure, split, name)


def _fields(version: Version, count: Counter, size: int) -> list[Line]:
    """How many named a field of work, then by evidence; fields that nobody named are left out.

    Where those who did not name it may be told, those who did may be told too: what is hidden among them is never few.
    """
    names = _texts(version, "wrk_main")
    lines = []
    for key in choices_of(version, "wrk_main"):
        not_named, *by_evidence = count(Measure(f"field:{key}", (NOT_NAMED, *EVIDENCE)))
        if not_named != size:
            lines.append(Line(names[key], [None if not_named is None else size - not_named, *by_evidence]))
    return lines


def _texts(version: Version, item_key: str) -> Mapping[str, str]:
    item = version.items_by_key.get(item_key)
    return (
        {choice.key: texts.text(choice, "text", GERMAN) or "" for choice in item.all_choices} if item else {}
    )


def _wishes(version: Version, count: Counter) -> list[tuple[Text, list[Line]]]:
    headings = {"wsh_field": gettext_lazy("Would like to work in"), "wsh_form": gettext_lazy("Looks for")}
    return [(heading, _yes(version, item, count)) for item, heading in headings.items()]


def _yes(version: Version, item: str, count: Counter) -> list[Line]:
    names = _texts(version, item)
    return [
        Line(names[key].rstrip("."), count(Measure(f"{item}:{key}", (YES, NO)))[:1])
        for key in choices_of(version, item)
    ]


def _times(version: Version, count: Counter) -> list[tuple[Text, list[Line]]]:
    ways = _texts(version, "mob_dist")
    keys = choices_of(version, "mob_dist")
    found = count(Measure("hours", (*HOURS, NOT_STATED)))
    hours = [Line(name, [n]) for name, n in zip(HOUR_NAMES.values(), found, strict=True)]
    parts = [
        Line(capfirst(str(name)), count(Measure(f"time:{part}", (YES, NO)))[:1])
        for part, name in PARTS.items()
    ]
    told = count(Measure("way", (*keys, NOT_STATED)))
    way = [
        Line(name, [n])
        for name, n in zip([*(ways[key].rstrip(".") for key in keys), _("not stated")], told, strict=True)
    ]
    return [
        (gettext_lazy("Hours a week"), hours),
        (gettext_lazy("Times of the day"), parts),
        (gettext_lazy("Way to work"), way),
    ]
