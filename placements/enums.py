"""Codes of vacancies and placements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VacancyKind(TextChoices):
    """What is offered."""

    JOB = "job", _("Job")
    TRAINING = "training", _("Training place")
    INTERNSHIP = "internship", _("Internship")
    TRIAL = "trial", _("Trial work")
    EQ = "eq", _("Introductory qualification (EQ)")


class VacancyState(TextChoices):
    """Where a vacancy stands. Whether an open one has expired, its date says."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", pgettext_lazy("vacancy", "Open")
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", pgettext_lazy("vacancy", "Withdrawn")
    DISCARDED = "discarded", _("Draft discarded")


# What nobody has looked at, or what was found to be no vacancy: it counts nowhere.
NOT_VACANCIES = (VacancyState.DRAFT, VacancyState.DISCARDED)


class VacancySource(TextChoices):
    """How the centre heard of it."""

    SURVEY = "survey", _("Survey")
    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    EMPLOYER = "employer", _("The employer asked")
    OTHER = "other", _("Other way")


class FieldOfWork(TextChoices):
    """Fields of work, the same twelve as in the competence assessment, each with its ISCO-08 group."""

    KITCHEN = "kitchen", _("Kitchen and food")
    CONSTRUCTION = "construction", _("Construction")
    CLEANING = "cleaning", _("Cleaning")
    CARE = "care", _("Care for people")
    WAREHOUSE = "warehouse", _("Warehouse")
    SALES = "sales", _("Sales")
    REPAIR = "repair", _("Repair")
    DRIVING = "driving", _("Driving")
    OFFICE = "office", _("Office")
    SEWING = "sewing", _("Sewing")
    GARDEN = "garden", _("Garden and fields")
    OTHER = "other", _("Something else")


class GermanLevel(TextChoices):
    """German that the work requires, by the steps of the CEFR."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"


class WorkingSlot(TextChoices):
    """Parts of the week in which there is work: days and parts of the day, the same codes as in the competence assessment."""

    MON_AM = "mon_am", _("Monday morning")
    MON_PM = "mon_pm", _("Monday afternoon")
    MON_EVE = "mon_eve", _("Monday evening")
    TUE_AM = "tue_am", _("Tuesday morning")
    TUE_PM = "tue_pm", _("Tuesday afternoon")
    TUE_EVE = "tue_eve", _("Tuesday evening")
    WED_AM = "wed_am", _("Wednesday morning")
    WED_PM = "wed_pm", _("Wednesday afternoon")
    WED_EVE = "wed_eve", _("Wednesday evening")
    THU_AM = "thu_am", _("Thursday morning")
    THU_PM = "thu_pm", _("Thursday afternoon")
    THU_EVE = "thu_eve", _("Thursday evening")
    FRI_AM = "fri_am", _("Friday morning")
    FRI_PM = "fri_pm", _("Friday afternoon")
    FRI_EVE = "fri_eve", _("Friday evening")
    SAT_AM = "sat_am", _("Saturday morning")
    SAT_PM = "sat_pm", _("Saturday afternoon")
    SAT_EVE = "sat_eve", _("Saturday evening")
    SUN_AM = "sun_am", _("Sunday morning")
    SUN_PM = "sun_pm", _("Sunday afternoon")
    SUN_EVE = "sun_eve", _("Sunday evening")


class WorkCertificate(TextChoices):
    """Certificates that employers ask for, the same codes as in the competence assessment."""

    FORKLIFT = "forklift", _("Forklift licence")
    WELDING = "welding", _("Welding certificate")
    HYGIENE = "hygiene", _("Instruction in food hygiene (§ 43 IfSG)")
    FIRST_AID = "first_aid", _("First aid")
    PRO_DRIVING = "pro_driving", _("Professional driving (code 95)")
    CARE = "care", _("Course in care")
    SECURITY = "security", _("Instruction for security work (§ 34a GewO)")
    COMPUTER = "computer", _("Computer course")


class Stage(TextChoices):
    """The steps of a placement in their order; ``CLOSED`` is the way out from every step, with a reason."""

    WISH = "wish", _("Wished")
    PROPOSED = "proposed", _("Proposed")
    APPLIED = "applied", _("Applied")
    INTERVIEW = "interview", pgettext_lazy("job", "Interview")
    TRIAL = "trial", _("Trial")
    STARTED = "started", _("Started")
    ENDED = "ended", _("Ended")
    CLOSED = "closed", _("Came to nothing")


# The way forward; steps may be left out, none is gone back (a mistake is undone, which the log shows).
ORDER = (Stage.WISH, Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW, Stage.TRIAL, Stage.STARTED, Stage.ENDED)
BOARD = (Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW, Stage.TRIAL, Stage.STARTED)


class CloseReason(TextChoices):
    """Why a placement came to nothing."""

    CLIENT_DECLINED = "client_declined", _("The client declined")
    EMPLOYER_DECLINED = "employer_declined", _("The employer declined")
    WITHDRAWN = "withdrawn", _("The offer was withdrawn")
    NO_SHOW = "no_show", _("Did not appear")
    FILLED_OTHERWISE = "filled_otherwise", _("Filled otherwise")
    NO_ANSWER = "no_answer", _("No answer")


class TrialBasis(TextChoices):
    """On what ground somebody works on trial."""

    ACTIVATION = "activation", _("In-company activation (§ 45 SGB III)")
    INTERNSHIP = "internship", _("Internship for orientation")
    OTHER = "other", _("Other ground")


class TrialLonger(TextChoices):
    """Why an in-company activation may take longer than as a rule (``law.ACTIVATION``)."""

    LONG_UNEMPLOYED = "long_unemployed", _("Without work for a year or longer")
    OBSTACLES = "obstacles", _("Severe obstacles to finding work")


class Funding(TextChoices):
    """Public money in an employment."""

    WAGE_SUBSIDY = "wage_subsidy", _("Wage subsidy")
    SGB2_16E = "sgb2_16e", _("§ 16e SGB II")
    SGB2_16I = "sgb2_16i", _("§ 16i SGB II")
    SGB2_16D = "sgb2_16d", _("Work opportunity (§ 16d SGB II)")
    SGB2_16D_WAGES = "sgb2_16d_wages", _("Work opportunity with wages (until 2012)")
    OTHER = "other", _("Other funding")


class Situation(TextChoices):
    """What somebody does some months after the start."""

    SAME_JOB = "same_job", _("Still there")
    OTHER_INSURED = "other_insured", _("Other insured job")
    TRAINING = "training", _("In training or school")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    NOT_WORKING = "not_working", _("Not at work")
    UNKNOWN = "unknown", _("Could not be found out")


# At work or in training: what a funder means by a placement that lasts.
LASTING = (Situation.SAME_JOB, Situation.OTHER_INSURED, Situation.TRAINING, Situation.SELF_EMPLOYED)


class SituationSource(TextChoices):
    """By whom or what it is known."""

    CLIENT = "client", _("The client")
    EMPLOYER = "employer", pgettext_lazy("source", "The employer")
    DOCUMENT = "document", _("A document")


class AnswerChannel(TextChoices):
    """How an employer answered."""

    PHONE = "phone", _("By phone")
    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    VISIT = "visit", _("In person")
    OTHER = "other", _("Other way")


class AnswerOutcome(TextChoices):
    """What an employer answered to a proposal."""

    UNDECIDED = "undecided", _("Not decided yet")
    INTERESTED = "interested", _("Is interested")
    INVITED = "invited", _("Invites to an interview")
    TRIAL_OFFERED = "trial_offered", _("Offers a trial")
    DECLINED = "declined", _("Declines")


class DeclineReason(TextChoices):
    """Why an employer declines. A reason that the law forbids is noted as such and never in detail."""

    GERMAN = "german", _("German is not enough yet")
    LICENCE = "licence", _("Licence or certificate is missing")
    EXPERIENCE = "experience", _("Too little experience")
    TIMES = "times", _("Working times do not fit")
    FILLED = "filled", _("Filled otherwise")
    OTHER = "other", _("Another lawful reason")
    UNLAWFUL = "unlawful", _("A reason that the law forbids (AGG)")


class LegalPrerequisite(TextChoices):
    """What the counsellor found about the right to take up work. Empty: not checked yet."""

    ALLOWED = "allowed", pgettext_lazy("legal prerequisite", "is there")
    NOT_ALLOWED = "not_allowed", pgettext_lazy("legal prerequisite", "is missing")


class MatchGroup(TextChoices):
    """Where a client and a vacancy stand to each other, in the order in which it is shown."""

    GOOD = "good", _("Fits well")
    PARTLY = "partly", _("Fits in part")
    TOO_LITTLE = "too_little", _("Too little information")
    RATHER_NOT = "rather_not", _("Rather not")


class OverrideReason(TextChoices):
    """Why somebody is proposed whom the checklist does not speak for."""

    CLIENT_WISHES = "client_wishes", _("The client wants to try it")
    EMPLOYER_OPEN = "employer_open", _("The employer is open to it")
    SOON_THERE = "soon_there", _("What is missing will be there soon")
    KNOWN_FROM_TALK = "known_from_talk", _("Known from the talk, not recorded yet")
