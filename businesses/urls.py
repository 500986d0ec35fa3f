"""Routes under /businesses/."""

from django.urls import path

from businesses.views import advice, board, doorstep, field, field_sync, register, waves

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
    path("waves/<uuid:public_id>/board/", board.wave_board, name="wave_board"),
    path("waves/<uuid:public_id>/close/", board.wave_close, name="wave_close"),
    path("waves/<uuid:public_id>/reopen/", board.wave_reopen, name="wave_reopen"),
    path("waves/<uuid:public_id>/delete/", board.wave_delete, name="wave_delete"),
    path("waves/<uuid:public_id>/call-backs/", board.call_backs, name="call_backs"),
    path("waves/<uuid:public_id>/call-backs/draw/", board.call_back_draw, name="call_back_draw"),
    path("waves/<uuid:public_id>/call-backs/<int:pk>/", board.call_back_note, name="call_back_note"),
    path("field/", field.field_home, name="field_home"),
    path("field/panel/", field.field_panel, name="field_panel"),
    path("field/data/", field_sync.field_data, name="field_data"),
    path("field/sync/", field_sync.field_sync, name="field_sync"),
    path("field/<int:pk>/", field.unit_detail, name="unit_detail"),
    path("field/<int:pk>/attempt/", field.attempt_create, name="attempt_create"),
    path("field/<int:pk>/refusal/", field.refusal, name="refusal"),
    path("field/refusals/<int:pk>/", doorstep.doorstep, name="doorstep"),
    path("field/<int:pk>/interview/", field.interview_begin, name="interview_begin"),
    path("<uuid:public_id>/", register.business_detail, name="business_detail"),
    path("<uuid:public_id>/edit/", register.business_edit, name="business_edit"),
    path("<uuid:public_id>/training-places/new/", advice.training_place_create, name="training_place_create"),
    path("<uuid:public_id>/consultations/new/", advice.consultation_create, name="consultation_create"),
]
