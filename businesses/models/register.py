"""The register: what is, or waits to be, behind a shop door."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import Side, SizeBand, Status
from businesses.models.branches import WzBranch
from businesses.models.places import Positioned, Premises, position_whole
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded

if TYPE_CHECKING:
    from businesses.models.survey import Assignment

M = TypeVar("M", bound=models.Model)


class OfBusinessQuerySet(models.QuerySet[M]):
    """Records that hang on a business."""

    def visible_to(self, user: User) -> Self:
        """The centre's records for those who may read businesses."""
        return (
            self.filter(business__centre=user.centre_id)
            if user.may(Permission.BUSINESS_READ)
            else self.none()
        )


class BusinessQuerySet(models.QuerySet["Business"]):
    """Who may see which unit."""

    def visible_to(self, user: User) -> Self:
        """The centre's units for staff; the own street section in a running wave for a surveyor; else nothing."""
        own = self.filter(centre=user.centre_id)
        if user.may(Permission.BUSINESS_READ):
            return own
        if user.may(Permission.BUSINESS_READ_ASSIGNED):
            return own.in_sections_of(user)
        return self.none()

    def in_sections_of(self, user: User) -> Self:
        """Units in the sections given to this surveyor in waves that run today."""
        from businesses.models.survey import Assignment  # noqa: PLC0415 - the survey stands on the register

        today = timezone.localdate()
        mine = Assignment.objects.filter(
            surveyor=user, wave__starts_on__lte=today, wave__ends_on__gte=today, wave__closed_at__isnull=True,
            wave__units__business=models.OuterRef("pk"),
        )  # fmt: skip
        return self.filter(models.Exists(covering(mine, "premises__")))

    def listed(self) -> Self:
        """With what a row of the list shows."""
        return self.select_related("premises__street", "branch")

    def to_code(self) -> Self:
        """Those whose trade is known in plain words only."""
        return self.filter(branch__isnull=True).exclude(branch_words="")

    def by_door(self) -> Self:
        """In the order in which one walks past."""
        return self.order_by(
            "premises__street__name", "premises__house_number", "premises__addition", "premises__floor", "premises__position",
            "pk",
        )  # fmt: skip


def covering(assignments: "models.QuerySet[Assignment]", prefix: str) -> "models.QuerySet[Assignment]":
    """Those sections that hold the premises of the outer query; ``prefix`` leads from its rows to the premises."""
    number = models.OuterRef(f"{prefix}house_number")
    return (
        assignments.filter(
            street=models.OuterRef(f"{prefix}street"), number_from__lte=number, number_to__gte=number
        )
        .annotate(remainder=Mod(models.ExpressionWrapper(number, models.IntegerField()), models.Value(2)))
        .filter(Q(side=Side.BOTH) | Q(side=Side.EVEN, remainder=0) | Q(side=Side.ODD, remainder=1))
    )


class Business(Recorded, Published):
    """A unit of the register: a business, or the empty shop that waits for one.

    Holds only what can be seen from the street or was told for the register. An owner's background is never derived from a
    name or a sign; it exists only as a voluntary answer in an interview.
    """

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="businesses"
    )
    premises = models.ForeignKey(
        Premises,
        verbose_name=_("premises"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="businesses",
    )
    sign_name = models.CharField(_("name on the sign"), max_length=200, blank=True)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    branch = models.ForeignKey(
        WzBranch,
        verbose_name=_("branch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="businesses",
    )
    branch_words = models.CharField(_("trade in plain words"), max_length=200, blank=True)
    status = models.CharField(_("observed status"), max_length=12, choices=Status, default=Status.OPEN)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages on the sign"), default=list, blank=True
    )
    size_band = models.CharField(_("size"), max_length=5, choices=SizeBand, blank=True)
    size_is_estimated = models.BooleanField(_("size is estimated"), default=False)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.TextField(_("note"), blank=True)
    predecessor = models.ForeignKey(
        "self",
        verbose_name=_("what was here before"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="successors",
    )
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    search_key = models.TextField(editable=False, default="", blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        ordering = ["premises__street__name", "premises__house_number", "pk"]
        indexes = [
            models.Index(fields=["centre", "status"], name="businesses_centre_status"),
        ]
        constraints = [
            models.CheckConstraint(name="businesses_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="businesses_named_unless_vacant",
                condition=Q(status=Status.VACANT) | ~Q(sign_name="") | ~Q(legal_name=""),
            ),
            models.CheckConstraint(
                name="businesses_vacant_somewhere",
                condition=~Q(status=Status.VACANT) | Q(premises__isnull=False),
            ),
            models.CheckConstraint(
                name="businesses_size_known", condition=Q(size_band__in=["", *SizeBand.values])
            ),
            models.CheckConstraint(
                name="businesses_estimate_of_something",
                condition=Q(size_is_estimated=False) | ~Q(size_band=""),
            ),
            models.CheckConstraint(
                name="businesses_confirmed_pair",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="businesses_not_its_own_predecessor",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name on the sign, else the legal name, else that the shop stands empty."""
        return self.sign_name or self.legal_name or str(_("Vacant shop"))

    @property
    def branch_code(self) -> str:
        """The code of the classification; empty while the trade is not coded yet."""
        return self.branch.code if self.branch else ""

    @property
    def address(self) -> str:
        """Street and number; empty for a founder without a shop."""
        return f"{self.premises.street.name} {self.premises.number}" if self.premises else ""


class Observation(Positioned):
    """What somebody saw of a unit on one day: the history of its status. Nothing in it is ever changed, only added."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.CASCADE, related_name="observations"
    )
    seen_on = models.DateField(_("seen on"))
    status = models.CharField(_("observed status"), max_length=12, choices=Status)
    # The wave in which it was seen; empty when somebody passed by or called in between.
    wave = models.ForeignKey(
        "businesses.Wave",
        verbose_name=_("survey wave"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="observations",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What stood there; empty (languages: null) where nobody said anything about it.
    sign_name = models.CharField(_("name on the sign"), max_length=200, blank=True)
    trade = models.CharField(_("trade in plain words"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages on the sign"), null=True, blank=True
    )
    # What the register said before, where this sight changed it: {"sign_name": "Imbiss Hoa Sen", "branch": "56.1"}.
    before = models.JSONField(_("in the register before"), default=dict, blank=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-seen_on", "-pk"]
        indexes = [models.Index(fields=["business", "-seen_on"], name="businesses_seen")]
        constraints = [
            models.CheckConstraint(
                name="businesses_observation_status", condition=Q(status__in=Status.values)
            ),
            position_whole("businesses_observation_position"),
        ]

    def __str__(self) -> str:
        return f"{self.seen_on:%Y-%m-%d} {self.status}"
