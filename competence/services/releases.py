"""What a client releases for employers: released, replaced by a newer release, withdrawn."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from competence.enums import ReleaseEnd
from competence.models import Assessment, ProfileRelease
from competence.released import Item
from counselling.consents import current_text
from counselling.enums import Purpose
from counselling.models import ConsentVersion
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


class ReleaseChangedError(Exception):
    """Somebody else changed what is released meanwhile; ``stored`` is what stands now, None when it was withdrawn."""

    def __init__(self, stored: ProfileRelease | None) -> None:
        super().__init__()
        self.stored = stored


class NothingChosenError(ValueError):
    """A release names at least one item; to take everything back it is withdrawn."""


def release_in_force(assessment: Assessment) -> ProfileRelease | None:
    """Return what is released of this profile today."""
    return (
        ProfileRelease.objects.in_force().filter(assessment=assessment).select_related("created_by").first()
    )


def uses_text(version: ConsentVersion) -> bool:
    """Tell whether a release was explained by this version of the consent text."""
    if version.purpose != Purpose.SHARE_WITH_EMPLOYER:
        return False
    releases = ProfileRelease.objects.filter(text_version=version.version)
    if version.centre_id:
        releases = releases.filter(assessment__centre_id=version.centre_id)
    return releases.exists()


@transaction.atomic
def release_items(
    *, assessment: Assessment, items: Sequence[Item], explained_in: str, seen: int, by: User
) -> ProfileRelease:
    """Keep what the client releases, with the words read. It takes the place of every older release of the client.

    ``seen`` is the key of the release the page showed, 0 for none. The same items and words again return what stands. Raises
    ``NothingChosenError``, and ``ReleaseChangedError`` when something else is in force by now.
    """
    if not items:
        raise NothingChosenError
    hold_still(assessment.client)  # two who release for one person take turns here
    stored = release_in_force(assessment)
    shown = {item.key: item.words.de for item in items}
    if stored is not None and stored.shown == shown and stored.explained_in == explained_in:
        return stored
    if (stored.pk if stored else 0) != seen:
        raise ReleaseChangedError(stored)
    _end(assessment, ReleaseEnd.REPLACED, by)
    made = ProfileRelease.objects.create(
        assessment=assessment, items=list(shown), shown=shown, explained_in=explained_in, released_at=timezone.now(), created_by=by,
        text_version=current_text(Purpose.SHARE_WITH_EMPLOYER, assessment.centre_id).version,
    )  # fmt: skip
    record(Action.CHANGE, by=by, obj=assessment, release="released", items=len(shown))
    return made


@transaction.atomic
def withdraw_release(*, assessment: Assessment, by: User) -> int:
    """Note that the client takes everything back; nothing may be printed any more. Returns how many releases ended."""
    hold_still(assessment.client)
    ended = _end(assessment, ReleaseEnd.WITHDRAWN, by)
    if ended:
        record(Action.CHANGE, by=by, obj=assessment, release="withdrawn")
    return ended


def _end(assessment: Assessment, how: ReleaseEnd, by: User) -> int:
    """End what is in force of this client, whichever assessment it was released from."""
    standing = ProfileRelease.objects.in_force().filter(assessment__client_id=assessment.client_id)
    now = timezone.now()
    return standing.update(ended_at=now, ended_how=how, ended_by=by, changed_at=now)
