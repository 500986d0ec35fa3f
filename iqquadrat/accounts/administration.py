"""Routes of the administration: the centre's accounts and its settings."""

from django.urls import path

from iqquadrat.accounts.views import centre, users

app_name = "administration"
urlpatterns = [
    path("settings/", centre.settings_page, name="settings"),
    path("desk/", centre.edit_desk, name="desk"),
    path("centre/", centre.edit_centre, name="centre"),
    path("users/", users.user_list, name="user_list"),
    path("users/new/", users.create_account, name="user_create"),
    path("users/<int:pk>/", users.edit_account, name="user_edit"),
    path("users/<int:pk>/close/", users.close, name="user_close"),
    path("users/<int:pk>/reopen/", users.reopen, name="user_reopen"),
    path("users/<int:pk>/password-link/", users.send_password_link, name="user_password_link"),
    path("users/<int:pk>/second-factor/remove/", users.take_factor_away, name="user_factor_remove"),
    path("users/<int:pk>/sign-out/", users.sign_out_everywhere, name="user_sign_out"),
]
