"""Signing in and out, passwords, the own account, accounts of the centre."""

from django.urls import URLPattern

app_name = "accounts"
urlpatterns: list[URLPattern] = []
