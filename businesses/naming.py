"""What an interview says about needs. Pure: reads the answers that count, writes nothing.

Question 31 asks for each topic: none, some or urgent. Questions 24 to 26 tell of a need of their own: willing to train, but nobody
there may (businesses.md, "willing but not eligible").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from businesses.enums import NeedTopic, Urgency

TOPIC_KEYS: dict[str, NeedTopic] = {
    f"v31_{topic}": topic for topic in NeedTopic if topic not in (NeedTopic.OTHER, NeedTopic.TRAINER)
}
WILLING = ("rather_yes", "yes")
# Whoever has one of these may train already.
ELIGIBLE = {"trainer", "master", "trains"}
NO_NEED = "none"


@dataclass(frozen=True)
class NeedNamed:
    """A topic and how pressing it is."""

    topic: NeedTopic
    urgency: Urgency


def needs_named(values: Mapping[str, Any]) -> list[NeedNamed]:
    """Return the needs that these answers name, in the order of the topics. What was skipped or not known names nothing."""
    named = [
        NeedNamed(topic, Urgency(values[key]))
        for key, topic in TOPIC_KEYS.items()
        if values.get(key) in Urgency.values
    ]
    if _wants_to_train_but_may_not(values):
        named.append(NeedNamed(NeedTopic.TRAINER, Urgency.SOME))
    return named


def needs_denied(values: Mapping[str, Any]) -> set[NeedTopic]:
    """Return the topics to which these answers say plainly that there is no need, or no more."""
    denied: set[NeedTopic] = {topic for key, topic in TOPIC_KEYS.items() if values.get(key) == NO_NEED}
    if _chosen(values, "v24_right") & ELIGIBLE:
        denied.add(NeedTopic.TRAINER)
    return denied


def _wants_to_train_but_may_not(values: Mapping[str, Any]) -> bool:
    """Only where the answers say so: "I do not know" what the business has is no "no", unless nobody may train."""
    right = _chosen(values, "v24_right")
    if values.get("v25_willing") not in WILLING or right & ELIGIBLE:
        return False
    return bool(right & {"none", "premises"}) or "no_trainer" in _chosen(values, "v26_obstacles")


def _chosen(values: Mapping[str, Any], key: str) -> set[str]:
    return set(values.get(key) or ())
