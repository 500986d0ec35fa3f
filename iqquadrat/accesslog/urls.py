"""Routes of the log: the centre's under the administration, the own entries under the account."""

from django.urls import path

from iqquadrat.accesslog import views

app_name = "accesslog"
urlpatterns = [
    path("administration/log/", views.log, name="log"),
    path("account/log/", views.own, name="own"),
]
