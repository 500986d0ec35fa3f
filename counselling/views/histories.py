"""Work and income, and levels of languages: entries on the client's page of data."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling import services
from counselling.enums import SpokenLanguage
from counselling.errors import BeforeEntryError, FutureDayError, LanguageKnownError, SituationKnownError
from counselling.forms import LanguageSkillForm, SituationForm
from counselling.models import Client, LanguageSkill, Situation
from counselling.queries import current_situation
from counselling.views.entries import EntryPage, changeable_client, changeable_entry, entry_view
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

CHANGE = Permission.CLIENT_CHANGE_OWN
SITUATION_REFUSED = {
    BeforeEntryError: ("since", gettext_lazy("This is not after the day the person came. What held then stands with the details, as “at entry”.")),
    FutureDayError: ("since", gettext_lazy("This day lies in the future.")),
    SituationKnownError: ("since", gettext_lazy("There is an entry for this day already.")),
}  # fmt: skip
LANGUAGE_REFUSED = {
    LanguageKnownError: ("language", gettext_lazy("There are levels for this language already.")),
    FutureDayError: ("noted_on", gettext_lazy("This day lies in the future.")),
}


def _back(client: Client, part: str) -> str:
    return reverse("counselling:client_data", args=[client.public_id]) + f"#{part}"


# --- Work and income --------------------------------------------------------------------------------------
@access(CHANGE, methods=["GET", "POST"])
def situation_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Work or income is different from a day on; what held before is filled in, so that only the change is chosen."""
    client = changeable_client(request, public_id)
    now = current_situation(client)
    initial = {
        "since": timezone.localdate(), "labour_market_status": now.labour_market_status, "income_type": now.income_type,
    }  # fmt: skip
    form = SituationForm(request.POST or None, initial=initial)
    page = EntryPage(
        client=client, title=_("Work and income have changed"), back=_back(client, "work"), done=_("The change is written down."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.add_situation(client=client, by=request.user, **form.facts()),
        refusals=SITUATION_REFUSED,
    )


@access(CHANGE, methods=["GET", "POST"])
def situation_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct an entry, or take it away."""
    row = changeable_entry(request, Situation.objects.all(), pk=pk)
    form = SituationForm(request.POST or None, record=row)
    page = EntryPage(
        client=row.client, title=_("Correct work and income"), back=_back(row.client, "work"), done=_("The entry is corrected."),
        delete_url=reverse("counselling:situation_delete", args=[pk]), delete_ask=_("Take this entry away?"),
        delete_text=_("It was made by mistake and disappears for good. What held before goes on holding."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.correct_situation(situation=row, by=request.user, **form.facts()),
        refusals=SITUATION_REFUSED,
        again=lambda: SituationForm(record=changeable_entry(request, Situation.objects.all(), pk=pk)),
    )


@access(CHANGE, methods=["POST"])
def situation_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take away an entry made by mistake."""
    row = changeable_entry(request, Situation.objects.all(), pk=pk)
    services.delete_situation(situation=row, by=request.user)
    messages.success(request, _("The entry is taken away."))
    return redirect(_back(row.client, "work"))


# --- Languages --------------------------------------------------------------------------------------------
@access(CHANGE, methods=["GET", "POST"])
def language_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note how well somebody speaks and reads a language."""
    client = changeable_client(request, public_id)
    asked = request.GET.get("language", "")
    initial = {"language": asked} if asked in SpokenLanguage.values else {}
    form = LanguageSkillForm(request.POST or None, client=client, initial=initial)
    page = EntryPage(
        client=client, title=_("Note language levels"), back=_back(client, "languages"), done=_("The levels are written down."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.add_language_skill(client=client, by=request.user, **form.facts()),
        refusals=LANGUAGE_REFUSED,
    )


@access(CHANGE, methods=["GET", "POST"])
def language_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down new levels, or take them away."""
    row = changeable_entry(request, LanguageSkill.objects.all(), pk=pk)
    form = LanguageSkillForm(request.POST or None, client=row.client, record=row)
    page = EntryPage(
        client=row.client, title=_("Language levels: %(language)s") % {"language": row.get_language_display()},
        back=_back(row.client, "languages"), done=_("The levels are written down."),
        delete_url=reverse("counselling:language_delete", args=[pk]), delete_ask=_("Take these levels away?"),
        delete_text=_("They were noted by mistake and disappear for good. The language itself stays."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.correct_language_skill(skill=row, by=request.user, **form.facts()),
        refusals=LANGUAGE_REFUSED,
        again=lambda: LanguageSkillForm(
            client=row.client, record=changeable_entry(request, LanguageSkill.objects.all(), pk=pk)
        ),
    )


@access(CHANGE, methods=["POST"])
def language_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take away levels noted by mistake."""
    row = changeable_entry(request, LanguageSkill.objects.all(), pk=pk)
    services.delete_language_skill(skill=row, by=request.user)
    messages.success(request, _("The levels are taken away."))
    return redirect(_back(row.client, "languages"))
