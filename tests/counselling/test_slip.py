"""The slip for the client, as rendered: one half sheet, in every language, with a big day and hour and no name of the client."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from counselling.appointment_slip import AppointmentSlip, UnknownLanguageError, persian_day, slip_language
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import AppointmentFactory, ClientFactory

pytestmark = pytest.mark.django_db

WORDS = {
    "de": ("Ihr Termin", "Donnerstag", "26. November 2026"),
    "ru": ("Ваша встреча", "Четверг", "26 ноября 2026"),
    "vi": ("Tại đây", "Thứ 5", "Ngày 26 tháng 11 năm 2026"),
    "tr": ("Randevunuz", "Perşembe", "26 Kasım 2026"),
}


@pytest.fixture
def appointment(counsellor: Any) -> Any:
    centre = counsellor.centre
    centre.street, centre.postal_code, centre.phone = "Eisenbahnstraße 54", "04315", "0341 999 1234"
    centre.what_to_bring, centre.directions = (
        "Ausweis, Briefe vom Amt",
        "Tram 1, 3, 8: Hermann-Liebmann-Straße. Hof, 2. Etage",
    )
    centre.save()
    client = ClientFactory(counsellor=counsellor, reading_language="ar")
    starts_at = dt.datetime(2026, 11, 26, 8, 30, tzinfo=dt.UTC)
    return AppointmentFactory(client=client, starts_at=starts_at, room="Raum 2")


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_one_half_sheet_in_every_language(
    appointment: Any, language: str, paper_text: Callable[[bytes], str], paper_pages: Callable[[bytes], int]
) -> None:
    made = pdf.render(AppointmentSlip(appointment, language))
    assert paper_pages(made) == 1
    text = paper_text(made)
    for words in WORDS.get(language, ()):
        assert words in text
    for german in (
        "Donnerstag",
        "26. November 2026",
        "09:30",
        "0341 999 1234",
        "Eisenbahnstraße 54",
        "Raum 2",
        "Ausweis",
        "Jana",
    ):
        assert german in text
    page = PdfReader(io.BytesIO(made))
    assert page.trailer["/Root"]["/Lang"] == language
    size = page.pages[0].mediabox
    assert (round(float(size.width) / 72 * 25.4), round(float(size.height) / 72 * 25.4)) == (148, 210)
    for secret in ("Amal", "Haddad", appointment.client.number, appointment.title):
        assert secret not in text


def test_persian_has_its_digits_and_its_calendar(
    appointment: Any, paper_text: Callable[[bytes], str]
) -> None:
    text = paper_text(pdf.render(AppointmentSlip(appointment, "fa")))
    for part in ("۰۹:۳۰", "09:30", "۲۶", "۲۰۲۶", "۱۴۰۵"):
        assert part in text
    assert persian_day(dt.date(2026, 3, 21)) == "۱ فروردین ۱۴۰۵"
    assert persian_day(dt.date(2027, 3, 20)) == "۲۹ اسفند ۱۴۰۵"


@pytest.mark.parametrize("channel", ["phone", "video", "chat", "outreach"])
def test_who_is_called_need_not_find_the_way(
    appointment: Any, channel: str, paper_text: Callable[[bytes], str]
) -> None:
    appointment.channel = channel
    text = paper_text(pdf.render(AppointmentSlip(appointment, "de")))
    assert "Eisenbahnstraße" not in text
    assert "0341 999 1234" in text


def test_a_centre_without_settings_and_long_words_stay_on_one_page(
    appointment: Any, paper_pages: Callable[[bytes], int]
) -> None:
    centre = appointment.centre
    for fact in ("street", "postal_code", "city", "phone", "what_to_bring", "directions", "subtitle"):
        setattr(centre, fact, "")
    assert paper_pages(pdf.render(AppointmentSlip(appointment, "vi"))) == 1
    centre.name, centre.street, centre.what_to_bring = (
        "Interkulturelle Beratungsstelle " * 3,
        "Straße der Einheit 123 a",
        "Ausweis\nPass\nBriefe\n" * 2,
    )
    centre.directions = "Haltestelle vor dem Haus, dann durch den Hof, zweite Tür links, dritte Etage. " * 3
    assert paper_pages(pdf.render(AppointmentSlip(appointment, "ru"))) == 1


@pytest.mark.parametrize(
    ("reads", "speaks", "expected"),
    [
        ("ar", ["ku"], "ar"),
        ("", ["ckb", "ar"], "ar"),
        ("", ["ku", "ar"], "ku"),
        ("prs", [], "fa"),
        ("ti", ["am"], "de"),
        ("", [], "de"),
        ("de", ["ar"], "de"),
    ],
)
def test_the_slip_speaks_what_the_client_reads(reads: str, speaks: list[str], expected: str) -> None:
    made = AppointmentFactory.build(
        client=ClientFactory.build(reading_language=reads, spoken_languages=speaks)
    )
    assert slip_language(made) == expected


def test_the_slip_is_handed_out_and_logged(as_user: Any, counsellor: Any, appointment: Any) -> None:
    desk, url = as_user(counsellor), reverse("counselling:appointment_slip", args=[appointment.public_id])
    answer = desk.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="termin-2026-11-26-ar.pdf"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store, private"
    assert Entry.objects.get(action="export").detail == {"format": "pdf", "language": "ar"}
    for unknown in ("xx", "ckb", "de'", "a" * 300):
        assert desk.get(url, {"language": unknown}).status_code == 404
    with pytest.raises(UnknownLanguageError):
        AppointmentSlip(appointment, "ckb")
