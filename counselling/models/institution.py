"""Places that clients are referred to: the centre's own directory."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.topic import Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.folding import name_keys, search_key
from iqquadrat.core.models import Recorded


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Institutions."""

    def visible_to(self, user: User) -> "InstitutionQuerySet":
        """The directory of the user's centre."""
        if not user.may(Permission.DIRECTORY_READ):
            return self.none()
        return self.filter(centre_id=user.centre_id)

    def in_use(self) -> "InstitutionQuerySet":
        """Those that can be chosen today."""
        return self.filter(retired_at__isnull=True)


class InstitutionManager(models.Manager["Institution"]):
    """The way to institutions, spelled out: a model with translated names gets no manager from its QuerySet."""

    def get_queryset(self) -> InstitutionQuerySet:
        """Return all."""
        return InstitutionQuerySet(self.model, using=self._db)

    def visible_to(self, user: User) -> InstitutionQuerySet:
        """See ``InstitutionQuerySet.visible_to``."""
        return self.get_queryset().visible_to(user)


class Institution(Recorded):
    """One place. One that referrals know is retired, never deleted: the figures of past years need it."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=enums.InstitutionKind)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    # On the slip that a client takes along; in German, as the signs there are.
    directions = models.TextField(_("how to get there"), blank=True)
    ask_for = models.CharField(_("whom to ask for"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=enums.SpokenLanguage),
        verbose_name=_("languages spoken there"), default=list, blank=True,
    )  # fmt: skip
    topics = models.ManyToManyField(Topic, verbose_name=_("helps with"), blank=True, related_name="+")
    notes = models.TextField(_("notes"), blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    # What a search is compared with, and name with street as one word: twins are told by it. Made at save.
    search_key = models.TextField(default="", editable=False, db_collation="C")
    match_key = models.CharField(max_length=500, default="", editable=False, db_collation="C")

    objects: ClassVar[InstitutionManager] = InstitutionManager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_de", "pk"]
        constraints = [
            models.CheckConstraint(
                name="institution_languages_known",
                condition=Q(languages__contained_by=list(enums.SpokenLanguage.values)),
            ),
            models.UniqueConstraint(
                fields=["centre", "match_key"], condition=Q(retired_at__isnull=True), name="institution_once_at_an_address"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["centre", "name_de"], name="institution_of_centre")]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold name and address first."""
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Make the keys of the search."""
        names = [str(getattr(self, field) or "") for field in self.name_fields()]
        self.search_key = " ".join(
            filter(None, [name_keys(*filter(None, names)), search_key(f"{self.street} {self.postal_code} {self.city}")])
        )  # fmt: skip
        self.match_key = search_key(f"{self.name_de or self.name} {self.street}").replace(" ", "")[:500]  # type: ignore[attr-defined]  # a column a language

    @classmethod
    def name_fields(cls) -> list[str]:
        """The columns of the name, one a language."""
        return [
            field.name for field in cls._meta.concrete_fields if field.name.startswith("name_")
        ]  # fmt: skip

    def get_absolute_url(self) -> str:
        """The page of the institution."""
        return reverse("counselling:institution_detail", kwargs={"pk": self.pk})

    @property
    def address_line(self) -> str:
        """The address in one line, without what is missing."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def language_labels(self) -> list[str]:
        """The languages in words."""
        return [str(enums.SpokenLanguage(code).label) for code in self.languages]
