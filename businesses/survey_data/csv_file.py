"""Tables as CSV: every text in quotation marks, numbers plain."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO

# A spreadsheet takes a text that begins with one of these for a formula; an apostrophe before it makes it a text again.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
BYTE_ORDER_MARK = "\ufeff"


def defused(text: str) -> str:
    """Return a text that no spreadsheet runs. ``restored`` takes it back: nothing is lost."""
    return f"'{text}" if text.startswith(RISKY) else text


def restored(text: str) -> str:
    """Return the text as it was stored; one that begins with an apostrophe of its own, as in ``'s Lädle``, keeps it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def write_csv(
    file: IO[str], heads: Sequence[str], rows: Iterable[Sequence[int | str]], *, semicolon: bool = False
) -> None:
    """Write a table. ``semicolon`` and the mark of UTF-8 in front are for the German Excel, which opens it by a double click."""
    if semicolon:
        file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=";" if semicolon else ",", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in row])
