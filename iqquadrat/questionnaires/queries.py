"""Reads used twice."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from iqquadrat.core.prepared import Prepared
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.models import Answer, Response, Version


class _Row(NamedTuple):
    """The columns of an answer that its value is read from."""

    status: str
    choices: list[str]
    number: int | None
    text: str
    date: dt.date | None


# Runs while a client waits: planned once, and no model for each row.
_VALUES = Prepared("values", """
SELECT item.key, item.type, answer.status, answer.choices, answer.number, answer.text, answer.date
FROM questionnaires_answer AS answer JOIN questionnaires_item AS item ON item.id = answer.item_id
WHERE answer.response_id = %(response)s
""", {"response": "bigint"})  # fmt: skip


def version_content(version_id: int) -> Version:
    """Return a version with all its content in memory.

    A process keeps the content of versions that are no draft: one small query asks whether a text has changed since.
    """
    row = Version.objects.filter(pk=version_id).values_list("state", "content_stamp").get()
    if row[0] == VersionState.DRAFT:
        return Version.objects.with_content().get(pk=version_id)
    return _kept(version_id, row[0], row[1])


@lru_cache(maxsize=16)
def _kept(version_id: int, state: str, content_stamp: UUID) -> Version:  # noqa: ARG001 - part of the key
    return Version.objects.with_content().get(pk=version_id)


def published_version(key: str) -> Version:
    """Return the version of a questionnaire that is answered now, with its content. Raises ``Version.DoesNotExist``."""
    found = Version.objects.published().filter(questionnaire__key=key).values_list("pk", flat=True).get()
    return version_content(found)


def answers_by_key(response: Response) -> dict[str, Answer]:
    """Return what stands for each question, by its key. One query."""
    return {answer.item.key: answer for answer in response.answers.select_related("item")}


def values_of(response: Response) -> dict[str, Value]:
    """Return the given answers as conditions and flow read them. One query."""
    with connection.cursor() as cursor:
        _VALUES.execute(cursor, {"response": response.pk})
        values = {key: value_of(kind, _Row(*columns)) for key, kind, *columns in cursor.fetchall()}
    return {key: value for key, value in values.items() if value is not None}
