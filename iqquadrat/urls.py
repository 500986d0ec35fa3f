"""The roof: every route of the house. Nothing imports it."""

from django.urls import include, path

from counselling.views.today import today

urlpatterns = [
    path("", include("competence.kiosk_urls")),
    path("", include("iqquadrat.house.urls")),
    path("", today, name="home"),
    path("", include("counselling.urls")),
    path("", include("iqquadrat.rights.urls")),
    path("account/", include("iqquadrat.accounts.urls")),
    path("questionnaires/", include("iqquadrat.questionnaires.urls")),
    path("businesses/", include("businesses.urls")),
    path("interviews/", include("businesses.interview_urls")),
    path("", include("placements.urls")),
    path("figures/", include("iqquadrat.reporting.urls")),
    path("administration/", include("iqquadrat.accounts.administration")),
    path("", include("iqquadrat.accesslog.urls")),
    path("", include("competence.urls")),
]

handler400 = "iqquadrat.core.errors.answer_bad_request"
handler403 = "iqquadrat.core.errors.answer_forbidden"
handler404 = "iqquadrat.core.errors.answer_not_found"
handler500 = "iqquadrat.core.errors.answer_server_error"
