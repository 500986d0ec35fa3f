"""The pages of a list of businesses, all the way through; the export as the list shows it; history, founders, one's own number."""

import csv
import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from python_calamine import CalamineWorkbook

from businesses.enums import Status
from businesses.errors import NotInLineError
from businesses.models import Business, Contact, Observation, RegisterImport, RegisterProblem
from businesses.services import BusinessFacts, Door, create_business, succeed
from iqquadrat.accounts.models import User
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import CentreFactory, UserFactory

HEADS = ["Name", "Straße", "Hausnummer", "Status"]


@pytest.fixture
def office(db: None) -> User:
    """A coordinator."""
    user: User = UserFactory(roles=["coordinator"])
    return user


@pytest.fixture
def browser(office: User, as_user: Any) -> Browser:
    """The coordinator at a browser."""
    signed_in: Browser = as_user(office)
    return signed_in


def page(name: str, run: RegisterImport) -> str:
    """The address of a step."""
    return reverse(f"businesses:import_{name}", args=[run.public_id])


def brought(browser: Browser, rows: list[list[str]], heads: list[str] = HEADS) -> RegisterImport:
    """Send a list through the page, twice as an impatient finger does."""
    typed = {"submission": uuid.uuid4()}
    for _press in range(2):
        file = SimpleUploadedFile("Läden.csv", as_csv([heads, *rows]))
        assert browser.post(reverse("businesses:import_create"), typed | {"file": file}).status_code == 302
    run_queue()
    return RegisterImport.objects.get()


def text_of(answer: Any) -> str:
    """The whole answer, streamed or not."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_all_the_way_through_the_pages(browser: Browser, office: User) -> None:
    known = create_business(centre=office.centre, by=office, facts=BusinessFacts(
        door=Door(street="Konradstraße", house_number=3), sign_name="Laden A", status=Status.CLOSED,
    ))  # fmt: skip
    run = brought(
        browser, [["Laden A", "Konradstraße", "3", "geöffnet"], ["Laden B", "Konradstraße", "5", ""]]
    )
    assert browser.get(page("detail", run))["Location"] == page("columns", run)
    form = browser.get(page("columns", run)).context["form"]
    typed = {field.html_name: field.value() for _column, field in form.lines()}
    assert typed == {"c0": "sign_name", "c1": "street", "c2": "house_number", "c3": "status"}
    assert browser.post(page("columns", run), typed | {"c1": "sign_name"}).status_code == 422
    assert browser.post(page("columns", run), dict.fromkeys(typed, "")).status_code == 422
    assert browser.post(page("columns", run), typed).status_code == 302
    assert "HX-Refresh" not in browser.get(page("progress", run))
    run_queue()
    assert browser.get(page("progress", run))["HX-Refresh"] == "true"
    shown = browser.get(page("detail", run)).context
    assert (shown["new"], shown["doubtful"], shown["undecided"], shown["coming"]) == (1, 1, 1, 1)
    browser.post(page("start", run))
    run.refresh_from_db()
    assert run.state == "checked"
    assert "Laden A" in browser.get(page("doubts", run)).content.decode()
    assert browser.post(page("doubts", run), {"choice": "nothing"}).status_code == 400
    assert browser.post(page("doubts", run), {"choice": "update", "line": 2}).status_code == 302
    browser.post(page("start", run))
    run_queue()
    known.refresh_from_db()
    assert known.status == Status.OPEN
    assert "1" in browser.get(page("detail", run)).content.decode()
    browser.post(page("undo", run))
    run_queue()
    known.refresh_from_db()
    assert known.status == Status.CLOSED
    assert Business.objects.filter(centre=office.centre).count() == 1
    assert browser.get(reverse("businesses:import_list")).status_code == 200


def test_errors_are_shown_and_taken_away(browser: Browser) -> None:
    run = brought(browser, [["=Laden", "Konradstraße", "x", ""], ["B", "Konradstraße", "5", "seltsam"]])
    form = browser.get(page("columns", run)).context["form"]
    typed = {field.html_name: field.value() for _column, field in form.lines()}
    assert browser.post(page("columns", run), typed)["Location"] == page("values", run)
    # Nobody says what it means: it stays an error.
    browser.post(page("values", run))
    run_queue()
    assert RegisterProblem.objects.filter(run=run).count() == 2
    shown = browser.get(page("problems", run), {"column": "3"})
    assert [line.value for line in shown.context["lines"]] == ["seltsam"]
    [sheet] = CalamineWorkbook.from_filelike(
        io.BytesIO(browser.get(page("problems_export", run)).content)
    ).sheet_names
    assert sheet
    browser.post(page("discard", run))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not run.staged_rows.exists()


def test_too_large_a_file_is_refused_in_words(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("businesses.forms.exchange.MAX_BYTES", 10)
    file = SimpleUploadedFile("x.csv", as_csv([HEADS, ["A", "", "", ""]]))
    answer = browser.post(reverse("businesses:import_create"), {"file": file})
    assert answer.status_code == 422
    assert "32 MB" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b'{"type": "Feature"}', b'{"type": ', b"\x00\x01\x02"])
def test_what_is_no_list_is_refused_in_words(browser: Browser, content: bytes) -> None:
    file = SimpleUploadedFile("x.geojson", content)
    browser.post(reverse("businesses:import_create"), {"file": file, "submission": uuid.uuid4()})
    run_queue()
    run = RegisterImport.objects.get()
    assert run.state == "refused"
    assert browser.get(page("detail", run)).context["refusal"]


def test_a_list_is_only_for_whoever_brought_it(browser: Browser, office: User, as_user: Any) -> None:
    run = brought(browser, [["A", "", "", ""]])
    colleague: User = UserFactory(roles=["coordinator"], centre=office.centre)
    assert as_user(colleague).get(page("detail", run)).status_code == 404


def test_the_export_is_what_the_list_shows(browser: Browser, office: User) -> None:
    for number, status in ((1, Status.OPEN), (3, Status.CLOSED)):
        create_business(centre=office.centre, by=office, facts=BusinessFacts(
            door=Door(street="Konradstraße", house_number=number), sign_name=f"Laden {number}", status=status,
        ))  # fmt: skip
    abroad = UserFactory(roles=["coordinator"], centre=CentreFactory())
    create_business(centre=abroad.centre, by=abroad, facts=BusinessFacts(sign_name="Fremd"))
    answer = browser.get(reverse("businesses:register_export", args=["csv"]), {"status": "closed"})
    rows = list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert "Laden 3" in rows[1]
    assert "Fremd" not in text_of(browser.get(reverse("businesses:register_export", args=["geojson"])))
    book = b"".join(browser.get(reverse("businesses:register_export", args=["xlsx"])).streaming_content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert len(workbook.sheet_names) == 2
    assert len(workbook.get_sheet_by_index(0).to_python()) == 3
    assert browser.get(reverse("businesses:register_export", args=["exe"])).status_code == 404


def test_seen_today_is_one_press(browser: Browser, office: User) -> None:
    business = create_business(centre=office.centre, by=office, facts=BusinessFacts(sign_name="A"))
    Business.objects.update(confirmed_on=None, confirmed_by=None)
    Observation.objects.all().delete()
    for _press in range(2):
        browser.post(reverse("businesses:business_confirm", args=[business.public_id]))
    [seen] = business.observations.all()
    assert seen.by == office
    business.refresh_from_db()
    assert business.confirmed_by == office


def test_who_was_here_before(browser: Browser, office: User) -> None:
    door = Door(street="Konradstraße", house_number=1)
    first = create_business(centre=office.centre, by=office, facts=BusinessFacts(door=door, sign_name="Erst"))
    then = create_business(centre=office.centre, by=office, facts=BusinessFacts(door=door, sign_name="Dann"))
    elsewhere = create_business(centre=office.centre, by=office, facts=BusinessFacts(sign_name="Anderswo"))
    browser.post(reverse("businesses:business_predecessor", args=[then.public_id]), {"predecessor": first.pk})
    then.refresh_from_db()
    assert then.predecessor == first
    content = browser.get(reverse("businesses:business_detail", args=[first.public_id])).content.decode()
    assert "Dann" in content
    for wrong in (then.pk, elsewhere.pk, "x"):
        browser.post(
            reverse("businesses:business_predecessor", args=[first.public_id]), {"predecessor": wrong}
        )
    first.refresh_from_db()
    assert first.predecessor is None
    with pytest.raises(NotInLineError):
        succeed(business=first, predecessor=then, by=office)


def test_founders_are_found(browser: Browser, office: User) -> None:
    create_business(
        centre=office.centre, by=office, facts=BusinessFacts(sign_name="Bald", status=Status.NOT_YET_OPEN)
    )
    create_business(centre=office.centre, by=office, facts=BusinessFacts(sign_name="Schon"))
    answer = browser.get(reverse("businesses:business_list"), {"founders": "on"})
    assert [business.sign_name for business in answer.context["page_obj"]] == ["Bald"]


def test_a_number_is_given_once(browser: Browser, office: User) -> None:
    create_business(centre=office.centre, by=office, facts=BusinessFacts(sign_name="A", reference="7"))
    typed = {"sign_name": "B", "status": "open", "floor": "0", "reference": "7", "submission": uuid.uuid4()}
    answer = browser.post(reverse("businesses:business_create"), typed)
    assert answer.status_code == 422
    assert answer.context["form"]["sign_name"].value() == "B"


def test_a_contact_person_overtaken_sees_both(browser: Browser, office: User) -> None:
    business = create_business(centre=office.centre, by=office, facts=BusinessFacts(sign_name="A"))
    browser.post(
        reverse("businesses:contact_create", args=[business.public_id]), {"name": "Linh", "reach": "visit", "submission": uuid.uuid4()}
    )  # fmt: skip
    contact = Contact.objects.get()
    address = reverse("businesses:contact_edit", args=[contact.pk])
    assert browser.post(address, {"name": "Linh", "reach": "phone", "revision": 1}).status_code == 422
    assert browser.post(address, {"name": "Linh N.", "revision": 1}).status_code == 302
    late = browser.post(address, {"name": "Lin", "revision": 1})
    assert late.status_code == 409
    assert "Linh N." in late.content.decode()
    assert browser.post(address, {"name": "Lin", "revision": 2}).status_code == 302
    browser.post(reverse("businesses:contact_delete", args=[contact.pk]))
    assert not Contact.objects.exists()
