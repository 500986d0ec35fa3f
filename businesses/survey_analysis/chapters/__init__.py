"""The chapters of the analysis: each reads the answers it needs and says what it found in blocks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from businesses.survey_analysis.blocks import Block, Chapter
from businesses.survey_analysis.chapters import branches, economy, jobs, needs, owners, response, street
from businesses.survey_analysis.protection import Cut
from businesses.survey_analysis.rows import WaveRows


@dataclass(frozen=True)
class Kind:
    """A chapter as it can be asked for. ``keys`` are the questions it needs; ``is_cut`` tells whether it can be shown for a part."""

    key: str
    title: Promise
    keys: tuple[str, ...]
    build: Callable[[WaveRows, Cut | None], tuple[Block, ...]]
    is_cut: bool = True


KINDS = (
    Kind("response", _("Response and limits"), response.KEYS, response.blocks, is_cut=False),
    Kind("branches", _("Branches"), branches.KEYS, branches.blocks),
    Kind("street", _("Street"), street.KEYS, street.blocks),
    Kind("jobs", _("Jobs and training"), jobs.KEYS, jobs.blocks),
    Kind("economy", _("Economy"), economy.KEYS, economy.blocks),
    Kind("needs", _("Needs"), needs.KEYS, needs.blocks),
    Kind("owners", _("Owners and network"), owners.KEYS, owners.blocks),
)
BY_KEY = {kind.key: kind for kind in KINDS}
EVERY_KEY = tuple(sorted({key for kind in KINDS for key in kind.keys}))


def chapter_of(kind: Kind, data: WaveRows, cut: Cut | None = None) -> Chapter:
    """Return a chapter of a wave that was read with its keys."""
    return Chapter(kind.key, str(kind.title), kind.build(data, cut if kind.is_cut else None))
