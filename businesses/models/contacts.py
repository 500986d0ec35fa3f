"""The people of a business: whom to ask for, in which language, and how."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import ContactRole, Reach
from businesses.models.register import Business, OfBusinessQuerySet
from iqquadrat.core.models import Recorded


class Contact(Recorded):
    """Somebody of a business. A person: goes with the clock of retention once the shop is gone, and at any time on demand."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=10, choices=ContactRole, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    reach = models.CharField(_("best reached"), max_length=10, choices=Reach, blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet["Contact"].as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="businesses_contact_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="businesses_contact_lists",
                condition=Q(role__in=["", *ContactRole.values], reach__in=["", *Reach.values]),
            ),
            models.CheckConstraint(
                name="businesses_contact_reach",
                condition=(~Q(reach__in=[Reach.PHONE, Reach.MESSENGER]) | ~Q(phone=""))
                & (~Q(reach=Reach.EMAIL) | ~Q(email="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
