"""One row through the form of the register: nothing comes in that the form would refuse, and every error is named with its column.

A row says what its cells say and nothing more: where a cell is empty, a business that is here already keeps what it has. Facts are plain
values that lie in the staged row until they are stored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesses.branches import group_of
from businesses.enums import BranchLevel, Floor, PositionSource, Status
from businesses.exchange.columns import COLUMNS
from businesses.exchange.streets import StreetNames, divided
from businesses.exchange.values import said_of, vocabulary
from businesses.forms.register import FIRST_VERSION, BusinessForm, initial_of
from businesses.models import Business, RegisterImport, RegisterRow, WzBranch
from businesses.survey_data.csv_file import restored
from iqquadrat.core.fields import LineField
from iqquadrat.core.importing.columns import Shape, of_choice
from iqquadrat.core.importing.guessing import parts
from iqquadrat.core.importing.values import value_key
from iqquadrat.core.text import latin_digits

DOOR = ("street", "house_number", "floor", "position")
# Facts that the business itself holds under the same name.
PLAIN = (
    "status", "sign_name", "legal_name", "branch_words", "languages", "size_band", "size_is_estimated", "phone", "email",
    "planned_opening", "reference", "note",
)  # fmt: skip
DAYS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"]
_DAY_AND_TIME = re.compile(r"[ T]+\d{1,2}:\d{2}(:\d{2})?$")
_TO_FORM, _FROM_FORM = {"house_number": "number"}, {"number": "house_number"}


@dataclass
class Cleaned:
    """What became of a row: the facts that it tells, or what is wrong, by field ("" for the row as a whole)."""

    facts: dict[str, Any] | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)


class RowForm(BusinessForm):
    """The form of the register, and what only a list has."""

    frontage_m = forms.DecimalField(
        min_value=Decimal("0.1"),
        max_digits=5,
        decimal_places=1,
        required=False,
        label=_("Frontage in metres"),
    )
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False, label=_("Latitude"))
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False, label=_("Longitude"))
    position_source = forms.ChoiceField(choices=[("", ""), *PositionSource.choices], required=False)
    predecessor = LineField(max_length=60, required=False)
    confirmed_on = forms.DateField(required=False, input_formats=DAYS)
    programme_code = LineField(max_length=30, required=False)

    def __init__(self) -> None:
        super().__init__({})
        for name in ("submission", "revision", "confirmed"):
            del self.fields[name]
        self.fields["planned_opening"] = forms.DateField(required=False, input_formats=DAYS)
        # Codes are known by their version, which the choices of a page do not tell: ``Cleaner`` looks after them.
        self.fields["branch"] = forms.Field(required=False)

    def clean_confirmed_on(self) -> date | None:
        """Nobody has seen a shop on a day that is still to come."""
        day: date | None = self.cleaned_data["confirmed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        where = data.get("latitude"), data.get("longitude")
        if (where[0] is None) != (where[1] is None):
            self.add_error("latitude", _("Latitude and longitude belong together."))
        if (where[0] is not None or data.get("frontage_m")) and not data.get("number"):
            self.add_error("number", _("A position belongs to a house: please give street and number."))
        return data


class Cleaner:
    """Cleans the rows of one run. The form is built once and given row after row."""

    def __init__(self, run: RegisterImport) -> None:
        self.columns = COLUMNS
        self.places = {name: int(place) for place, name in run.columns.items()}
        self.meanings = {
            column.field: vocabulary(column, said_of(run, column.field))
            for column in of_choice(COLUMNS[name] for name in self.places)
        }
        groups = WzBranch.objects.filter(level=BranchLevel.GROUP)
        self.branches = {(branch.version, branch.code): branch.pk for branch in groups}
        self.said_branches = said_of(run, "branch")
        self.streets = StreetNames(run.centre_id)
        self.is_plain = run.file_format == "geojson"
        self.form = RowForm()
        self._codes = lru_cache(maxsize=10_000)(self._codes_of)

    def cells(self, row: RegisterRow) -> dict[str, str]:
        """Return what stands in the row, by field; empty cells are not in it."""
        found = {}
        for name, place in self.places.items():
            cell = row.cells[place] if place < len(row.cells) else ""
            cell = (cell if self.is_plain else restored(cell)).strip()
            if cell:
                found[name] = cell
        return found

    def clean(self, row: RegisterRow, business: Business | None) -> Cleaned:
        """Clean a row; ``business`` is the one that it names by its number, which keeps what the row does not say."""
        made = Cleaned()
        typed = self._typed(self.cells(row), made)
        given = set(typed)
        branch = self._branch(typed, made)
        self.form.data = self._standing(business) | {
            _TO_FORM.get(name, name): value for name, value in typed.items()
        }
        self.form.full_clean()
        known = {name for name, _text in made.problems}
        for name, errors in self.form.errors.items():
            place = {"__all__": ""}.get(name, _FROM_FORM.get(name, name))
            if place not in known:
                made.problems.append((place, " ".join(str(error) for error in errors)[:500]))
        if not made.problems:
            made.facts = self._facts(given, branch)
        return made

    def _standing(self, business: Business | None) -> dict[str, Any]:
        standing = {"status": Status.OPEN, "floor": Floor.GROUND} | (initial_of(business) if business else {})
        # One that is coded keeps its branch unless the row names another.
        return {name: value for name, value in standing.items() if name != "branch" and value is not None}

    def _facts(self, given: set[str], branch: int | None) -> dict[str, Any]:
        data = self.form.cleaned_data
        facts: dict[str, Any] = {name: data[name] for name in PLAIN if name in given}
        if branch is not None:
            facts["branch_id"] = branch
        if given & set(DOOR) and data["number"]:
            facts["door"] = [data["street"], *data["number"], data["floor"], data["position"]]
        if data["latitude"] is not None:
            facts["position"] = [
                f"{data['latitude']:.6f}", f"{data['longitude']:.6f}", data["position_source"] or PositionSource.IMPORTED,
            ]  # fmt: skip
        if data["frontage_m"] is not None:
            facts["frontage_m"] = str(data["frontage_m"])
        for name in ("predecessor", "programme_code", "confirmed_on"):
            if name in given and data[name]:
                facts[name] = data[name]
        if "size_is_estimated" in facts and not data["size_band"]:
            facts["size_is_estimated"] = False
        return facts

    def _typed(self, cells: Mapping[str, str], made: Cleaned) -> dict[str, Any]:
        """Return the cells as the form's fields would bring them."""
        typed: dict[str, Any] = {}
        for name, cell in cells.items():
            shape = self.columns[name].shape
            if shape in (Shape.CHOICE, Shape.CHOICES):
                codes, unknown = self._codes(name, cell)
                if unknown:
                    words = gettext("What “%(value)s” means is not known.") % {
                        "value": ", ".join(unknown)[:200]
                    }
                    made.problems.append((name, words))
                elif codes:
                    typed[name] = list(codes) if shape is Shape.CHOICES else codes[0]
            else:
                typed[name] = _DAY_AND_TIME.sub("", cell) if shape is Shape.DAY else cell
        if typed.get("size_is_estimated") == "0":
            typed["size_is_estimated"] = ""
        self._divide(typed)
        return typed

    def _divide(self, typed: dict[str, Any]) -> None:
        """Put street and number of one cell into their places; call a street as the centre calls it."""
        if address := typed.pop("address", ""):
            street, number = divided(address)
            typed.setdefault("street", street)
            if number:
                typed.setdefault("house_number", number)
        if "street" in typed:
            typed["street"] = self.streets.of(typed["street"])
        for name in ("latitude", "longitude", "frontage_m"):
            if name in typed:
                typed[name] = latin_digits(typed[name]).replace(",", ".")

    def _branch(self, typed: dict[str, Any], made: Cleaned) -> int | None:
        """Return the group of the classification that the row names."""
        version, code = typed.pop("branch_version", str(FIRST_VERSION)), typed.pop("branch", "")
        if not code:
            return None
        number = re.sub(r"\D", "", latin_digits(version))[-4:]
        found = self.branches.get((int(number or 0), latin_digits(code)))
        said = self.said_branches.get(value_key(code)) if found is None else None
        if said is not None:
            return self.branches.get(group_of(said)) if said else None
        if found is None:
            words = gettext("The classification WZ %(version)s has no group “%(code)s”.")
            made.problems.append(("branch", words % {"version": version[:20], "code": code[:40]}))
        return found

    def _codes_of(self, name: str, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the codes of a cell, and what in it nobody knows."""
        found = [(text, self.meanings[name].of(text)) for text in parts(self.columns[name], cell)]
        codes = tuple(dict.fromkeys(code for _text, code in found if code))
        return codes, tuple(text for text, code in found if code is None)
