"""Show how often the language evidence errs for simulated readers, as the table that stands in docs/evidence.md."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from competence.evidence import LEVELS, Item, Statement
from competence.evidence.simulation import Tally, all_readers, tally
from competence.thresholds import CONTENT, thresholds_on
from iqquadrat.questionnaires import content

HEAD = (
    "| behaviour | reads at | A1 supported / not | A2 supported / not | B1 supported / not | void | wrongly supported | wrongly denied |",
    "|---|---|---|---|---|---|---|---|",
)


def questions() -> list[Item]:
    """Return the delivered questionnaire as the evidence sees it; nothing is asked of a database."""
    return [
        Item(key=item.key, level=item.level, german=item.label["de"], is_evidence=item.evidence, is_probe=item.probe)
        for item in content.read(CONTENT.parent).items()
    ]  # fmt: skip


def line(found: Tally) -> str:
    """Return one line of the table; all figures are per cent of the readers."""

    def share(number: int) -> str:
        return f"{100 * number / found.readers:.1f}"

    cells = [
        f"{share(found.statements[level][Statement.SUPPORTED])} / {share(found.statements[level][Statement.NOT_SUPPORTED])}"
        for level in LEVELS
    ]
    who = [found.reader.behaviour.value, found.reader.ability or "below A1"]
    ends = [found.void, found.wrongly_supported(), found.wrongly_denied()]
    return "| " + " | ".join([*who, *cells, *map(share, ends)]) + " |"


class Command(BaseCommand):
    """Print a Markdown table, per cent of the readers of each kind."""

    help = "Simulate readers of known ability and show how often the language evidence errs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and from which seed."""
        parser.add_argument("--readers", type=int, default=1000, help="of each kind")
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="day whose thresholds hold")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the table, a line a kind of reader."""
        rules = thresholds_on(options["on"] or date.max)
        items = questions()
        self.stdout.write("\n".join(HEAD))
        for reader in all_readers():
            found = tally(reader, items, readers=options["readers"], seed=options["seed"], thresholds=rules)
            self.stdout.write(line(found))
