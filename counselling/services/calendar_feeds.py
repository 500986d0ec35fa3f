"""The secret address of the own calendar: made, replaced, closed, fetched."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import CalendarFeed
from counselling.models.calendar_feed import feed_hash
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.submissions import take_turns

# Calendar programs ask every quarter of an hour at most, often from two devices; beyond this somebody is playing.
FETCHES, FETCHES_WITHIN = 60, dt.timedelta(hours=1)


@transaction.atomic
def open_calendar_feed(*, by: User, submission: UUID | None = None) -> str:
    """Make the address of ``by``'s calendar and return its secret part, which nobody can be shown a second time.

    An address that was there before stops working. The same form again (a double click) returns nothing new: an empty text.
    """
    if not by.may(Permission.CONSULTATION_WRITE):
        raise NotAllowedError
    take_turns(submission)
    if submission and CalendarFeed.objects.filter(submission=submission).exists():
        return ""
    token = secrets.token_urlsafe(32)
    feed, _created = CalendarFeed.objects.update_or_create(
        user=by,
        defaults={"token_hash": feed_hash(token), "submission": submission, "made_at": timezone.now()},
    )
    record(Action.CREATE, by=by, obj=feed, centre_id=by.centre_id)
    return token


@transaction.atomic
def close_calendar_feed(*, by: User) -> None:
    """Close the address: what fetches it from now on is told that there is nothing."""
    for feed in CalendarFeed.objects.visible_to(by).select_for_update():
        record(Action.DELETE, by=by, obj=feed, centre_id=by.centre_id)
        feed.delete()


def fetched_last(feed: CalendarFeed) -> dt.datetime | None:
    """Return when the address was fetched last, since it was made; the log knows."""
    entry = _fetches(feed).first()
    return entry.at if entry else None


def note_fetch(*, feed: CalendarFeed) -> bool:
    """Log a fetch, in the name of the owner. False: too many within the hour, and nothing is handed out."""
    if _fetches(feed).filter(at__gt=timezone.now() - FETCHES_WITHIN)[:FETCHES].count() >= FETCHES:
        return False
    record(Action.EXPORT, by=feed.user, obj=feed, centre_id=feed.user.centre_id, format="ics")
    return True


def _fetches(feed: CalendarFeed) -> QuerySet[Entry]:
    return Entry.objects.filter(
        object_type=CalendarFeed._meta.label_lower,
        object_id=str(feed.pk),
        action=Action.EXPORT,
        at__gte=feed.made_at,
    )
