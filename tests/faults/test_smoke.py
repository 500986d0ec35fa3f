"""A short run of the harness: what was acknowledged survives kills of the database and of a process of the site."""

import os
import subprocess
import sys

import pytest

from tests.faults.checking import Found
from tests.faults.cluster import ROOT
from tests.faults.figures import problems, table
from tests.faults.scenes import Row


@pytest.mark.slow
def test_a_short_run_loses_nothing() -> None:
    # A process of its own: it is told another database than the tests.
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--short"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=580,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills" in done.stdout
    assert "wrong:" not in done.stdout


def test_what_is_wrong_is_seen() -> None:
    right = Row("database killed", blows=3, acknowledged=9, seconds=[1.0], answers={"503": 4, "nothing": 2})
    loses = Row("control: off", blows=3, acknowledged=9, found=Found(lost=2), seconds=[1.0])
    assert problems([right, loses]) == []
    assert len(problems([Row("x", found=Found(lost=1)), loses])) == 1
    assert len(problems([Row("x", found=Found(doubled=1)), loses])) == 1
    assert len(problems([Row("x", found=Found(half=1)), loses])) == 1
    assert problems([Row("x", answers={"500": 1, "503": 3})]) == ["x: answers ['500']"]
    assert problems([Row("control: off")]) == ["the control lost nothing, so this run proves nothing"]
    assert "| database killed | 3 | 9 | 0 | 0 | 0 | 1.0, 1.0 |" in table([right])
