"""What all lists share: what was understood of the filters, and fetching a client that the reader may read."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from counselling.models import Client
from counselling.rules import can_read_client
from iqquadrat.accounts.models import User
from iqquadrat.core.paging import page_of

__all__ = ["own_client", "page_of", "understood"]


def understood(form: forms.Form) -> dict[str, Any]:
    """Return the filters that could be read; one that could not is as if it were not there."""
    form.is_valid()
    return form.cleaned_data


def own_client(user: User, public_id: UUID) -> Client:
    """Return a client whose file the user may read; 404 when the user may not even know, 403 when only the name."""
    client = get_object_or_404(
        Client.objects.visible_to(user).select_related("counsellor", "centre"), public_id=public_id
    )
    if not can_read_client(user, client):
        raise PermissionDenied
    return client
