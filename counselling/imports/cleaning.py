"""One row through the rules of the forms: nothing comes in that a form would refuse, and every error is named with its column.

A form is built once and given row after row: building it anew would cost more than all its checks.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counselling.enums import ImportKind
from counselling.forms import ClientForm, ConsultationForm
from counselling.forms.fields import BirthField, DayField
from counselling.imports.columns import columns_of
from counselling.imports.guessing import meanings_of
from counselling.imports.people import Team
from counselling.models import Client, ImportRow, ImportRun, Topic
from counselling.models.consultation import NOTE_FIELDS
from counselling.queries import topics_in_use
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.importing.columns import Shape
from iqquadrat.core.importing.guessing import Meanings, parts
from iqquadrat.core.text import latin_digits

_TIME_BEHIND = re.compile(r"[ T]+\d{1,2}:\d{2}(:\d{2})?$")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_BIRTH = BirthField(required=False)
# What the page of logging offers beside the talk itself.
NOT_IN_A_LIST = ("companions", "absent", *ConsultationForm.REFERRAL)
NOON = "12:00"


@dataclass
class Cleaned:
    """What became of a row: the facts to store, or what is wrong, by field ("" for the row as a whole)."""

    facts: dict[str, Any] | None = None
    reference: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)


class ClientRowForm(ClientForm):
    """The form of the intake, and what only a list has."""

    reference = LineField(label=_("Own number"), max_length=60, required=False)
    entered_on = DayField(label=_("Entered on"), required=False)

    def __init__(self, *, user: User) -> None:
        super().__init__({}, user=user)
        for name in ("deputies", "submission"):
            self.fields.pop(name, None)

    def clean_entered_on(self) -> dt.date:
        """Return the day of the intake; today where the list says nothing."""
        day: dt.date = self.cleaned_data["entered_on"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day


class KnownTopics(forms.Field):
    """Topics by their keys, without asking the database for every row."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        super().__init__(required=False)
        self.topics = topics

    def to_python(self, value: Any) -> list[Topic]:
        return [self.topics[key] for key in value or []]


class ConsultationRowForm(ConsultationForm):
    """The form of a consultation; the client has been looked for before."""

    def __init__(self, *, user: User) -> None:
        super().__init__({}, user=user)
        for name in (
            "submission",
            "finished",
            "due_in",
            "next_step",
            "next_step_on",
            "clock",
            *NOT_IN_A_LIST,
        ):
            self.fields.pop(name, None)
        self.fields["client"] = forms.Field(required=False)
        self.fields["topics"] = KnownTopics({topic.key: topic for topic in topics_in_use()})


class Cleaner:
    """Cleans the rows of one run."""

    def __init__(self, run: ImportRun, user: User) -> None:
        self.run, self.user = run, user
        self.columns = columns_of(run.kind)
        self.places = {name: int(place) for place, name in run.columns.items()}
        self.meanings = {
            name: meanings_of(self.columns[name], run.meanings.get(name, {}))
            for name in self.places
            if self.columns[name].shape in (Shape.CHOICE, Shape.CHOICES)
        }
        self.team = Team(run.centre_id)
        # Either form: both have the same three things that are asked of them here.
        self.form: Any = (
            ClientRowForm(user=user) if run.kind == ImportKind.CLIENTS else ConsultationRowForm(user=user)
        )
        self._codes = lru_cache(maxsize=10_000)(self._codes_of)

    def cells(self, row: ImportRow) -> dict[str, str]:
        """Return what stands in the row, by field; empty cells are not in it."""
        return {
            name: row.cells[place].strip()
            for name, place in self.places.items()
            if place < len(row.cells) and row.cells[place].strip()
        }

    def birth_of(self, cell: str) -> tuple[dt.date, str] | None:
        """Return the birth date of a cell; None also when it is none: then nobody is found by it."""
        try:
            read: tuple[dt.date, str] | None = _BIRTH.clean(self._as_typed(Shape.BIRTH, cell)[:30])
        except ValidationError:
            return None
        return read

    def client(self, row: ImportRow) -> Cleaned:
        """Clean a row of a list of clients."""
        made = Cleaned()
        cells = self.cells(row)
        counsellor = self._counsellor(cells, made, must_be_active=True)
        self._through_form(self._typed(cells, made), made)
        if made.problems:
            return made
        made.reference = self.form.cleaned_data["reference"]
        entered_on = self.form.cleaned_data["entered_on"]
        made.facts = self.form.facts() | {"in_charge_since": entered_on, "counsellor_id": counsellor}
        return made

    def consultation(self, row: ImportRow, client: "Client | None", trouble: str) -> Cleaned:
        """Clean a row of past consultations with the client that it names, or what was in the way of finding one."""
        made = Cleaned(problems=[("client_number", trouble)] if trouble else [])
        cells = self.cells(row)
        counsellor = self._counsellor(cells, made, must_be_active=False)
        typed = self._typed(cells, made)
        main = typed.pop("main_topic", "")
        typed = self._with_defaults(typed) | {"client": client, "main_topic": main}
        typed["topics"] = list(dict.fromkeys([*([main] if main else []), *typed.pop("other_topics", [])]))
        if cells.get("private_note") and counsellor != self.user.pk:
            made.problems.append(
                ("private_note", gettext("A private note comes in with consultations of your own only."))
            )
        self._through_form(typed, made)
        if not made.problems:
            made.facts = self._consultation_facts(client, counsellor)
        return made

    def _with_defaults(self, typed: dict[str, Any]) -> dict[str, Any]:
        """What the user said about empty cells; somebody who did not come has no minutes and no language."""
        said = self.run.defaults
        filled = {"channel": said.get("channel", ""), "held_time": NOON} | typed
        if not typed.get("is_no_show"):
            filled = {
                "languages": [said["language"]] if said.get("language") else [],
                "minutes": said.get("minutes", ""),
            } | filled
        return filled

    def _consultation_facts(self, client: "Client | None", counsellor: int | None) -> dict[str, Any]:
        data = self.form.cleaned_data
        facts: dict[str, Any] = self.form.facts()
        main: Topic | None = facts.pop("main_topic")
        facts |= {
            "main_topic_id": main.pk if main else None, "other_topics": [topic.pk for topic in data["others"]],
            "client_id": client.pk if client else None, "counsellor_id": counsellor,
        }  # fmt: skip
        if facts["is_no_show"]:
            facts |= {"minutes": 0, "languages": [], "other_topics": []}
        more = facts["other_topics"] or any(facts.get(name) for name in NOTE_FIELDS)
        facts["is_short"] = client is None and not more
        return facts

    def _through_form(self, typed: dict[str, Any], made: Cleaned) -> None:
        """Let the form check what was typed; what is known to be wrong already is not named twice."""
        self.form.data = typed
        self.form.full_clean()
        known = {name for name, _text in made.problems}
        for name, errors in self.form.errors.items():
            place = {"topics": "main_topic", "__all__": ""}.get(name, name)
            if place not in known:
                made.problems.append((place, " ".join(str(error) for error in errors)[:500]))

    def _typed(self, cells: Mapping[str, str], made: Cleaned) -> dict[str, Any]:
        """Return the cells as the form's fields would bring them."""
        typed: dict[str, Any] = {}
        for name, cell in cells.items():
            shape = self.columns[name].shape
            if shape in (Shape.CHOICE, Shape.CHOICES):
                codes, unknown = self._codes(name, cell)
                if unknown:
                    made.problems.append(
                        (
                            name,
                            gettext("What “%(value)s” means is not known.")
                            % {"value": ", ".join(unknown)[:200]},
                        )
                    )
                elif codes:
                    typed[name] = list(codes) if shape is Shape.CHOICES else codes[0]
            elif shape is not Shape.PERSON:
                typed[name] = self._as_typed(shape, cell)
        if typed.get("is_no_show") == "0":
            del typed["is_no_show"]
        return typed

    def _codes_of(self, name: str, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the codes of a cell, and what in it nobody knows."""
        meanings: Meanings = self.meanings[name]
        found = [(text, meanings.of(text)) for text in parts(self.columns[name], cell)]
        codes = tuple(dict.fromkeys(code for _text, code in found if code))
        return codes, tuple(text for text, code in found if code is None)

    def _as_typed(self, shape: Shape, cell: str) -> str:
        if shape in (Shape.DAY, Shape.BIRTH):
            cell = _TIME_BEHIND.sub("", cell)
            match = _MONTH_FIRST.fullmatch(latin_digits(cell))
            if match and self.run.defaults.get("day_order") == "mdy":
                return f"{match[3]}.{match[1]}.{match[4]}"
            return cell
        if shape is Shape.CLOCK:
            text = re.sub(r"\s*(Uhr|h)$", "", latin_digits(cell), flags=re.IGNORECASE).replace(".", ":")
            return f"{text}:00" if text.isdigit() else text
        return cell

    def _counsellor(self, cells: Mapping[str, str], made: Cleaned, *, must_be_active: bool) -> int | None:
        """Return who is named in the row, else who is to be taken where nobody is named."""
        named = cells.get("counsellor")
        if not named:
            default: int | None = self.run.defaults.get("counsellor")
            return default
        found = self.team.find(named, must_be_active=must_be_active)
        if found is None:
            made.problems.append(
                ("counsellor", gettext("Nobody of the team is called this, or several are."))
            )
        return found
