"""What stands in a column that has been emptied."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class CannotBeEmptyError(ValueError):
    """The column must hold something, and nothing says what."""


def empty_value(field: Any) -> Any:
    """Return the value of an emptied column: null, no text, an empty list, the default; an identifier gets a new random one.

    Raises ``CannotBeEmptyError`` for a column that must hold a fact.
    """
    if isinstance(field, models.UUIDField) and not field.null:
        return uuid.uuid4()
    if field.null:
        return None
    if getattr(field, "auto_now", False):
        return timezone.now()
    if isinstance(field, ArrayField):
        return _empty_list(field)
    if isinstance(field, models.CharField | models.TextField):
        return _empty_text(field)
    if isinstance(field, models.ForeignKey) or not field.has_default():
        raise CannotBeEmptyError(field)
    return field.get_default()


def _empty_list(field: Any) -> list[Any]:
    if field.size:
        raise CannotBeEmptyError(field)
    return []


def _empty_text(field: Any) -> str:
    """The default of a choice is its neutral answer; a text that may not be left empty cannot be emptied."""
    if field.choices and field.has_default():
        return str(field.get_default())
    if field.unique or not (field.blank or field.has_default()):
        raise CannotBeEmptyError(field)
    return ""
