"""The client: as little as the work needs, nearly everything optional."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.birth_dates import birth_in_words
from counselling.models.absence import covered_ids
from counselling.models.charge import Charge
from counselling.models.one_centre import keeps_centre
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.compiled import Compiled
from iqquadrat.core.folding import key_set, number_keys, script_language
from iqquadrat.core.models import Published, Recorded

# Neither in the person's own script nor in Latin letters.
NO_NAME = {"family_name": "", "given_name": "", "latin_family_name": "", "latin_given_name": ""}


def paper_language(spoken: Iterable[str]) -> str:
    """Return the first of these languages in which there are papers for clients, else German."""
    near = {"prs": "fa"}  # who reads Dari reads Persian
    wanted = (near.get(code, code) for code in spoken)
    return next((code for code in wanted if code in settings.CLIENT_LANGUAGES), "de")


def _hands(user: User, today: dt.date) -> models.QuerySet["Client", Any]:
    """As a union, so that the database begins with these few and never looks through the whole centre."""
    mine = Client.objects.filter(counsellor_id=user.pk).order_by().values_list("pk")
    lent = Charge.objects.deputies().on(today).filter(user_id=user.pk).order_by().values_list("client_id")
    return mine.union(lent, *covered_ids(user, today, Client.objects.all()), all=True)


_HANDS = Compiled(lambda pk, centre, day: _hands(User(pk=pk, centre_id=centre), day), -1, -2, dt.date.min)


def in_hands_of(user: User) -> Q:
    """Return the condition on clients whose whole file ``user`` may read today: in charge, deputising, or looking after those of
    somebody who is away. Lists and ``rules.is_own`` both ask this one."""
    return Q(pk__in=_HANDS(user.pk, user.centre_id, timezone.localdate()))


def named_to(user: User) -> Exists:
    """Return the condition on rows that point at a client: ``user`` may know who it is. An appointment, a follow-up or a draft stays
    with whoever has it when the client gets into other hands; from then on it shows the number."""
    return Exists(Client.objects.visible_to(user).filter(pk=OuterRef("client_id")))


def key_vector() -> Func:
    """The keys of ``search_key`` as PostgreSQL's index of words takes them: whole or by their beginning, together or either."""
    keys = Func(
        F("search_key"), Value(" "), function="string_to_array", output_field=ArrayField(models.TextField())
    )
    return Func(keys, function="array_to_tsvector", output_field=SearchVectorField())


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients; ``visible_to`` first, always."""

    def own(self, user: User) -> "ClientQuerySet":
        """Those in this counsellor's charge, or whom the counsellor deputises for: the whole file may be read."""
        if not user.may(Permission.CLIENT_READ_OWN):
            return self.none()
        return self.standing().filter(in_hands_of(user), centre_id=user.centre_id)

    def visible_to(self, user: User) -> "ClientQuerySet":
        """Those whose existence and name this user may know: own ones; for a coordinator all of the centre."""
        if user.may(Permission.CLIENT_LIST):
            return self.standing().filter(centre_id=user.centre_id)
        return self.own(user)

    def standing(self) -> "ClientQuerySet":
        """Those that stand for themselves: a record merged into another one is found and read there, an erased one nowhere."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)

    def at_address(self, public_id: UUID | str) -> "Client | None":
        """The one that is found at this identifier: its own, or that of a record merged into it."""
        merged = Client.objects.filter(public_id=public_id, merged_into__isnull=False)
        return self.filter(Q(public_id=public_id) | Q(pk__in=merged.values("merged_into"))).first()

    def bulk_create(self, objs: Iterable["Client"], *args: Any, **kwargs: Any) -> list["Client"]:
        """Create many at once, with their search keys (imports, demonstration data)."""
        clients = list(objs)
        for client in clients:
            client.fold_names()
        created = super().bulk_create(clients, *args, **kwargs)
        Charge.objects.bulk_create(client.first_charge() for client in created)
        return created


class Client(Recorded, Published):
    """A person who is advised."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="clients"
    )
    number = models.CharField(_("number"), max_length=20)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    kind = models.CharField(
        _("known"), max_length=12, choices=enums.ClientKind, default=enums.ClientKind.NAMED
    )
    pseudonym = models.CharField(_("chosen name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    latin_family_name = models.CharField(_("family name in Latin letters"), max_length=120, blank=True)
    latin_given_name = models.CharField(_("given name in Latin letters"), max_length=120, blank=True)
    aliases = models.CharField(_("other names"), max_length=200, blank=True)
    name_order = models.CharField(
        _("order of the name"), max_length=20, choices=enums.NameOrder, default=enums.NameOrder.GIVEN_FIRST
    )
    form_of_address = models.CharField(
        _("form of address"), max_length=10, choices=enums.FormOfAddress, blank=True
    )
    birth_date = models.DateField(_("born"), null=True, blank=True)
    birth_precision = models.CharField(
        _("known of the birth date"), max_length=5, choices=enums.BirthPrecision, blank=True
    )
    birth_calendar = models.CharField(
        _("calendar of the birth date"),
        max_length=9,
        choices=enums.Calendar,
        default=enums.Calendar.GREGORIAN,
    )
    # Where no date is known. A group ages: it was told on ``age_band_on``.
    age_band = models.CharField(_("age group"), max_length=8, choices=enums.AgeBand, blank=True)
    age_band_on = models.DateField(_("age group as of"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=12, choices=enums.Gender, blank=True)
    country_of_birth = models.CharField(_("country of birth"), max_length=80, blank=True)
    nationalities = ArrayField(
        models.CharField(max_length=80), verbose_name=_("nationalities"), default=list, blank=True
    )
    arrived_year = models.PositiveSmallIntegerField(_("in Germany since"), null=True, blank=True)

    spoken_languages = ArrayField(
        models.CharField(max_length=5, choices=enums.SpokenLanguage),
        verbose_name=_("speaks"), default=list, blank=True,
    )  # fmt: skip
    reading_language = models.CharField(_("reads"), max_length=5, choices=enums.SpokenLanguage, blank=True)

    residence_status = models.CharField(
        _("residence status"), max_length=25, choices=enums.ResidenceStatus, blank=True
    )
    residence_until = models.DateField(_("valid until"), null=True, blank=True)
    work_permission = models.CharField(_("work"), max_length=15, choices=enums.WorkPermission, blank=True)

    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    district = models.CharField(_("district"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    messenger = models.CharField(_("messenger"), max_length=100, blank=True)

    school_isced = models.CharField(_("school"), max_length=1, choices=enums.SchoolLevel, blank=True)
    training = models.CharField(_("training and occupation"), max_length=200, blank=True)
    labour_market_status = models.CharField(
        _("at entry"), max_length=20, choices=enums.LabourMarketStatus, blank=True
    )
    income_type = models.CharField(_("income"), max_length=10, choices=enums.IncomeType, blank=True)
    recognition = models.CharField(_("recognition"), max_length=12, choices=enums.Recognition, blank=True)
    driving_licences = ArrayField(
        models.CharField(max_length=8, choices=enums.DrivingLicence),
        verbose_name=_("driving licence"), default=list, blank=True,
    )  # fmt: skip
    # Care for children or relatives is noted only as the times at which somebody can work.
    availability = models.CharField(_("available"), max_length=200, blank=True)
    heard_from = models.CharField(
        _("heard of the centre"), max_length=15, choices=enums.HeardFrom, blank=True
    )

    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in charge"),
        on_delete=models.PROTECT,
        related_name="clients",
    )
    in_charge_since = models.DateField(_("in charge since"))
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    # Every name folded, in every script: what a mistyped search is compared with. Made at save.
    search_key = models.TextField(default="", editable=False, db_collation="C")

    # This record turned out to be the same person as another one; see ``Merge``.
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, editable=False, on_delete=models.CASCADE,
        related_name="absorbed",
    )  # fmt: skip
    # The keys of the records merged into this one: their numbers and names still find the person.
    absorbed_keys = models.TextField(default="", editable=False, db_collation="C")
    # The person was erased: what is left counts in the figures and names nobody.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["latin_family_name", "latin_given_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="client_number_once_a_centre"),
            models.CheckConstraint(
                name="client_has_a_name",
                condition=Q(erased_at__isnull=False)
                | (Q(kind=enums.ClientKind.NAMED) & (~Q(family_name="") | ~Q(given_name="")))
                | (Q(kind=enums.ClientKind.PSEUDONYMOUS, **NO_NAME) & ~Q(pseudonym=""))
                | Q(kind=enums.ClientKind.ANONYMOUS, pseudonym="", aliases="", **NO_NAME),
            ),
            models.CheckConstraint(
                name="client_birth_date_with_precision",
                condition=Q(birth_date__isnull=True, birth_precision="")
                | Q(birth_date__isnull=False, birth_precision__in=enums.BirthPrecision.values),
            ),
            models.CheckConstraint(
                name="client_birth_date_or_age_group",
                condition=Q(age_band="", age_band_on__isnull=True)
                | Q(birth_date__isnull=True, age_band__in=enums.AgeBand.values, age_band_on__isnull=False),
            ),
            models.CheckConstraint(
                name="client_calendar_known", condition=Q(birth_calendar__in=enums.Calendar.values)
            ),
            models.CheckConstraint(
                name="client_licences_known",
                condition=Q(driving_licences__contained_by=list(enums.DrivingLicence.values))
                & (
                    ~Q(driving_licences__contains=[enums.DrivingLicence.NONE.value])
                    | Q(driving_licences=[enums.DrivingLicence.NONE.value])
                ),
            ),
            models.CheckConstraint(
                name="client_birth_date_believable",
                condition=Q(birth_date__isnull=True) | Q(birth_date__gte=dt.date(1900, 1, 1)),
            ),
            models.CheckConstraint(
                name="client_arrived_year_believable",
                condition=Q(arrived_year__isnull=True) | Q(arrived_year__range=(1900, 2200)),
            ),
            models.CheckConstraint(
                name="client_languages_known",
                condition=Q(spoken_languages__contained_by=list(enums.SpokenLanguage.values)),
            ),
            models.CheckConstraint(
                name="client_residence_until_of_a_status",
                condition=Q(residence_until__isnull=True) | ~Q(residence_status=""),
            ),
            models.CheckConstraint(
                name="client_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "counsellor", "latin_family_name"], name="client_of_counsellor"),
            models.Index(fields=["centre", "latin_family_name", "latin_given_name"], name="client_by_name"),
            models.Index(fields=["centre", "birth_date"], name="client_by_birth_date"),
            GinIndex(fields=["search_key"], name="client_search_trgm", opclasses=["gin_trgm_ops"]),
            GinIndex(F("centre"), key_vector(), name="client_search_keys"),
        ]
        triggers = [keeps_centre(counselling_attendance="client_id", counselling_eventattendance="client_id")]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search keys in step with the names; ``services`` is the way from pages and commands."""
        self.fold_names()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        new = self._state.adding
        super().save(*args, **kwargs)
        if new:
            self.first_charge().save()

    def fold_names(self) -> None:
        """Work out ``search_key`` anew."""
        self.search_key = " ".join(sorted(self.own_keys() | set(self.absorbed_keys.split())))

    def own_keys(self) -> set[str]:
        """Return the keys of this record's own names and numbers."""
        names = key_set(
            self.family_name, self.given_name, self.latin_family_name, self.latin_given_name, self.aliases,
            self.pseudonym,
        )  # fmt: skip
        return names | number_keys(self.number) | number_keys(self.phone)

    def first_charge(self) -> Charge:
        """The charge with which a new record begins; not stored yet."""
        return Charge(
            client=self, user_id=self.counsellor_id, kind=enums.ChargeKind.IN_CHARGE, since=self.in_charge_since,
            created_by_id=self.created_by_id,
        )  # fmt: skip

    @property
    def is_standing(self) -> bool:
        """Whether the record stands for itself; see ``ClientQuerySet.standing``."""
        return self.merged_into_id is None and self.erased_at is None

    @property
    def deputies(self) -> "models.QuerySet[User]":
        """Those who deputise today."""
        charges = Charge.objects.deputies().on(timezone.localdate()).filter(client=self)
        return User.objects.filter(pk__in=charges.values("user")).order_by("family_name", "given_name")

    def get_absolute_url(self) -> str:
        """The client's page."""
        return reverse("counselling:client_detail", kwargs={"public_id": self.public_id})

    @staticmethod
    def _ordered(order: str, given: str, family: str) -> str:
        parts = (family, given) if order == enums.NameOrder.FAMILY_FIRST else (given, family)
        return " ".join(part for part in parts if part)

    @property
    def latin_name(self) -> str:
        """The name in Latin letters; empty when only another script is known."""
        return self._ordered(self.name_order, self.latin_given_name, self.latin_family_name)

    @property
    def written_name(self) -> str:
        """The name as the person writes it, in any script."""
        return self._ordered(self.name_order, self.given_name, self.family_name)

    @property
    def display_name(self) -> str:
        """The name as the team reads it: Latin letters where they are known; else the chosen name, else the number."""
        return self.latin_name or self.written_name or self.pseudonym or self.number

    @property
    def is_named(self) -> bool:
        """Whether the person has given a name."""
        return self.kind == enums.ClientKind.NAMED

    @property
    def birth_words(self) -> str:
        """The birth date as exact as it is known, or the age group and since when it is known."""
        if self.birth_date:
            return birth_in_words(self.birth_date, self.birth_precision, self.birth_calendar)
        if self.age_band and self.age_band_on:
            words = {"group": self.get_age_band_display(), "year": self.age_band_on.year}
            return str(_("%(group)s (as of %(year)d)") % words)
        return ""

    @property
    def licence_labels(self) -> list[str]:
        """The driving licences in words."""
        return [str(enums.DrivingLicence(code).label) for code in self.driving_licences]

    @property
    def native_name(self) -> str:
        """The name as written, where it differs from the one in Latin letters; else empty."""
        return self.written_name if self.written_name != self.latin_name else ""

    @property
    def native_language(self) -> str:
        """The language tag for ``native_name``: it chooses the font and the voice of a screen reader."""
        return script_language(self.written_name, [self.reading_language, *self.spoken_languages])

    @property
    def paper_language(self) -> str:
        """The language of a paper to take along: reading before speaking, as far as there are papers in it, else German."""
        return paper_language([self.reading_language, *self.spoken_languages])

    @property
    def spoken_labels(self) -> list[str]:
        """The languages in words."""
        return [str(enums.SpokenLanguage(code).label) for code in self.spoken_languages]

    @property
    def initials(self) -> str:
        """For a small round sign."""
        return (self.latin_given_name[:1] + self.latin_family_name[:1]).upper()


class ClientCounter(models.Model):
    """The last number given in a centre and year. Its row is locked while a number is taken, so none is given twice."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of client numbers")
        verbose_name_plural = _("counters of client numbers")
        constraints = [models.UniqueConstraint(fields=["centre", "year"], name="client_counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.year}: {self.last}"
