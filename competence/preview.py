"""A question as a client sees it, without a client: for whoever keeps questions and translations."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from competence import question_page
from competence.models import Assessment, KioskSession
from competence.sitting import Sitting
from iqquadrat.questionnaires import texts
from iqquadrat.questionnaires.models import Answer, Item, Response, Version

# Looks like the address of a sitting and is none.
_NO_TOKEN = "preview-preview-previe"  # noqa: S105 - the opposite of a secret
_PAIR = ["pot", "plant"]


@dataclass
class Showing(Sitting):
    """A sitting that nobody sits in: nothing is stored, no answer stands, every question is asked."""

    shown: Version | None = None

    @cached_property
    def version(self) -> Version:
        """The questionnaire that is shown, a draft too."""
        assert self.shown is not None  # noqa: S101 - ``showing`` gives it
        return self.shown

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """None."""
        return {}

    def is_offered(self, item: Item) -> bool:
        """As the kiosk will decide, also where the language is switched off."""
        return self.language != "de" and texts.is_offered(item, self.language)

    @cached_property
    def asked(self) -> list[Item]:
        """All questions: conditions are for people who answer."""
        return self.version.ordered_items


def page(version: Version, item: Item, *, language: str, in_l1: bool) -> dict[str, Any]:
    """Return the context of a question in the look of the kiosk."""
    now = timezone.now()
    response = Response(version=version, language=language)
    assessment = Assessment(response=response, mother_tongue=language, pair=_PAIR, started_at=now)
    session = KioskSession(
        assessment=assessment, started_at=now, last_seen=now, ends_at=now + dt.timedelta(hours=1)
    )
    sitting = Showing(session, _NO_TOKEN, now, version)
    items = version.ordered_items
    here = items.index(item)
    return question_page.page(sitting, item, in_l1=in_l1) | {
        "before": items[here - 1] if here else None,
        "after": items[here + 1] if here + 1 < len(items) else None,
    }
