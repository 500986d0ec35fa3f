"""Vacancies and placements."""

from django.urls import path

from placements.views import ownerships, placements, retention, vacancies

app_name = "placements"
urlpatterns = [
    path("vacancies/", vacancies.vacancy_list, name="vacancy_list"),
    path("vacancies/new/", vacancies.vacancy_create, name="vacancy_create"),
    path("vacancies/<uuid:public_id>/", vacancies.vacancy_detail, name="vacancy_detail"),
    path("vacancies/<uuid:public_id>/edit/", vacancies.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<uuid:public_id>/state/", vacancies.vacancy_state, name="vacancy_state"),
    path("placements/", placements.placement_board, name="board"),
    path("placements/list/", placements.placement_list, name="placement_list"),
    path("placements/new/", placements.placement_create, name="placement_create"),
    path("placements/new/clients/", placements.client_choices, name="client_choices"),
    path("placements/lasting/", retention.retention_list, name="retention_list"),
    path("placements/lasting/panel/", retention.retention_panel, name="retention_panel"),
    path("placements/lasting/<uuid:public_id>/", retention.retention_answer, name="retention_answer"),
    path("placements/lasting/<uuid:public_id>/clear/", retention.retention_clear, name="retention_clear"),
    path("placements/<uuid:public_id>/", placements.placement_detail, name="placement_detail"),
    path("placements/<uuid:public_id>/undo/", placements.placement_undo, name="placement_undo"),
    path("placements/client/<uuid:public_id>/", placements.client_panel, name="client_panel"),
    path("placements/client/<uuid:public_id>/propose/", placements.client_propose, name="client_propose"),
    path(
        "placements/client/<uuid:public_id>/businesses/",
        ownerships.client_businesses,
        name="client_businesses",
    ),
    path(
        "placements/client/<uuid:public_id>/businesses/add/", ownerships.ownership_add, name="ownership_add"
    ),
    path("placements/businesses/<int:pk>/remove/", ownerships.ownership_remove, name="ownership_remove"),
    path("placements/business/<uuid:public_id>/", placements.business_panel, name="business_panel"),
]
