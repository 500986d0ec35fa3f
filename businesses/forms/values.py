"""What the values of a list mean that nobody knows, some at a time."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesses.branches import group_of, named_group
from businesses.coding import proposed_codes
from businesses.enums import BranchLevel
from businesses.exchange.cleaning import RowForm
from businesses.exchange.columns import choices_of
from businesses.exchange.values import STAYS_AN_ERROR, UnknownValue, remembered
from businesses.forms.register import FIRST_VERSION
from businesses.models import RegisterImport, WzBranch
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import choice_field
from iqquadrat.core.importing.columns import Column
from iqquadrat.core.importing.values import ValueLine
from iqquadrat.core.text import latin_digits

PAGE = 25
BY_CODE = "code"
GROUPS_LIST = "wz-groups"


class RegisterValuesForm(forms.Form):
    """One choice for each value; for a branch also the code of its group. What nobody says anything about stays an error."""

    def __init__(self, data: Any = None, *, run: RegisterImport, values: Sequence[UnknownValue]) -> None:
        super().__init__(data)
        self.values = {_name(value): value for value in values}
        self.group_names = self._groups()
        self.is_remembered = False
        known = remembered(run.centre_id)
        may_be_empty = {name for name, field in RowForm().fields.items() if not field.required}
        for name, value in self.values.items():
            field = value.column.field
            said = run.meanings.get(field, {}).get(value.key)
            before = known.get(field, {}).get(value.key)
            self.is_remembered |= said is None and before is not None
            options = self._options(value, may_be_empty)
            self._add(
                name,
                value,
                options,
                next(code for code in (said, before, STAYS_AN_ERROR) if code is not None),
            )

    def _groups(self) -> dict[str, str]:
        """The names of the groups by their codes, where a branch is asked for."""
        if not any(value.column.field == "branch" for value in self.values.values()):
            return {}
        groups = WzBranch.objects.filter(version=FIRST_VERSION, level=BranchLevel.GROUP)
        return dict(groups.order_by("code").values_list("code", "name_de"))

    def _options(self, value: UnknownValue, may_be_empty: set[str]) -> list[tuple[str, str]]:
        options = [(STAYS_AN_ERROR, gettext("stays an error"))]
        if value.column.field in may_be_empty:
            options.append(("", gettext("stays empty")))
        if value.column.field != "branch":
            return options + choices_of(value.column)
        fitting = [code for code in proposed_codes(value.written) if code in self.group_names]
        options += [
            (named_group(FIRST_VERSION, code), f"{code} {self.group_names[code]}") for code in fitting
        ]
        return [*options, (BY_CODE, gettext("the group with this code:"))]

    def _add(self, name: str, value: UnknownValue, options: list[tuple[str, str]], code: str) -> None:
        is_branch = value.column.field == "branch"
        group = ""
        if code not in dict(options):
            group = group_of(code)[1] if is_branch else ""
            code = BY_CODE if is_branch else STAYS_AN_ERROR
        self.fields[name] = forms.ChoiceField(
            label=value.written, choices=options, required=False, initial=code
        )
        if is_branch:
            words = gettext("Code of the group for “%(value)s”") % {"value": value.written}
            self.fields[_code_name(name)] = LineField(
                label=words, max_length=200, required=False, initial=group,
                widget=forms.TextInput({"list": GROUPS_LIST, "aria-label": words, "placeholder": gettext("Code, as 56.1")}),
            )  # fmt: skip

    def parts(self) -> list[tuple[Column, list[ValueLine]]]:
        """Return the columns with their values, each with its fields."""
        grouped: dict[str, tuple[Column, list[ValueLine]]] = {}
        for name, value in self.values.items():
            fields = [self[one] for one in (name, _code_name(name)) if one in self.fields]
            line = ValueLine(value.written, value.rows, fields)
            grouped.setdefault(value.column.field, (value.column, []))[1].append(line)
        return list(grouped.values())

    def clean(self) -> dict[str, Any]:
        """What was not sent stays an error, nothing stays empty that must say something, and a typed code is one of the classification."""
        data = super().clean() or {}
        for name in self.values:
            if name not in self.data:
                data[name] = STAYS_AN_ERROR
            elif data.get(name) == "" and "" not in dict(choice_field(self, name).choices):  # type: ignore[arg-type]  # flat, as made above
                self.add_error(name, ValidationError(_("Please say what this means."), code="required"))
            code_name = _code_name(name)
            if code_name in data and data.get(name) in (BY_CODE, STAYS_AN_ERROR):
                self._take_code(data, name, code_name)
        return data

    def _take_code(self, data: dict[str, Any], name: str, code_name: str) -> None:
        """Let a typed code count, also where nobody has chosen that one is typed."""
        typed = latin_digits(data[code_name]).partition(" ")[0]
        if typed in self.group_names:
            data[name] = named_group(FIRST_VERSION, typed)
        elif typed:
            words = _("The classification WZ %(version)s has no group “%(code)s”.")
            self.add_error(code_name, words % {"version": FIRST_VERSION, "code": typed})
        elif data[name] == BY_CODE:
            self.add_error(code_name, ValidationError(_("Please give the code."), code="required"))

    def meanings(self) -> dict[str, dict[str, str]]:
        """Return by field and folded value the code, as it is stored."""
        said: dict[str, dict[str, str]] = {}
        for name, value in self.values.items():
            said.setdefault(value.column.field, {})[value.key] = self.cleaned_data[name]
        return said


def _name(value: UnknownValue) -> str:
    """Name a field by its value: a form that was opened before the columns changed says nothing about others."""
    return f"{value.column.field}-{hashlib.sha256(value.key.encode()).hexdigest()[:12]}"


def _code_name(name: str) -> str:
    return f"{name}-code"
