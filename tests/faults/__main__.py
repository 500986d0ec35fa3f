"""The long run: ``python -m tests.faults`` kills, stops and cuts; ``--write`` puts the figures into ``docs/reliability.md``.

``--short`` is what the suite runs: one of the most telling blows each. The status is 1 when something was lost, doubled or half, when an
answer was neither the right one nor a clear 503, or when the control did not lose.
"""

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.scenes import Row


def main() -> None:
    """Run the scenes and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--share", type=float, default=1.0, help="of the kills of the long run")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    wanted = parser.parse_args()
    begun = time.monotonic()
    rows = _rows(wanted)
    from tests.faults.figures import problems, table, write

    seconds = time.monotonic() - begun
    print(table(rows))
    kills = sum(row.blows for row in rows if row.kills)
    print(f"{kills} kills in {seconds:.0f} s")
    if wanted.write:
        write(rows, seconds)
    found = problems(rows)
    for problem in found:
        print(f"wrong: {problem}")
    sys.exit(1 if found else 0)


def _rows(wanted: argparse.Namespace) -> "list[Row]":
    from tests.faults.cluster import Cluster, free_port, home, template

    port = free_port()
    os.environ |= {
        "DATABASE_URL": Cluster(home(), port).url(),
        "DJANGO_SETTINGS_MODULE": "iqquadrat.settings",
        "IQ_TESTING": "1",
    }
    master = template()
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    from tests.faults.run import long_run, short_run

    return (
        short_run(master, port, wanted.seed)
        if wanted.short
        else long_run(master, port, wanted.seed, wanted.share)
    )


if __name__ == "__main__":
    main()
