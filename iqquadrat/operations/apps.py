"""Registers the application with Django, for its commands."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.operations"
    label = "operations"
