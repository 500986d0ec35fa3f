"""Registers the application with Django, for its command."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.demo"
    label = "demo"
