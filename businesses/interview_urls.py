"""Routes under /interviews/."""

from django.urls import path

from businesses.views import interviews, wave_plan

app_name = "interviews"

urlpatterns = [
    path("<uuid:public_id>/", interviews.interview_detail, name="interview_detail"),
    path("<uuid:public_id>/continue/", interviews.interview_continue, name="interview_continue"),
    path("<uuid:public_id>/hand-over/", wave_plan.interview_hand_over, name="interview_hand_over"),
    path("<uuid:public_id>/finish/", interviews.interview_finish, name="interview_finish"),
    path("<uuid:public_id>/q/<slug:key>/", interviews.question, name="question"),
]
