"""Addresses of the imports; ``counselling.urls`` takes them in."""

from django.urls import path

from counselling.imports import views

urlpatterns = [
    path("clients/import/", views.import_list, name="import_list"),
    path("clients/import/new/", views.import_create, name="import_create"),
    path("clients/import/template/<slug:name>/", views.import_template, name="import_template"),
    path("clients/import/<uuid:public_id>/", views.import_detail, name="import_detail"),
    path("clients/import/<uuid:public_id>/kept/", views.import_kept, name="import_kept"),
    path("clients/import/<uuid:public_id>/progress/", views.import_progress, name="import_progress"),
    path("clients/import/<uuid:public_id>/columns/", views.import_columns, name="import_columns"),
    path("clients/import/<uuid:public_id>/values/", views.import_values, name="import_values"),
    path("clients/import/<uuid:public_id>/errors/", views.import_problems, name="import_problems"),
    path(
        "clients/import/<uuid:public_id>/errors/xlsx/",
        views.import_problems_export,
        name="import_problems_export",
    ),
    path("clients/import/<uuid:public_id>/doubts/", views.import_doubts, name="import_doubts"),
    path("clients/import/<uuid:public_id>/start/", views.import_start, name="import_start"),
    path("clients/import/<uuid:public_id>/undo/", views.import_undo, name="import_undo"),
    path("clients/import/<uuid:public_id>/again/", views.import_again, name="import_again"),
    path("clients/import/<uuid:public_id>/stop/", views.import_stop, name="import_stop"),
    path("clients/import/<uuid:public_id>/discard/", views.import_discard, name="import_discard"),
]
