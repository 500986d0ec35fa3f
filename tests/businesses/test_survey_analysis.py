"""The analysis of a wave: read in few queries, reckoned by the pure functions, and hidden by the rules."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from businesses.models import Business, CityFigure, Section, Unit, Wave, WzBranch
from businesses.quarter_sheet.figures import count_sheet
from businesses.survey_analysis.blocks import Block, Figure
from businesses.survey_analysis.chapters import BY_KEY, EVERY_KEY, KINDS, chapter_of
from businesses.survey_analysis.cuts import RefusedPartError, cut_for, offered
from businesses.survey_analysis.protection import Cut
from businesses.survey_analysis.rows import WaveRows, read_wave
from businesses.wz_sections import section_of
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from tests.businesses.bulk_waves import register, usual, wave_of

# Queries of a chapter, of two waves compared and of the board, with 3 units and with 90.
CHAPTER, COMPARISON, BOARD = 12, 21, 20
# Where pairs are hidden, the page names the branches of both waves that can be looked at instead.
INSTEAD_OF_PAIRS, FEW_PAIRS = 2, 20


@pytest.fixture
def shops(survey: Version, coordinator: User) -> list[Business]:
    """Sixty businesses on two sections of one street, in five branches."""
    return register(coordinator.centre, 60)


@pytest.fixture
def wave(shops: list[Business], survey: Version) -> Wave:
    """All of them interviewed but every fifth."""
    return wave_of(shops, survey, lambda n: usual(n) if n % 5 else None)


def read(wave: Wave) -> WaveRows:
    return read_wave(wave, EVERY_KEY)


def block(data: WaveRows, chapter: str, key: str, cut: Cut | None = None) -> Block:
    found = chapter_of(BY_KEY[chapter], data, cut)
    return next(one for one in found.blocks if one.key == key)


def figure(data: WaveRows, chapter: str, key: str, cut: Cut | None = None) -> Figure:
    return next(one for one in chapter_of(BY_KEY[chapter], data, cut).figures if one.key == key)


def cut_named(data: WaveRows, key: str) -> Cut:
    found = cut_for(key, offered(data))
    assert found is not None
    return found


# --- what is reckoned --------------------------------------------------------------------------------


def test_every_chapter_says_something_and_explains_it(wave: Wave) -> None:
    data = read(wave)
    explained: set[str] = set()
    for kind in KINDS:
        chapter = chapter_of(kind, data)
        assert chapter.blocks
        explained |= {code for part in chapter.blocks for code in part.about}
        for part in chapter.blocks:
            assert all(len(line.cells) == len(part.head) - 1 for line in part.lines), part.key
    assert {"rr1", "effective_branches", "density", "heads", "training_ladder", "balance", "need_profile", "immigrant_owned", "linkage"} <= explained  # fmt: skip


def test_the_response_by_hand(wave: Wave) -> None:
    with override("en"):
        assert figure(read(wave), "response", "rr1").value == "80 %"


def test_the_branches_by_hand(wave: Wave) -> None:
    """Five groups of twelve are four divisions: 12, 24, 12, 12."""
    with override("en"):
        data = read(wave)
        assert figure(data, "branches", "hhi").value == "0.280"
        assert figure(data, "branches", "effective_large_branches").value == "3.6"
        lines = block(data, "branches", "divisions").lines
        assert [line.cells[0].text for line in lines] == ["24", "12", "12", "12"]


def test_the_street_by_hand(wave: Wave) -> None:
    Unit.objects.filter(pk__in=wave.units.order_by("pk").values("pk")[:6]).update(status="vacant")
    with override("en"):
        data = read(wave)
        assert figure(data, "street", "density").value == "30.0"
        assert figure(data, "street", "vacancy_rate").value == "10 %"
        assert [line.cells[2].text for line in block(data, "street", "sections").lines] == ["6", "0"]


def test_jobs_are_those_of_the_quarter_sheet(wave: Wave) -> None:
    data = read(wave)
    sheet = count_sheet(wave, rest="-", whole="=", compare=False)
    with override("en"):
        assert figure(data, "jobs", "heads").value == str(sheet.total.heads)
        assert figure(data, "jobs", "trainees").value == str(sheet.total.trainees)
        by_place = block(data, "jobs", "sections").lines
        assert [line.cells[0].text for line in by_place] == [str(row.heads) for row in sheet.rows]
        ladder = block(data, "jobs", "ladder").lines
        shown = ["–" if count is None else str(count) for count in sheet.total.ladder.values()]
        assert [line.cells[0].text for line in ladder] == shown


def test_balances_and_shares_by_hand(wave: Wave) -> None:
    """Of 48 interviews n = 1, 2, 3, 4, 6 ... every third door is the same: 16 each."""
    data = read(wave)
    with override("en"):
        assert figure(data, "economy", "balance_v20_now").value == "±0 points"
        assert figure(data, "owners", "immigrant_owned").value == "67 %"
        assert figure(data, "owners", "linkage").value == "67 %"
        assert "n = 48 of 48" in figure(data, "owners", "linkage").base


def test_an_origin_counts_only_with_consent(shops: list[Business], survey: Version) -> None:
    wave = wave_of(shops, survey, lambda n: usual(n) | {"v06_consent": "yes" if n % 2 else "no"})
    with override("en"):
        assert "n = 30 of 60" in figure(read(wave), "owners", "immigrant_owned").base


def test_the_city_is_used_in_the_same_version_only_and_from_five_units_on(wave: Wave) -> None:
    for version, units in ((2025, 900), (2008, 100)):
        for code in ("47", "56", "95", "96"):
            branch = WzBranch.objects.get(version=version, code=code)
            CityFigure.objects.create(centre=wave.centre, branch=branch, year=2020, units=units, source="Amt")
    Unit.objects.filter(wave=wave, business__branch__code="95.2").exclude(
        pk__in=Unit.objects.filter(wave=wave, business__branch__code="95.2").order_by("pk").values("pk")[:4]
    ).delete()
    with override("en"):
        quotients = {
            line.name[:2]: line.cells[2].text for line in block(read(wave), "branches", "divisions").lines
        }
    # 24, 12, 12 and 4 of 52 units, a quarter each in the city.
    assert quotients == {"47": "1.85", "56": "0.92", "96": "0.92", "95": "–"}
    assert "400" in block(read(wave), "branches", "divisions").note


def test_no_city_no_quotient(wave: Wave) -> None:
    found = block(read(wave), "branches", "divisions")
    assert len(found.head) == 3
    assert found.about == ()


def test_divisions_lie_in_their_sections() -> None:
    assert [section_of(code, 2008) for code in ("01", "45", "47", "56", "96", "")] == [
        "A",
        "G",
        "G",
        "I",
        "S",
        "",
    ]
    assert [section_of(code, 2025) for code in ("46", "56", "61", "96")] == ["G", "I", "K", "T"]
    assert section_of("47", None) == ""


@pytest.mark.django_db
def test_every_division_of_the_classification_has_its_section() -> None:
    for version in (2008, 2025):
        rows = WzBranch.objects.filter(version=version)
        letters = set(rows.filter(level="section").values_list("code", flat=True))
        divisions = rows.filter(level="division").values_list("code", flat=True)
        assert {section_of(code, version) for code in divisions} == letters


# --- a part of the wave ------------------------------------------------------------------------------


def test_parts_are_offered_and_others_refused(wave: Wave) -> None:
    parts = offered(read(wave))
    kinds = {part.kind for part in parts}
    assert kinds == {"street", "section", "division"}
    with pytest.raises(RefusedPartError):
        cut_for("street-0", parts)


def test_a_part_is_refused_when_what_it_leaves_over_is_small(shops: list[Business], survey: Version) -> None:
    """All interviews but three in the first section: the first less the whole would tell of the three."""
    wave = wave_of(shops, survey, lambda n: usual(n) if n < 33 else None)
    assert [part for part in offered(read(wave)) if part.kind == "street"] == []


def test_a_part_says_what_is_in_it(wave: Wave) -> None:
    data = read(wave)
    cut = cut_named(data, f"street-{Section.objects.earliest('pk').pk}")
    with override("en"):
        assert figure(data, "economy", "balance_v20_now", cut).value != "–"
        assert "of 24 interviews" in figure(data, "economy", "balance_v20_now", cut).base
        assert figure(data, "branches", "effective_branches", cut).base.startswith("30 units")


def test_a_branch_has_no_vacancy(wave: Wave) -> None:
    data = read(wave)
    keys = {figure.key for figure in chapter_of(BY_KEY["street"], data, cut_named(data, "section-G")).figures}
    assert keys == set()


# --- pages -------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_open(office: Client, wave: Wave) -> None:
    for kind in KINDS:
        answer = office.get(reverse("businesses:survey_chapter", args=[wave.public_id, kind.key]))
        assert answer.status_code == 200
    assert (
        office.get(reverse("businesses:survey_chapter", args=[wave.public_id, "kochbuch"])).status_code == 404
    )


def test_a_refused_part_is_said_in_words_and_the_whole_is_shown(office: Client, wave: Wave) -> None:
    address = reverse("businesses:survey_chapter", args=[wave.public_id, "economy"])
    answer = office.get(address, {"part": "division-99"})
    assert answer.status_code == 422
    assert "Welle" in answer.content.decode()
    assert office.get(address, {"part": "section-G"}).status_code == 200


def test_a_wave_without_interviews_says_so(office: Client, shops: list[Business], survey: Version) -> None:
    wave = wave_of(shops, survey, lambda _n: None)
    answer = office.get(reverse("businesses:survey_chapter", args=[wave.public_id, "economy"]))
    assert answer.status_code == 200
    assert "Noch kein Interview" in answer.content.decode()
    assert "<table" not in answer.content.decode()


@pytest.mark.parametrize("number", [3, 90])
def test_the_queries_stay_the_same(
    office: Client, coordinator: User, survey: Version, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:  # fmt: skip
    shops = register(coordinator.centre, number)
    wave = wave_of(shops, survey, usual, months_ago=24)
    later = wave_of(shops, survey, usual)
    office.get(reverse("businesses:survey_analysis", args=[wave.public_id]))
    with django_assert_num_queries(CHAPTER):
        office.get(reverse("businesses:survey_chapter", args=[wave.public_id, "jobs"]))
    with django_assert_num_queries(COMPARISON + (INSTEAD_OF_PAIRS if number < FEW_PAIRS else 0)):
        office.get(reverse("businesses:survey_comparison", args=[later.public_id]))
    with django_assert_num_queries(BOARD):
        office.get(reverse("businesses:wave_board", args=[later.public_id]))
