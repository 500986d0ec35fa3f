"""How the states of this room look: icon, word and colour."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from businesses import languages
from businesses.enums import (
    BranchKind,
    Disposition,
    EnrolmentState,
    EventState,
    NeedState,
    Presence,
    Status,
    Urgency,
)
from businesses.interviewing import question_number
from businesses.models import Business
from businesses.survey_analysis.blocks import Cell
from iqquadrat.core.templatetags.iq import state

register = template.Library()

_STATUS = {
    Status.OPEN: ("ok", "check-circle-fill"),
    Status.CLOSED: ("off", "x-circle"),
    Status.VACANT: ("off", "dash-square-dotted"),
    Status.CHANGED: ("warn", "flag-fill"),
    Status.MOVED: ("off", "box-arrow-right"),
    Status.NOT_YET_OPEN: ("info", "hourglass"),
}
_RESULT = {
    Disposition.COMPLETE: ("ok", "check-circle-fill"),
    Disposition.PARTIAL: ("ok", "check-circle"),
    Disposition.REFUSAL: ("bad", "slash-circle"),
    Disposition.OWNER_ABSENT: ("info", "arrow-repeat"),
    Disposition.NO_CONTACT: ("info", "arrow-repeat"),
    Disposition.LANGUAGE_BARRIER: ("warn", "translate"),
    Disposition.INELIGIBLE: ("off", "x-circle"),
    Disposition.UNKNOWN: ("off", "question-circle"),
}
_NEED = {
    NeedState.OPEN: ("info", "circle"),
    NeedState.IN_ADVICE: ("info", "chat-left-text"),
    NeedState.DONE: ("ok", "check-circle-fill"),
    NeedState.DONE_ALONE: ("ok", "check-circle"),
    NeedState.UNREACHABLE: ("off", "telephone-x"),
    NeedState.NOT_OURS: ("off", "slash-circle"),
}
_EVENT = {
    EventState.PLANNED: ("info", "calendar-event"),
    EventState.HELD: ("ok", "check-circle-fill"),
    EventState.CANCELLED: ("off", "calendar-x"),
}
_SEAT = {
    EnrolmentState.ENROLLED: ("ok", "check-circle-fill"),
    EnrolmentState.WAITING: ("warn", "hourglass"),
    EnrolmentState.WITHDRAWN: ("off", "box-arrow-right"),
}
_PRESENCE = {
    Presence.PRESENT: ("ok", "check-circle-fill"),
    Presence.EXCUSED: ("off", "chat-left"),
    Presence.ABSENT: ("off", "x-circle"),
    Presence.UNKNOWN: ("off", "question-circle"),
}
_KIND_ICONS = {
    BranchKind.GASTRONOMY: "cup-hot",
    BranchKind.FOOD: "basket",
    BranchKind.RETAIL: "bag",
    BranchKind.SERVICE: "file-earmark-text",
    BranchKind.BEAUTY: "scissors",
    BranchKind.CRAFT: "wrench",
    BranchKind.SOCIETY: "people",
}


@register.filter
def status_mark(status: str) -> SafeString:
    """The observed status of a unit."""
    kind, icon = _STATUS[Status(status)]
    return state(kind, Status(status).label, icon)


@register.filter
def result_mark(disposition: str) -> SafeString:
    """The result of a visit or a unit; an empty one means that nobody was there yet."""
    if not disposition:
        return state("off", _("not visited yet"), "circle")
    kind, icon = _RESULT[Disposition(disposition)]
    return state(kind, Disposition(disposition).label, icon)


@register.filter
def need_mark(state_code: str) -> SafeString:
    """Where a need stands."""
    kind, icon = _NEED[NeedState(state_code)]
    return state(kind, NeedState(state_code).label, icon)


@register.filter
def urgency_mark(urgency: str) -> SafeString:
    """How pressing a need is."""
    pressing = urgency == Urgency.URGENT
    return state("bad" if pressing else "off", Urgency(urgency).label, "" if pressing else "dash")


@register.filter
def event_mark(state_code: str) -> SafeString:
    """Whether an event is still to come."""
    kind, icon = _EVENT[EventState(state_code)]
    return state(kind, EventState(state_code).label, icon)


@register.filter
def seat_mark(state_code: str) -> SafeString:
    """Whether a business has a seat."""
    kind, icon = _SEAT[EnrolmentState(state_code)]
    return state(kind, EnrolmentState(state_code).label, icon)


@register.filter
def presence_mark(presence: str) -> SafeString:
    """Whether somebody of a business came."""
    kind, icon = _PRESENCE[Presence(presence)]
    return state(kind, Presence(presence).label, icon)


@register.filter
def per_cent(share: float | None) -> str:
    """A share as whole per cent; a dash where there was nothing to divide by."""
    return "–" if share is None else _("%(number)d %%") % {"number": round(100 * share)}


@register.filter
def question_numbers(keys: list[str]) -> str:
    """The numbers of the questions that these items belong to, each once: 9, 17, 31."""
    numbers = {question_number(key) for key in keys} - {None}
    return ", ".join(str(number) for number in sorted(filter(None, numbers)))


@register.filter
def kind_icon(business: Business) -> str:
    """The icon of the branch; a plain shop while the trade is not coded."""
    kind = business.branch.kind if business.branch else ""
    return _KIND_ICONS[BranchKind(kind)] if kind else "shop-window"


@register.filter
def icon_of_kind(kind: str) -> str:
    """The icon of a kind of shop."""
    return _KIND_ICONS[BranchKind(kind)]


@register.filter
def trade(business: Business) -> str:
    """What it sells, in the words of the register, else of the classification; empty when neither is known."""
    return business.branch_words or (business.branch.name_de if business.branch else "")


@register.filter
def language_names(codes: list[str]) -> str:
    """Names of languages with commas between."""
    return ", ".join(languages.names(codes))


@register.filter
def language_name(code: str) -> str:
    """Name of one language."""
    return ", ".join(languages.names([code])) or code


@register.filter
def under(cells: Sequence[Cell], head: Sequence[str]) -> list[tuple[Cell, str]]:
    """The cells of a line, each with the word over its column; the first word stands over the line's name."""
    return list(zip(cells, head[1:], strict=True))
