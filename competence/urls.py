"""Addresses of profiles; the kiosk has its own in ``kiosk_urls``."""

from django.urls import path

from competence.views import preview, profile

app_name = "competence"

urlpatterns = [
    path("competence/", profile.assessment_list, name="assessment_list"),
    path("competence/preview/<int:pk>/<slug:language>/<str:key>/", preview.question, name="preview"),
    path("competence/clients/<uuid:public_id>/", profile.client_profile, name="client_profile"),
    path("competence/<uuid:public_id>/", profile.profile, name="profile"),
    path("competence/<uuid:public_id>/compare/<uuid:other_id>/", profile.comparison, name="comparison"),
    path("competence/<uuid:public_id>/choose/", profile.choose, name="choose"),
    path("competence/<uuid:public_id>/paper/<slug:language>/", profile.paper, name="paper"),
    path(
        "competence/<uuid:public_id>/paper-for-counselling/",
        profile.counsellor_paper,
        name="counsellor_paper",
    ),
    path("competence/<uuid:public_id>/answers/", profile.answers, name="answers"),
    path("competence/<uuid:public_id>/lines/<str:row_key>/", profile.confirm_field, name="confirm_field"),
    path("competence/<uuid:public_id>/remarks/", profile.add_remark, name="add_remark"),
    path("competence/<uuid:public_id>/discussed/", profile.discussed, name="discussed"),
    path("competence/<uuid:public_id>/evidence/set-aside/", profile.set_aside, name="set_aside"),
    path("competence/<uuid:public_id>/evidence/take-back/", profile.take_back, name="take_back"),
]
