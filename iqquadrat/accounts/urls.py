"""Signing in and out, passwords, the own account."""

from django.urls import path

from iqquadrat.accounts.views import factors, own, passwords, signing_in, sittings

app_name = "accounts"
urlpatterns = [
    path("", own.account, name="account"),
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("second-step/", signing_in.ask_second_step, name="second_step"),
    path("confirm/", signing_in.confirm, name="confirm"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("language/", own.set_language, name="set_language"),
    path("appearance/", own.set_theme, name="set_theme"),
    path("password/", passwords.change_password, name="password_change"),
    path("password/forgotten/", passwords.ask_for_link, name="password_ask"),
    path("password/sent/", passwords.link_sent, name="password_sent"),
    path("password/choose/<str:uidb64>/<str:token>/", passwords.confirm_link, name="password_confirm"),
    path("password/done/", passwords.password_done, name="password_done"),
    path("second-factor/", factors.factors, name="factors"),
    path("second-factor/app/", factors.app, name="factor_app"),
    path("second-factor/app/remove/", factors.app_remove, name="app_remove"),
    path("second-factor/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("second-factor/key/", factors.key_add, name="key_add"),
    path("second-factor/key/<int:pk>/remove/", factors.key_remove, name="key_remove"),
    path("places/", sittings.places, name="places"),
    path("places/end-others/", sittings.places_end, name="places_end"),
    path("places/<str:mark>/end/", sittings.place_end, name="place_end"),
]
