"""The secret address of the own calendar: kept on the account's page, fetched by calendar programs without a session."""

import hashlib
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _

from counselling import services
from counselling.feed import REFRESH, calendar_of
from counselling.forms.calendar_feeds import CalendarFeedForm
from counselling.models import CalendarFeed
from counselling.services.calendar_feeds import fetched_last
from iqquadrat.accounts.access import StaffRequest, access, public
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.throttling import count_guess, too_many_guesses, wait_seconds
from iqquadrat.core import walls

GUESSED = "calendar"


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def calendar_feed(request: StaffRequest) -> HttpResponse:
    """Show whether there is an address and when it was fetched; make one, which is shown this once."""
    address, again = "", False
    if request.method == "POST":
        form = CalendarFeedForm(request.POST)
        if not form.is_valid():
            return redirect("counselling:calendar_feed")
        token = services.open_calendar_feed(by=request.user, submission=form.cleaned_data["submission"])
        again = not token
        if token:
            address = request.build_absolute_uri(reverse("counselling:calendar_file", args=[token]))
    feed = CalendarFeed.objects.visible_to(request.user).first()
    context = {
        "feed": feed, "fetched": fetched_last(feed) if feed else None, "address": address, "again": again,
        "webcal": f"webcal:{address.partition(':')[2]}" if address else "", "submission": uuid4(),
    }  # fmt: skip
    part = bool(request.htmx) and not request.htmx.boosted
    name = "counselling/includes/calendar_feed_part.html" if part else "counselling/calendar_feed.html"
    response = render(request, name, context)
    response["Cache-Control"] = "no-store, private"
    return response


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def calendar_feed_close(request: StaffRequest) -> HttpResponse:
    """Close the address."""
    services.close_calendar_feed(by=request.user)
    messages.success(request, _("The address is closed. Calendars that fetch it get nothing any more."))
    return redirect("counselling:calendar_feed")


def _wait(seconds: int) -> HttpResponse:
    response = HttpResponse(status=429, content_type="text/plain")
    response["Retry-After"] = str(seconds)
    return response


@public()
@transaction.non_atomic_requests  # a wrong address is counted although it is answered by 404
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Hand the calendar to whoever knows the address: no names in it. Wrong, closed, or of a closed account: 404, all alike.

    From where many were wrong, nothing is answered for a while, not even to the right one: else guessing would go on.
    """
    if too_many_guesses(request, GUESSED):
        return _wait(wait_seconds())
    feed = CalendarFeed.objects.behind(token).select_related("user").first()
    if feed is None or not feed.user.may(Permission.CONSULTATION_WRITE):
        count_guess(request, GUESSED)
        raise Http404
    with walls.in_centre(feed.user.centre_id):
        if not services.note_fetch(feed=feed):
            return _wait(int(REFRESH.total_seconds()))
        body = calendar_of(feed.user)
    mark = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response = (
        HttpResponse(status=304)
        if mark in known
        else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    )
    response["ETag"] = mark
    # Programs may keep it to compare, nobody in between may, and it is asked for anew every time.
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    if response.status_code == 200:
        response["Content-Disposition"] = 'inline; filename="termine.ics"'
    return response
