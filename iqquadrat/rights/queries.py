"""Reads used twice."""

from django.core.management.base import CommandError

from counselling.models import Client
from iqquadrat.core import walls


def client_of_number(number: str, *, centre: str | None = None) -> Client:
    """Return the client of a number for a command. Raises ``CommandError`` when there is none, or one in several centres."""
    found = Client.objects.filter(number__iexact=number.strip()).select_related("centre")
    if centre:
        found = found.filter(centre__code=centre)
    with walls.every_centre("a number alone names a client in any centre"):
        clients = list(found[:2])
        codes = ", ".join(found.values_list("centre__code", flat=True).order_by("centre__code"))
    if not clients:
        raise CommandError(f"There is no client with the number {number}.")
    if len(clients) > 1:
        raise CommandError(f"Several centres have a client {number}: name one with --centre ({codes}).")
    return clients[0]
