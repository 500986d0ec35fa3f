"""What a request of the kiosk needs to know: the session behind the address, the questionnaire, the answers so far."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from competence.kiosk_door import token_hash
from competence.models import Assessment, KioskSession
from competence.services.sessions import SessionOverError
from iqquadrat.questionnaires import flow, texts
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.models import Answer, Item, Version


@lru_cache(maxsize=16)
def content(version_id: int, stamp: UUID) -> Version:  # noqa: ARG001 - the stamp is part of the key
    """Return a version with everything in it, kept in memory until one of its texts changes."""
    return Version.objects.with_content().get(pk=version_id)


@lru_cache(maxsize=2000)
def _offered(version_id: int, stamp: UUID, key: str, language: str) -> bool:
    version = content(version_id, stamp)
    if language == "de" or language in version.questionnaire.languages_off:
        return False
    return texts.is_offered(version.items_by_key[key], language)


@dataclass
class Sitting:
    """A live session with all that is read for it, each part once."""

    session: KioskSession
    token: str
    now: dt.datetime = field(default_factory=timezone.now)

    @property
    def assessment(self) -> Assessment:
        """The assessment that is answered."""
        return self.session.assessment

    @property
    def language(self) -> str:
        """The mother tongue that the client chose."""
        return self.assessment.mother_tongue

    @cached_property
    def version(self) -> Version:
        """The questionnaire."""
        stored = self.assessment.response.version
        return content(stored.pk, stored.content_stamp)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What stands for each question so far."""
        keys = {item.pk: item.key for item in self.version.ordered_items}
        return {
            keys[answer.item_id]: answer
            for answer in Answer.objects.filter(response_id=self.assessment.response_id)
        }

    @cached_property
    def values(self) -> dict[str, Value]:
        """The answers as conditions read them."""
        found = {
            key: value_of(self.version.items_by_key[key].type, answer) for key, answer in self.answers.items()
        }
        return {key: value for key, value in found.items() if value is not None}

    def item(self, key: str) -> Item | None:
        """Return the question of this key, or None when the questionnaire has none."""
        return self.version.items_by_key.get(key)

    def is_offered(self, item: Item) -> bool:
        """Tell whether the question can be switched to the client's language."""
        stored = self.assessment.response.version
        return _offered(stored.pk, stored.content_stamp, item.key, self.language)

    @cached_property
    def asked(self) -> list[Item]:
        """The questions that are asked under the answers so far."""
        return flow.applicable_items(self.version, self.values)

    @property
    def first_open(self) -> Item | None:
        """The first question that nothing stands for; None when all are done."""
        return next((item for item in self.asked if item.key not in self.answers), None)


def load(token: str, **lookups: Any) -> Sitting:
    """Return the live session behind an address in one query, or raise ``SessionOverError``."""
    now = timezone.now()
    session = (
        KioskSession.objects.select_related("assessment__response__version")
        .filter(token_hash=token_hash(token), **lookups)
        .first()
    )
    if session is None:
        raise SessionOverError("unknown")
    if session.ended_at is not None:
        raise SessionOverError(session.ended_reason)
    overdue = session.expired_reason(now)
    if overdue is not None:
        raise SessionOverError(overdue)
    return Sitting(session, token, now)
