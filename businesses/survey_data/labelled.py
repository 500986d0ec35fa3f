"""SPSS (.sav) and Stata (.dta) with labels, missing values and levels of measurement, written by pyreadstat.

pyreadstat takes frames of two libraries, each larger than this whole program, and asks of them only what the narwhals protocol says: names
and types of columns, and rows one after the other. ``_Frame`` gives just that and reads the rows from disk.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pyreadstat
from narwhals import Implementation

from businesses.survey_data.rows import Table
from businesses.survey_data.variables import Variable

# Bytes for SPSS, letters for Stata; what is longer stands in full in the codebook.
SPSS_LABEL, SPSS_VALUE, STATA_LABEL = 250, 118, 80
MISSING_LETTERS = ("a", "b", "c")


class _Column:
    """A column as the writer looks at it before it writes: its type, whether something is missing, how long its texts are."""

    _implementation = Implementation.POLARS

    def __init__(self, name: str, dtype: Any, samples: list[Any], version: Any) -> None:
        self.name, self.dtype, self._samples, self._version = name, dtype, samples, version

    @property
    def native(self) -> "_Column":
        return self

    def __narwhals_series__(self) -> "_Column":
        return self

    def _with_version(self, version: Any) -> "_Column":
        self._version = version
        return self

    def __native_namespace__(self) -> Any:
        return sys.modules[__name__]

    def null_count(self) -> int:
        # What is missing stands in the file as a number, a letter or an empty text: no cell is without a value.
        return 0

    def drop_nulls(self) -> "_Column":
        return self

    def __len__(self) -> int:
        return len(self._samples)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._samples)


class _Frame:
    """The rows of a table; with ``letters`` missing answers are the letters that Stata has for them."""

    _implementation = Implementation.POLARS

    def __init__(self, table: Table, *, letters: bool) -> None:
        self._table, self._letters = table, letters
        self._version: Any = None
        self._marks = [_letters_of(variable) if letters else {} for variable in table.variables]

    @property
    def native(self) -> "_Frame":
        return self

    @property
    def columns(self) -> list[str]:
        return [variable.name for variable in self._table.variables]

    def __narwhals_dataframe__(self) -> "_Frame":
        return self

    def _with_version(self, version: Any) -> "_Frame":
        self._version = version
        return self

    def __native_namespace__(self) -> Any:
        return sys.modules[__name__]

    def __len__(self) -> int:
        return len(self._table)

    def iter_columns(self) -> Iterator[_Column]:
        longest = [""] * len(self._table.variables)
        for row in self._table.rows:
            for at, cell in enumerate(row):
                if isinstance(cell, str) and len(cell.encode()) > len(longest[at].encode()):
                    longest[at] = cell
        for variable, text in zip(self._table.variables, longest, strict=True):
            if variable.is_text:
                column = _Column(variable.name, nw.String(), [text], self._version)
            elif self._letters and variable.missing:
                # Numbers beside letters: a column of mixed kinds, whose first value tells that it is one of numbers.
                column = _Column(variable.name, nw.Object(), [0.0], self._version)
            else:
                column = _Column(variable.name, nw.Float64(), [0.0], self._version)
            yield column

    def iter_rows(self, *, named: bool = False, buffer_size: int = 0) -> Iterator[tuple[Any, ...]]:  # noqa: ARG002 - the protocol's signature
        for row in self._table.rows:
            yield tuple(marks.get(cell, cell) for marks, cell in zip(self._marks, row, strict=True))


def write_spss(table: Table, path: Path) -> None:
    """Write the table for SPSS, PSPP, R and Python: answers that are missing are user-defined missing values."""
    variables = table.variables
    pyreadstat.write_sav(
        _Frame(table, letters=False), str(path), file_label=_title(table)[:60],
        column_labels={v.name: _bytes(v.label, SPSS_LABEL) for v in variables},
        variable_value_labels={v.name: {float(code): _bytes(words, SPSS_VALUE) for code, words in v.all_labels.items()} for v in variables if v.all_labels},
        missing_ranges={v.name: [float(code) for code in v.missing.codes] for v in variables if v.missing and not v.is_text},
        variable_measure={v.name: v.measure for v in variables},
        variable_format={v.name: "F10.0" for v in variables if not v.is_text},
        row_compress=True,
    )  # fmt: skip


def write_stata(table: Table, path: Path) -> None:
    """Write the table for Stata: answers that are missing are .a (not asked), .b (no answer) and .c (not reached)."""
    variables = table.variables
    pyreadstat.write_dta(
        _Frame(table, letters=True), str(path), file_label=_title(table)[:80],
        column_labels={v.name: _letters(v.label, STATA_LABEL) for v in variables},
        variable_value_labels={v.name: _stata_labels(v) for v in variables if v.all_labels},
        missing_user_values={v.name: list(MISSING_LETTERS) for v in variables if v.missing and not v.is_text},
        version=15,
    )  # fmt: skip


def _letters_of(variable: Variable) -> dict[Any, str]:
    if variable.missing is None or variable.is_text:
        return {}
    return dict(zip(variable.missing.codes, MISSING_LETTERS, strict=True))


def _stata_labels(variable: Variable) -> dict[Any, str]:
    letters = _letters_of(variable)
    return {letters.get(code, code): words for code, words in variable.all_labels.items()}


def _title(table: Table) -> str:
    return ", ".join(wave.name for wave in table.waves)


def _letters(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _bytes(text: str, most: int) -> str:
    """Return a text of at most so many bytes, never cut inside a letter."""
    if len(text.encode()) <= most:
        return text
    return f"{text.encode()[: most - 3].decode(errors='ignore')}…"


__all__ = ["MISSING_LETTERS", "write_spss", "write_stata"]
