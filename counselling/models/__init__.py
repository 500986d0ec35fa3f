"""The records of counselling, one file a noun."""

from counselling.models.absence import Absence, AbsenceCover
from counselling.models.addendum import Addendum
from counselling.models.appointment import Appointment
from counselling.models.attendance import Attendance, EventAttendance
from counselling.models.calendar_feed import CalendarFeed
from counselling.models.case import Case
from counselling.models.charge import Charge
from counselling.models.client import Client, ClientCounter
from counselling.models.consent import Consent
from counselling.models.consent_text import ConsentText, ConsentVersion
from counselling.models.consultation import Consultation
from counselling.models.draft import Draft
from counselling.models.emergency_access import EmergencyAccess
from counselling.models.follow_up import FollowUp
from counselling.models.group_event import GroupEvent
from counselling.models.imports import (
    ImportedRecord,
    ImportFilePart,
    ImportMapping,
    ImportProblem,
    ImportRow,
    ImportRun,
)
from counselling.models.institution import Institution
from counselling.models.language_skill import LanguageSkill
from counselling.models.merge import Merge
from counselling.models.participation import Participation, ParticipationQuestion, ParticipationSensitive
from counselling.models.referral import Referral
from counselling.models.short_contact import ShortContact
from counselling.models.situation import Situation
from counselling.models.topic import Topic
from counselling.models.volunteer_work import VolunteerWork

__all__ = [
    "Absence",
    "AbsenceCover",
    "Addendum",
    "Appointment",
    "Attendance",
    "CalendarFeed",
    "Case",
    "Charge",
    "Client",
    "ClientCounter",
    "Consent",
    "ConsentText",
    "ConsentVersion",
    "Consultation",
    "Draft",
    "EmergencyAccess",
    "EventAttendance",
    "FollowUp",
    "GroupEvent",
    "ImportFilePart",
    "ImportMapping",
    "ImportProblem",
    "ImportRow",
    "ImportRun",
    "ImportedRecord",
    "Institution",
    "LanguageSkill",
    "Merge",
    "Participation",
    "ParticipationQuestion",
    "ParticipationSensitive",
    "Referral",
    "ShortContact",
    "Situation",
    "Topic",
    "VolunteerWork",
]
