"""Vacancies and placements."""

from django.urls import path

from placements.views import employer, lists, others, placements, retention, subsidies, vacancies

app_name = "placements"
urlpatterns = [
    path("vacancies/", vacancies.vacancy_list, name="vacancy_list"),
    path("vacancies/new/", vacancies.vacancy_create, name="vacancy_create"),
    path("vacancies/<uuid:public_id>/", vacancies.vacancy_detail, name="vacancy_detail"),
    path("vacancies/<uuid:public_id>/edit/", vacancies.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<uuid:public_id>/state/", vacancies.vacancy_state, name="vacancy_state"),
    path("placements/", lists.placement_board, name="board"),
    path("placements/list/", lists.placement_list, name="placement_list"),
    path("placements/list/export/", lists.placement_export, name="placement_export"),
    path("placements/due/panel/", lists.due_panel, name="due_panel"),
    path("placements/new/", placements.placement_create, name="placement_create"),
    path("placements/new/clients/", placements.client_choices, name="client_choices"),
    path("placements/subsidies/", subsidies.subsidy_list, name="subsidy_list"),
    path("placements/subsidies/<uuid:public_id>/", subsidies.subsidy_edit, name="subsidy_edit"),
    path("placements/subsidies/<uuid:public_id>/delete/", subsidies.subsidy_delete, name="subsidy_delete"),
    path("placements/lasting/", retention.retention_list, name="retention_list"),
    path("placements/lasting/panel/", retention.retention_panel, name="retention_panel"),
    path("placements/lasting/<uuid:public_id>/", retention.retention_answer, name="retention_answer"),
    path("placements/lasting/<uuid:public_id>/clear/", retention.retention_clear, name="retention_clear"),
    path("placements/<uuid:public_id>/", placements.placement_detail, name="placement_detail"),
    path("placements/<uuid:public_id>/undo/", placements.placement_undo, name="placement_undo"),
    path("placements/<uuid:public_id>/next/", lists.placement_next, name="placement_next"),
    path("placements/<uuid:public_id>/others/", others.placement_others, name="placement_others"),
    path("placements/<uuid:public_id>/employer/", employer.placement_employer, name="placement_employer"),
    path("placements/<uuid:public_id>/employer/<int:pk>/undo/", employer.answer_undo, name="answer_undo"),
    path("placements/<uuid:public_id>/letter/", employer.proposal_letter, name="proposal_letter"),
    path("placements/<uuid:public_id>/note/", employer.client_note, name="client_note"),
    path("placements/<uuid:public_id>/subsidies/new/", subsidies.subsidy_create, name="subsidy_create"),
    path("placements/client/<uuid:public_id>/", lists.client_panel, name="client_panel"),
    path("placements/client/<uuid:public_id>/propose/", placements.client_propose, name="client_propose"),
    path("placements/business/<uuid:public_id>/", lists.business_panel, name="business_panel"),
]
