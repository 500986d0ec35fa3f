"""Codes of the counselling room. Labels are what a counsellor reads; codes are stored and never change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpokenLanguage(TextChoices):
    """Languages people speak, read and are advised in: those of the centre first, then by name."""

    ARABIC = "ar", _("Arabic")
    KURMANJI = "ku", _("Kurdish (Kurmanji)")
    RUSSIAN = "ru", _("Russian")
    UKRAINIAN = "uk", _("Ukrainian")
    VIETNAMESE = "vi", _("Vietnamese")
    TURKISH = "tr", _("Turkish")
    PERSIAN = "fa", _("Persian")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    ALBANIAN = "sq", _("Albanian")
    AMHARIC = "am", _("Amharic")
    ARMENIAN = "hy", _("Armenian")
    BENGALI = "bn", _("Bengali")
    BOSNIAN = "sh", _("Bosnian, Croatian, Serbian")
    BULGARIAN = "bg", _("Bulgarian")
    CHECHEN = "ce", _("Chechen")
    CHINESE = "zh", _("Chinese")
    DARI = "prs", _("Dari")
    GEORGIAN = "ka", _("Georgian")
    GREEK = "el", _("Greek")
    HINDI = "hi", _("Hindi")
    ITALIAN = "it", _("Italian")
    PASHTO = "ps", _("Pashto")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    ROMANI = "rom", _("Romani")
    ROMANIAN = "ro", _("Romanian")
    SOMALI = "so", _("Somali")
    SORANI = "ckb", _("Kurdish (Sorani)")
    SPANISH = "es", _("Spanish")
    TIGRINYA = "ti", _("Tigrinya")
    URDU = "ur", _("Urdu")
    OTHER = "other", _("another language")


# The eight languages of the counselling itself: offered as buttons, all others behind "another".
LANGUAGES_SPOKEN = [
    SpokenLanguage.ARABIC, SpokenLanguage.KURMANJI, SpokenLanguage.RUSSIAN, SpokenLanguage.UKRAINIAN,
    SpokenLanguage.VIETNAMESE, SpokenLanguage.TURKISH, SpokenLanguage.PERSIAN, SpokenLanguage.ENGLISH,
    SpokenLanguage.FRENCH, SpokenLanguage.GERMAN,
]  # fmt: skip


class NameOrder(TextChoices):
    """In which order the name is said where the person comes from."""

    GIVEN_FIRST = "given_first", _("given name first")
    FAMILY_FIRST = "family_first", _("family name first")


class FormOfAddress(TextChoices):
    """How a letter begins; empty: the full name is used."""

    MS = "ms", _("Ms")
    MR = "mr", _("Mr")


class ClientKind(TextChoices):
    """How somebody is known here. Nobody has to give a name to be advised."""

    NAMED = "named", _("with a name")
    PSEUDONYMOUS = "pseudonymous", _("under a chosen name")
    ANONYMOUS = "anonymous", _("without a name")


class Calendar(TextChoices):
    """The calendar a birth date was given in; the day itself is stored in the Gregorian one."""

    GREGORIAN = "gregorian", _("Gregorian calendar")
    PERSIAN = "persian", _("Persian calendar")


class AgeBand(TextChoices):
    """The age groups that are reported to the European Social Fund, where no birth date is known."""

    UNDER_18 = "under_18", _("under 18")
    FROM_18 = "from_18", _("18 to 29")
    FROM_30 = "from_30", _("30 to 54")
    FROM_55 = "from_55", _("55 and over")


class BirthPrecision(TextChoices):
    """How much of the birth date is known."""

    DAY = "day", _("exact day")
    MONTH = "month", _("month and year")
    YEAR = "year", _("year")


class Gender(TextChoices):
    """Empty: not asked."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    DIVERSE = "diverse", _("diverse")
    NONE_STATED = "none_stated", _("none stated")


class ResidenceStatus(TextChoices):
    """Right of residence, in the groups that decide about work and courses."""

    GERMAN = "german", _("German citizenship")
    EU = "eu", _("freedom of movement in the EU")
    SETTLEMENT = "settlement", _("settlement permit")
    RESIDENCE = "residence", _("residence permit")
    TEMPORARY_PROTECTION = "temporary_protection", _("temporary protection (section 24)")
    PENDING = "pending", _("asylum procedure pending")
    TOLERATED = "tolerated", _("tolerated stay")
    VISA = "visa", _("visa")
    OTHER = "other", _("other")


class WorkPermission(TextChoices):
    """Whether somebody may take up work."""

    ALLOWED = "allowed", _("allowed")
    NEEDS_APPROVAL = "needs_approval", _("needs approval")
    NOT_ALLOWED = "not_allowed", _("not allowed")


class SchoolLevel(TextChoices):
    """Highest level of education, ISCED 2011."""

    NONE = "0", _("no school or less than primary school")
    PRIMARY = "1", _("primary school")
    LOWER_SECONDARY = "2", _("lower secondary school")
    UPPER_SECONDARY = "3", _("upper secondary school or vocational training")
    POST_SECONDARY = "4", _("after secondary school, not university")
    SHORT_TERTIARY = "5", _("short tertiary education")
    BACHELOR = "6", _("bachelor or master craftsman")
    MASTER = "7", _("master or diploma")
    DOCTORAL = "8", _("doctorate")


class Recognition(TextChoices):
    """How far the recognition of training from abroad has come."""

    NOT_NEEDED = "not_needed", _("not needed")
    NOT_APPLIED = "not_applied", _("not applied for")
    APPLIED = "applied", _("applied for")
    PARTLY = "partly", _("partly recognised")
    FULL = "full", _("fully recognised")
    REFUSED = "refused", _("refused")


class DrivingLicence(TextChoices):
    """What somebody may drive in Germany."""

    A = "a", _("A (motorcycle)")
    B = "b", _("B (car)")
    BE = "be", _("BE (car with trailer)")
    C1 = "c1", _("C1 (small lorry)")
    C = "c", _("C (lorry)")
    D = "d", _("D (bus)")
    FORKLIFT = "forklift", _("forklift")
    FOREIGN = "foreign", _("from abroad, not rewritten yet")
    NONE = "none", _("none")


class LabourMarketStatus(TextChoices):
    """At entry."""

    EMPLOYED = "employed", _("employed with social insurance")
    MARGINAL = "marginal", _("in marginal employment")
    SELF_EMPLOYED = "self_employed", _("self-employed")
    UNEMPLOYED_SHORT = "unemployed_short", _("unemployed for up to 12 months")
    UNEMPLOYED_LONG = "unemployed_long", _("unemployed for over 12 months")
    NOT_SEEKING = "not_seeking", _("not looking for work")
    IN_EDUCATION = "in_education", _("at school, in training or studying")


class IncomeType(TextChoices):
    """What somebody mainly lives on; the law's books, because their names change."""

    SGB3 = "sgb3", _("unemployment benefit (SGB III)")
    SGB2 = "sgb2", _("basic income support (SGB II)")
    SGB12 = "sgb12", _("social assistance (SGB XII)")
    ASYLBLG = "asylblg", _("asylum seekers' benefits (AsylbLG)")
    BAFOEG = "bafoeg", _("student aid (BAföG)")
    OWN = "own", _("own earnings")
    FAMILY = "family", _("family")
    NONE = "none", _("none")


class LanguageLevel(TextChoices):
    """How well somebody speaks or reads; the letters are those of the Common European Framework."""

    NATIVE = "native", _("mother tongue")
    C2 = "c2", "C2"
    C1 = "c1", "C1"
    B2 = "b2", "B2"
    B1 = "b1", "B1"
    A2 = "a2", "A2"
    A1 = "a1", "A1"
    NONE = "none", _("not at all")


class LevelSource(TextChoices):
    """Who says so. Answers at the PC are no source."""

    SELF = "self", _("own statement")
    CERTIFICATE = "certificate", _("certificate")
    COUNSELLOR = "counsellor", _("counsellor's impression")


class CaseOutcome(TextChoices):
    """What became of a goal."""

    REACHED = "reached", _("reached")
    PARTLY = "partly", _("partly reached")
    CHANGED = "changed", _("another goal instead")
    REFERRED = "referred", _("handed on to another place")
    MOVED = "moved", _("moved away")
    NO_CONTACT = "no_contact", _("no contact any more")
    GIVEN_UP = "given_up", _("given up")


class HeardFrom(TextChoices):
    """How somebody found the centre."""

    FRIENDS = "friends", _("friends or family")
    JOB_CENTRE = "job_centre", _("job centre or employment agency")
    AUTHORITY = "authority", _("another authority")
    ADVICE = "advice", _("another advice centre")
    COURSE = "course", _("language course or school")
    COMMUNITY = "community", _("association or place of worship")
    INTERNET = "internet", _("internet")
    PASSING_BY = "passing_by", _("walked past")
    OTHER = "other", _("other")


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


# What is agreed to for one named receiver at a time; the others hold for the counselling as a whole.
TO_ONE_RECEIVER = [Purpose.SHARE_WITH_EMPLOYER, Purpose.REFERRAL]


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


class ImportKind(TextChoices):
    """What a spreadsheet brings."""

    CLIENTS = "clients", _("Clients")
    CONSULTATIONS = "consultations", _("Past consultations")


class ImportState(TextChoices):
    """Where a file is on its way in."""

    READING = "reading", _("is being read")
    REFUSED = "refused", _("could not be read")
    MAPPING = "mapping", _("columns to be named")
    CHECKING = "checking", _("is being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("is coming in")
    IMPORTED = "imported", _("imported")
    UNDOING = "undoing", _("is being undone")
    UNDONE = "undone", _("undone")
    CANCELLED = "cancelled", _("cancelled")


IMPORT_WORKING = [ImportState.READING, ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING]
AFTER_IMPORT = [ImportState.IMPORTED, ImportState.UNDOING, ImportState.UNDONE]
IMPORT_ENDED = [
    ImportState.REFUSED,
    ImportState.IMPORTED,
    ImportState.UNDOING,
    ImportState.UNDONE,
    ImportState.CANCELLED,
]


class MatchGround(TextChoices):
    """By what somebody in a list was known again."""

    NAME = "name", _("name")
    PART = "part", _("part of the name")
    BIRTH = "birth", _("birth date")
    PHONE = "phone", _("phone")
    EQUAL = "equal", _("the same entry")


class ImportChoice(TextChoices):
    """What becomes of a row that may be here already."""

    SKIP = "skip", _("leave out")
    CREATE = "create", _("create anyway")
    SAME = "same", _("is the same person")


class YesNo(TextChoices):
    """A box of a form that is a column of a spreadsheet."""

    YES = "1", _("yes")
    NO = "0", _("no")


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
