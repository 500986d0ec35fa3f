"""Reading the log. Looking at the centre's log is itself an entry."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.forms import LogFilter
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.queries import find_entries, lines
from iqquadrat.accesslog.rules import sees_content
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

PAGE_SIZE = 25
OWN_SIZE = 10


@access(Permission.LOG_READ_CENTRE, Permission.LOG_READ_BARE)
def log(request: StaffRequest) -> HttpResponse:
    """The centre's log: with content for the coordinator, without for the administrator."""
    filters = LogFilter(request.GET or None, reader=request.user)
    usable = filters.is_bound and filters.is_valid()
    wanted = filters.cleaned_data if usable else {}
    # A period that ends before it begins finds nothing, rather than everything.
    entries = (
        Entry.objects.none() if filters.is_bound and not usable else find_entries(request.user, **wanted)
    )
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    with_content = sees_content(request.user)
    context = {
        "filters": filters, "page": page, "lines": lines(page.object_list, with_content=with_content),
        "with_content": with_content, "is_filtered": any(wanted.values()),
    }  # fmt: skip
    response = render(request, "accesslog/log.html", context)
    record(Action.VIEW, by=request.user, object_type="accesslog.entry", rows=len(page.object_list))
    return response


@access(Permission.LOG_READ_OWN)
def own(request: StaffRequest) -> HttpResponse:
    """The reader's own entries: a page, or a part of the account's page when htmx asks."""
    entries = Entry.objects.filter(user_id=request.user.pk)
    is_part = bool(request.htmx) and not request.htmx.boosted
    page = Paginator(entries, OWN_SIZE if is_part else PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines(page.object_list, with_content=True),
        "with_content": True,
        "is_part": is_part,
    }
    return render(request, "accesslog/own_part.html" if is_part else "accesslog/own.html", context)
