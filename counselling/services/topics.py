"""Topics: the list a centre begins with, and what a coordinator makes of it. All centres of a site share it."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import ManyToOneRel
from django.utils import timezone
from django.utils.text import slugify

from counselling.errors import NotAllowedError, TopicChangedError, TopicUsedError
from counselling.models import Topic
from counselling.topics import TOPICS
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


@transaction.atomic
def ensure_topics() -> None:
    """Create the topics of a site that has none yet; what a coordinator has changed, added or deleted stays so.

    A language that came with an update brings its names: for the topics that still have their delivered German name, and only
    while no topic has a name in that language, so that a name somebody took out stays out.
    """
    if topics := list(Topic.objects.select_for_update()):
        _fill_new_languages(topics)
        return
    Topic.objects.bulk_create(
        Topic(key=key, position=position, **{f"name_{language}": name for language, name in names.items()})
        for position, (key, names) in enumerate(TOPICS, start=1)
    )


def _fill_new_languages(topics: list[Topic]) -> None:
    delivered = dict(TOPICS)
    known = {language for topic in topics for language, name in topic_names(topic).items() if name}
    changed = []
    for topic in topics:
        names = delivered.get(topic.key, {})
        new = {language: name for language, name in names.items() if language not in known}
        if new and topic_names(topic)["de"] == names["de"]:
            for language, name in new.items():
                setattr(topic, f"name_{language}", name)
            changed.append(topic)
    if changed:
        Topic.objects.bulk_update(changed, [f"name_{language}" for language in settings.CLIENT_LANGUAGES])


def _all_locked(by: User) -> list[Topic]:
    """Take the whole list: order and keys are a matter of all its topics. Who waited for somebody else reads what that one has added."""
    if not by.may(Permission.TOPIC_WRITE):
        raise NotAllowedError
    topics = Topic.objects.order_by("position", "key")
    list(topics.select_for_update())
    return list(topics)


def _one(topics: list[Topic], topic: Topic) -> Topic:
    """Return this topic as it is now. Raises ``Topic.DoesNotExist`` when somebody has deleted it meanwhile."""
    for known in topics:
        if known.pk == topic.pk:
            return known
    raise Topic.DoesNotExist


@transaction.atomic
def create_topic(*, names: dict[str, str], by: User) -> Topic:
    """Add a topic at the end. The same German name twice is one topic."""
    topics = _all_locked(by)
    if twin := next((topic for topic in topics if topic_names(topic)["de"] == names["de"]), None):
        return twin
    key = slugify(names["de"])[:40]
    if not key or any(topic.key == key for topic in topics):
        key = f"topic-{uuid4().hex[:8]}"
    topic = Topic.objects.create(
        key=key,
        position=1 + max((topic.position for topic in topics), default=0),
        **{f"name_{language}": name or None for language, name in names.items()},
    )
    record(Action.CREATE, by=by, obj=topic)
    return topic


def topic_names(topic: Topic) -> dict[str, str]:
    """Return the names by language as they are stored, without falling back to German."""
    return {
        field.name.removeprefix("name_"): getattr(topic, field.name) or ""
        for field in topic._meta.concrete_fields
        if field.name.startswith("name_")
    }


@transaction.atomic
def rename_topic(*, topic: Topic, names: dict[str, str], seen: dict[str, str], by: User) -> Topic:
    """Change the names. ``seen``: those the form was opened with; ``TopicChangedError`` when they are no longer stored."""
    stored = _one(_all_locked(by), topic)
    current = topic_names(stored)
    if current == names:
        return stored
    if current != seen:
        raise TopicChangedError
    changed = [language for language, name in names.items() if current[language] != name]
    for language in changed:
        setattr(stored, f"name_{language}", names[language] or None)
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, languages=changed)
    return stored


@transaction.atomic
def move_topic(*, topic: Topic, up: bool, by: User) -> None:
    """Let a topic change places with its neighbour; at the end of the list nothing happens."""
    topics = _all_locked(by)
    place = topics.index(_one(topics, topic))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(topics):
        return
    topics[place], topics[other] = topics[other], topics[place]
    for number, known in enumerate(topics, start=1):
        known.position = number
    Topic.objects.bulk_update(topics, ["position"])
    record(Action.CHANGE, by=by, obj=topic, fields=["position"])


@transaction.atomic
def retire_topic(*, topic: Topic, by: User, retired: bool = True) -> Topic:
    """Take a topic out of the choices, or bring it back. Records that have it keep it."""
    stored = _one(_all_locked(by), topic)
    if bool(stored.retired_at) != retired:
        stored.retired_at = timezone.now() if retired else None
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=["retired_at"])
    return stored


@transaction.atomic
def delete_topic(*, topic: Topic, by: User) -> None:
    """Delete a topic that stands in no record. Raises ``TopicUsedError`` for any other: the figures of past years need it."""
    stored = _one(_all_locked(by), topic)
    if any(rows.filter(**{field: stored}).exists() for rows, field in references()):
        raise TopicUsedError
    record(Action.DELETE, by=by, obj=stored, key=stored.key)
    stored.delete()


def references() -> list[tuple[models.Manager[Any], str]]:
    """Return the rows and the column of everything that points at topics, whichever room made it."""
    return [
        (relation.related_model._meta.default_manager, relation.field.name)  # type: ignore[misc]  # every model has one
        for relation in Topic._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and not isinstance(relation.related_model, str)
    ]
