"""Topics: the list a centre begins with."""

from django.db import transaction

from counselling.models import Topic
from counselling.topics import TOPICS


@transaction.atomic
def ensure_topics() -> None:
    """Create the topics that are missing; names that a coordinator has changed stay."""
    present = set(Topic.objects.values_list("key", flat=True))
    Topic.objects.bulk_create(
        Topic(key=key, position=position, **{f"name_{language}": name for language, name in names.items()})
        for position, (key, names) in enumerate(TOPICS, start=1)
        if key not in present
    )
