"""``manage.py doctor [--only NAME] [--json] [--url ADDRESS] [--send-to MAIL]``: looks at a running installation."""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from iqquadrat.operations.doctor import CHECKS, examine
from iqquadrat.operations.doctor.findings import Asked, Finding, State

WIDTH = max(len(name) for name in CHECKS)
STYLES = {State.OK: "SUCCESS", State.WARNING: "WARNING", State.FAULT: "ERROR"}


class Command(BaseCommand):
    """Exit code 0: all is well; 1: there is a warning; 2: there is a fault."""

    help = "Look at a running installation and say what to do. Exit code 0: well, 1: a warning, 2: a fault."
    # The doctor finds out itself what is wrong; an error of the checks must not keep it from coming.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            choices=CHECKS,
            help="make this check only; may be given often",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object for programs")
        parser.add_argument(
            "--url", default="", help="address of the running site: its headers and certificate are looked at"
        )
        parser.add_argument("--send-to", default="", help="send a mail there as a trial")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(_language()):
            asked = Asked(url=options["url"], send_to=options["send_to"])
            found = examine(asked, options["only"])
            worst = self._as_json(found) if options["json"] else self._as_lines(found)
        if worst:
            sys.exit(int(worst))

    def _as_lines(self, found: Iterator[tuple[str, Finding]]) -> State:
        worst = State.OK
        for name, finding in found:
            worst = max(worst, finding.state)
            word = self._word(finding)
            line = f"{name:{WIDTH}}  {finding.text} {finding.advice}".rstrip()
            self.stdout.write(f"{word} {line}")
        return worst

    def _word(self, finding: Finding) -> str:
        words = {
            State.OK: translation.pgettext("doctor", "ok"),
            State.WARNING: translation.pgettext("doctor", "warning"),
            State.FAULT: translation.pgettext("doctor", "FAULT"),
        }
        word = translation.pgettext("doctor", "skipped") if finding.skipped else words[finding.state]
        padded = f"{word:14}"
        return padded if finding.skipped else str(getattr(self.style, STYLES[finding.state])(padded))

    def _as_json(self, found: Iterator[tuple[str, Finding]]) -> State:
        lines = [
            {"check": name, "state": "skipped" if finding.skipped else finding.state.name.lower(), "text": finding.text, "advice": finding.advice}
            for name, finding in found
        ]  # fmt: skip
        worst = max(
            (State[line["state"].upper()] for line in lines if line["state"] != "skipped"), default=State.OK
        )
        self.stdout.write(
            json.dumps({"state": worst.name.lower(), "checks": lines}, ensure_ascii=False, indent=2)
        )
        return worst


def _language() -> str:
    """Return English where the terminal speaks it, else German."""
    spoken = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
    )
    return "en" if spoken.lower().startswith("en") else "de"
