"""How the states of this room look: icon, word and colour."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from businesses import languages
from businesses.enums import BranchKind, Disposition, Status
from businesses.interviewing import question_number
from businesses.models import Business
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
