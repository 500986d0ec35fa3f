"""The people of a business, and what it agreed to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses.errors import NoQuestionnaireError, RecordChangedError
from businesses.forms.contacts import ConsentForm, ContactForm
from businesses.models import Business, BusinessConsent, Contact
from businesses.queries import differences
from businesses.services import (
    change_contact,
    create_contact,
    delete_contact,
    note_consent,
    withdraw_consent,
)
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def contact_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write down a person of a business."""
    business = _get(request, public_id)
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm()
    if request.method == "POST" and form.is_valid():
        create_contact(
            business=business, facts=form.facts(), by=request.user, submission=form.cleaned_data["submission"]
        )
        return _back(business)
    return _form(request, business, form, _("New contact person"))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a person; somebody who was overtaken sees both versions."""
    contact = _contact(request, pk)
    form = ContactForm(request.POST if request.method == "POST" else None, contact=contact)
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(
                contact=contact,
                facts=form.facts(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.user,
            )
        except RecordChangedError as error:
            stored = differences(error.stored, form, theirs=ContactForm(contact=error.stored))
            form.rebase(error.stored.revision)
            return _form(
                request, contact.business, form, _("Change contact person"), stored=stored, contact=contact
            )
        return _back(contact.business)
    return _form(request, contact.business, form, _("Change contact person"), contact=contact)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def contact_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete a person for good."""
    contact = _contact(request, pk)
    delete_contact(contact=contact, by=request.user)
    messages.success(request, _("The contact person is deleted."))
    return _back(contact.business)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def consents(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What a business agreed to, and when it took it back; noted here when it is said outside of an interview."""
    business = _get(request, public_id)
    form = ConsentForm(request.POST if request.method == "POST" else None, business=business)
    if request.method == "POST" and form.is_valid():
        try:
            note_consent(business=business, by=request.user, **form.cleaned_data)
        except NoQuestionnaireError:
            form.add_error(
                None, _("No questionnaire for businesses is in use, and the words one agrees to stand there.")
            )
        else:
            messages.success(request, _("The consent is noted."))
            return redirect("businesses:consents", public_id=public_id)
    context = {
        "business": business, "form": form, "consents": business.consents.select_related("contact", "noted_by").order_by("-given_at"),
    }  # fmt: skip
    return render(request, "businesses/consents.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def consent_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that a business has taken a consent back."""
    found = BusinessConsent.objects.filter(
        business__in=Business.objects.visible_to(request.user)
    ).select_related("business")
    consent = get_object_or_404(found, pk=pk)
    withdraw_consent(consent=consent, by=request.user)
    messages.success(request, _("It is noted that the consent was withdrawn."))
    return redirect("businesses:consents", public_id=consent.business.public_id)


def _form(
    request: StaffRequest, business: Business, form: ContactForm, heading: str, *, contact: Contact | None = None,
    stored: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    address = reverse("businesses:business_detail", kwargs={"public_id": business.public_id})
    context = {
        "form": form, "heading": heading, "cancel_url": address, "crumb_url": address, "crumb": business.display_name,
        "contact": contact, "stored": stored,
    }  # fmt: skip
    status = 409 if stored else 422 if form.errors else 200
    return render(request, "businesses/contact_form.html", context, status=status)


def _back(business: Business) -> HttpResponse:
    return redirect("businesses:business_detail", public_id=business.public_id)


def _get(request: StaffRequest, public_id: UUID) -> Business:
    return get_object_or_404(Business.objects.visible_to(request.user), public_id=public_id)


def _contact(request: StaffRequest, pk: int) -> Contact:
    found = Contact.objects.filter(business__in=Business.objects.visible_to(request.user)).select_related(
        "business"
    )
    return get_object_or_404(found, pk=pk)
