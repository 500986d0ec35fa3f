"""What people type, made into clean data."""

from counselling.forms.appointments import AppointmentForm
from counselling.forms.calendar_feeds import CalendarFeedForm
from counselling.forms.cases import CaseCloseForm, CaseForm, CaseTalksForm
from counselling.forms.charges import ChargeForm, DeputyForm, ReassignForm
from counselling.forms.clients import ClientFilterForm, ClientForm, DuplicateSearchForm, NameForm
from counselling.forms.consents import ConsentForm
from counselling.forms.consultations import ConsultationFilterForm, ConsultationForm
from counselling.forms.events import EventFilterForm, EventForm
from counselling.forms.follow_ups import FollowUpEditForm, FollowUpForm
from counselling.forms.histories import LanguageSkillForm, SituationForm
from counselling.forms.institutions import InstitutionFilterForm, InstitutionForm
from counselling.forms.merges import MergeForm, TwinSearchForm
from counselling.forms.notes import AddendumForm, BreakGlassForm
from counselling.forms.participations import LeaveForm, ParticipationForm, QuestionFilterForm, QuestionForm
from counselling.forms.referrals import ReferralFilterForm, ReferralForm
from counselling.forms.short_contacts import ShortContactForm
from counselling.forms.topics import TopicForm
from counselling.forms.volunteers import VolunteerFilterForm, VolunteerWorkForm

__all__ = [
    "AddendumForm",
    "AppointmentForm",
    "BreakGlassForm",
    "CalendarFeedForm",
    "CaseCloseForm",
    "CaseForm",
    "CaseTalksForm",
    "ChargeForm",
    "ClientFilterForm",
    "ClientForm",
    "ConsentForm",
    "ConsultationFilterForm",
    "ConsultationForm",
    "DeputyForm",
    "DuplicateSearchForm",
    "EventFilterForm",
    "EventForm",
    "FollowUpEditForm",
    "FollowUpForm",
    "InstitutionFilterForm",
    "InstitutionForm",
    "LanguageSkillForm",
    "LeaveForm",
    "MergeForm",
    "NameForm",
    "ParticipationForm",
    "QuestionFilterForm",
    "QuestionForm",
    "ReassignForm",
    "ReferralFilterForm",
    "ReferralForm",
    "ShortContactForm",
    "SituationForm",
    "TopicForm",
    "TwinSearchForm",
    "VolunteerFilterForm",
    "VolunteerWorkForm",
]
