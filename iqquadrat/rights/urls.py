"""Addresses of this room."""

from django.urls import path

from iqquadrat.rights.views import clients, requests, retention

app_name = "rights"

urlpatterns = [
    path("clients/<uuid:public_id>/rights/", clients.client_rights, name="client_rights"),
    path("clients/<uuid:public_id>/rights/data.json", clients.hand_over_file, name="hand_over_file"),
    path(
        "clients/<uuid:public_id>/rights/data-<slug:language>.pdf",
        clients.hand_over_paper,
        name="hand_over_paper",
    ),
    path("clients/<uuid:public_id>/rights/requests/", requests.request_create, name="request_create"),
    path("clients/<uuid:public_id>/erase/", clients.client_erase, name="client_erase"),
    path("clients/<uuid:public_id>/hold/", clients.client_hold, name="client_hold"),
    path("holds/<int:pk>/lift/", clients.hold_lift, name="hold_lift"),
    path("administration/retention/", retention.retention, name="retention"),
    path("administration/retention/<slug:key>/", retention.retention_set, name="retention_set"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/today/", requests.requests_today, name="requests_today"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request_answer"),
    path("requests/<int:pk>/propose/", requests.erasing_propose, name="erasing_propose"),
    path("requests/<int:pk>/take-back/", requests.erasing_take_back, name="erasing_take_back"),
]
