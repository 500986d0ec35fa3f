"""All files of an export in one archive, with a page that says how to read them."""

import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from businesses.models import Wave
from businesses.survey_data import paradata
from businesses.survey_data.codebook import write_codebook
from businesses.survey_data.csv_file import write_csv
from businesses.survey_data.labelled import write_spss, write_stata
from businesses.survey_data.rows import Table, read_table
from businesses.survey_data.workbook import write_workbook

READING = """```r
library(haven)                                  # R
d <- read_sav("interviews.sav", user_na = TRUE)
table(as_factor(d$v20_now), useNA = "ifany")
```

```python
import pandas as pd                              # Python
d = pd.read_csv("interviews.csv"{separator})
d["v09_heads"].where(d["v09_heads"] >= 0).describe()
```

```
GET FILE = "interviews.sav".                    * SPSS.
FREQUENCIES VARIABLES = v20_now.
```

```
use "interviews.dta"                            // Stata
tabulate v20_now, missing
```
"""


@dataclass(frozen=True)
class Order:
    """What is asked for: whose eyes (``internal`` or ``science``), the language of labels, the kind of CSV."""

    scope: str = "internal"
    language: str = "de"
    semicolon: bool = False


def write_bundle(waves: Iterable[Wave], order: Order) -> tuple[IO[bytes], int]:
    """Return the archive, to be read and closed, and the number of interviews. Raises ``TooFewInterviewsError``."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - handed over open
    try:
        with (
            translation.override(order.language),
            read_table(waves, scope=order.scope, language=order.language) as table,
            tempfile.TemporaryDirectory() as folder,
            zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            _fill(out, Path(folder), table, order)
            number = len(table)
    except BaseException:
        archive.close()
        raise
    archive.seek(0)
    return archive, number


def _fill(out: zipfile.ZipFile, folder: Path, table: Table, order: Order) -> None:
    out.writestr("README.md", _readme(table, order))
    out.writestr("codebook.md", write_codebook(table))
    heads = [variable.name for variable in table.variables]
    with out.open("interviews.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        write_csv(file, heads, table.rows, semicolon=order.semicolon)
    attempt_heads = [variable.name for variable in paradata.variables()]
    with out.open("attempts.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        write_csv(
            file, attempt_heads, paradata.rows(table.waves, scope=order.scope), semicolon=order.semicolon
        )
    write_spss(table, folder / "interviews.sav")
    write_stata(table, folder / "interviews.dta")
    attempts = (paradata.variables(), paradata.rows(table.waves, scope=order.scope))
    write_workbook(table, attempts, folder / "survey.xlsx")
    for path in sorted(folder.iterdir()):
        out.write(path, path.name)


def _readme(table: Table, order: Order) -> str:
    files = {
        "interviews.csv": _("one row an interview, as a table that every program reads"),
        "interviews.sav": _("the same for SPSS, PSPP, R and Python, with labels and missing values"),
        "interviews.dta": _("the same for Stata (15 and later), with labels and missing values"),
        "survey.xlsx": _("the same as a workbook: data, attempts, codebook, labels"),
        "attempts.csv": _("one row an attempt at a door: number, day of the week, hour, result"),
        "codebook.md": _("what every column and every number means"),
    }
    title = _("Survey of businesses")
    lines = [f"# {title}", ""]
    lines += [f"- `{name}`: {words}" for name, words in files.items()]
    lines += ["", _("This file holds %(rows)d interviews.") % {"rows": len(table)}, ""]
    separator = ', sep=";"' if order.semicolon else ""
    return "\n".join(lines) + "\n" + READING.replace("{separator}", separator)
