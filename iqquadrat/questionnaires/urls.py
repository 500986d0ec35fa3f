"""Pages of the questionnaires."""

from django.urls import path

from iqquadrat.questionnaires.views import versions

app_name = "questionnaires"
urlpatterns = [
    path("", versions.index, name="index"),
    path("import/", versions.import_workbook, name="import"),
    path("<int:pk>/", versions.version_detail, name="version_detail"),
    path("<int:pk>/workbook/", versions.workbook, name="workbook"),
    path("<int:pk>/publish/", versions.publish, name="publish"),
]
