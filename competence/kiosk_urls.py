"""Routes of the kiosk: the public door, what lies behind a session's address, and the counsellor's pages to start it."""

from django.urls import path, re_path

from competence.views import kiosk, questions, start

app_name = "kiosk"
_SESSION = r"^k/(?P<token>[A-Za-z0-9_-]{22})/"

urlpatterns = [
    path("k/", kiosk.welcome, name="welcome"),
    path("k/ended/", kiosk.ended, name="ended"),
    re_path(_SESSION + r"$", questions.resume, name="resume"),
    re_path(_SESSION + r"measuring/$", questions.measuring, name="measuring"),
    re_path(_SESSION + r"q/(?P<key>[a-z0-9_]{1,60})/$", questions.question, name="question"),
    re_path(_SESSION + r"save/$", questions.save, name="save"),
    re_path(_SESSION + r"claim/$", questions.claim, name="claim"),
    re_path(_SESSION + r"here/$", questions.here, name="here"),
    re_path(_SESSION + r"pause/$", questions.pause, name="pause"),
    re_path(_SESSION + r"finish/$", questions.finish, name="finish"),
    path("competence/start/<uuid:public_id>/", start.start, name="start"),
    path("competence/<uuid:public_id>/kiosk/", start.board, name="board"),
    path("competence/<uuid:public_id>/kiosk/state/", start.state, name="state"),
    path("competence/<uuid:public_id>/kiosk/code/", start.code, name="code"),
    path("competence/<uuid:public_id>/kiosk/here/", start.hand_over, name="hand_over"),
    path("competence/<uuid:public_id>/kiosk/end/", start.end, name="end"),
]
