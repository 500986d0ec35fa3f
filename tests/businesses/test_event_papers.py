"""Papers of events as they are drawn: letters in every language, lists, minutes, certificates."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone

from businesses import event_lists, letters, services
from businesses.enums import Presence
from businesses.event_papers import Certificates, InvitationLetters, MinutesPaper, SignList
from businesses.models import Event
from businesses.services import Came
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory

WEEK, BERLIN = dt.timedelta(weeks=1), ZoneInfo("Europe/Berlin")


def test_every_letter_is_complete_in_every_language() -> None:
    texts = letters.texts()
    assert set(texts) == set(settings.CLIENT_LANGUAGES)
    for language, words in texts.items():
        assert set(words) == set(texts["de"]), language
        assert all(word == word.strip() and word for word in words.values())
        assert language == "de" or not set(words.values()) & (set(texts["de"].values()) - {"Invitation"})
    for language in letters.RIGHT_TO_LEFT:
        assert all(re.search("[\u0600-\u06ff]", word) for word in texts[language].values())
        assert not any(re.search("[A-Za-z]", word) for word in texts[language].values())
    # Persian has letters of its own, which look like Arabic ones.
    assert not re.search("[\u064a\u0643]", "".join(texts["fa"].values()))


@pytest.fixture
def course(counsellor: User) -> Event:
    counsellor.centre.phone = "0341 5550100"
    counsellor.centre.save()
    start = dt.datetime(2031, 10, 16, 18, tzinfo=BERLIN)
    return services.plan_event(
        centre=counsellor.centre, kind="course", title="Deutsch für Unternehmer/innen", at=start, ends_at=start + dt.timedelta(minutes=90),
        further=[start + WEEK], place="Raum 1", languages=["de", "vi"], agenda="Gespräche mit Kundschaft", topic="german", by=counsellor,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("code", settings.CLIENT_LANGUAGES)
def test_a_letter_is_one_page_in_german_and_another_language(
    code: str, course: Event, paper_text: Any, paper_pages: Any
) -> None:
    business = BusinessFactory(centre=course.centre, sign_name="Bäckerei Nour")
    assert course.series is not None
    file = pdf.render(InvitationLetters(course, [(business, code)], list(course.series.dates.order_by("at"))))
    text = paper_text(file)
    assert paper_pages(file) == 1
    for words in (
        "Bäckerei Nour",
        "Deutsch für Unternehmer/innen",
        "0341 5550100",
        "23.10.2031",
        "18:00–19:30",
        "Wir freuen uns auf Sie.",
    ):
        assert words in text
    # How Arabic letters are joined in the text of a file is looked at in tests/pdf.
    if letters.direction(code) == "ltr":
        assert letters.texts()[code]["closing"] in text
    else:
        assert len(re.findall("[\u0600-\u06ff\ufb50-\ufeff]", text)) > 150
    assert ("۲۰۳۱" in text) == (code == "fa")


@pytest.mark.django_db
def test_many_letters_are_one_file_in_which_every_business_has_its_page(
    course: Event, paper_pages: Any
) -> None:
    to = [(business, "vi") for business in BusinessFactory.create_batch(5, centre=course.centre)]
    assert paper_pages(pdf.render(InvitationLetters(course, to))) == 5


@pytest.mark.django_db
def test_the_list_has_the_names_and_room_for_others(course: Event, paper_text: Any, paper_pages: Any) -> None:
    paper = paper_text(file := pdf.render(SignList(course, [("Bäckerei Nour", "Nour Khalil")])))
    assert paper_pages(file) == 1
    assert "Nour Khalil" in paper
    assert len(SignList(course, [("x", "")] * 30).context["lines"]) == 36


@pytest.mark.django_db
def test_minutes_say_who_was_there(
    course: Event, counsellor: User, paper_text: Any, paper_pages: Any
) -> None:
    Event.objects.filter(pk=course.pk).update(
        at=timezone.now() - WEEK, ends_at=None, minutes="Erstens.\n\nZweitens."
    )
    business = BusinessFactory(centre=course.centre, sign_name="Bäckerei Nour")
    held = services.note_attendance(
        event=course, came={business: Came(Presence.PRESENT, 2)}, unnamed=3, revision=1, by=counsellor
    )
    paper = paper_text(pdf.render(MinutesPaper(held, list(held.attendances.all()))))
    assert "Bäckerei Nour (2)" in paper
    assert "Zweitens." in paper


@pytest.mark.django_db
def test_a_certificate_names_who_came_and_how_often(
    course: Event, counsellor: User, paper_text: Any, paper_pages: Any
) -> None:
    business = BusinessFactory(centre=course.centre, sign_name="Bäckerei Nour")
    services.enrol(event=course, business=business, by=counsellor, person_name="Nour Khalil")
    start = timezone.now() - WEEK
    Event.objects.filter(pk=course.pk).update(at=start, ends_at=start + dt.timedelta(minutes=90))
    held = services.note_attendance(
        event=course, came={business: Came(Presence.PRESENT, 1)}, unnamed=0, revision=1, by=counsellor
    )
    assert held.series is not None
    document = Certificates(held.series, held.centre, event_lists.shares(held.series), [held])
    paper = paper_text(file := pdf.render(document))
    assert paper_pages(file) == 1
    assert "Nour Khalil" in paper
    assert "1,5" in paper
    assert "Nour" not in document.title + document.file_name
