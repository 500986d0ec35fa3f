"""Vacancies and placements."""

from django.urls import path

from placements.views import (
    job_searches,
    matching,
    matching_audit,
    notices,
    placements,
    retention,
    travel_times,
    vacancies,
    vacancy_news,
)

app_name = "placements"
urlpatterns = [
    path("vacancies/", vacancies.vacancy_list, name="vacancy_list"),
    path("vacancies/new/", vacancies.vacancy_create, name="vacancy_create"),
    path("vacancies/export/", vacancies.vacancy_export, name="vacancy_export"),
    path("vacancies/panel/", vacancy_news.vacancy_panel, name="vacancy_panel"),
    path("vacancies/wall/", notices.notice_wall, name="notice_wall"),
    path("vacancies/wall/paper/", notices.notice_wall_paper, name="notice_wall_paper"),
    path("vacancies/<uuid:public_id>/", vacancies.vacancy_detail, name="vacancy_detail"),
    path("vacancies/<uuid:public_id>/edit/", vacancies.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<uuid:public_id>/state/", vacancies.vacancy_state, name="vacancy_state"),
    path("vacancies/<uuid:public_id>/news/", vacancy_news.vacancy_news, name="vacancy_news"),
    path("vacancies/<uuid:public_id>/undo/", vacancy_news.vacancy_undo, name="vacancy_undo"),
    path("vacancies/<uuid:public_id>/notice/", notices.notice, name="notice"),
    path("vacancies/<uuid:public_id>/notice/paper/", notices.notice_paper, name="notice_paper"),
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
    path("placements/business/<uuid:public_id>/", placements.business_panel, name="business_panel"),
    path("vacancies/<uuid:public_id>/matching/", matching.matching_for_vacancy, name="matching_for_vacancy"),
    path(
        "placements/client/<uuid:public_id>/matching/",
        matching.matching_for_client,
        name="matching_for_client",
    ),
    path(
        "placements/client/<uuid:public_id>/matching/<uuid:vacancy_id>/",
        matching.match_detail,
        name="match_detail",
    ),
    path(
        "placements/client/<uuid:public_id>/matching/<uuid:vacancy_id>/show/",
        matching.match_show,
        name="match_show",
    ),
    path(
        "placements/client/<uuid:public_id>/matching/<uuid:vacancy_id>/paper/",
        matching.match_paper,
        name="match_paper",
    ),
    path("placements/client/<uuid:public_id>/search/", job_searches.job_search_edit, name="job_search_edit"),
    path(
        "placements/client/<uuid:public_id>/search/panel/",
        job_searches.job_search_panel,
        name="job_search_panel",
    ),
    path("placements/<uuid:public_id>/matching/", matching.stored_match, name="stored_match"),
    path("matching/audit/", matching_audit.matching_audit, name="matching_audit"),
    path("matching/ways/", travel_times.travel_times, name="travel_times"),
    path("matching/ways/<int:pk>/delete/", travel_times.travel_time_delete, name="travel_time_delete"),
]
