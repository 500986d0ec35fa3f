"""The address under which a counsellor's own calendar program fetches the appointments, without a name in them."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User


def feed_hash(token: str) -> str:
    """Return what is stored of a secret address: enough to know it again, too little to make it again."""
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Addresses of calendars."""

    def visible_to(self, user: User) -> "CalendarFeedQuerySet":
        """The own one."""
        return self.filter(user_id=user.pk)

    def behind(self, token: str) -> "CalendarFeedQuerySet":
        """The one of this address, while its owner may sign in."""
        return self.filter(token_hash=feed_hash(token), user__is_active=True)


class CalendarFeed(models.Model):
    """One secret address a person. A new one makes the old one worthless; the row goes when the address is closed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    token_hash = models.CharField(_("fingerprint of the address"), max_length=64, unique=True, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)
    made_at = models.DateTimeField(_("made"))

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return f"{self.user_id}"
