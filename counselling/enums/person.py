"""Codes of the client record: who somebody is, and how life and work stand."""

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
