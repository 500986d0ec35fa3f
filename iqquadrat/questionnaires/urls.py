"""Pages of the questionnaires."""

from django.urls import path

from iqquadrat.questionnaires import views

app_name = "questionnaires"
urlpatterns = [
    path("", views.index, name="index"),
    path("import/", views.import_workbook, name="import"),
    path("<int:pk>/", views.version_detail, name="version_detail"),
    path("<int:pk>/workbook/", views.workbook, name="workbook"),
    path("<int:pk>/publish/", views.publish, name="publish"),
]
