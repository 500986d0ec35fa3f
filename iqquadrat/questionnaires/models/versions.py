"""A questionnaire and its versions."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import MultilingualManager

from iqquadrat.questionnaires.enums import Origin, VersionState
from iqquadrat.questionnaires.models.frozen import freeze_version

if TYPE_CHECKING:
    from iqquadrat.questionnaires.models.items import ChoiceList, Item, Section


class Questionnaire(models.Model):
    """A questionnaire under its lasting key, for example ``competence``. What is asked stands in its versions."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    # A coordinator can switch a language off here although its texts are complete.
    languages_off = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages switched off"), default=list, blank=True
    )

    objects: ClassVar[MultilingualManager["Questionnaire"]] = MultilingualManager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class VersionManager(MultilingualManager["Version"]):
    """Versions and what is read with them."""

    def published(self) -> "models.QuerySet[Version]":
        """Only those that are answered now: at most one of a questionnaire."""
        return self.get_queryset().filter(state=VersionState.PUBLISHED)

    def with_content(self) -> "models.QuerySet[Version]":
        """Bring sections, items, lists, choices and recordings along: seven queries, however long the questionnaire is."""
        return (
            self.get_queryset()
            .select_related("questionnaire")
            .prefetch_related("sections", "items__section", "choice_lists__choices", "recordings")
        )


class Version(models.Model):
    """One wording and structure of a questionnaire. Once published it stays as it is, for the sake of its answers."""

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.FILES)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("introduction"), blank=True)
    # Hash over structure and German: two versions with the same one ask the same.
    fingerprint = models.CharField(max_length=64, editable=False)
    # Renewed whenever a text of the version changes: the key under which a process keeps the content in memory.
    content_stamp = models.UUIDField(default=uuid.uuid4, editable=False)

    objects: ClassVar[VersionManager] = VersionManager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaires_version_number"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(state="published"),
                name="questionnaires_version_one_published",
            ),
            models.CheckConstraint(
                name="questionnaires_version_published_at",
                condition=models.Q(state="draft", published_at__isnull=True)
                | models.Q(~models.Q(state="draft"), published_at__isnull=False),
            ),
            models.CheckConstraint(name="questionnaires_version_from_1", condition=models.Q(number__gte=1)),
        ]
        triggers = [freeze_version()]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"

    @cached_property
    def ordered_sections(self) -> "list[Section]":
        """The sections in order."""
        return sorted(self.sections.all(), key=lambda section: section.position)

    @cached_property
    def ordered_items(self) -> "list[Item]":
        """The items in the order in which they are asked."""
        return sorted(self.items.all(), key=lambda item: item.position)

    @cached_property
    def lists(self) -> "dict[int, ChoiceList]":
        """The choice lists by primary key, with their choices when these were prefetched."""
        return {choice_list.pk: choice_list for choice_list in self.choice_lists.all()}

    @cached_property
    def items_by_key(self) -> "dict[str, Item]":
        """The items by key."""
        return {item.key: item for item in self.ordered_items}
