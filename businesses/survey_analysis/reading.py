"""Everything the analysis report holds, read once."""

from collections.abc import Callable
from dataclasses import dataclass

from businesses.models import Wave
from businesses.survey_analysis.blocks import Block, Chapter
from businesses.survey_analysis.chapters import EVERY_KEY, KINDS, chapter_of
from businesses.survey_analysis.comparison import comparison_of, earlier_waves
from businesses.survey_analysis.rows import WaveRows, read_wave


@dataclass(frozen=True)
class Report:
    """A wave in chapters, and beside the waves before it where there are any."""

    wave: Wave
    units: int
    active: int
    interviews: int
    chapters: list[Chapter]
    comparison: tuple[Block, ...]
    waves: list[Wave]


def steps_of(wave: Wave) -> int:
    """Return how many waves a report reads."""
    return 1 + len(earlier_waves(wave))


def read_report(wave: Wave, tell: Callable[[int], None]) -> Report:
    """Read the report of a wave; ``tell`` is called with the number of waves that are read."""
    read: list[WaveRows] = []
    for one in (wave, *earlier_waves(wave)):
        read.append(read_wave(one, EVERY_KEY))
        tell(len(read))
    data = read[0]
    return Report(
        wave=wave,
        units=len(data.units),
        active=len(data.active),
        interviews=len(data.interviewed),
        chapters=[chapter_of(kind, data) for kind in KINDS],
        comparison=comparison_of(read) if len(read) > 1 else (),
        waves=[one.wave for one in read],
    )
