"""Finding and describing businesses."""

import re
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ExpressionWrapper, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Mod
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import BranchKind, BranchLevel, Floor, Position, Side, SizeBand, Status
from businesses.models import Business, Street, WzBranch
from businesses.models import Section as StreetSection
from businesses.models.places import HIGHEST_NUMBER
from businesses.models.register import BusinessQuerySet
from businesses.services import BusinessFacts, Door
from iqquadrat.accounts.models import Centre
from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.folding import search_key
from iqquadrat.core.forms import Section, SheetHelper, Together, choice_field, records_field
from iqquadrat.core.text import latin_digits

FIRST_VERSION = 2008
NEW_VERSION = "2025"  # as a heading beside the kinds
_HOUSE = re.compile(r"(\d{1,4})\s*([a-z]?)", re.IGNORECASE)


def any_of(choices: list[Any]) -> list[Any]:
    """Choices of a filter: first "all"."""
    return [("", _("all")), *choices]


class BusinessFilter(forms.Form):
    """The filters of the register; what cannot be read is left out."""

    q = LineField(label=_("Name or trade"), required=False, max_length=100)
    street = forms.ModelChoiceField(
        Street.objects.none(), label=_("Street"), required=False, empty_label=_("all")
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=any_of(Status.choices))
    kind = forms.ChoiceField(label=_("Branch"), required=False, choices=any_of(BranchKind.choices))
    section = forms.ModelChoiceField(
        StreetSection.objects.none(), label=_("Section"), required=False, empty_label=_("all")
    )
    sign = forms.ChoiceField(label=_("Language of the sign"), required=False)
    size_band = forms.ChoiceField(label=_("Persons"), required=False, choices=any_of(SizeBand.choices))
    founders = forms.BooleanField(label=_("Founders"), required=False)
    before = forms.DateField(
        label=_("Confirmed before"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, centre: Centre) -> None:
        super().__init__(data, auto_id="filter_%s")
        records_field(self, "street").queryset = Street.objects.filter(centre=centre)
        sections = StreetSection.objects.filter(street__centre=centre).select_related("street")
        records_field(self, "section").queryset = sections
        choice_field(self, "sign").choices = any_of(languages.choices())

    def apply(self, businesses: BusinessQuerySet) -> "QuerySet[Business]":
        """Return those that fit."""
        self.is_valid()
        wanted = self.cleaned_data
        for word in search_key(wanted.get("q", "")).split():
            businesses = businesses.filter(search_key__contains=word)
        if wanted.get("street"):
            businesses = businesses.filter(premises__street=wanted["street"])
        if wanted.get("status"):
            businesses = businesses.filter(status=wanted["status"])
        if wanted.get("founders"):
            businesses = businesses.founders()
        if wanted.get("kind"):
            businesses = businesses.filter(branch__kind=wanted["kind"])
        if wanted.get("sign"):
            businesses = businesses.filter(languages__contains=[wanted["sign"]])
        if wanted.get("size_band"):
            businesses = businesses.filter(size_band=wanted["size_band"])
        if wanted.get("before"):
            # Who was never confirmed was not confirmed lately either.
            businesses = businesses.filter(
                Q(confirmed_on__lt=wanted["before"]) | Q(confirmed_on__isnull=True)
            )
        return self._in_section(businesses, wanted.get("section"))

    def _in_section(
        self, businesses: BusinessQuerySet, section: StreetSection | None
    ) -> "QuerySet[Business]":
        if section is None:
            return businesses
        inside = businesses.filter(
            premises__street=section.street_id,
            premises__house_number__range=(section.number_from, section.number_to),
        )
        if section.side == Side.BOTH:
            return inside
        return inside.annotate(
            remainder=Mod(ExpressionWrapper(F("premises__house_number"), IntegerField()), Value(2))
        ).filter(remainder=0 if section.side == Side.EVEN else 1)


def branch_choices(*, newer: bool = True) -> list[Any]:
    """Groups of WZ 2008 under their kind of shop, by which the register is coded; with ``newer`` at the end those of WZ 2025."""
    groups: dict[str, list[tuple[int, str]]] = {}
    listed = WzBranch.objects.filter(level=BranchLevel.GROUP)
    for branch in listed if newer else listed.filter(version=FIRST_VERSION):
        heading = branch.kind if branch.version == FIRST_VERSION else NEW_VERSION
        groups.setdefault(heading, []).append((branch.pk, str(branch)))
    headings = [*BranchKind.choices, (NEW_VERSION, _("WZ 2025, valid since 1 January 2025"))]
    return [
        ("", _("not coded yet")),
        *((label, groups[heading]) for heading, label in headings if heading in groups),
    ]


class BusinessForm(forms.Form):
    """Everything that the register holds of a business."""

    street = LineField(label=_("Street"), required=False, max_length=120)
    number = LineField(label=_("Number"), required=False, max_length=10)
    floor = forms.TypedChoiceField(label=_("Floor"), choices=Floor.choices, coerce=int, initial=Floor.GROUND)
    position = forms.ChoiceField(
        label=_("Door"), required=False, choices=[("", _("only door")), *Position.choices]
    )
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, initial=Status.OPEN)
    sign_name = LineField(
        label=_("Name on the sign"), required=False, help_text=_("As it is written there, in its own script.")
    )
    legal_name = LineField(label=_("Legal name"), required=False)
    branch = forms.TypedChoiceField(label=_("Branch"), required=False, coerce=int, empty_value=None)
    branch_words = LineField(label=_("Trade in plain words"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages on the sign"),
        required=False,
        choices=languages.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    size_band = forms.ChoiceField(
        label=_("Size"), required=False, choices=[("", _("not known")), *SizeBand.choices]
    )
    size_is_estimated = forms.BooleanField(label=_("estimated from the street"), required=False)
    planned_opening = forms.DateField(
        label=_("Planned opening"),
        required=False,
        help_text=_("Of somebody who has not opened yet."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reference = LineField(
        label=_("Own number"),
        required=False,
        max_length=60,
        help_text=_("The number in your own lists, if there is one."),
    )
    phone = LineField(label=_("Phone"), required=False, max_length=50)
    email = forms.EmailField(label=_("E-mail"), required=False)
    note = ParagraphField(
        label=_("Note"), required=False, max_length=2000, help_text=_("Nothing about the origin of people.")
    )
    confirmed = forms.BooleanField(label=_("Seen today: it is as described here"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )

    helper = SheetHelper(
        Section(
            _("Place"),
            "street",
            Together(_("House"), "number", "floor", "position"),
            "status",
        ),
        Section(_("Business"), "sign_name", "legal_name", "branch", "branch_words", "languages"),
        Section(_("Further"), Together(_("Persons"), "size_band", "size_is_estimated"), Together(_("Contact"), "phone", "email"), "planned_opening", "reference", "note", "confirmed"),
        "submission",
        "revision",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, business: Business | None = None) -> None:
        super().__init__(
            data, initial=initial_of(business) if business else {"submission": uuid4(), "confirmed": True}
        )
        choice_field(self, "branch").choices = branch_choices()

    def clean_number(self) -> tuple[int, str] | None:
        """``52a`` is number 52 with the letter a."""
        text = latin_digits(self.cleaned_data["number"])
        if not text:
            return None
        match = _HOUSE.fullmatch(text)
        if not match or not 1 <= int(match[1]) <= HIGHEST_NUMBER:
            raise ValidationError(_("Please write the number like 52 or 52a."), code="invalid")
        return int(match[1]), match[2].lower()

    def clean(self) -> dict[str, Any]:
        """What only together makes sense."""
        data = super().clean() or {}
        placed = bool(data.get("street")), bool(data.get("number"))
        if placed[0] != placed[1] and "number" not in self.errors:
            self.add_error("number" if placed[0] else "street", _("Street and number belong together."))
        if data.get("status") == Status.VACANT:
            if not any(placed):
                self.add_error("street", _("A vacant shop has an address."))
        elif not data.get("sign_name") and not data.get("legal_name"):
            self.add_error("sign_name", _("Please give the name on the sign, or choose “vacant”."))
        if not data.get("size_band"):
            data["size_is_estimated"] = False
        return data

    def rebase(self, revision: int) -> None:
        """Keep what was typed, and let it be saved on top of this revision: whoever sees it has seen the other version."""
        typed = cast("QueryDict", self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed

    def facts(self) -> BusinessFacts:
        """What was entered, as the services take it."""
        data = self.cleaned_data
        door = None
        if data["number"]:
            number, addition = data["number"]
            door = Door(
                street=data["street"],
                house_number=number,
                addition=addition,
                floor=data["floor"],
                position=data["position"],
            )
        return BusinessFacts(
            door=door,
            branch=WzBranch.objects.get(pk=data["branch"]) if data["branch"] else None,
            languages=tuple(data["languages"]),
            **{name: data[name] for name in (
                "sign_name", "legal_name", "branch_words", "status", "size_band", "size_is_estimated", "phone", "email", "note",
                "planned_opening", "reference",
            )},
        )  # fmt: skip


def initial_of(business: Business) -> dict[str, Any]:
    """Return what the register says of a business, by the fields of the form."""
    names = ("sign_name", "legal_name", "branch_words", "status", "languages", "size_band", "size_is_estimated", "phone", "email",
             "note", "revision", "planned_opening", "reference")  # fmt: skip
    initial = {name: getattr(business, name) for name in names} | {"branch": business.branch_id}
    if business.premises:
        place = business.premises
        initial |= {
            "street": place.street.name,
            "number": place.number,
            "floor": place.floor,
            "position": place.position,
        }
    return initial
