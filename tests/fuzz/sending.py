"""Send a trial and judge the answer: a 5xx or an error on the way is a failure, whoever sent whatever."""

import traceback
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path

from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import Target
from tests.fuzz.trials import BOUNDARY, FORM, JSON, MULTIPART, RAW, Trial, trials
from tests.walks.forms import undone

ROOT = Path(__file__).resolve().parents[2]
CONTENT = {
    FORM: "application/x-www-form-urlencoded", JSON: "application/json", MULTIPART: f"multipart/form-data; boundary={BOUNDARY}",
    RAW: "application/octet-stream", "": "",
}  # fmt: skip


class FailureError(AssertionError):
    """A trial that was answered by 5xx, or broke."""

    def __init__(self, trial: Trial, what: str) -> None:
        super().__init__(f"{what}\n    {trial!r}")
        self.place = what


@dataclass
class Tally:
    """What was tried and what was found; failures by their place, with the smallest input that shows it."""

    tried: dict[str, int] = field(default_factory=dict)
    routes: set[str] = field(default_factory=set)
    answers: dict[int, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.tried.values())

    def add(self, other: "Tally") -> None:
        """Take in what another process found."""
        for mine, theirs in ((self.tried, other.tried), (self.answers, other.answers)):
            for key, number in theirs.items():
                mine[key] = mine.get(key, 0) + number  # type: ignore[index]
        self.routes |= other.routes
        self.failures |= other.failures


def send(trial: Trial) -> int:
    """Send it with the cookies of its role, undo what it did, and return the status. Raises ``FailureError``."""
    browser = Client()
    browser.cookies = SimpleCookie(trial.target.browsers[trial.role].cookies.output(header="", sep=";"))
    try:
        with undone():
            answer = browser.generic(
                trial.method,
                trial.path,
                trial.body,
                content_type=CONTENT[trial.kind] or "text/plain",
                headers=dict(trial.hook),
            )
            b"".join(answer)  # a stream may break on its way
    except Exception as error:
        raise FailureError(trial, _place(error)) from error
    if answer.status_code >= 500:
        raise FailureError(trial, f"{trial.target.route}: {answer.status_code}")
    return int(answer.status_code)


def _place(error: Exception) -> str:
    """Name the error and the last line of ours that it came through: two inputs that break there are one failure."""
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(ROOT)) and ".venv" not in frame.filename and "/tests/" not in frame.filename
    ]  # fmt: skip
    where = f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}" if ours else "outside"
    return f"{type(error).__name__} at {where}"


def run(targets: list[Target], *, inputs: int, number: int, tally: Tally) -> None:
    """Send so many inputs of this seed. What fails is made as small as it goes and noted, then the run goes on with others."""
    until = tally.count + inputs
    turn = 0
    while tally.count < until:
        _turn(targets, min(until - tally.count, 500), number * 100_003 + turn, tally)
        turn += 1


def _turn(targets: list[Target], inputs: int, number: int, tally: Tally) -> None:
    @seed(number)
    @settings(
        max_examples=inputs, database=None, deadline=None, derandomize=False, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink], report_multiple_bugs=False, print_blob=False,
    )  # fmt: skip
    @given(trials(targets))
    def nothing_breaks(trial: Trial) -> None:
        tally.tried[trial.role] = tally.tried.get(trial.role, 0) + 1
        tally.routes.add(trial.target.route)
        try:
            status = send(trial)
        except FailureError as failure:
            if failure.place not in tally.failures:
                raise
            return
        tally.answers[status] = tally.answers.get(status, 0) + 1

    try:
        nothing_breaks()
    except FailureError as failure:
        tally.failures[failure.place] = str(failure)
