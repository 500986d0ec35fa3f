"""What the run found: as a table, as problems, in ``docs/reliability.md``."""

import datetime as dt
import statistics

from tests.faults.cluster import ROOT
from tests.faults.scenes import Row

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make faults -->", "<!-- end of the figures -->"
# A clear page, and no answer at all (the connection was cut): the writers send again after both.
CLEAR = {"503", "nothing"}


def is_control(row: Row) -> bool:
    return row.fault.startswith("control")


def problems(rows: list[Row]) -> list[str]:
    """Return what is not as it must be."""
    found = []
    for row in rows:
        if is_control(row):
            if row.found.lost == 0:
                found.append("the control lost nothing, so this run proves nothing")
            continue
        if row.found.wrong:
            found.append(f"{row.fault}: {row.found}")
        if strange := row.answers.keys() - CLEAR:
            found.append(f"{row.fault}: answers {sorted(strange)}")
    return found


def table(rows: list[Row]) -> str:
    """Return the table in Markdown."""
    lines = [
        "| fault | blows | acknowledged meanwhile | lost | doubled | half | seconds to the next acknowledgements: median, longest | remarks |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for row in rows:
        seconds = f"{statistics.median(row.seconds):.1f}, {max(row.seconds):.1f}" if row.seconds else ""
        found = row.found
        lines.append(
            f"| {row.fault} | {row.blows} | {row.acknowledged:,} | {found.lost} | {found.doubled} | {found.half} | {seconds} | {row.words} |"
        )
    return "\n".join(lines)


def write(rows: list[Row], seconds: float) -> None:
    """Put the table between its marks."""
    text = DOCUMENT.read_text()
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    ours = [row for row in rows if not is_control(row)]
    kills = sum(row.blows for row in ours if row.kills)
    acknowledged = sum(row.acknowledged for row in ours)
    lost = sum(row.found.lost for row in ours)
    controls = [row for row in rows if is_control(row)]
    words = (
        f"Run of {dt.date.today():%Y-%m-%d}, {seconds / 60:.1f} minutes: **{kills} kills, {acknowledged:,} acknowledged records, {lost} lost**; "  # noqa: DTZ011 - the day on this machine
        + "".join(
            f"the control lost {row.found.lost} of {row.acknowledged:,} in {row.blows} kills."
            for row in controls
        )
    )
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{words}\n\n{table(rows)}\n\n{END}{after}")
