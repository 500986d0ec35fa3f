"""The closed lists of this room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """What was seen at the unit when somebody last passed."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    VACANT = "vacant", _("vacant")
    CHANGED = "changed", _("changed hands or trade")
    MOVED = "moved", _("moved away")
    NOT_YET_OPEN = "not_yet_open", _("not yet opened")


class SizeBand(TextChoices):
    """Persons working there, the owner included."""

    ONE = "1", _("1 person")
    TO_4 = "2-4", _("2 to 4 persons")
    TO_9 = "5-9", _("5 to 9 persons")
    TO_19 = "10-19", _("10 to 19 persons")
    TO_49 = "20-49", _("20 to 49 persons")
    MORE = "50+", _("50 persons and more")


class Floor(IntegerChoices):
    """Where in the house; higher floors are plain numbers."""

    BASEMENT = -1, _("basement")
    GROUND = 0, _("ground floor")
    FIRST = 1, _("first floor")
    SECOND = 2, _("second floor")
    THIRD = 3, _("third floor")
    FOURTH = 4, _("fourth floor and above")


class Position(TextChoices):
    """Which door, seen from the street."""

    LEFT = "left", _("on the left")
    MIDDLE = "middle", _("in the middle")
    RIGHT = "right", _("on the right")
    YARD = "yard", _("in the yard")


class PositionSource(TextChoices):
    """How it is known where a door is."""

    MEASURED = "measured", _("measured at the door")
    IMPORTED = "imported", _("imported")
    RECKONED = "reckoned", _("reckoned from the house number")


class Side(TextChoices):
    """A side of the street, told by its house numbers."""

    BOTH = "both", _("both sides")
    EVEN = "even", _("even numbers")
    ODD = "odd", _("odd numbers")


class BranchKind(TextChoices):
    """What a passer-by would call it: the seven kinds the street is drawn with."""

    GASTRONOMY = "gastronomy", _("Restaurants and snacks")
    FOOD = "food", _("Food shops")
    RETAIL = "retail", _("Other shops")
    SERVICE = "service", _("Services")
    BEAUTY = "beauty", _("Hair and beauty")
    CRAFT = "craft", _("Crafts and repair")
    SOCIETY = "society", _("Associations and education")


class BranchLevel(TextChoices):
    """The depth in the classification."""

    SECTION = "section", _("section")
    DIVISION = "division", _("division")
    GROUP = "group", _("group")


class Disposition(TextChoices):
    """How a contact attempt, and in the end a unit, turned out."""

    COMPLETE = "complete", _("complete interview")
    PARTIAL = "partial", _("partial interview")
    REFUSAL = "refusal", _("refused")
    OWNER_ABSENT = "owner_absent", _("owner absent")
    NO_CONTACT = "no_contact", _("nobody reached")
    LANGUAGE_BARRIER = "language_barrier", _("no common language")
    INELIGIBLE = "ineligible", _("closed or no business")
    UNKNOWN = "unknown", _("not known")


INTERVIEWED = (Disposition.COMPLETE, Disposition.PARTIAL)
# What a surveyor notes at the door when there was no interview.
WITHOUT_INTERVIEW = tuple(choice for choice in Disposition if choice not in INTERVIEWED)


class RefusalReason(TextChoices):
    """Why somebody did not want to be asked; one tap at the door."""

    NO_TIME = "no_time", _("no time")
    NO_INTEREST = "no_interest", _("no interest")
    MISTRUST = "mistrust", _("does not want to give data")
    TOO_MANY_SURVEYS = "too_many_surveys", _("asked too often already")
    NOT_ENTITLED = "not_entitled", _("may not decide, owner does not want to")
    OTHER = "other", _("another reason")


class SinceBand(TextChoices):
    """For how long a business has been here, where nobody knows the year."""

    UNDER_1 = "under_1", _("less than one year")
    TO_5 = "1-5", _("1 to 5 years")
    TO_10 = "6-10", _("6 to 10 years")
    MORE = "over_10", _("more than 10 years")


class Told(TextChoices):
    """An answer at the door."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known")


class CallBackOutcome(TextChoices):
    """What came of the phone call that checks an interview."""

    CONFIRMED = "confirmed", _("confirmed")
    DIFFERS = "differs", _("differs")
    NOT_REACHED = "not_reached", _("not reached")
    NOT_REMEMBERED = "not_remembered", _("not remembered")


class OperationResult(TextChoices):
    """What became of an operation of a surveyor's device."""

    APPLIED = "applied", _("applied")
    ALREADY = "already", _("was there already")
    OVERTAKEN = "overtaken", _("overtaken by something newer")
    REFUSED = "refused", _("refused")


class ConsentPurpose(TextChoices):
    """What a business may agree to at the end of an interview."""

    CONTACT = "contact", _("may be contacted for advice")
    PANEL = "panel", _("may be asked again in later waves")
    SHARE_VACANCIES = "share_vacancies", _("vacancies may be passed on")


class ContactRole(TextChoices):
    """What somebody is in a business."""

    OWNER = "owner", _("owner")
    MANAGER = "manager", _("manager")
    FAMILY = "family", _("family of the owner")
    STAFF = "staff", pgettext_lazy("person of a business", "staff")
    OTHER = "other", _("somebody else")


class Reach(TextChoices):
    """How somebody of a business is best reached."""

    VISIT = "visit", _("by a visit")
    PHONE = "phone", _("by phone")
    MESSENGER = "messenger", _("by messenger")
    EMAIL = "email", _("by e-mail")


class RowPlan(TextChoices):
    """What becomes of a row of a list that comes in, as the check found it."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changes what is there")
    SAME = "same", _("is there as it stands")
    DOUBT = "doubt", _("may be here already")


class RowChoice(TextChoices):
    """What becomes of a row that may be here already."""

    UPDATE = "update", _("is this one: change it")
    CREATE = "create", _("is another one: create it")
    SKIP = "skip", _("leave out")


class Channel(TextChoices):
    """How somebody was spoken with."""

    ON_SITE = "on_site", _("at the business")
    OFFICE = "office", _("at the centre")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")
    WRITTEN = "written", _("in writing")


class TrainingReason(TextChoices):
    """Why a training place counts as created."""

    FIRST_TIME = "first_time", _("trains for the first time")
    ADDITIONAL = "additional", _("one place more than before")


class TrainingEvidence(TextChoices):
    """By what it is known that a training place was created. Empty: not looked at yet."""

    CONTRACT = "contract", _("training contract seen")
    CHAMBER = "chamber", _("entered at the chamber")
    EMPLOYER = "employer", _("the business says so")


class NeedTopic(TextChoices):
    """What small businesses need help with: the seven topics of question 31, and the rest."""

    GERMAN = "german", _("German for entrepreneurs")
    TAX = "tax", _("Bookkeeping and tax")
    MARKETING = "marketing", _("Marketing and online")
    LAW = "law", _("Law and permits")
    FINANCING = "financing", _("Financing")
    STAFF = "staff", _("Staff and training")
    SUCCESSION = "succession", _("Handing over the business")
    TRAINER = "trainer", _("Permission to train apprentices")
    OTHER = "other", _("Something else")


class EventKind(TextChoices):
    """What businesses come together for."""

    COURSE = "course", _("Course")
    REGULARS_TABLE = "regulars_table", _("Regulars' table")
    INFORMATION = "information", _("Information event")


class EventState(TextChoices):
    """Whether it is still to come. Only what was held is counted."""

    PLANNED = "planned", _("planned")
    HELD = "held", pgettext_lazy("event", "held")
    CANCELLED = "cancelled", _("cancelled")


class Presence(TextChoices):
    """Whether somebody of a business came on a date."""

    PRESENT = "present", _("present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")
    UNKNOWN = "unknown", _("not noted")


class EnrolmentState(TextChoices):
    """Whether a business has a seat."""

    ENROLLED = "enrolled", _("enrolled")
    WAITING = "waiting", _("on the waiting list")
    WITHDRAWN = "withdrawn", _("withdrawn from it")


class Urgency(TextChoices):
    """How pressing a need is, in the words of question 31."""

    SOME = "some", _("some need")
    URGENT = "urgent", _("urgent")


class NeedSource(TextChoices):
    """Where a need became known."""

    INTERVIEW = "interview", _("in an interview")
    CONSULTATION = "consultation", _("in a talk")
    VISIT = "visit", _("on a visit")
    CALL = "call", _("by a call")


class NeedState(TextChoices):
    """Where a need stands; the last four are ends."""

    OPEN = "open", pgettext_lazy("need", "open")
    IN_ADVICE = "in_advice", _("in advice")
    DONE = "done", pgettext_lazy("need", "done")
    DONE_ALONE = "done_alone", _("done without help")
    UNREACHABLE = "unreachable", _("not reachable")
    NOT_OURS = "not_ours", _("not ours")


RUNNING_NEEDS = (NeedState.OPEN, NeedState.IN_ADVICE)
ENDED_NEEDS = tuple(state for state in NeedState if state not in RUNNING_NEEDS)


class ReportState(TextChoices):
    """Where an analysis report stands."""

    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    CANCELLED = "cancelled", _("cancelled")
