"""What is counted of the table, carried to the one process that writes the summary: ``tests/fixtures/matrix.py`` prints it."""

from collections.abc import Sequence

import pytest

Note = pytest.FixtureRequest


def count(request: Note, what: str, tried: int, wrong: Sequence[str]) -> None:
    """Note how many ``cells`` or ``probes`` were tried, and fail with those that went wrong."""
    request.node.user_properties.append((f"matrix {what}", (tried, len(wrong))))
    assert tried > 0
    assert not wrong, "\n".join(wrong)
