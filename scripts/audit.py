"""Ask whether somebody has reported a hole in a part that runs here.

    python scripts/audit.py                  # ends with an error when nobody answers, too
    python scripts/audit.py --if-reachable   # the same, but says so and goes on when nobody answers

Python's parts are asked for by pip-audit over the lock file (as it stands: nothing is resolved or installed), those of the browser
by ``npm audit``. What we know and accept for a while stands in ``docs/audit-exceptions.toml``, with a reason and a last day.
"""

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = (
    ROOT / "requirements-dev.lock"
)  # holds what runs and what only tests need; a test keeps the two in step
EXCEPTIONS = ROOT / "docs/audit-exceptions.toml"
SECONDS = 300
LONGEST = dt.timedelta(days=184)  # an exception for longer is none, but a decision


@dataclass(frozen=True)
class Finding:
    """A hole somebody has reported. ``names``: all the numbers it goes by."""

    part: str
    version: str
    names: frozenset[str]
    said: str
    fixed_in: str = ""

    def __str__(self) -> str:
        better = f", better: {self.fixed_in}" if self.fixed_in else ", nothing better yet"
        return f"{self.part} {self.version}: {', '.join(sorted(self.names))}{better}\n    {self.said}"


@dataclass(frozen=True)
class Exemption:
    """A hole that does no harm here, until a day."""

    part: str
    name: str
    reason: str
    until: dt.date

    def covers(self, finding: Finding) -> bool:
        """Tell whether this is about that hole."""
        return self.part.lower() == finding.part.lower() and self.name in finding.names


class NoAnswerError(Exception):
    """Nobody could be asked."""


class BadExceptionError(ValueError):
    """The list of exceptions cannot be read as one."""


def exemptions(text: str, today: dt.date) -> tuple[list[Exemption], list[str]]:
    """Return what is exempted, and what is wrong with the list: entries without a reason, too far or over.

    Raises:
        BadExceptionError: the text is no such list.
    """
    try:
        entries = tomllib.loads(text).get("exception", [])
        found = [Exemption(e["package"], e["id"], e["reason"].strip(), e["until"]) for e in entries]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadExceptionError(f"docs/audit-exceptions.toml: {error!r}") from error
    wrong = []
    for entry in found:
        if type(entry.until) is not dt.date:
            raise BadExceptionError(
                f"docs/audit-exceptions.toml: {entry.name}: until is a day without quotes"
            )
        if len(entry.reason) < 20:
            wrong.append(f"{entry.part}, {entry.name}: the exception gives no reason")
        if entry.until < today:
            wrong.append(f"{entry.part}, {entry.name}: the exception ended on {entry.until}")
        if entry.until > today + LONGEST:
            wrong.append(f"{entry.part}, {entry.name}: the exception is for longer than half a year")
    return found, wrong


def of_pip(report: dict[str, Any]) -> list[Finding]:
    """Return what pip-audit's report in JSON says."""
    return [
        Finding(
            part["name"], part["version"], frozenset([hole["id"], *hole.get("aliases", [])]),
            " ".join(hole.get("description", "").split())[:200], ", ".join(hole.get("fix_versions", [])),
        )
        for part in report["dependencies"]
        for hole in part.get("vulns", [])
    ]  # fmt: skip


def not_asked(report: dict[str, Any]) -> list[str]:
    """Return the parts that pip-audit left out, with its reason; npm leaves none out."""
    parts = report.get("dependencies", [])
    return [f"{part['name']}: {part['skip_reason']}" for part in parts if "skip_reason" in part]


def of_npm(report: dict[str, Any]) -> list[Finding]:
    """Return what ``npm audit --json`` says: reports about a part itself, not about who needs it."""
    found = []
    for part in report["vulnerabilities"].values():
        for hole in part["via"]:
            if isinstance(hole, dict):
                names = re.findall(r"GHSA[\w-]+|CVE-[\d-]+", str(hole.get("url", ""))) or [
                    str(hole["source"])
                ]
                found.append(Finding(part["name"], hole["range"], frozenset(names), hole["title"]))
    return found


def judged(
    findings: Sequence[Finding], exempted: Sequence[Exemption]
) -> tuple[list[Finding], list[Exemption]]:
    """Return what is not exempted, and the exemptions that are of no use any more."""
    open_ones = [finding for finding in findings if not any(entry.covers(finding) for entry in exempted)]
    idle = [entry for entry in exempted if not any(entry.covers(finding) for finding in findings)]
    return open_ones, idle


def _asked(command: list[str], has: str) -> dict[str, Any]:
    """Run a tool and return its report. Both end with an error when they find something: only the report tells."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
        report = json.loads(done.stdout)
    except FileNotFoundError as error:
        raise NoAnswerError(f"{command[0]} is not here") from error
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError(f"no answer within {SECONDS} seconds") from error
    except json.JSONDecodeError as error:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise NoAnswerError(last[0].strip()[:200] if last else "no report") from error
    if not isinstance(report, dict) or has not in report:
        said = report.get("message", "") if isinstance(report, dict) else ""
        raise NoAnswerError(str(said).split(" - ")[0] or "the answer is no report")
    return report


def first_part(lock: str) -> str:
    """Return the lines of a lock file that are about its first part."""
    return re.split(r"(?m)^(?=[A-Za-z0-9])", lock, maxsplit=2)[1]


def ask_pip(lock: Path) -> dict[str, Any]:
    """Return pip-audit's report. Raises ``NoAnswerError``.

    One part is asked for first: a mirror of the index often hands out packages and knows nothing of holes, and then need not be
    troubled with all the others.
    """
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder, "first.lock")
        sample.write_text(first_part(lock.read_text()))
        if not_asked(_pip_audit(sample)):
            raise NoAnswerError("the index that is set here does not know of holes")
    return _pip_audit(lock)


def _pip_audit(lock: Path) -> dict[str, Any]:
    # Asked as it is: every part has its fingerprint, so that nothing need be resolved or downloaded.
    options = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    return _asked([sys.executable, "-m", "pip_audit", "--requirement", str(lock), *options], "dependencies")


def ask_npm() -> dict[str, Any]:
    """Return npm's report on what comes into the browser or onto paper. Raises ``NoAnswerError``."""
    return _asked(["npm", "audit", "--omit=dev", "--package-lock-only", "--json"], "vulnerabilities")


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask both, and say what is open. 0: nothing; 1: something; 2: nobody could be asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--if-reachable", action="store_true", help="go on when nobody answers")
    parser.add_argument("lock", nargs="?", type=Path, default=LOCK, help="a lock file with fingerprints")
    options = parser.parse_args(arguments)
    out = sys.stdout.write
    try:
        exempted, wrong = exemptions(EXCEPTIONS.read_text(), dt.datetime.now(dt.UTC).date())
    except BadExceptionError as error:
        out(f"{error}\n")
        return 1
    findings: list[Finding] = []
    silent = []
    for what, ask, read in (("Python", lambda: ask_pip(options.lock), of_pip), ("npm", ask_npm, of_npm)):
        try:
            report = ask()
        except NoAnswerError as error:
            silent.append(what)
            out(f"{what}: NOT AUDITED, {error}\n")
            continue
        found = read(report)
        findings += found
        out(f"{what}: {len(found)} known\n")
        for line in not_asked(report):
            silent.append(what)
            out(f"{what}: NOT AUDITED, {line}\n")
    open_ones, idle = judged(findings, exempted)
    for line in (*wrong, *map(str, open_ones)):
        out(f"{line}\n")
    for entry in idle if not silent else []:
        out(f"{entry.part}, {entry.name}: no longer reported, the exception can go\n")
    if wrong or open_ones:
        return 1
    return 2 if silent and not options.if_reachable else 0


if __name__ == "__main__":
    sys.exit(main())
