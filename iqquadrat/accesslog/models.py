"""The log. It has no foreign keys: erasing a person leaves it readable, and it holds no names."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries somebody may read. Whether their content is shown, ``rules.sees_content`` says."""

    def visible_to(self, user: User) -> "EntryQuerySet":
        """The centre's entries for those who read its log, and the own ones for everybody else.

        Failed sign-ins belong to no centre, because nobody knows who it was: whoever keeps the accounts sees them.
        """
        if user.may(Permission.LOG_READ_BARE):
            nobodys = models.Q(centre_id=None, action=Action.SIGN_IN_FAILED)
            return self.filter(models.Q(centre_id=user.centre_id) | nobodys)
        if user.may(Permission.LOG_READ_CENTRE):
            return self.filter(centre_id=user.centre_id)
        return self.filter(user_id=user.pk)


class Entry(models.Model):
    """One look, change or export. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    action = models.CharField(_("what"), max_length=20, choices=Action)
    user_id = models.BigIntegerField(_("who"), null=True)
    centre_id = models.BigIntegerField(_("centre"), null=True)
    object_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    object_id = models.CharField(_("record"), max_length=40, blank=True)
    # Facts without personal data: names of changed fields, number of rows, a format, a reason code.
    detail = models.JSONField(_("details"), default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the access log")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["centre_id", "-at"], name="accesslog_centre_at"),
            models.Index(fields=["object_type", "object_id", "-at"], name="accesslog_object_at"),
            models.Index(fields=["user_id", "-at"], name="accesslog_user_at"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            pgtrigger.Trigger(
                name="no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the access log is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"
