"""Events for many at once: counted by heads, with a list of own clients where that helps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.one_centre import keeps_centre
from counselling.models.topic import Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded


class GroupEventQuerySet(models.QuerySet["GroupEvent"]):
    """Group events."""

    def visible_to(self, user: User) -> "GroupEventQuerySet":
        """All of the centre: they name nobody."""
        if user.may(Permission.CONSULTATION_WRITE) or user.may(Permission.CONSULTATION_READ_FACTS):
            return self.filter(centre_id=user.centre_id)
        return self.none()


class GroupEvent(Recorded, Published):
    """An information event, a course, or outreach: people spoken to in the street or at a festival, counted by heads."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=15, choices=enums.GroupEventKind, default=enums.GroupEventKind.INFORMATION
    )
    at = models.DateTimeField(_("when"))
    languages = ArrayField(
        models.CharField(max_length=5, choices=enums.SpokenLanguage),
        verbose_name=_("languages"), default=list, blank=True,
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=200, blank=True)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    volunteers = models.CharField(_("volunteers who helped"), max_length=300, blank=True)
    # All who were there, those on the list among them.
    head_count = models.PositiveSmallIntegerField(_("persons"), default=0)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = GroupEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("group event")
        verbose_name_plural = _("group events")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="group_event_languages_known",
                condition=Q(languages__contained_by=list(enums.SpokenLanguage.values)),
            ),
            models.CheckConstraint(name="group_event_has_a_title", condition=~Q(title="")),
        ]
        indexes = [models.Index(fields=["centre", "-at"], name="group_event_of_centre")]
        triggers = [keeps_centre(counselling_eventattendance="event_id")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("counselling:event_detail", kwargs={"public_id": self.public_id})

    @property
    def language_labels(self) -> list[str]:
        """The languages in words."""
        return [str(enums.SpokenLanguage(code).label) for code in self.languages]
