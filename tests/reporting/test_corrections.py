"""Corrections after closing are seen where somebody meets the record, and told in the funder's report."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils.translation import gettext
from python_calamine import CalamineWorkbook

from counselling import services
from counselling.models import Case, Consultation
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from iqquadrat.reporting.closing_services import close_period
from iqquadrat.reporting.corrections import corrections_of
from iqquadrat.reporting.documents import FunderReport
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.models import LateChange, Programme
from iqquadrat.reporting.queries import Report, count_report, period_of
from iqquadrat.reporting.spreadsheets import workbook
from tests.counselling.factories import AttendanceFactory, ClientFactory, ConsultationFactory
from tests.fixtures.people import CentreFactory, UserFactory

UNTIL = dt.date(2026, 6, 30)
INSIDE = dt.datetime(2026, 5, 15, 10, tzinfo=dt.UTC)


@pytest.fixture
def programme(coordinator: User) -> Programme:
    made = Programme.objects.create(
        code="iq", name="IQ Quadrat", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    made.centres.add(coordinator.centre)
    return made


def correct(talk: Consultation, by: User, minutes: int) -> None:
    talk.refresh_from_db()
    services.update_consultation(
        consultation=talk, by=by, revision=talk.revision, other_topics=[], held_at=talk.held_at, channel=talk.channel, minutes=minutes,
        languages=talk.languages, main_topic=talk.main_topic,
    )  # fmt: skip


def part(desk: Browser, page: str) -> str:
    """What the page fetches of the corrections."""
    found = re.search(r'hx-get="(/figures/closed/[^"]+)"', page)
    assert found
    return desk.get(found.group(1), headers={"HX-Request": "true"}).content.decode()


def test_the_record_says_that_it_was_corrected_after_closing(
    counsellor: User, coordinator: User, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    talk, untouched = (ConsultationFactory(client=client, held_at=INSIDE) for _each in range(2))
    other = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=INSIDE)
    AttendanceFactory(consultation=talk, client=other.client)
    close_period(until=UNTIL, by=coordinator)
    desk = as_user(counsellor)

    def pages() -> list[str]:
        addresses = [one.get_absolute_url() for one in (client, other.client)]
        addresses += [
            reverse("counselling:consultation_edit", args=[one.public_id]) for one in (talk, untouched)
        ]
        return [part(desk, desk.get(address).content.decode()).strip() for address in addresses]

    assert [text for text in pages() if "<li" in text] == []
    for minutes in (20, 30):
        correct(talk, counsellor, minutes)
    marked, elsewhere, on_talk, on_other = pages()
    assert "<li" not in elsewhere
    assert "<li" not in on_other
    for text in (marked, on_talk):
        assert text.count("<li") == 1, "twice corrected is one line"
        assert "30.6.2026" in text
        assert "15.5.2026" in text
        assert "Nach Abschluss" in text
        assert counsellor.get_full_name() in text
        assert client.latin_family_name not in text


def test_records_of_other_rooms_are_told_on_the_client_s_page(
    counsellor: User, coordinator: User, programme: Programme, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    close_period(until=UNTIL, by=coordinator, programme=programme)
    case = Case.objects.create(
        centre=client.centre, client=client, goal="Ausbildung", opened_on=INSIDE.date(), opened_by=counsellor, programme_code="iq"
    )  # fmt: skip
    services.close_case(case=case, by=counsellor, outcome="reached", note="")
    desk = as_user(counsellor)
    text = part(desk, desk.get(client.get_absolute_url()).content.decode())
    assert "IQ Quadrat bis 30.6.2026" in text


def test_who_may_not_read_the_record_sees_no_correction(
    counsellor: User, coordinator: User, as_user: Any
) -> None:
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=INSIDE)
    stranger = UserFactory(centre=counsellor.centre, roles=["counsellor"])
    for name, key in (("late_of_client", talk.client.public_id), ("late_of_consultation", talk.public_id)):
        assert as_user(stranger).get(reverse(f"reporting:{name}", args=[key])).status_code == 404
        assert as_user(coordinator).get(reverse(f"reporting:{name}", args=[key])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_part_costs_the_same(
    counsellor: User, coordinator: User, as_user: Any, rows: int, django_assert_num_queries: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    close_period(until=UNTIL, by=coordinator)
    for _row in range(rows):
        correct(ConsultationFactory(client=client, held_at=INSIDE), counsellor, 33)
    desk, address = as_user(counsellor), reverse("reporting:late_of_client", args=[client.public_id])
    desk.get(address)
    with django_assert_num_queries(PART_QUERIES):
        assert desk.get(address).content.decode().count("<li") == rows


def _tells_files(report: Report) -> None:
    """Workbook and data say the same as page and paper."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report)))
    rows = book.get_sheet_by_name(gettext("Corrections after closing")).to_python()
    assert [row[1:4] for row in rows[1:]] == [
        [str(one.record), str(one.action), one.count] for one in report.corrections
    ]
    told = as_data(report)["corrections"]
    assert [(one["record"], one["count"], one["closed_until"]) for one in told] == [
        ("Beratung", 2, "2026-06-30")
    ]


PART_QUERIES = 7  # one of them for the corrections, of whatever rooms


def test_the_funder_s_report_tells_corrections_in_numbers_and_only_its_own(
    counsellor: User, coordinator: User, programme: Programme, as_user: Any, paper_text: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    ours, second, theirs = (
        ConsultationFactory(client=client, held_at=INSIDE, programme_code=code)
        for code in ("iq", "iq", "esf")
    )
    close_period(until=UNTIL, by=coordinator)
    desk = as_user(coordinator)
    address = f"{reverse('reporting:dashboard')}?programme=iq"
    assert "Korrekturen nach Abschluss" not in desk.get(address).content.decode()
    empty = paper_text(pdf.render(FunderReport(count_report(programme, period_of(programme)))))
    assert "Korrekturen nach Abschluss" not in empty
    for talk, minutes in ((ours, 20), (ours, 30), (second, 20), (theirs, 20)):
        correct(talk, counsellor, minutes)
    stranger = UserFactory(centre=CentreFactory(), roles=["coordinator"])
    close_period(until=UNTIL, by=stranger)
    (row,) = corrections_of(period_of(programme))
    assert (str(row.record), row.count) == ("Beratung", 2), "records, not clicks; none of another programme"
    assert LateChange.objects.filter(programme_code="esf").count() == 1
    page = desk.get(address).content.decode()
    assert "Korrekturen nach Abschluss" in page
    assert "alles bis 30.6.2026" in page
    paper = paper_text(pdf.render(FunderReport(count_report(programme, period_of(programme)))))
    assert "Korrekturen nach Abschluss" in paper
    assert "alles bis 30.6.2026" in paper
    assert counsellor.get_full_name() not in paper
    _tells_files(count_report(programme, period_of(programme)))
    own = as_user(UserFactory(centre=counsellor.centre, roles=["counsellor"])).get(address).content.decode()
    assert "Korrekturen nach Abschluss" not in own, "periods are closed for all of the centre"
