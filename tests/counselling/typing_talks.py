"""What somebody types into the form of a talk in a group."""

from typing import Any
from uuid import uuid4


def typed(person: Any, **more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid4()), "client": str(person.public_id), "held_on": "2026-01-05", "held_time": "10:00", "minutes": "20",
        "channel": "group", "languages": ["ar"], "topics": ["application"], "main_topic": "application", **more,
    }  # fmt: skip
