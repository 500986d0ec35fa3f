"""What businesses need help with, topic by topic."""

from django.utils.translation import gettext as _

from businesses.analysis.needs_profile import NONE, URGENT
from businesses.enums import NeedTopic
from businesses.survey_analysis.blocks import Block, Cell, Figure, Line, answered, per_cent
from businesses.survey_analysis.chapters.economy import spread_of
from businesses.survey_analysis.protection import Cut, Spread
from businesses.survey_analysis.rows import WaveRows
from businesses.survey_analysis.words import choice_words

TOPICS = {
    f"v31_{topic.value}": topic for topic in NeedTopic if topic not in (NeedTopic.TRAINER, NeedTopic.OTHER)
}
KEYS = tuple(TOPICS)


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter, the most urgent topic first; a topic whose count is hidden comes last."""
    found = {
        topic: spread_of(data, key, cut) for key, topic in TOPICS.items() if choice_words(data.version, key)
    }
    ordered = sorted(
        found, key=lambda topic: (-(found[topic].share(URGENT) or -1), -(any_share(found[topic]) or -1))
    )
    return (
        Block(
            key="profile", title=_("Profile of needs"), about=("need_profile",),
            figures=tuple(_figure(topic, found[topic]) for topic in ordered[:3]),
            head=(_("Topic"), _("urgent"), _("some or urgent"), _("Answers")),
            lines=tuple(_line(topic, found[topic]) for topic in ordered),
            note=_("The bar shows who needs some help or needs it urgently. Each topic has its own number of answers."),
        ),
    )  # fmt: skip


def any_share(found: Spread) -> float | None:
    """Return (some + urgent) / n: what the answers "none" leave over; None where these are hidden."""
    nobody = found.share(NONE)
    return None if nobody is None else 1 - nobody


def _figure(topic: NeedTopic, found: Spread) -> Figure:
    urgent = found.share(URGENT)
    return Figure.of(
        "need_profile", None if urgent is None else per_cent(urgent), answered(found.n, found.asked), key=f"need_{topic.value}",
        name=_("%(topic)s, urgent") % {"topic": topic.label}, hidden=found.counts[URGENT] is None,
    )  # fmt: skip


def _line(topic: NeedTopic, found: Spread) -> Line:
    share = any_share(found)
    return Line(
        str(topic.label),
        (
            Cell.share(found.share(URGENT), hidden=found.counts[URGENT] is None),
            Cell.share(share, hidden=found.counts[NONE] is None),
            Cell.of(found.n),
        ),
        share,
    )
