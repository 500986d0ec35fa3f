"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from counselling.services.topics import ensure_topics

__all__ = ["ensure_topics"]
