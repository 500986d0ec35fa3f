"""What the pages of one entry of a client's record share: the form, both versions after a conflict, and a way to take it away."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from counselling.models import Client
from iqquadrat.accounts.access import StaffRequest


def entry_page(
    request: StaffRequest,
    *,
    client: Client,
    form: forms.Form,
    title: str,
    back: str,
    theirs: list[Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """Show the form of one entry. ``theirs``: what somebody else has stored meanwhile; ``more``: lede, note, delete_url, delete_ask, delete_text."""
    status = 409 if theirs else 422 if form.is_bound else 200
    context = {"client": client, "form": form, "title": title, "back": back, "theirs": theirs or []} | more
    return render(request, "counselling/entry_form.html", context, status=status)
