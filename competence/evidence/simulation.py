"""How often the rule errs: simulated readers, whose ability is known, go through the questionnaire and are judged by their logs.

Nobody's real data, and no proof: it shows what the rule does with behaviours that one can name, so that thresholds can be
discussed with figures. A reader understands a question of the own level or below with ``WITHIN``, one a level above with
``ABOVE``, further up with ``FAR_ABOVE``; what is not understood is looked up, guessed or left, according to the behaviour.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from competence.evidence.log import Event
from competence.evidence.model import LEVELS, Circumstances, Item, Statement, Thresholds
from competence.evidence.result import Evidence, OverallKind, evaluate

# Shares of questions understood. Starting values: a reader "at A2" manages most texts of A2, now and then one of B1.
WITHIN, ABOVE, FAR_ABOVE = 0.93, 0.40, 0.12
BELOW_A1 = ""
ABILITIES = (BELOW_A1, *LEVELS)
CHOICES_OF_A_PROBE = 4


class Behaviour(StrEnum):
    """What somebody does with a question besides reading it."""

    PLAIN = "plain"  # reads, switches when it is not understood
    COMFORT = "comfort"  # switches in four of ten questions although the German is understood
    CLICKER = "clicker"  # answers half of the questions without reading, at random
    SLOW = "slow"  # reads at a third of the usual speed and looks away in between
    PROUD = "proud"  # never switches: guesses or says "don't know"
    UNSURE = "unsure"  # answers, looks afterwards, and changes what was wrong


@dataclass(frozen=True)
class Reader:
    """Somebody who reads German at a level (empty: below A1) and behaves in a way."""

    ability: str
    behaviour: Behaviour

    def chance(self, level: str) -> float:
        """Return the probability with which a question of ``level`` is understood in German."""
        above = LEVELS.index(level) - (LEVELS.index(self.ability) if self.ability else -1)
        return WITHIN if above <= 0 else ABOVE if above == 1 else FAR_ABOVE


@dataclass
class _Log:
    """Events on one clock, in the order in which a page would send them."""

    events: list[Event]
    ms: int = 0

    def add(self, kind: str, item: str, after: float = 0.0, state: str = "") -> None:
        self.ms += round(after * 1000)
        self.events.append(Event(kind, item, self.ms, state))


def walk(reader: Reader, items: Sequence[Item], chance: random.Random) -> tuple[list[Event], list[str]]:
    """Return the log of one way through the questionnaire, and the keys of the probes that were answered right."""
    log, right = _Log([]), []
    for item in items:
        understood = chance.random() < reader.chance(item.level or "A1")
        log.add("shown", item.key, 0.2)
        if item.is_probe:
            if understood or chance.randrange(CHOICES_OF_A_PROBE) == 0:
                right.append(item.key)
            log.add("answer", item.key, 8.0, "a")
        elif item.is_evidence:
            _meet(log, item, reader.behaviour, chance, understood=understood)
        else:
            log.add("answer", item.key, 4.0, "a")
        log.add("next", item.key, 0.4)
    log.add("end", "")
    return log.events, right


def _meet(log: _Log, item: Item, behaviour: Behaviour, chance: random.Random, *, understood: bool) -> None:
    """One question of the evidence: reading, perhaps a look, an answer."""
    reading = 1.0 + item.words * chance.uniform(0.25, 0.6)
    if behaviour is Behaviour.CLICKER and chance.random() < 0.5:
        log.add("answer", item.key, 0.3, "a")
        return
    if behaviour is Behaviour.SLOW:
        reading *= 3
        log.add("blur", item.key, 1.0)
        log.add("focus", item.key, 20.0)
    if behaviour is Behaviour.COMFORT and chance.random() < 0.4:
        # The thumb is sometimes faster than the eye: then it is too early to tell anything.
        _look(log, item, 0.5 if chance.random() < 0.3 else reading)
    elif understood:
        log.add("answer", item.key, reading, "a")
    elif behaviour is Behaviour.PROUD:
        log.add(
            *(
                ("dont_know", item.key, reading)
                if chance.random() < 0.4
                else ("answer", item.key, reading, "b")
            )
        )
    elif behaviour is Behaviour.UNSURE:
        log.add("answer", item.key, reading, "b")
        log.add("next", item.key, 0.4)
        log.add("shown", item.key, 0.4)
        log.add("to_l1", item.key, 1.0)
        log.add("change", item.key, 3.0, "a")
    else:
        _look(log, item, reading)


def _look(log: _Log, item: Item, after: float) -> None:
    log.add("to_l1", item.key, after)
    log.add("answer", item.key, 3.0, "a")


@dataclass(frozen=True)
class Tally:
    """What the rule said of readers of one kind. Counts of statements; errors are counted, never guessed."""

    reader: Reader
    readers: int
    statements: dict[str, Counter[Statement]]
    void: int
    contradictory: int

    def wrongly_supported(self) -> int:
        """Statements "supported" for a level above the reader's ability."""
        return sum(
            self.statements[level][Statement.SUPPORTED] for level in LEVELS if not self._reaches(level)
        )

    def wrongly_denied(self) -> int:
        """Statements "not supported" for a level that the reader masters."""
        return sum(
            self.statements[level][Statement.NOT_SUPPORTED] for level in LEVELS if self._reaches(level)
        )

    def _reaches(self, level: str) -> bool:
        return ABILITIES.index(self.reader.ability) >= ABILITIES.index(level)


def tally(
    reader: Reader, items: Sequence[Item], *, readers: int, seed: int, thresholds: Thresholds | None = None
) -> Tally:
    """Let so many readers of one kind go through, and count what was said of them. A void log says nothing of any level."""
    chance = random.Random(f"{seed} {reader.ability} {reader.behaviour}")  # noqa: S311 - nothing secret hangs on it
    statements: dict[str, Counter[Statement]] = {level: Counter() for level in LEVELS}
    kinds: Counter[OverallKind] = Counter()
    for _number in range(readers):
        evidence = _judged(reader, items, chance, thresholds)
        kinds[evidence.overall.kind] += 1
        for line in evidence.levels:
            is_void = evidence.overall.kind is OverallKind.VOID
            statements[line.level][Statement.OPEN if is_void else line.statement] += 1
    return Tally(reader, readers, statements, kinds[OverallKind.VOID], kinds[OverallKind.CONTRADICTORY])


def _judged(
    reader: Reader, items: Sequence[Item], chance: random.Random, thresholds: Thresholds | None
) -> Evidence:
    events, right = walk(reader, items, chance)
    circumstances = Circumstances(mother_tongue="ar", is_agreed=True)
    return evaluate(items, events, circumstances, right_probes=right, thresholds=thresholds)


def all_readers() -> Iterator[Reader]:
    """Yield every ability with every behaviour."""
    for behaviour in Behaviour:
        for ability in ABILITIES:
            yield Reader(ability, behaviour)
