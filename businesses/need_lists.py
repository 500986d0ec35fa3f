"""Reads about needs: the list, the day view, the page of one, and the list as a spreadsheet."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.enums import EventState, NeedState
from businesses.models import BusinessConsultation, Event, Need
from businesses.models.needs import NeedQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.core.downloads import LONG_LIST

SOON = dt.timedelta(days=7)


def listed(needs: NeedQuerySet) -> NeedQuerySet:
    """Bring along what a row shows."""
    return needs.select_related("business__premises__street", "business__branch", "in_charge")


def totals(by_state: dict[str, int]) -> list[tuple[str, int]]:
    """Return word and number of every state that occurs, in the order of the list."""
    return [(str(state.label), by_state[state]) for state in NeedState if by_state.get(state)]


def of_the_day(user: User) -> NeedQuerySet:
    """My needs that are due within a week, are pressing, or are said to be over; what has waited longest first."""
    soon = timezone.localdate() + SOON
    mine = Need.objects.visible_to(user).running().filter(in_charge=user)
    wanting = (
        Q(due_on__lte=soon) | Q(due_on__isnull=True, urgency="urgent") | Q(closing_proposed_on__isnull=False)
    )
    return listed(mine.filter(wanting).order_by(F("due_on").asc(nulls_last=True), "opened_on", "pk"))


def nobodys(user: User) -> int:
    """Number of running needs that nobody is in charge of."""
    return Need.objects.visible_to(user).running().filter(in_charge__isnull=True).count()


def calls_due(user: User) -> "QuerySet[BusinessConsultation]":
    """My talks after which the business was to be spoken with again, and has not been since."""
    later = BusinessConsultation.objects.filter(
        business=OuterRef("business"), held_at__gt=OuterRef("held_at")
    )
    due = BusinessConsultation.objects.visible_to(user).filter(
        counsellor=user, follow_up_on__lte=timezone.localdate() + SOON
    )
    return due.exclude(Exists(later)).select_related("business").order_by("follow_up_on", "pk")


def dates_soon(user: User) -> "QuerySet[Event]":
    """My planned dates of the next week, and those that are past but still not noted as held."""
    until = timezone.now() + SOON
    planned = Event.objects.visible_to(user).filter(state=EventState.PLANNED, at__lte=until)
    return planned.filter(Q(responsible=user) | Q(responsible__isnull=True, created_by=user)).order_by(
        "at", "pk"
    )


def workbook(needs: Iterable[Need]) -> bytes:
    """Return a spreadsheet of these needs; every text is written as a string, never as a formula or a link."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, LONG_LIST)
    sheet, bold = book.add_worksheet(_("Needs")), book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    head = [
        _("Business"), _("Address"), _("Topic"), _("Urgency"), _("State"), _("In charge"), _("Opened"), _("Due"), _("Closed"),
        _("Became known"), _("What was said"),
    ]  # fmt: skip
    sheet.set_column(0, len(head) - 1, 20)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for row, need in enumerate(needs, start=1):
        for column, value in enumerate(_cells(need)):
            if isinstance(value, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
            elif value:
                sheet.write_string(row, column, str(value))
    book.close()
    return file.getvalue()


def _cells(need: Need) -> list[Any]:
    return [
        need.business.display_name, need.business.address, need.get_topic_display(), need.get_urgency_display(),
        need.get_state_display(), need.in_charge.get_full_name() if need.in_charge else "", need.opened_on, need.due_on,
        need.closed_on, need.get_source_display(), need.words,
    ]  # fmt: skip
