"""The thresholds of the evidence: dated, checked when they are read, and those of the day are the ones an assessment is read by."""

import datetime as dt
from pathlib import Path

import pytest

from competence.evidence import Thresholds
from competence.models import EvidenceResult
from competence.services.evidence import store_result
from competence.thresholds import CONTENT, ThresholdsError, all_thresholds, thresholds_on
from tests.competence.kiosk import sit_down

DELIVERED = CONTENT.read_text(encoding="utf-8")
SECOND = (
    DELIVERED[DELIVERED.index("[[thresholds]]") :]
    .replace("2026-11-01", "2027-01-01")
    .replace("= 12 ", "= 14 ")
)


@pytest.fixture
def own(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    """A centre's own file."""
    path = tmp_path / "own.toml"
    path.write_text(DELIVERED + SECOND, encoding="utf-8")
    settings.EVIDENCE_THRESHOLDS = str(path)
    return path


def test_the_delivered_ones_are_the_starting_values() -> None:
    assert all_thresholds() == (Thresholds(),)


@pytest.mark.parametrize(
    ("day", "least"),
    [("2020-01-01", 12), ("2026-11-01", 12), ("2026-12-31", 12), ("2027-01-01", 14), ("2030-05-05", 14)],
)
def test_those_of_the_day(own: Path, day: str, least: int) -> None:
    assert thresholds_on(dt.date.fromisoformat(day)).least_items == least


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("least_items = 12", "least_item = 12", "least_item"),
        ("least_items = 12", 'least_items = "12"', "has to be int"),
        ("share = 0.60 ", "share = 1.60 ", "out of its range"),
        ("premature_items = 6", "premature_items = 16", "out of its range"),
        ("valid_from = 2026-11-01", "valid_from = 2026-13-01", "own.toml"),
        ("[[thresholds]]", "[[other]]", "no thresholds"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in DELIVERED
    path = tmp_path / "own.toml"
    path.write_text(DELIVERED.replace(old, new), encoding="utf-8")
    with pytest.raises(ThresholdsError, match=says):
        all_thresholds(path)


def test_two_of_one_day_or_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ThresholdsError):
        all_thresholds(tmp_path / "none.toml")
    path = tmp_path / "own.toml"
    path.write_text(DELIVERED + DELIVERED[DELIVERED.index("[[thresholds]]") :], encoding="utf-8")
    with pytest.raises(ThresholdsError, match="same day"):
        all_thresholds(path)


@pytest.mark.django_db
def test_a_result_keeps_those_by_which_it_was_read(own: Path) -> None:
    assessment = sit_down().assessment
    assessment.finished_at = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    store_result(assessment)
    stored = EvidenceResult.objects.get(assessment=assessment).thresholds
    assert (stored["valid_from"], stored["least_items"]) == ("2027-01-01", 14)
