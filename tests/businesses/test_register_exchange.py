"""The register as a list: what goes out comes in again without a loss; what is broken or doubtful is named; nothing is half done."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from businesses.enums import PositionSource, RowChoice, RowPlan, SizeBand, Status
from businesses.exchange import exporting, services
from businesses.exchange.columns import COLUMNS
from businesses.models import Business, Observation, Premises, RegisterImport, RegisterRow, WzBranch
from businesses.services import BusinessFacts, Door, create_business, observe
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.guessing import guess_columns
from iqquadrat.core.text import ForbiddenCharacterError, clean_text
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import CentreFactory, UserFactory

FORMATS = ("csv", "xlsx", "geojson")
HEADS = ["Nr", "Straße", "Hausnummer", "Name", "Status", "Telefon"]


def exported(centre: Centre, form: str, path: Path) -> bytes:
    """Return the whole register of a centre as a file."""
    businesses = Business.objects.filter(centre=centre).order_by("pk")
    if form == "csv":
        return "".join(exporting.csv_lines(businesses)).encode()
    if form == "geojson":
        return "".join(exporting.geojson_parts(businesses)).encode()
    file = path / "register.xlsx"
    exporting.write_workbook(businesses, file)
    return file.read_bytes()


def cells_of(centre: Centre) -> list[list[str]]:
    """Return what an export says, line by line, whatever order the rows were made in."""
    lines = list(exporting.csv_lines(Business.objects.filter(centre=centre).order_by("pk")))
    return sorted(csv.reader(io.StringIO("".join(lines[2:])), delimiter=";"))


def checked(by: User, content: bytes, name: str = "liste.csv") -> RegisterImport:
    """Bring a file, take its columns as they are guessed, and let it be checked."""
    run = services.begin_import(file=io.BytesIO(content), name=name, by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "mapping", (run.state, run.fault)
    if services.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by).is_open:
        services.name_values(run=run, meanings={}, by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "checked", (run.state, run.fault)
    return run


def brought_in(run: RegisterImport, by: User) -> RegisterImport:
    """Let a checked run come in."""
    services.start_import(run=run, by=by)
    run_queue()
    run.refresh_from_db()
    return run


def listed(*rows: Sequence[object], heads: Iterable[str] = HEADS) -> bytes:
    """A list of businesses as somebody keeps it."""
    return as_csv([list(heads), *rows])


@pytest.fixture
def office(db: None) -> User:
    """A coordinator of a centre of its own."""
    user: User = UserFactory(roles=["coordinator"])
    return user


def _register(by: User) -> None:
    """A street with everything that a register can hold."""
    branch = WzBranch.objects.get(version=2008, code="56.1")
    newer = WzBranch.objects.filter(version=2025, level="group").order_by("code")[5]
    first = create_business(centre=by.centre, by=by, facts=BusinessFacts(
        door=Door(street="Eisenbahnstraße", house_number=52, addition="a", position="left"), sign_name="Phở Hòa Sen", legal_name="=Hoa Sen GmbH",
        branch=branch, branch_words="Suppen; Nudeln, \"frisch\"", languages=("vi", "de"), size_band=SizeBand.TO_4, size_is_estimated=True,
        phone="+49 341 5550100", email="hoasen@example.org", note="Zeile 1\nZeile 2 – „gut“", reference="B-17", programme_code="X-1",
    ))  # fmt: skip
    Premises.objects.update(
        latitude="51.345821", longitude="12.400000", position_source=PositionSource.MEASURED, frontage_m="6.5"
    )
    create_business(centre=by.centre, by=by, facts=BusinessFacts(
        door=Door(street="Eisenbahnstraße", house_number=52, addition="a", position="left"), sign_name="'s Lädle", branch=newer,
        predecessor=first, status=Status.CHANGED,
    ))  # fmt: skip
    create_business(centre=by.centre, by=by, facts=BusinessFacts(
        door=Door(street="Konradstraße", house_number=3, floor=-1), status=Status.VACANT,
    ))  # fmt: skip
    founder = create_business(centre=by.centre, by=by, facts=BusinessFacts(
        sign_name="حلويات الشام", status=Status.NOT_YET_OPEN, planned_opening="2027-04-01",
    ))  # fmt: skip
    Business.objects.filter(pk=founder.pk).update(confirmed_on=None, confirmed_by=None)


@pytest.mark.parametrize("form", FORMATS)
def test_what_goes_out_comes_in_again_and_goes_out_the_same(office: User, form: str, tmp_path: Path) -> None:
    _register(office)
    before = cells_of(office.centre)
    file = exported(office.centre, form, tmp_path)
    other: User = UserFactory(roles=["coordinator"], centre=CentreFactory())
    run = brought_in(checked(other, file, f"register.{form}"), other)
    assert run.result["made"] == 4
    assert cells_of(other.centre) == before
    # And once more into the centre it came from: everything is there as it stands.
    again = checked(office, file)
    assert not list(again.problems.values_list("line", "field", "message"))
    assert set(again.staged_rows.values_list("plan", flat=True)) == {RowPlan.SAME}
    with pytest.raises(ImportStateError):
        services.start_import(run=again, by=office)


WORDS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), st.sampled_from("=+-@';,\"|\n_x0041_\u200c\u0130")
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def _kept(text: str, *, lines: bool = False) -> str:
    try:
        return clean_text(text, lines=lines)[:200]
    except ForbiddenCharacterError:
        return ""


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=12))
@pytest.mark.parametrize("form", FORMATS)
def test_odd_texts_survive(office: User, form: str, tmp_path: Path, data: list[tuple[str, str, str]]) -> None:
    made = []
    for number, (name, words, note) in enumerate(data):
        facts = BusinessFacts(
            sign_name=_kept(name) or "x", branch_words=_kept(words), note=_kept(note, lines=True), reference=f"{number}-{len(data)}"
        )  # fmt: skip
        Business.objects.filter(centre=office.centre, reference=facts.reference).delete()
        made.append(create_business(centre=office.centre, facts=facts, by=office))
    before = cells_of(office.centre)
    other: User = UserFactory(roles=["coordinator"], centre=CentreFactory())
    run = checked(other, exported(office.centre, form, tmp_path))
    assert run.broken_rows == 0, list(run.problems.values_list("line", "field", "message"))
    services.decide(run=run, choice=RowChoice.CREATE, by=other)
    brought_in(run, other)
    assert cells_of(other.centre) == before
    Business.objects.filter(centre=office.centre).delete()


def test_nothing_in_a_file_for_a_spreadsheet_is_a_formula(office: User, tmp_path: Path) -> None:
    create_business(
        centre=office.centre,
        by=office,
        facts=BusinessFacts(sign_name='=HYPERLINK("http://x")', note="@SUM(A1)"),
    )
    [_mark, _head, line] = exporting.csv_lines(Business.objects.filter(centre=office.centre))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in next(csv.reader([line], delimiter=";")))
    content = exported(office.centre, "geojson", tmp_path).decode()
    [feature] = json.loads(content)["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["sign_name"] == '=HYPERLINK("http://x")'


def test_every_broken_row_is_named_and_nothing_comes_in(office: User) -> None:
    content = listed(
        ["1", "Eisenbahnstraße", "52", "Imbiss", "offen", ""],
        ["2", "Eisenbahnstraße", "", "Ohne Nummer", "", ""],
        ["3", "Eisenbahnstraße", "99999", "Zu hoch", "", ""],
        ["4", "", "", "", "Leerstand", ""],
        ["5", "Konradstraße", "7", "Friseur", "irgendwie", ""],
        ["5", "Konradstraße", "9", "Noch einer", "", ""],
        ["7", "Konradstraße", "11", "Böse\u202e", "", ""],
    )
    run = checked(office, content)
    named = {
        line: (field, message)
        for line, field, message in run.problems.values_list("line", "field", "message")
    }
    assert set(named) == {3, 4, 5, 6, 7, 8}
    assert named[3][0] == "house_number"
    assert "irgendwie" in named[6][1]
    assert named[7] == ("reference", named[7][1])
    assert "6" in named[7][1]
    assert run.broken_rows == 6
    with pytest.raises(ImportStateError):
        services.start_import(run=run, by=office)
    assert not Business.objects.filter(centre=office.centre).exists()


def test_a_number_changes_a_door_and_name_ask(office: User) -> None:
    known = create_business(centre=office.centre, by=office, facts=BusinessFacts(
        door=Door(street="Eisenbahnstraße", house_number=52), sign_name="Imbiss Hoa Sen", phone="1", note="bleibt", reference="1",
    ))  # fmt: skip
    content = listed(
        ["1", "Eisenbahnstr.", "52", "Imbiss Hoa Sen", "geschlossen", "2"],
        ["", "Eisenbahnstraße", "52", "IMBISS  Hòa Sen", "", "3"],
        ["", "Eisenbahnstraße", "54", "Neu", "", ""],
        ["", "Eisenbahnstr", "54", "neu", "", ""],
    )
    run = checked(office, content)
    plans = dict(run.staged_rows.values_list("line", "plan"))
    assert plans == {2: RowPlan.CHANGED, 3: RowPlan.DOUBT, 4: RowPlan.NEW, 5: RowPlan.DOUBT}
    assert run.staged_rows.get(line=3).match == known
    assert run.staged_rows.get(line=5).match_line == 4
    with pytest.raises(ImportStateError):
        services.start_import(run=run, by=office)
    assert services.decide(run=run, choice=RowChoice.UPDATE, by=office) == 2
    services.decide(run=run, choice=RowChoice.SKIP, by=office, lines=[5])
    brought_in(run, office)
    assert run.result == {"made": 1, "changed": 2, "same": 0, "skipped": 1}
    known.refresh_from_db()
    assert (known.status, known.phone, known.note, known.revision) == (Status.CLOSED, "3", "bleibt", 3)
    assert Business.objects.filter(centre=office.centre).count() == 2
    assert not RegisterRow.objects.filter(run=run).exists()


def test_undone_it_is_as_it_was_except_where_somebody_worked_on(office: User) -> None:
    known = create_business(
        centre=office.centre, by=office, facts=BusinessFacts(sign_name="Alt", reference="1", phone="1")
    )
    before = cells_of(office.centre)
    run = checked(
        office,
        listed(
            ["1", "", "", "Neu", "", "2"],
            ["2", "Konradstraße", "1", "A", "", ""],
            ["3", "Konradstraße", "3", "B", "", ""],
        ),
    )
    brought_in(run, office)
    services.undo_import(run=run, by=office)
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.result["undone"], run.result["put_back"], run.result["kept"]) == (
        "undone",
        2,
        1,
        0,
    )
    assert cells_of(office.centre) == before
    known.refresh_from_db()
    assert known.sign_name == "Alt"
    run = brought_in(
        checked(
            office, listed(["2", "Konradstraße", "1", "A", "", ""], ["3", "Konradstraße", "3", "B", "", ""])
        ),
        office,
    )
    observe(business=Business.objects.get(reference="2"), status=Status.OPEN, by=office)
    services.undo_import(run=run, by=office)
    run_queue()
    run.refresh_from_db()
    assert (run.result["undone"], run.result["kept"]) == (1, 1)
    assert Business.objects.filter(reference="2").exists()


def test_who_came_since_the_check_is_not_doubled(office: User) -> None:
    run = checked(office, listed(["", "Konradstraße", "1", "Laden", "", ""]))
    create_business(
        centre=office.centre,
        by=office,
        facts=BusinessFacts(door=Door(street="Konradstraße", house_number=1), sign_name="Laden"),
    )
    brought_in(run, office)
    assert (run.state, run.fault) == ("checked", "check_again")
    assert Business.objects.filter(centre=office.centre).count() == 1
    services.check_again(run=run, by=office)
    run_queue()
    assert RegisterRow.objects.get(run=run).plan == RowPlan.SAME


def test_a_failure_in_the_middle_leaves_nothing(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    run = checked(
        office,
        listed(*[["", "Konradstraße", str(number), f"Laden {number}", "", ""] for number in range(1, 30)]),
    )
    monkeypatch.setattr("businesses.exchange.checking.CHUNK", 10)
    monkeypatch.setattr("businesses.exchange.writing.Writer.link_predecessors", lambda _self: 1 / 0)
    services.start_import(run=run, by=office)
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.fault) == ("importing", "broken")
    assert not Business.objects.filter(centre=office.centre).exists()


def test_an_address_in_one_cell(office: User) -> None:
    create_business(
        centre=office.centre,
        by=office,
        facts=BusinessFacts(door=Door(street="Straße des 18. Oktober", house_number=3), sign_name="A"),
    )
    rows = [["Straße des 18. Oktober 5 b", "B"], ["Eisenbahnstr. 101", "C"]]
    run = brought_in(checked(office, listed(*rows, heads=["Adresse", "Firma"])), office)
    assert run.result["made"] == 2
    assert {str(b.premises and b.address) for b in Business.objects.filter(centre=office.centre)} == {
        "Straße des 18. Oktober 3", "Straße des 18. Oktober 5b", "Eisenbahnstr. 101",
    }  # fmt: skip


def test_what_was_measured_is_not_moved_by_a_list(office: User) -> None:
    create_business(
        centre=office.centre,
        by=office,
        facts=BusinessFacts(door=Door(street="Konradstraße", house_number=1), sign_name="A", reference="1"),
    )
    Premises.objects.update(
        latitude="51.300000", longitude="12.400000", position_source=PositionSource.MEASURED
    )
    heads = ["Nr", "Straße", "Hausnummer", "Name", "lat", "lon"]
    run = checked(
        office,
        listed(
            ["1", "Konradstraße", "1", "A", "51,4", "12,5"],
            ["2", "Konradstraße", "2", "B", "51.4", "12.5"],
            heads=heads,
        ),
    )
    assert dict(run.staged_rows.values_list("line", "plan")) == {2: RowPlan.SAME, 3: RowPlan.NEW}
    brought_in(run, office)
    assert set(Premises.objects.values_list("latitude", "position_source")) == {
        (Premises.objects.get(house_number=1).latitude, "measured"), (Premises.objects.get(house_number=2).latitude, "imported"),
    }  # fmt: skip
    assert str(Premises.objects.get(house_number=1).latitude) == "51.300000"


def test_seen_on_becomes_the_history(office: User) -> None:
    heads = [*HEADS, "gesehen am"]
    brought_in(
        checked(office, listed(["1", "Konradstraße", "1", "A", "offen", "", "3.2.2026"], heads=heads)), office
    )
    [seen] = Observation.objects.filter(business__centre=office.centre)
    assert (seen.seen_on.isoformat(), seen.by) == ("2026-02-03", office)
