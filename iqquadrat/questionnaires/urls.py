"""Pages of the questionnaires."""

from django.urls import path

from iqquadrat.questionnaires.views import desk, drafts, languages, recordings, versions, workbooks

_TEXTS = "<int:pk>/texts/<slug:language>/"
_TEXT = f"{_TEXTS}<str:name>/"

app_name = "questionnaires"
urlpatterns = [
    path("", versions.index, name="index"),
    path("import/", workbooks.import_workbook, name="import"),
    path("import/<uuid:token>/", workbooks.import_report, name="import_report"),
    path("audio/<str:name>", recordings.audio, name="audio"),
    path("<int:pk>/", versions.version_detail, name="version_detail"),
    path("<int:pk>/workbook/", versions.workbook, name="workbook"),
    path("<int:pk>/publish/", drafts.publish, name="publish"),
    path("<int:pk>/copy/", drafts.copy, name="copy"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
    path("<int:pk>/edit/", drafts.edit, name="edit"),
    path("<int:pk>/edit/move/", drafts.move, name="move"),
    path("<int:pk>/edit/question/<slug:key>/", drafts.question, name="question"),
    path("<int:pk>/languages/", languages.languages, name="languages"),
    path(_TEXTS, desk.texts, name="texts"),
    path(f"{_TEXTS}review-part/", desk.review_part, name="review_part"),
    path(_TEXT, desk.text, name="text"),
    path(f"{_TEXT}save/", desk.save_text, name="save_text"),
    path(f"{_TEXT}review/", desk.review, name="review_text"),
    path(f"{_TEXT}put-back/", desk.put_back, name="put_back_text"),
    path(f"{_TEXT}recording/", recordings.put_recording, name="put_recording"),
    path(f"{_TEXT}recording/remove/", recordings.remove_recording, name="remove_recording"),
]
