"""Routes under /businesses/."""

from django.urls import path

from businesses.views import advice, data, field, register, waves

app_name = "businesses"

urlpatterns = [
    path("", register.business_list, name="business_list"),
    path("new/", register.business_create, name="business_create"),
    path("events/", advice.event_list, name="event_list"),
    path("events/new/", advice.event_create, name="event_create"),
    path("waves/", waves.wave_list, name="wave_list"),
    path("waves/new/", waves.wave_create, name="wave_create"),
    path("waves/<uuid:public_id>/", waves.wave_detail, name="wave_detail"),
    path("waves/<uuid:public_id>/sections/", waves.section_assign, name="section_assign"),
    path("waves/<uuid:public_id>/sections/<int:pk>/remove/", waves.section_remove, name="section_remove"),
    path("waves/<uuid:public_id>/data/", data.wave_data, name="wave_data"),
    path("waves/<uuid:public_id>/data/answers/", data.survey_data, name="survey_data"),
    path("waves/<uuid:public_id>/data/quarter.pdf", data.quarter_sheet, name="quarter_sheet"),
    path(
        "waves/<uuid:public_id>/data/quarter.geojson",
        data.quarter_sheet_geojson,
        name="quarter_sheet_geojson",
    ),
    path("waves/<uuid:public_id>/data/form.xlsx", data.survey_form, name="survey_form"),
    path("field/", field.field_home, name="field_home"),
    path("field/panel/", field.field_panel, name="field_panel"),
    path("field/<int:pk>/", field.unit_detail, name="unit_detail"),
    path("field/<int:pk>/attempt/", field.attempt_create, name="attempt_create"),
    path("field/<int:pk>/refusal/", field.refusal, name="refusal"),
    path("field/<int:pk>/interview/", field.interview_begin, name="interview_begin"),
    path("<uuid:public_id>/", register.business_detail, name="business_detail"),
    path("<uuid:public_id>/edit/", register.business_edit, name="business_edit"),
    path("<uuid:public_id>/training-places/new/", advice.training_place_create, name="training_place_create"),
    path("<uuid:public_id>/consultations/new/", advice.consultation_create, name="consultation_create"),
]
