"""Addresses of profiles; the kiosk has its own in ``kiosk_urls``."""

from django.urls import path

from competence.views import batches, goals, group, guide, papers, preview, profile

app_name = "competence"

urlpatterns = [
    path("competence/", profile.assessment_list, name="assessment_list"),
    path("competence/group/", group.group_view, name="group"),
    path("competence/preview/<int:pk>/<slug:language>/<str:key>/", preview.question, name="preview"),
    path("competence/clients/<uuid:public_id>/", profile.client_profile, name="client_profile"),
    path("competence/guide/", guide.guides, name="guides"),
    path("competence/guide/<slug:language>/", guide.guide, name="guide"),
    path("competence/papers/", batches.batch_create, name="batch_create"),
    path("competence/papers/<uuid:public_id>/", batches.batch_detail, name="batch_detail"),
    path("competence/papers/<uuid:public_id>/progress/", batches.batch_progress, name="batch_progress"),
    path("competence/papers/<uuid:public_id>/stop/", batches.batch_stop, name="batch_stop"),
    path("competence/papers/<uuid:public_id>/again/", batches.batch_again, name="batch_again"),
    path("competence/papers/<uuid:public_id>/fetch/", batches.batch_fetch, name="batch_fetch"),
    path("competence/<uuid:public_id>/", profile.profile, name="profile"),
    path("competence/<uuid:public_id>/compare/<uuid:other_id>/", profile.comparison, name="comparison"),
    path("competence/<uuid:public_id>/choose/", profile.choose, name="choose"),
    path("competence/<uuid:public_id>/paper/<slug:language>/", profile.paper, name="paper"),
    path(
        "competence/<uuid:public_id>/paper-for-counselling/",
        profile.counsellor_paper,
        name="counsellor_paper",
    ),
    path("competence/<uuid:public_id>/release/", papers.release, name="release"),
    path("competence/<uuid:public_id>/release/withdraw/", papers.release_withdraw, name="release_withdraw"),
    path("competence/<uuid:public_id>/short-profile/", papers.short_profile, name="short_profile"),
    path("competence/<uuid:public_id>/cv/", papers.cv, name="cv"),
    path("competence/<uuid:public_id>/cv/docx/", papers.cv_docx, name="cv_docx"),
    path("competence/<uuid:public_id>/answers/", profile.answers, name="answers"),
    path("competence/<uuid:public_id>/lines/<str:row_key>/", profile.confirm_field, name="confirm_field"),
    path("competence/<uuid:public_id>/remarks/", profile.add_remark, name="add_remark"),
    path("competence/<uuid:public_id>/goals/", goals.goal_create, name="goal_create"),
    path("competence/goals/due/", goals.goals_today, name="goals_today"),
    path("competence/goals/<uuid:public_id>/", goals.goal_edit, name="goal_edit"),
    path("competence/goals/<uuid:public_id>/end/", goals.goal_end, name="goal_end"),
    path("competence/goals/<uuid:public_id>/reopen/", goals.goal_reopen, name="goal_reopen"),
    path("competence/<uuid:public_id>/discussed/", profile.discussed, name="discussed"),
    path("competence/<uuid:public_id>/evidence/set-aside/", profile.set_aside, name="set_aside"),
    path("competence/<uuid:public_id>/evidence/take-back/", profile.take_back, name="take_back"),
]
