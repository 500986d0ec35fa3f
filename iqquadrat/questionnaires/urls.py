"""Pages of the questionnaires."""

from django.urls import path

from iqquadrat.questionnaires.views import (
    desk,
    draft_conditions,
    draft_lists,
    draft_questions,
    draft_sections,
    drafts,
    languages,
    recordings,
    versions,
    workbooks,
)

_TEXTS = "<int:pk>/texts/<slug:language>/"
_TEXT = f"{_TEXTS}<str:name>/"
_EDIT = "<int:pk>/edit/"
_SECTION = f"{_EDIT}section/<slug:key>/"
_QUESTION = f"{_EDIT}question/<slug:key>/"
_LIST = f"{_EDIT}list/<slug:name>/"
_CHOICE = f"{_LIST}answer/<str:choice>/"

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
    path(_EDIT, drafts.edit, name="edit"),
    path(f"{_EDIT}move/", drafts.move, name="move"),
    path(f"{_EDIT}title/", draft_sections.title, name="title"),
    path(f"{_EDIT}sections/new/", draft_sections.section_add, name="section_add"),
    path(_SECTION, draft_sections.section, name="section"),
    path(f"{_SECTION}remove/", draft_sections.section_remove, name="section_remove"),
    path(f"{_SECTION}new/", draft_questions.question_add, name="question_add"),
    path(_QUESTION, draft_questions.question, name="question"),
    path(f"{_QUESTION}condition/", draft_conditions.condition, name="condition"),
    path(f"{_QUESTION}remove/", draft_questions.question_remove, name="question_remove"),
    path(f"{_EDIT}lists/", draft_lists.choice_lists, name="choice_lists"),
    path(f"{_EDIT}lists/new/", draft_lists.list_add, name="list_add"),
    path(_LIST, draft_lists.choice_list, name="choice_list"),
    path(f"{_LIST}remove/", draft_lists.list_remove, name="list_remove"),
    path(f"{_LIST}new/", draft_lists.choice_add, name="choice_add"),
    path(_CHOICE, draft_lists.choice, name="choice"),
    path(f"{_CHOICE}remove/", draft_lists.choice_remove, name="choice_remove"),
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
