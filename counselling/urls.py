"""Addresses of counselling. The day view stands at the roof, because it is everybody's first page."""

from django.urls import path

from counselling.views import (
    appointments,
    client_page,
    clients,
    consultations,
    drafts,
    follow_ups,
    notes,
    short_contacts,
)

app_name = "counselling"

urlpatterns = [
    path("clients/", clients.client_list, name="client_list"),
    path("clients/search/", clients.client_search, name="client_search"),
    path("clients/export/", clients.client_export, name="client_export"),
    path("clients/new/", clients.client_check, name="client_check"),
    path("clients/new/details/", clients.client_create, name="client_create"),
    path("clients/<uuid:public_id>/", client_page.client_detail, name="client_detail"),
    path("clients/<uuid:public_id>/data/", client_page.client_data, name="client_data"),
    path("clients/<uuid:public_id>/tab/<slug:key>/", client_page.client_panel, name="client_panel"),
    path("clients/<uuid:public_id>/edit/", clients.client_edit, name="client_edit"),
    path("clients/<uuid:public_id>/reassign/", clients.client_reassign, name="client_reassign"),
    path("clients/<uuid:public_id>/consents/", client_page.consent_give, name="consent_give"),
    path("clients/<uuid:public_id>/follow-ups/", follow_ups.follow_up_create, name="follow_up_create"),
    path("consents/<int:pk>/withdraw/", client_page.consent_withdraw, name="consent_withdraw"),
    path("consultations/", consultations.consultation_list, name="consultation_list"),
    path("consultations/new/", consultations.consultation_create, name="consultation_create"),
    path("consultations/new/beside/", consultations.consultation_aside, name="consultation_aside"),
    path("consultations/drafts/", drafts.draft_list, name="draft_list"),
    path("consultations/drafts/<uuid:key>/", drafts.draft_keep, name="draft_keep"),
    path("consultations/drafts/<uuid:key>/discard/", drafts.draft_discard, name="draft_discard"),
    path("consultations/drafts/<uuid:key>/restore/", drafts.draft_restore, name="draft_restore"),
    path("consultations/<uuid:public_id>/edit/", consultations.consultation_edit, name="consultation_edit"),
    path("consultations/<uuid:public_id>/addenda/", notes.addendum_add, name="addendum_add"),
    path("clients/<uuid:public_id>/emergency/", notes.emergency_file, name="emergency_file"),
    path("short-contacts/", short_contacts.short_contacts, name="short_contacts"),
    path("short-contacts/log/", short_contacts.short_contact_log, name="short_contact_log"),
    path("short-contacts/<int:pk>/undo/", short_contacts.short_contact_undo, name="short_contact_undo"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow_up_list"),
    path("follow-ups/<int:pk>/done/", follow_ups.follow_up_done, name="follow_up_done"),
    path("follow-ups/<int:pk>/reopen/", follow_ups.follow_up_reopen, name="follow_up_reopen"),
    path("appointments/new/", appointments.appointment_create, name="appointment_create"),
    path("appointments/<uuid:public_id>/edit/", appointments.appointment_edit, name="appointment_edit"),
    path("appointments/<uuid:public_id>/delete/", appointments.appointment_delete, name="appointment_delete"),
]
