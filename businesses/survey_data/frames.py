"""What stands beside the answers: which row it is, wave, place, branch, result, language. Nothing that names a business or a person."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.enums import BranchKind, Channel, Disposition
from businesses.models import Section
from businesses.survey_data.variables import Kind, Missing, Part, Variable

KINDS: dict[str, int] = {kind: number for number, kind in enumerate(BranchKind, 1)}
RESULTS: dict[str, int] = {result: number for number, result in enumerate(Disposition, 1)}
CHANNELS: dict[str, int] = {channel: number for number, channel in enumerate(Channel, 1)}
UNKNOWN = Missing()


def pseudonym(kind: str, pk: int, *, scope: str) -> str:
    """Return a name without meaning for a business or a surveyor: the same in every export of a scope, another in the next scope.

    Keyed with the installation's secret (HMAC-SHA-256, RFC 2104), so that nobody without it can try out numbers.
    """
    mark = hmac.new(settings.SECRET_KEY.encode(), f"survey {scope} {kind} {pk}".encode(), hashlib.sha256)
    return f"{kind[0]}{mark.hexdigest()[:12]}"


@dataclass(frozen=True)
class Places:
    """The sections of the centre's streets, to find the one in which a door lies."""

    sections: tuple[Section, ...]

    @classmethod
    def of(cls, sections: Iterable[Section]) -> "Places":
        """Keep them in order: where two overlap, the first one counts."""
        return cls(tuple(sections))

    def find(self, street_id: int | None, house_number: int | None) -> Section | None:
        """Return the section of a door; None outside of all, and for a business without a door."""
        if street_id is None or house_number is None:
            return None
        return next(
            (one for one in self.sections if one.street_id == street_id and one.holds(house_number)), None
        )


@dataclass(frozen=True)
class Frame:
    """One column beside the answers and how it is read off an interview's record."""

    variable: Variable
    read: Callable[[dict[str, Any]], str | int]
    internal_only: bool = False


def _code(name: str, label: str, values: dict[int, str], *, missing: Missing | None = UNKNOWN) -> Variable:
    return Variable(name, label, Kind.CODE, values=values, missing=missing)


def _text(name: str, label: str) -> Variable:
    return Variable(name, label, Kind.TEXT, missing=None)


def frames_for(scope: str) -> list[Frame]:
    """Return the columns in order. What only the house may see is left out of the other scope."""
    kinds = {KINDS[kind]: str(kind.label) for kind in BranchKind}
    results = {RESULTS[result]: str(result.label) for result in Disposition}
    channels = {CHANNELS[channel]: str(channel.label) for channel in Channel}
    minutes = Variable("minutes", _("length of the interview in minutes"), Kind.NUMBER, measure="scale")
    frames = [
        Frame(_text("row_id", _("mark of the business, the same in every wave")), lambda row: pseudonym("business", row["business_id"], scope=scope)),
        Frame(_text("wave", _("survey wave")), lambda row: str(row["wave__name"])),
        Frame(_text("month", _("month of the interview")), lambda row: f"{timezone.localtime(row['started_at']):%Y-%m}"),
        Frame(_text("section", _("section of the street")), lambda row: str(row["section"])),
        Frame(_code("kind", _("kind of shop"), kinds), lambda row: KINDS.get(row["business__branch__kind"], UNKNOWN.no_answer)),
        Frame(_text("wz_code", _("branch by the classification WZ")), lambda row: row["business__branch__code"] or "", internal_only=True),
        Frame(
            Variable("wz_version", _("version of the classification WZ"), Kind.NUMBER, measure="nominal"),
            lambda row: row["business__branch__version"] or UNKNOWN.no_answer, internal_only=True,
        ),
        Frame(_code("result", _("result"), results), lambda row: RESULTS[row["disposition"]]),
        Frame(_text("language", _("language of the interview")), lambda row: str(row["language"]), internal_only=True),
        Frame(_code("interpreter", _("somebody interpreted"), {1: _("yes"), 0: _("no")}, missing=None), lambda row: int(row["with_interpreter"]), internal_only=True),
        Frame(minutes, _minutes),
        Frame(_code("channel", _("how the business was spoken with"), channels), lambda row: CHANNELS.get(row["channel"], UNKNOWN.no_answer)),
        Frame(_text("surveyor", _("mark of the surveyor")), lambda row: pseudonym("surveyor", row["surveyor_id"], scope=scope), internal_only=True),
        Frame(Variable("version", _("version of the questionnaire"), Kind.NUMBER, measure="ordinal", missing=None), lambda row: int(row["response__version__number"])),
    ]  # fmt: skip
    return [frame for frame in frames if scope == "internal" or not frame.internal_only]


def _minutes(row: dict[str, Any]) -> int:
    seconds: float = (row["completed_at"] - row["started_at"]).total_seconds()
    return max(0, round(seconds / 60))


__all__ = ["Frame", "Part", "Places", "frames_for", "pseudonym"]
