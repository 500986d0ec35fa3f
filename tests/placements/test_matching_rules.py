"""The checklist by hand: worked examples, the limits of each criterion, and what holds for all facts."""

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.enums import FieldOfWork, MatchGroup, WorkCertificate, WorkingSlot
from placements.matching.codes import FULL, Answer, Criterion, Group
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.matching.fit import Match, match, order
from placements.matching.hard import checks
from placements.matching.refusing import refused
from placements.matching.weights import WeightsError, all_weights, weights_on
from placements.models.vacancy import LICENCES

WEIGHTS = weights_on(dt.date(2026, 11, 27))
KITCHEN_HELP = VacancyFacts(
    field_of_work="kitchen", german="A2", hours=25, slots=frozenset({"mon_am", "tue_am", "wed_am", "thu_am"}), postal_code="04315",
    languages=frozenset({"ar", "tr"}), experience_years=1, licences_desired=frozenset({"b"}), certificates_required=frozenset({"hygiene"}),
)  # fmt: skip
AMAL = ClientFacts(
    experienced=frozenset({"kitchen"}), years={"kitchen": 6}, german="a2", german_source="counsellor", languages=frozenset({"ar", "ku"}),
    hours_from=20, hours_to=25, slots=frozenset({"mon_am", "tue_am", "wed_am"}), minutes_limit=45,
    certificates=frozenset({"hygiene"}), legal=Answer.YES,
)  # fmt: skip
NEAR = PairFacts(minutes=9, consent=Answer.YES)


def _points(found: Match) -> dict[str, int | None]:
    return {line.criterion.value: line.points for line in found.lines}


def test_a_worked_example() -> None:
    """Field 30 full, German 20 full, hours 15 half (three of four times), way 15 full, languages 10 half, experience 5 full, licence
    unknown: (30 + 20 + 7.5 + 15 + 5 + 5) of 95 = 82.5 of 95 = 86 of 100; 95 of 100 are known."""
    found = match(KITCHEN_HELP, AMAL, NEAR, WEIGHTS)
    assert _points(found) == {
        "field": 2, "german": 2, "hours": 1, "distance": 2, "languages": 1, "experience": 2, "licence": None,
    }  # fmt: skip
    assert (found.points, found.known, found.stated) == (165, 95, 100)
    assert (found.fit, found.coverage, found.group) == (86, 95, Group.GOOD)
    assert {one.check.value: one.answer.value for one in found.checks} == dict.fromkeys(
        ("open", "consent", "legal", "papers", "times"), "yes"
    )
    assert not found.needs_reason


def test_one_who_only_wishes_and_lives_far_away() -> None:
    """Field 30 half, German 20 half, hours 15 full, way 15 none, languages 10 none, experience 5 none, licence 5 half:
    (15 + 10 + 15 + 0 + 0 + 0 + 2.5) of 100 = 42.5: in part; the hygiene instruction is missing, a clear no."""
    rima = ClientFacts(
        experienced=frozenset({"office"}), wished=frozenset({"kitchen"}), german="a1", languages=frozenset({"ru"}), hours_from=10,
        hours_to=40, slots=frozenset(WorkingSlot.values), minutes_limit=30, licences=frozenset({"foreign"}), certificates=frozenset({"none"}),
    )  # fmt: skip
    found = match(KITCHEN_HELP, rima, PairFacts(minutes=50), WEIGHTS)
    assert (found.points, found.known, found.fit) == (85, 100, 42)
    assert found.group is Group.RATHER_NOT
    without = replace(KITCHEN_HELP, certificates_required=frozenset())
    assert match(without, rima, PairFacts(minutes=50), WEIGHTS).group is Group.PARTLY


def test_of_whom_little_is_known_no_figure_is_shown() -> None:
    """Only the field is known: 30 of 100, less than 60."""
    found = match(KITCHEN_HELP, ClientFacts(experienced=frozenset({"kitchen"})), PairFacts(), WEIGHTS)
    assert (found.coverage, found.group, found.needs_reason) == (30, Group.TOO_LITTLE, True)
    nobody = match(KITCHEN_HELP, ClientFacts(), PairFacts(), WEIGHTS)
    assert (nobody.fit, nobody.coverage, nobody.group) == (None, 0, Group.TOO_LITTLE)


def test_a_vacancy_that_states_little_is_compared_by_that_alone() -> None:
    """Field 30 full, German 20 none: 30 of 50 = 60 of 100: in part."""
    bare = VacancyFacts(field_of_work="sales", german="B2")
    found = match(bare, ClientFacts(trained=frozenset({"sales"}), german="a2"), PairFacts(), WEIGHTS)
    assert (found.stated, found.known, found.fit, found.group) == (50, 50, 60, Group.PARTLY)


@pytest.mark.parametrize(
    ("level", "points"),
    [("native", 2), ("c1", 2), ("b1", 2), ("a2", 1), ("a1", 0), ("none", 0), ("", None)],
)
def test_german_at_least_one_step_below_lower(level: str, points: int | None) -> None:
    found = match(
        VacancyFacts(field_of_work="sales", german="B1"), ClientFacts(german=level), PairFacts(), WEIGHTS
    )
    assert _points(found)["german"] == points


@pytest.mark.parametrize(
    ("low", "high", "points"),
    [(10, 40, 2), (20, 20, 2), (None, 20, 2), (None, 19, 1), (None, 5, 1), (None, 4, 0), (21, None, 1), (60, None, 1), (None, None, None)],
)  # fmt: skip
def test_hours_full_partial_under_a_quarter(low: int | None, high: int | None, points: int | None) -> None:
    vacancy = VacancyFacts(field_of_work="sales", hours=20)
    found = match(vacancy, ClientFacts(hours_from=low, hours_to=high), PairFacts(), WEIGHTS)
    assert _points(found)["hours"] == points


def test_short_work_for_somebody_who_needs_much_more_is_under_a_quarter() -> None:
    found = match(
        VacancyFacts(field_of_work="sales", hours=7), ClientFacts(hours_from=30), PairFacts(), WEIGHTS
    )
    assert _points(found)["hours"] == 0
    assert found.group is Group.RATHER_NOT


@pytest.mark.parametrize(
    ("minutes", "limit", "points"),
    [(0, None, 2), (15, 10, 2), (16, 16, 1), (46, 45, 0), (16, None, None), (None, 45, None)],
)
def test_the_way_near_within_beyond(minutes: int | None, limit: int | None, points: int | None) -> None:
    vacancy = VacancyFacts(field_of_work="sales", postal_code="04315")
    found = match(vacancy, ClientFacts(minutes_limit=limit), PairFacts(minutes=minutes), WEIGHTS)
    assert _points(found)["distance"] == points


def test_a_related_field_counts_half_both_ways() -> None:
    for wanted, done in (("warehouse", "driving"), ("driving", "warehouse")):
        found = match(
            VacancyFacts(field_of_work=wanted),
            ClientFacts(experienced=frozenset({done})),
            PairFacts(),
            WEIGHTS,
        )
        assert _points(found)["field"] == 1


def test_something_else_is_compared_by_people() -> None:
    found = match(VacancyFacts(field_of_work="other", experience_years=2), AMAL, PairFacts(), WEIGHTS)
    assert _points(found) == {"field": None, "experience": None}


@pytest.mark.parametrize(
    ("years", "points"), [({"kitchen": 4}, 2), ({"kitchen": 2}, 1), ({"kitchen": 1}, 0), ({}, None)]
)
def test_years_at_least_half_less(years: dict[str, int], points: int | None) -> None:
    client = ClientFacts(experienced=frozenset({"kitchen"}), years=years)
    found = match(VacancyFacts(field_of_work="kitchen", experience_years=4), client, PairFacts(), WEIGHTS)
    assert _points(found)["experience"] == points


def test_a_lorry_licence_covers_the_car_and_a_foreign_one_is_on_its_way() -> None:
    vacancy = VacancyFacts(field_of_work="driving", licences_required=frozenset({"b"}))
    answers = {
        code: next(
            one.answer
            for one in checks(vacancy, ClientFacts(licences=frozenset({code})), PairFacts())
            if one.check == "papers"
        )
        for code in ("b", "c", "foreign", "none", "a")
    }
    assert answers == {"b": "yes", "c": "yes", "foreign": "no", "none": "no", "a": "no"}
    unknown = checks(vacancy, ClientFacts(), PairFacts())
    assert {one.check.value: one.answer.value for one in unknown}["papers"] == "unknown"


def test_a_paper_in_free_words_stays_a_question() -> None:
    found = checks(VacancyFacts(field_of_work="care", other_required=True), AMAL, NEAR)
    assert {one.check.value: one.answer.value for one in found}["papers"] == "unknown"


def test_excluded_criteria_have_no_place() -> None:
    """There is no field that could carry them: who adds one has to change this list and think."""
    assert {one.name for one in fields(ClientFacts)} == {
        "experienced", "trained", "wished", "years", "german", "german_source", "languages", "hours_from", "hours_to", "slots",
        "minutes_limit", "licences", "certificates", "licence_in_progress", "certificates_in_progress", "legal",
    }  # fmt: skip
    assert {one.name for one in fields(PairFacts)} == {"minutes", "consent"}
    assert [group.value for group in Group] == MatchGroup.values


def test_an_address_that_asks_for_more_is_known() -> None:
    assert refused(["gender", "page", "Nationality", "GEN", "alter"]) == ["origin", "gender", "age"]
    assert refused(["group", "kind", "searching", "page"]) == []


def test_weights_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    text = (Path("placements/content/weights.toml")).read_text(encoding="utf-8")
    for wrong, right in (
        ("good_from = 75", "good_from = 30"),
        ("german = 20", ""),
        ("field = 30", "field = 0"),
    ):
        path = tmp_path / f"{hash(wrong)}.toml"
        path.write_text(text.replace(wrong, right), encoding="utf-8")
        with pytest.raises(WeightsError):
            all_weights(path)
    assert sum(WEIGHTS.criteria.values()) == 100
    assert WEIGHTS.criteria == {
        "field": 30,
        "german": 20,
        "hours": 15,
        "distance": 15,
        "languages": 10,
        "experience": 5,
        "licence": 5,
    }


# --- What holds for all facts --------------------------------------------------------------------------------------------

CODES = st.sampled_from(FieldOfWork.values)
LANGUAGES = st.frozensets(st.sampled_from(["ar", "ru", "vi", "en"]), max_size=3)
SLOTS = st.frozensets(st.sampled_from(WorkingSlot.values), max_size=8)
PAPERS = st.frozensets(st.sampled_from([str(code) for code in LICENCES]), max_size=2)
CERTIFICATES = st.frozensets(st.sampled_from(WorkCertificate.values), max_size=2)
LEVELS = st.sampled_from(["", "none", "a1", "a2", "b1", "b2", "c1", "native"])
HOURS = st.none() | st.integers(1, 60)
VACANCIES = st.builds(
    VacancyFacts, field_of_work=CODES, is_open=st.booleans(), german=st.sampled_from(["", "A1", "A2", "B1", "B2"]), hours=HOURS, slots=SLOTS,
    postal_code=st.sampled_from(["", "04315"]), languages=LANGUAGES, experience_years=st.none() | st.integers(1, 10),
    licences_required=PAPERS, licences_desired=PAPERS, certificates_required=CERTIFICATES, certificates_desired=CERTIFICATES,
)  # fmt: skip
CLIENTS = st.builds(
    ClientFacts, experienced=st.frozensets(CODES, max_size=3), trained=st.frozensets(CODES, max_size=1), wished=st.frozensets(CODES, max_size=2),
    years=st.dictionaries(CODES, st.integers(0, 12), max_size=3), german=LEVELS, languages=LANGUAGES, hours_from=HOURS, hours_to=HOURS,
    slots=SLOTS, minutes_limit=st.none() | st.integers(1, 120), licences=PAPERS, certificates=CERTIFICATES, legal=st.sampled_from(Answer),
)  # fmt: skip
PAIRS = st.builds(PairFacts, minutes=st.none() | st.integers(0, 150), consent=st.sampled_from(Answer))


@given(VACANCIES, CLIENTS, PAIRS)
def test_fit_and_coverage_stay_within_their_bounds(
    vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts
) -> None:
    found = match(vacancy, client, pair, WEIGHTS)
    assert 0 <= found.points <= FULL * found.known <= FULL * found.stated
    assert found.fit is None or 0 <= found.fit <= 100
    assert 0 <= found.coverage <= 100
    assert found.has_no <= (found.group is Group.RATHER_NOT)
    assert order(found)[0] == list(Group).index(found.group)


@given(VACANCIES, CLIENTS, PAIRS, st.sampled_from(list(Criterion)))
def test_more_in_one_criterion_never_lowers_the_fit(
    vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts, criterion: Criterion
) -> None:
    before = match(vacancy, client, pair, WEIGHTS)
    after = match(vacancy, *_better(vacancy, client, pair, criterion), WEIGHTS)
    known = {line.criterion for line in before.lines if line.points is not None}
    if criterion not in known:  # what was unknown is now full: it cannot lower the share either
        assert before.fit is None or after.points * before.known >= before.points * after.known
        return
    assert after.known == before.known
    assert after.points >= before.points


def _better(
    vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts, criterion: Criterion
) -> tuple[ClientFacts, PairFacts]:
    """The same client with this one criterion as good as it can be, and nothing else changed."""
    if criterion is Criterion.DISTANCE:
        return client, replace(pair, minutes=0)
    better = {
        Criterion.FIELD: {"trained": client.trained | {vacancy.field_of_work}},
        Criterion.GERMAN: {"german": "native"},
        Criterion.HOURS: {
            "hours_from": vacancy.hours if client.hours_from or client.hours_to else None,
            "hours_to": vacancy.hours if client.hours_from or client.hours_to else None,
            "slots": client.slots | vacancy.slots if client.slots else client.slots,
        },
        Criterion.LANGUAGES: {"languages": client.languages | vacancy.languages},
        Criterion.EXPERIENCE: {"years": {**client.years, vacancy.field_of_work: 40}},
        Criterion.LICENCE: {
            "licences": client.licences | vacancy.licences_desired if client.licences else client.licences,
            "certificates": client.certificates | vacancy.certificates_desired if client.certificates else client.certificates,
        },
    }[criterion]  # fmt: skip
    return replace(client, **better), pair  # type: ignore[arg-type]  # names of its own fields


@given(VACANCIES, CLIENTS, PAIRS)
def test_unknown_neither_excludes_nor_lowers(
    vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts
) -> None:
    """Forgetting one weak criterion never makes the fit worse, and never brings a no."""
    before = match(vacancy, client, pair, WEIGHTS)
    forgotten = match(vacancy, replace(client, german=""), pair, WEIGHTS)
    if dict.fromkeys(line.criterion for line in before.lines if line.points == 0).keys() >= {
        Criterion.GERMAN
    }:
        assert forgotten.points * before.known >= before.points * forgotten.known
    assert {one.check for one in forgotten.checks if one.answer is Answer.NO} <= {
        one.check for one in before.checks if one.answer is Answer.NO
    }
    nothing = match(replace(vacancy, is_open=True), ClientFacts(), PairFacts(), WEIGHTS)
    assert not nothing.has_no
