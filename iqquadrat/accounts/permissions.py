"""The whole policy on one page: what may be done, and which role may do it.

A permission says *what*; whether a single record is *own* (in charge or deputising) or of the own centre is asked by the
rules of the room it belongs to. Roles are sets of permissions; nobody gets a permission in any other way.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who somebody is at work. Several roles in one account are possible, surveyor with another is not."""

    COUNSELLOR = "counsellor", _("Counsellor")
    COORDINATOR = "coordinator", _("Coordinator")
    SURVEYOR = "surveyor", _("Surveyor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(TextChoices):
    """What can be allowed. ``own``: the client is in the reader's charge, or the reader deputises."""

    # Client identity
    CLIENT_CREATE = "client.create", _("create clients")
    CLIENT_READ_OWN = "client.read_own", _("read own clients")
    CLIENT_CHANGE_OWN = "client.change_own", _("change own clients")
    CLIENT_LIST = "client.list", _("list the centre's clients without status and health")
    CLIENT_REASSIGN = "client.reassign", _("give a client to another counsellor")
    CLIENT_IMPORT = "client.import", _("import clients and past consultations from spreadsheets")
    CLIENT_BREAK_GLASS = "client.break_glass", _("open a file in an emergency, with a reason, for a day")
    # Rights of persons
    CLIENT_HAND_OVER = (
        "client.hand_over",
        _("hand over what is stored of own clients, note what they ask for"),
    )
    REQUEST_READ = "request.read", _("see what clients ask for, and answer it")
    CLIENT_ERASE = "client.erase", _("erase clients, and keep them from being erased")
    RETENTION_KEEP = "retention.keep", _("set how long records are kept")
    CONSENT_TEXT_WRITE = "consent_text.write", _("keep the texts clients agree to")
    # Consultations
    CONSULTATION_WRITE = "consultation.write", _("log consultations")
    CONSULTATION_READ_FACTS = "consultation.read_facts", _("read facts of consultations under a pseudonym")
    EVENT_WRITE = "event.write", _("keep group events and volunteers' hours")
    # Directory of institutions, and the lists that records are sorted by
    DIRECTORY_READ = "directory.read", _("read the directory of institutions")
    DIRECTORY_WRITE = "directory.write", _("add and correct institutions")
    DIRECTORY_KEEP = "directory.keep", _("retire institutions and bring them back")
    TOPIC_WRITE = "topic.write", _("keep the list of topics")
    # Competence
    PROFILE_READ_OWN = "profile.read_own", _("read competence profiles of own clients")
    PROFILE_CHANGE_OWN = "profile.change_own", _("confirm and annotate profiles of own clients")
    KIOSK_START = "kiosk.start", _("start a competence assessment")
    PROFILE_AGGREGATE = "profile.aggregate", _("see sums over competence profiles")
    # Questionnaires
    QUESTIONNAIRE_READ = "questionnaire.read", _("read questionnaires")
    QUESTIONNAIRE_WRITE = "questionnaire.write", _("keep questionnaires and translations")
    TEXT_REVIEW = "text.review", _("review and record translations that others have written")
    # Businesses
    BUSINESS_READ = "business.read", _("read businesses")
    BUSINESS_READ_ASSIGNED = "business.read_assigned", _("read the businesses of the own street section")
    BUSINESS_WRITE = "business.write", _("change businesses")
    BUSINESS_DELETE = "business.delete", _("delete businesses")
    BUSINESS_EXPORT = "business.export", _("export businesses")
    BUSINESS_IMPORT = "business.import", _("import businesses from lists")
    WAVE_WRITE = "wave.write", _("plan survey waves")
    INTERVIEW_WRITE = "interview.write", _("record interviews")
    INTERVIEW_READ = "interview.read", _("read survey answers")
    INTERVIEW_CORRECT = "interview.correct", _("correct survey answers")
    INTERVIEW_EXPORT = "interview.export", _("export survey answers")
    # Vacancies and placements
    VACANCY_READ = "vacancy.read", _("read vacancies")
    VACANCY_WRITE = "vacancy.write", _("create and change vacancies")
    PLACEMENT_WRITE_OWN = "placement.write_own", _("propose vacancies to own clients and follow up")
    PLACEMENT_READ_OWN = "placement.read_own", _("read placements of own clients")
    PLACEMENT_READ_FACTS = "placement.read_facts", _("read placements under a pseudonym")
    TRAVEL_TIME_WRITE = "travel_time.write", _("keep the table of ways to work")
    # Figures
    FIGURES_OWN = "figures.own", _("see figures of the own caseload")
    FIGURES_CENTRE = "figures.centre", _("see the centre's figures")
    REPORT_CREATE = "report.create", _("create reports")
    REPORT_EXPORT = "report.export", _("export reports")
    REPORT_APPROVE = "report.approve", _("approve others' reports, hand them in and make them public")
    PERIOD_CLOSE = "period.close", _("close reporting periods and open them again")
    PROGRAMME_WRITE = "programme.write", _("keep programmes and targets")
    # House
    USER_READ = "user.read", _("see the centre's accounts")
    USER_WRITE = "user.write", _("create, change and close accounts")
    CENTRE_WRITE = "centre.write", _("change the centre's settings")
    CENTRE_DESK = "centre.desk", _("change how the centre is reached and what clients bring")
    LOG_READ_OWN = "log.read_own", _("read the own entries of the access log")
    LOG_READ_CENTRE = "log.read_centre", _("read the centre's access log")
    LOG_READ_BARE = "log.read_bare", _("read the access log without content")


P = Permission

ROLES: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: frozenset({
        P.CLIENT_CREATE, P.CLIENT_READ_OWN, P.CLIENT_CHANGE_OWN, P.CLIENT_IMPORT, P.CLIENT_HAND_OVER, P.REQUEST_READ,
        P.CONSULTATION_WRITE, P.EVENT_WRITE, P.DIRECTORY_READ, P.DIRECTORY_WRITE,
        P.PROFILE_READ_OWN, P.PROFILE_CHANGE_OWN, P.KIOSK_START, P.QUESTIONNAIRE_READ, P.TEXT_REVIEW,
        P.BUSINESS_READ, P.BUSINESS_WRITE, P.INTERVIEW_READ,
        P.VACANCY_READ, P.VACANCY_WRITE, P.PLACEMENT_WRITE_OWN, P.PLACEMENT_READ_OWN,
        P.FIGURES_OWN, P.LOG_READ_OWN,
    }),
    Role.COORDINATOR: frozenset({
        P.CLIENT_LIST, P.CLIENT_REASSIGN, P.CLIENT_BREAK_GLASS, P.CLIENT_IMPORT,
        P.REQUEST_READ, P.CLIENT_ERASE, P.RETENTION_KEEP, P.CONSENT_TEXT_WRITE,
        P.CONSULTATION_READ_FACTS, P.EVENT_WRITE,
        P.DIRECTORY_READ, P.DIRECTORY_WRITE, P.DIRECTORY_KEEP, P.TOPIC_WRITE, P.CENTRE_DESK,
        P.PROFILE_AGGREGATE, P.QUESTIONNAIRE_READ, P.QUESTIONNAIRE_WRITE, P.TEXT_REVIEW,
        P.BUSINESS_READ, P.BUSINESS_WRITE, P.BUSINESS_DELETE, P.BUSINESS_EXPORT, P.BUSINESS_IMPORT,
        P.WAVE_WRITE, P.INTERVIEW_READ, P.INTERVIEW_CORRECT, P.INTERVIEW_EXPORT,
        P.VACANCY_READ, P.PLACEMENT_READ_FACTS, P.TRAVEL_TIME_WRITE,
        P.FIGURES_OWN, P.FIGURES_CENTRE, P.REPORT_CREATE, P.REPORT_EXPORT, P.REPORT_APPROVE, P.PROGRAMME_WRITE, P.PERIOD_CLOSE,
        P.USER_READ, P.LOG_READ_OWN, P.LOG_READ_CENTRE,
    }),
    Role.SURVEYOR: frozenset({
        P.BUSINESS_READ_ASSIGNED, P.INTERVIEW_WRITE, P.LOG_READ_OWN,
    }),
    Role.ADMINISTRATOR: frozenset({
        P.USER_READ, P.USER_WRITE, P.CENTRE_WRITE, P.CENTRE_DESK, P.LOG_READ_OWN, P.LOG_READ_BARE,
    }),
}  # fmt: skip

# Who sees the whole centre or opens its doors proves it by more than a password.
NEEDS_SECOND_FACTOR = frozenset({Role.COORDINATOR.value, Role.ADMINISTRATOR.value})


def permissions_of(roles: list[str]) -> frozenset[str]:
    """Return everything that these roles together may do."""
    return frozenset(str(permission) for role in roles for permission in ROLES[Role(role)])
