"""Codes of what is done: charges and consents, talks, events, referrals, appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChargeKind(TextChoices):
    """What a counsellor is to a client."""

    IN_CHARGE = "in_charge", _("in charge")
    DEPUTY = "deputy", _("deputising")


class Purpose(TextChoices):
    """What a client can agree to."""

    COUNSELLING_DATA = "counselling_data", _("Counselling and data")
    SWITCH_MEASURING = "switch_measuring", _("Measuring the language switch")
    SHARE_WITH_EMPLOYER = "share_with_employer", _("Passing on to a business")
    ASK_LATER = "ask_later", _("Asking again later")
    REFERRAL = "referral", _("Passing on to an institution")
    ESF_ANSWERS = "esf_answers", _("Voluntary questions of the European Social Fund")


# What is agreed to for one named receiver at a time; the others hold for the counselling as a whole.
TO_ONE_RECEIVER = [Purpose.SHARE_WITH_EMPLOYER, Purpose.REFERRAL]
# What is asked where it is needed, on pages of its own: when somebody is referred, or enters a programme.
ASKED_WHERE_NEEDED = frozenset({Purpose.REFERRAL, Purpose.ESF_ANSWERS})


class Channel(TextChoices):
    """How a contact took place."""

    PERSON_PLANNED = "person_planned", _("in person, by appointment")
    PERSON_UNPLANNED = "person_unplanned", _("in person, walk-in")
    PHONE = "phone", _("phone")
    VIDEO = "video", _("video")
    MAIL = "mail", _("e-mail")
    CHAT = "chat", _("chat")
    OUTREACH = "outreach", _("outreach")
    ACCOMPANIMENT = "accompaniment", _("accompaniment")
    GROUP = "group", _("group")


class Interpretation(TextChoices):
    """Who helped with the language."""

    NONE = "none", _("nobody")
    STAFF = "staff", _("team")
    PROFESSIONAL = "professional", _("professional interpreter")
    VOLUNTEER = "volunteer", _("volunteer")
    RELATIVE = "relative", _("relative")


class GroupEventKind(TextChoices):
    """Events for many at once."""

    INFORMATION = "information", _("information event")
    COURSE = "course", _("course")
    OUTREACH = "outreach", _("outreach")
    OTHER = "other", _("other event")


class VolunteerActivity(TextChoices):
    """What volunteers do."""

    INTERPRETING = "interpreting", _("interpreting")
    COUNSELLING = "counselling", _("helping with counselling")
    ACCOMPANIMENT = "accompaniment", _("accompaniment")
    FORMS = "forms", _("filling in forms together")
    LANGUAGE = "language", _("practising German")
    EVENT = "event", _("events and courses")
    COMPUTER = "computer", _("help at the PC")
    OFFICE = "office", _("office and organisation")
    OTHER = "other", _("other")


class InstitutionKind(TextChoices):
    """What kind of place somebody is referred to."""

    JOB_CENTRE = "job_centre", _("job centre or employment agency")
    AUTHORITY = "authority", _("public authority")
    MIGRATION_ADVICE = "migration_advice", _("advice for migrants")
    LEGAL_ADVICE = "legal_advice", _("legal advice")
    RECOGNITION = "recognition", _("advice on recognition")
    LANGUAGE_SCHOOL = "language_school", _("language school")
    SCHOOL = "school", _("school or training provider")
    CHAMBER = "chamber", _("chamber or business association")
    HEALTH = "health", _("health")
    FAMILY = "family", _("family and childcare")
    HOUSING = "housing", _("housing")
    DEBTS = "debts", _("debt advice")
    COMMUNITY = "community", _("association or place of worship")
    OTHER = "other", _("other")


class Direction(TextChoices):
    """Which way a referral goes."""

    TO = "to", _("referred to")
    FROM = "from", _("came from")


class Arrived(TextChoices):
    """Whether somebody arrived there. Empty: not asked yet."""

    YES = "yes", _("arrived")
    NO = "no", _("did not arrive")
    UNKNOWN = "unknown", _("not known")


class Cancelled(TextChoices):
    """Who could not keep an appointment. Empty: it stands."""

    BY_CLIENT = "by_client", _("the client cancelled")
    BY_CENTRE = "by_centre", _("we cancelled")


class AppointmentState(TextChoices):
    """How an appointment stands; derived from the clock, from a cancellation and from what was logged, never stored."""

    PLANNED = "planned", _("planned")
    NOW = "now", _("now")
    CAME = "came", _("came")
    NO_SHOW = "no_show", _("did not come")
    UNLOGGED = "unlogged", _("nothing logged")
    CANCELLED = "cancelled", _("cancelled")
