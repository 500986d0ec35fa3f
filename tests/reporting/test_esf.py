"""The table of the European Social Fund Plus: twelve persons counted by hand, generated data in plain SQL, what always holds, the pages."""

import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from businesses.models import BusinessConsultation
from counselling.esf import GENDERS, INDICATORS
from counselling.models import Client, Participation, ParticipationQuestion, ParticipationSensitive
from counselling.participation import days_asked
from iqquadrat.core.figures import Period
from iqquadrat.reporting.catalogue import chapters_of, figure
from iqquadrat.reporting.esf import count_table, entities, indicator_codes, shown_table
from iqquadrat.reporting.queries import count_report, period_of, without_small_counts
from placements.models import Ownership
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory
from tests.counselling.participating import (
    CODE,
    MAY,
    ParticipationFactory,
    SensitiveFactory,
    esf_programme,
    known,
)
from tests.reporting.factories import ProgrammeFactory
from tests.reporting.recount import recounted, recounted_table
from tests.reporting.recount_esf import PERSONS, recounted_row

pytestmark = pytest.mark.django_db
JUNE = MAY + dt.timedelta(days=30)


@pytest.fixture
def period(counsellor: Any) -> Period:
    return period_of(esf_programme(counsellor.centre))


# Gender, status, age, school, voluntary answers that are yes, left, results on leaving, results after six months.
TWELVE: list[tuple[str, str, str, str, set[str] | None, bool, dict[str, bool] | None, dict[str, bool] | None]] = [
    ("woman", "unemployed", "under_18", "0", {"third_country", "foreign_background"}, True, {"in_education": True}, None),
    ("woman", "unemployed", "from_18", "2", {"foreign_background"}, True, {"in_employment": True, "qualification": True}, {"in_employment": True}),
    ("woman", "long_term", "from_30", "3", {"third_country"}, True, {"in_employment": True}, {}),
    ("woman", "long_term", "from_55", "4", {"disability", "rural"}, True, {}, None),
    ("woman", "inactive", "from_30", "6", set(), True, {"job_searching": True}, {"in_employment": True}),
    ("man", "inactive", "from_18", "1", {"homeless", "third_country"}, True, {"job_searching": True, "qualification": True}, None),
    ("man", "employed", "from_30", "7", None, True, {"in_employment": True}, {"in_employment": True, "improved": True}),
    ("man", "employed", "from_55", "8", {"minority"}, True, {}, {"in_employment": True}),
    ("man", "long_term", "", "", set(), False, None, None),
    ("man", "", "from_18", "5", None, True, {"in_employment": True}, {"in_employment": True}),
    ("non_binary", "unemployed", "from_30", "3", {"minority", "disability"}, False, None, None),
    ("not_stated", "inactive", "from_55", "2", set(), False, None, None),
]  # fmt: skip


@pytest.fixture
def twelve(counsellor: Any, period: Period) -> list[Participation]:
    rows = []
    for gender, status, age, school, voluntary, left, on_leaving, later in TWELVE:
        row = ParticipationFactory(
            client__counsellor=counsellor, gender=gender, status=status, age_band=age, isced=school, left_on=JUNE if left else None
        )  # fmt: skip
        if voluntary is not None:
            SensitiveFactory(participation=row, **dict.fromkeys(voluntary, "yes"))
        if on_leaving is not None:
            known(row, **on_leaving)
        if later is not None:
            known(row, "six_months", **later)
        rows.append(row)
    return rows


# Women, men, non-binary, not stated; not known: counted on the fingers of the list above.
BY_HAND: dict[str, tuple[list[int], int]] = {
    "eeco01": ([5, 5, 1, 1], 0),
    "eeco02": ([4, 1, 1, 0], 1), "eeco03": ([2, 1, 0, 0], 1), "eeco04": ([1, 1, 0, 1], 1), "eeco05": ([0, 2, 0, 0], 1),
    "eeco06": ([1, 0, 0, 0], 1), "eeco07": ([1, 2, 0, 0], 1), "eeco08": ([1, 1, 0, 1], 1),
    "eeco09": ([2, 1, 0, 1], 1), "eeco10": ([2, 0, 1, 0], 1), "eeco11": ([1, 3, 0, 0], 1),
    "eeco12": ([1, 0, 1, 0], 2), "eeco13": ([2, 1, 0, 0], 2), "eeco14": ([2, 0, 0, 0], 2), "eeco15": ([0, 1, 1, 0], 2),
    "eeco16": ([0, 1, 0, 0], 2), "eeco17": ([1, 0, 0, 0], 2),
    # Nine have left and are known. EECR04 leaves out who was employed, and the one whose status is not known.
    "eecr01": ([1, 1, 0, 0], 0), "eecr02": ([1, 0, 0, 0], 0), "eecr03": ([1, 1, 0, 0], 0), "eecr04": ([2, 0, 0, 0], 0),
    "eecr05": ([2, 0, 0, 0], 0), "eecr06": ([0, 1, 0, 0], 0),
}  # fmt: skip


def test_twelve_persons_by_hand(twelve: list[Participation], period: Period) -> None:
    table = count_table(period)
    assert {code: (list(table.row(code).cells), table.row(code).missing) for code in BY_HAND} == BY_HAND
    assert {code: figure(code).count(period) for code in BY_HAND} == {
        code: sum(cells) for code, (cells, _) in BY_HAND.items()
    }
    assert [row.code for part in table.parts for row in part.rows] == indicator_codes()


def test_what_was_found_out_too_late_is_not_known_and_counted_apart(counsellor: Any, period: Period) -> None:
    for after in (0, 28, 29):
        known(
            ParticipationFactory(client__counsellor=counsellor, left_on=JUNE), after=after, in_education=True
        )
    table = count_table(period)
    assert (table.row("eecr02").total, table.row("eecr02").missing) == (2, 1)
    assert recounted_table("esf_leaving", period) == {"known": 2, "late": 1}


def test_who_comes_again_counts_once(counsellor: Any, period: Period) -> None:
    client = ClientFactory(counsellor=counsellor)
    first = ParticipationFactory(client=client, status="inactive", left_on=JUNE)
    known(first, in_education=True)
    again = ParticipationFactory(
        client=client,
        status="employed",
        entered_on=JUNE + dt.timedelta(days=5),
        left_on=JUNE + dt.timedelta(days=9),
    )
    known(again, qualification=True)
    table = count_table(period)
    assert [table.row(code).total for code in ("eeco01", "eeco04", "eeco05", "eecr02", "eecr03")] == [
        1,
        1,
        0,
        0,
        1,
    ]
    other = esf_programme(counsellor.centre, code="another")
    ParticipationFactory(client=client, programme_code="another")
    assert count_table(period_of(other)).row("eeco01").total == 1


def test_an_erased_person_stays_in_the_table(
    twelve: list[Participation], period: Period, coordinator: Any
) -> None:
    from tests.rights.agreed import erase_by_two

    before = count_table(period)
    erase_by_two(client=twelve[3].client, by=coordinator)
    assert count_table(period) == before
    row = Participation.objects.get(pk=twelve[3].pk)
    assert (row.submission, row.created_by) == (None, None)


# --- Owners and their businesses ----------------------------------------------------------------------------
def _advised(counsellor: Any, **facts: Any) -> Any:
    business = BusinessFactory(centre=counsellor.centre, **facts)
    BusinessConsultation.objects.create(
        business=business, counsellor=counsellor, held_at=dt.datetime(2026, 5, 6, 10, tzinfo=dt.UTC), minutes=30, topic="staff",
        programme_code=CODE,
    )  # fmt: skip
    return business


def test_an_owner_counts_as_a_person_or_the_business_as_an_entity(counsellor: Any, period: Period) -> None:
    shop, other = (_advised(counsellor, size_band="2-4") for _each in range(2))
    owner = ParticipationFactory(client__counsellor=counsellor, status="employed", entered_on=JUNE)
    assert (figure("eeco05").count(period), figure("eeco19").count(period)) == (1, 2)
    Ownership.objects.create(client=owner.client, business=shop)
    assert list(entities(period)) == [other]
    assert (figure("eeco05").count(period), figure("eeco19").count(period)) == (1, 1)
    assert recounted("eeco19", period) == 1
    Participation.objects.update(programme_code="another")
    assert figure("eeco19").count(period) == 2


def test_sizes_of_businesses(counsellor: Any, period: Period) -> None:
    for band in ("1", "2-4", "5-9", "10-19", "20-49", "50+", ""):
        _advised(counsellor, size_band=band)
    BusinessFactory(centre=counsellor.centre, size_band="1")  # nobody has advised it
    assert recounted_table("eeco19_sizes", period) == {"micro": 3, "small": 2, "": 2}
    table = count_table(period)
    assert (table.row("eeco19").total, table.row("eeco19").missing, table.row("eeco18").total) == (5, 2, 0)


# --- What always holds ----------------------------------------------------------------------------------------
PERSON = st.fixed_dictionaries({
    "gender": st.sampled_from([gender.value for gender in GENDERS]),
    "status": st.sampled_from(["", "unemployed", "long_term", "inactive", "employed"]),
    "age_band": st.sampled_from(["", "under_18", "from_18", "from_30", "from_55"]),
    "isced": st.sampled_from(["", *"012345678"]),
    "entered": st.integers(0, 400),
    "stayed": st.none() | st.integers(0, 200),
    "voluntary": st.none() | st.lists(st.sampled_from(["", "yes", "no", "not_stated"]), min_size=6, max_size=6),
    "answered": st.none() | st.integers(0, 40),
    "result": st.sampled_from(["job_searching", "in_education", "qualification", "in_employment", "improved"]),
    "again": st.booleans(),
})  # fmt: skip


def _make(client: Client, facts: dict[str, Any]) -> None:
    first = dt.date(2026, 1, 1) + dt.timedelta(days=facts["entered"])
    stayed = facts["stayed"]
    row = ParticipationFactory(
        client=client, entered_on=first, left_on=None if stayed is None else first + dt.timedelta(days=stayed),
        **{name: facts[name] for name in ("gender", "status", "age_band", "isced")},
    )  # fmt: skip
    if facts["voluntary"]:
        names = ("third_country", "foreign_background", "minority", "disability", "homeless", "rural")
        ParticipationSensitive.objects.create(
            participation=row, **dict(zip(names, facts["voluntary"], strict=True))
        )
    if row.left_on is None:
        return
    fits = {
        "leaving": {"job_searching", "in_education", "qualification", "in_employment"},
        "six_months": {"in_employment", "improved"},
    }
    for kind in days_asked(row.left_on):
        if facts["answered"] is None:
            ParticipationQuestion.objects.create(
                participation=row, kind=kind, due_on=days_asked(row.left_on)[kind]
            )
        else:
            results = {facts["result"]: True} if facts["result"] in fits[kind] else {}
            known(row, kind, after=facts["answered"], **results)
    if facts["again"]:
        ParticipationFactory(client=client, entered_on=row.left_on + dt.timedelta(days=3), status="employed")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(people=st.lists(PERSON, max_size=9))
def test_the_table_adds_up_and_is_what_plain_sql_counts(
    counsellor: Any, period: Period, people: list[dict[str, Any]]
) -> None:
    Participation.objects.all().delete()
    for facts in people:
        _make(ClientFactory(counsellor=counsellor), facts)
    table = count_table(period)
    rows = {row.code: row for part in table.parts for row in part.rows}
    for one in INDICATORS:
        cells, missing = recounted_row(one.code, period)
        assert (list(rows[one.code].cells), rows[one.code].missing) == (cells, missing), one.code
        assert rows[one.code].total == sum(cells) == one.rows(period).count()
    total = {code: row.total or 0 for code, row in rows.items()}
    missing_of = {code: row.missing or 0 for code, row in rows.items()}
    assert total["eeco02"] + total["eeco04"] + total["eeco05"] == total["eeco01"] - missing_of["eeco02"]
    assert total["eeco03"] <= total["eeco02"]
    assert total["eeco09"] + total["eeco10"] + total["eeco11"] == total["eeco01"] - missing_of["eeco09"]
    assert total["eeco06"] + total["eeco07"] + total["eeco08"] <= total["eeco01"] - missing_of["eeco06"]
    found = {one.code: set(one.rows(period).values_list("pk", flat=True)) for one in INDICATORS}
    assert (
        not found["eeco06"] & found["eeco07"]
        | found["eeco07"] & found["eeco08"]
        | found["eeco06"] & found["eeco08"]
    )
    assert not found["eecr01"] & found["eecr04"]
    assert all(found[code] <= found["eeco01"] for code in found if code.startswith("eeco"))


def test_every_indicator_has_a_second_way() -> None:
    assert set(PERSONS) == {one.code for one in INDICATORS}


# --- Small counts ---------------------------------------------------------------------------------------------
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    answers=st.lists(
        st.tuples(st.sampled_from([gender.value for gender in GENDERS]), st.sampled_from(["yes", "no", ""])),
        max_size=40,
    )
)
def test_no_small_count_is_shown_or_left_to_subtraction(
    counsellor: Any, period: Period, answers: list[tuple[str, str]]
) -> None:
    Participation.objects.all().delete()
    clients = [ClientFactory.build(counsellor=counsellor, centre=counsellor.centre) for _each in answers]
    made = Participation.objects.bulk_create(
        ParticipationFactory.build(client=client, gender=gender)
        for client, (gender, _said) in zip(Client.objects.bulk_create(clients), answers, strict=True)
    )
    ParticipationSensitive.objects.bulk_create(
        ParticipationSensitive(participation=row, disability=said)
        for row, (_gender, said) in zip(made, answers, strict=True)
    )
    shown, full = shown_table(period), count_table(period)
    for part in shown.parts[:1]:
        for row in part.rows:
            counts = [*row.cells, row.total, row.missing]
            assert not [count for count in counts if count is not None and 0 < count < 5], row
            true = full.row(row.code)
            assert all(count in (None, real) for count, real in zip(row.cells, true.cells, strict=True))
    row = shown.row("eeco12")
    if None in row.cells and row.total is not None:
        # What is hidden in the row cannot be told: two cells at least, and together they leave room.
        assert row.cells.count(None) >= 2


# --- Pages ----------------------------------------------------------------------------------------------------
def test_the_chapter_belongs_to_programmes_that_report(period: Period, counsellor: Any) -> None:
    plain = ProgrammeFactory(centres=[counsellor.centre])
    assert "esf" not in chapters_of(plain)
    assert "esf" not in chapters_of(None)
    assert "esf" not in {chapter.key for chapter in count_report(plain, period_of(plain)).chapters}
    from iqquadrat.reporting.models import Programme

    report = count_report(Programme.objects.get(code=CODE), period)
    assert report.counted_as("eeco12").value == 0
    shown = [counted.figure.code for counted in without_small_counts(report).counted()]
    assert ("eeco12" in shown, "eeco11" in shown) == (False, True)


@pytest.fixture
def desk(coordinator: Any, as_user: Any) -> Any:
    return as_user(coordinator)


def test_the_page_hides_what_is_small(twelve: list[Participation], desk: Any) -> None:
    page = desk.get(f"/figures/esf/?programme={CODE}").content.decode()
    assert page.count("EECO") == 19
    assert '<span class="none">' in page
    assert desk.get(f"/figures/?programme={CODE}").content.decode().count("/figures/esf/") == 1


def test_the_figure_shows_no_small_count_and_no_records_of_voluntary_answers(
    twelve: list[Participation], desk: Any
) -> None:
    sensitive = desk.get(f"/figures/eeco12/?programme={CODE}").content.decode()
    assert '<p class="fig">' not in sensitive
    assert twelve[3].client.number not in sensitive
    plain = desk.get(f"/figures/eeco03/?programme={CODE}").content.decode()
    assert '<p class="fig">3</p>' in plain
    assert twelve[3].client.number in plain


def test_the_counsellor_finds_the_own_records(
    twelve: list[Participation], counsellor: Any, as_user: Any
) -> None:
    page = as_user(counsellor).get(f"/figures/eeco12/?programme={CODE}").content.decode()
    assert twelve[3].client.number in page
    assert '<p class="fig">2</p>' in page


def test_a_programme_that_does_not_report_leads_to_one_that_does(
    counsellor: Any, period: Period, desk: Any
) -> None:
    ProgrammeFactory(code="plain", centres=[counsellor.centre])
    page = desk.get("/figures/esf/?programme=plain").content.decode()
    assert f'href="?programme={CODE}"' in page
    for path in ("esf.xlsx", "esf.pdf"):
        assert desk.get(f"/figures/{path}?programme=plain").status_code == 404


def test_the_workbook_holds_all_counts(twelve: list[Participation], desk: Any) -> None:
    answer = desk.get(f"/figures/esf.xlsx?programme={CODE}")
    book = load_workbook(io.BytesIO(answer.content))
    rows = {row[0]: list(row[2:8]) for row in book.worksheets[0].iter_rows(min_row=5, values_only=True)}
    for code, (cells, missing) in BY_HAND.items():
        assert rows[code.upper()] == [*cells, sum(cells), missing], code
    assert len(list(book.worksheets[1].iter_rows())) == 26
    assert not [cell for sheet in book for line in sheet for cell in line if cell.data_type == "f"]


def test_the_paper_holds_the_table(twelve: list[Participation], desk: Any) -> None:
    answer = desk.get(f"/figures/esf.pdf?programme={CODE}")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "EECO19" in text
    assert "EECR06" in text
    assert twelve[0].client.number not in text
