"""Fifty equal posts at once, of every form that the pages show: what one of them writes is written once.

``python -m tests.fuzz.parallel``. What one post writes is measured right before, and taken back; so it does not matter what the forms
before have left.
"""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.db import connection

from tests.fuzz.__main__ import prepare, set_up

if TYPE_CHECKING:
    from tests.walks.forms import Sent

POSTS, HANDS = 50, 10
# These end the session that all others need; they go last.
LAST = ("accounts:", "kiosk:", "administration:")


def main() -> None:
    """Send every form and say what was written more than once."""
    set_up()
    walk, _targets = prepare(1)
    from tests.walks.shields import TWICE

    connection.settings_dict["NAME"] = "fuzz_0"
    forms = sorted(
        walk.writing.items(), key=lambda pair: (pair[0].startswith(LAST), _is_shielded_only(pair[1]), pair[0])
    )
    writing, problems = 0, []
    for route, sent in forms:
        once, many, answers = _compare(sent)
        writing += bool(once)
        strange = sorted(status for status in answers if status >= 500)
        grown = {table: count for table, count in many.items() if count > once.get(table, 0)}
        if strange or (grown and route not in TWICE):
            problems.append(f"{route}: answers {sorted(answers)}, one post writes {once}, fifty wrote {many}")
            print(problems[-1], flush=True)
    print(
        f"{len(forms)} forms sent {POSTS} times at once, {writing} of them made records; written more than once or broken: {len(problems)}"
    )
    sys.exit(1 if problems else 0)


def _is_shielded_only(sent: "Sent") -> bool:
    """Forms that make something come first: those that take something away may take it from the others."""
    return "submission" not in sent.form.inputs


def _compare(sent: "Sent") -> tuple[dict[str, int], dict[str, int], set[int]]:
    """Return what one post adds to each table, what fifty at once added, and their answers."""
    from tests.walks.forms import undone
    from tests.walks.test_every_form import _sizes

    before = _sizes()
    with undone():
        sent.post(sent.facts)
        once = _grown(before, _sizes())
    gate = threading.Barrier(HANDS)

    def post(_number: int) -> int:
        try:
            gate.wait(timeout=60)
            return int(sent.post(sent.facts).status_code)
        except threading.BrokenBarrierError:
            raise
        except Exception as error:  # noqa: BLE001 - any error is a 500
            print(f"{sent.form.route}: {type(error).__name__} {error}"[:400], flush=True)
            return 500
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        answers = set(pool.map(post, range(POSTS)))
    return once, _grown(before, _sizes()), answers


def _grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: after[table] - before[table] for table in after if after[table] > before[table]}


if __name__ == "__main__":
    main()
