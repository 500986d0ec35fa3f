"""Simulated readers: what the rule does with them is stated in docs/evidence.md, and holds."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from competence.evidence import LEVELS, Statement
from competence.evidence.simulation import ABILITIES, Behaviour, Reader, Tally, all_readers, tally, walk
from competence.management.commands.simulate_evidence import line, questions

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"


def _tally(ability: str, behaviour: Behaviour, readers: int = 150) -> Tally:
    return tally(Reader(ability, behaviour), questions(), readers=readers, seed=1)


def test_the_questionnaire_is_the_delivered_one() -> None:
    items = questions()
    assert len(items) == 80
    assert {
        level: sum(item.is_evidence and item.level == level for item in items) for level in LEVELS
    }.keys() == set(LEVELS)
    assert all(sum(item.is_evidence and item.level == level for item in items) >= 12 for level in LEVELS)
    assert sum(item.is_probe for item in items) == 6


def test_the_same_seed_tells_the_same() -> None:
    assert _tally("A1", Behaviour.PLAIN, 20) == _tally("A1", Behaviour.PLAIN, 20)


@pytest.mark.parametrize("ability", ABILITIES)
@pytest.mark.parametrize("behaviour", [Behaviour.PLAIN, Behaviour.SLOW, Behaviour.UNSURE, Behaviour.COMFORT])
def test_who_shows_what_is_not_understood_is_hardly_ever_judged_wrongly(
    ability: str, behaviour: Behaviour
) -> None:
    found = _tally(ability, behaviour)
    assert found.wrongly_supported() <= 0.02 * found.readers
    assert found.wrongly_denied() <= 0.02 * found.readers


@pytest.mark.parametrize("ability", ABILITIES)
def test_of_a_clicker_nothing_is_said(ability: str) -> None:
    assert _tally(ability, Behaviour.CLICKER).void >= 0.98 * 150


def test_reading_slowly_is_no_disadvantage() -> None:
    plain, slow = _tally("A2", Behaviour.PLAIN, 300), _tally("A2", Behaviour.SLOW, 300)
    for level in ("A1", "A2"):
        shares = [each.statements[level][Statement.SUPPORTED] / 300 for each in (plain, slow)]
        assert min(shares) > 0.75
        assert abs(shares[0] - shares[1]) < 0.12


def test_switching_for_comfort_ends_open_and_not_in_a_denial() -> None:
    """The price of a rule without favourites: who likes to switch gets no statement, rarely a wrong one."""
    found = _tally("B1", Behaviour.COMFORT)
    for level in LEVELS:
        assert found.statements[level][Statement.OPEN] > 0.9 * found.readers


def test_a_log_is_in_order_and_ends() -> None:
    import random

    for reader in all_readers():
        events, right = walk(reader, questions(), random.Random(3))
        times = [event.ms for event in events]
        assert times == sorted(times)
        assert events[-1].kind == "end"
        assert len({event.item for event in events if event.kind == "shown"}) == 80
        assert len(right) <= 6


def test_the_command_writes_a_line_for_every_kind() -> None:
    output = io.StringIO()
    call_command("simulate_evidence", readers=2, stdout=output)
    lines = output.getvalue().splitlines()
    assert len(lines) == 2 + len(Behaviour) * len(ABILITIES)
    assert all(text.count("|") == 9 for text in lines)


@pytest.mark.parametrize(("ability", "behaviour"), [("A1", Behaviour.PLAIN), ("", Behaviour.PROUD)])
def test_the_documentation_shows_what_the_command_says(ability: str, behaviour: Behaviour) -> None:
    written = DOCS.read_text(encoding="utf-8")
    found = re.search(r"`--readers (\d+) --seed (\d+)`", written)
    assert found is not None
    reader = Reader(ability, behaviour)
    assert line(tally(reader, questions(), readers=int(found[1]), seed=int(found[2]))) in written
