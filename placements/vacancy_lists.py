"""Reads about vacancies: totals of the list, the list as a spreadsheet, the week in words."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import LONG_LIST
from placements.client_texts import NOTICES
from placements.enums import VacancyState
from placements.models import Vacancy
from placements.models.vacancy import VacancyQuerySet
from placements.notice_words import week_lines


def totals(rows: VacancyQuerySet) -> list[tuple[str, int]]:
    """Return word and number of every state that occurs, in the order of the list."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return [(str(state.label), counted[state]) for state in VacancyState if counted.get(state)]


def slot_lines(codes: Iterable[str]) -> list[str]:
    """Return these parts of the week in the reader's words."""
    return week_lines(NOTICES.fitting(get_language() or ""), codes)


def workbook(vacancies: Iterable[Vacancy]) -> bytes:
    """Return a spreadsheet of these vacancies; every text is written as a string, never as a formula or a link."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, LONG_LIST)
    sheet, bold = book.add_worksheet(_("Vacancies")), book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    head = [
        _("Title"), _("Employer"), _("Kind"), _("Field of work"), _("Occupation (KldB 2010)"), _("State"), _("Positions"), _("Hours a week"),
        _("Working times in words"), _("Days and parts of the day"), _("Postal code"), _("Place of work"), _("German required"), _("Further languages"),
        _("Years of experience"), _("Driving licence required"), _("Driving licence desired"), _("Certificate required"), _("Certificate desired"),
        _("Further words"), _("Start"), _("Open until"), _("Reported on"), _("Confirmed on"), _("Heard of by"), _("In charge"),
    ]  # fmt: skip
    sheet.set_column(0, len(head) - 1, 20)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for row, vacancy in enumerate(vacancies, start=1):
        for column, value in enumerate(_cells(vacancy)):
            if isinstance(value, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, str(value))
    book.close()
    return file.getvalue()


def _cells(vacancy: Vacancy) -> list[Any]:
    state = _("expired") if vacancy.has_expired else vacancy.get_state_display()
    return [
        vacancy.title, vacancy.employer, vacancy.get_kind_display(), vacancy.get_field_of_work_display(), vacancy.kldb, state,
        vacancy.positions, vacancy.hours_per_week, vacancy.times, "; ".join(slot_lines(vacancy.working_slots)), vacancy.postal_code,
        vacancy.place, vacancy.german_required, ", ".join(vacancy.language_words), vacancy.experience_years,
        ", ".join(vacancy.licences_required_words), ", ".join(vacancy.licences_desired_words),
        ", ".join(vacancy.certificates_required_words), ", ".join(vacancy.certificates_desired_words), vacancy.requirements,
        vacancy.starts_on, vacancy.valid_until, vacancy.opened_on, vacancy.confirmed_on, vacancy.get_source_display(),
        vacancy.in_charge.get_full_name() if vacancy.in_charge else "",
    ]  # fmt: skip
