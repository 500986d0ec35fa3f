"""Signing in and out, passwords, the own account."""

from django.urls import path

from iqquadrat.accounts.views import own, passwords, signing_in

app_name = "accounts"
urlpatterns = [
    path("", own.account, name="account"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("confirm/", signing_in.confirm, name="confirm"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("language/", own.set_language, name="set_language"),
    path("appearance/", own.set_theme, name="set_theme"),
    path("password/", passwords.change_password, name="password_change"),
    path("password/forgotten/", passwords.ask_for_link, name="password_ask"),
    path("password/sent/", passwords.link_sent, name="password_sent"),
    path("password/choose/<str:uidb64>/<str:token>/", passwords.confirm_link, name="password_confirm"),
    path("password/done/", passwords.password_done, name="password_done"),
]
