"""What a version is made of: sections, questions, lists of answers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.manager import MultilingualManager

from iqquadrat.questionnaires.enums import ItemType, Level
from iqquadrat.questionnaires.models.frozen import freeze_content
from iqquadrat.questionnaires.models.versions import Version

_BY_VERSION = "v.id = ROW.version_id"
_BY_LIST = "v.id = (SELECT l.version_id FROM questionnaires_choicelist l WHERE l.id = ROW.choice_list_id)"


class Section(models.Model):
    """A part of the questionnaire: "Teil 3 von 9"."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)

    objects: ClassVar[MultilingualManager["Section"]] = MultilingualManager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="questionnaires_section_key"),
            models.UniqueConstraint(fields=["version", "position"], name="questionnaires_section_position"),
        ]
        triggers = [freeze_content("title", version_of=_BY_VERSION)]

    def __str__(self) -> str:
        return self.key


class ChoiceList(models.Model):
    """A list of answers that several questions may share."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="choice_lists")
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("list of answers")
        verbose_name_plural = _("lists of answers")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="questionnaires_choicelist_name")
        ]
        triggers = [freeze_content(version_of=_BY_VERSION)]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """One answer of a list."""

    choice_list = models.ForeignKey(ChoiceList, on_delete=models.CASCADE, related_name="choices")
    key = models.CharField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("text"), max_length=500)
    score = models.SmallIntegerField(_("score"), null=True, blank=True)
    icon = models.CharField(_("pictogram"), max_length=40, blank=True)
    filter_value = models.CharField(_("shown for"), max_length=60, blank=True)
    # Stays German in every language: the answers of a reading probe.
    fixed = models.BooleanField(_("stays German"), default=False)
    # "None of these": excludes the others.
    exclusive = models.BooleanField(_("excludes the others"), default=False)
    # Further facts of the list's own kind, for example the ISCO group of a field of work.
    extra = models.JSONField(_("further facts"), default=dict, blank=True)

    objects: ClassVar[MultilingualManager["Choice"]] = MultilingualManager()

    class Meta:
        verbose_name = _("answer of a list")
        verbose_name_plural = _("answers of a list")
        ordering = ["choice_list", "position"]
        constraints = [
            models.UniqueConstraint(fields=["choice_list", "key"], name="questionnaires_choice_key"),
            models.UniqueConstraint(
                fields=["choice_list", "position"], name="questionnaires_choice_position"
            ),
        ]
        triggers = [freeze_content("text", version_of=_BY_LIST)]

    def __str__(self) -> str:
        return self.key


class Item(models.Model):
    """One question."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(_("key"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    type = models.CharField(_("type"), max_length=10, choices=ItemType)
    level = models.CharField(_("reading level"), max_length=2, choices=Level, blank=True)
    dimension = models.CharField(_("dimension"), max_length=10, blank=True)
    evidence = models.BooleanField(_("counts as evidence of reading German"), default=False)
    probe = models.BooleanField(_("reading probe"), default=False)
    choice_list = models.ForeignKey(
        ChoiceList,
        verbose_name=_("list of answers"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="items",
    )
    choice_filter = models.CharField(_("answers depend on"), max_length=60, blank=True)
    condition = models.TextField(_("condition"), blank=True)
    appearance = models.CharField(_("appearance"), max_length=40, blank=True)
    min_value = models.IntegerField(_("least"), null=True, blank=True)
    max_value = models.IntegerField(_("most"), null=True, blank=True)
    correct = models.CharField(_("right answer"), max_length=60, blank=True)
    # German only: it is what the probe is about.
    stimulus = models.TextField(_("text to read"), blank=True)
    required_core = models.BooleanField(_("part of the core"), default=False)
    # Further facts of the questionnaire's own kind.
    extra = models.JSONField(_("further facts"), default=dict, blank=True)
    # For translators: what is meant, and what must not be explained.
    note = models.TextField(_("note for translators"), blank=True)
    label = models.TextField(_("question"))
    hint = models.TextField(_("hint"), blank=True)

    objects: ClassVar[MultilingualManager["Item"]] = MultilingualManager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="questionnaires_item_key"),
            models.UniqueConstraint(fields=["version", "position"], name="questionnaires_item_position"),
            models.CheckConstraint(
                name="questionnaires_item_list_fits_type",
                condition=models.Q(type__in=["single", "multiple"], choice_list__isnull=False)
                | models.Q(type__in=["integer", "year", "date", "text"], choice_list__isnull=True),
            ),
            models.CheckConstraint(
                name="questionnaires_item_range",
                condition=models.Q(min_value__isnull=True)
                | models.Q(max_value__isnull=True)
                | models.Q(min_value__lte=models.F("max_value")),
            ),
            # A probe has a text to read and a right answer, and is never evidence of the switch.
            models.CheckConstraint(
                name="questionnaires_item_probe_complete",
                condition=models.Q(~models.Q(correct=""), ~models.Q(stimulus=""), probe=True, evidence=False)
                | models.Q(probe=False, correct="", stimulus=""),
            ),
        ]
        triggers = [freeze_content("label", "hint", version_of=_BY_VERSION, also=("note",))]

    def __str__(self) -> str:
        return self.key

    @property
    def has_choices(self) -> bool:
        """Whether it is answered from a list."""
        return self.type in (ItemType.SINGLE, ItemType.MULTIPLE)

    @property
    def all_choices(self) -> list[Choice]:
        """Every answer of its list, in order; ``flow.choices_for`` says which are offered."""
        if self.choice_list_id is None:
            return []
        # Through the version, where one prefetch serves every item that shares the list.
        cached: dict[str, Any] = getattr(self.version, "_prefetched_objects_cache", {})
        owner = self.version.lists[self.choice_list_id] if "choice_lists" in cached else self.choice_list
        assert owner is not None  # noqa: S101 - held by questionnaires_item_list_fits_type
        return sorted(owner.choices.all(), key=lambda choice: choice.position)
