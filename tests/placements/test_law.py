"""What the law of a day allows: the tables at their borders, and what forms and services say to a breach."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from iqquadrat.core.forms import choice_field
from placements import law
from placements.categories import Category
from placements.enums import CloseReason, Funding, Stage, TrialBasis, TrialLonger
from placements.errors import AgainstLawError
from placements.models import Placement
from placements.process_forms import StepForm, SubsidyForm
from placements.rules import Rule, breaches, next_stages
from placements.services import placements as services
from tests.placements.factories import PlacementFactory, WageSubsidyFactory, agree, started

DAY = dt.date


# --- The tables ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "euros"),
    [
        (DAY(2003, 3, 31), None), (DAY(2003, 4, 1), 400), (DAY(2012, 12, 31), 400), (DAY(2013, 1, 1), 450), (DAY(2022, 9, 30), 450),
        (DAY(2022, 10, 1), 520), (DAY(2023, 12, 31), 520), (DAY(2024, 1, 1), 538), (DAY(2024, 12, 31), 538), (DAY(2025, 1, 1), 556),
        (DAY(2025, 12, 31), 556), (DAY(2026, 1, 1), 603),
    ],
)  # fmt: skip
def test_the_ceiling_of_a_minijob_is_the_one_of_its_day(day: dt.date, euros: int | None) -> None:
    line = law.in_force(law.MINI_JOB, day)
    assert (line.euros if line else None) == euros


@pytest.mark.parametrize(
    ("day", "least"), [(DAY(2012, 3, 31), None), (DAY(2012, 4, 1), 6), (DAY(2024, 3, 31), 6), (DAY(2024, 4, 1), 4)]
)  # fmt: skip
def test_an_introductory_qualification_became_shorter(day: dt.date, least: int | None) -> None:
    line = law.in_force(law.INTRODUCTORY_QUALIFICATION, day)
    assert (line.least if line else None) == least


@pytest.mark.parametrize(
    ("day", "source"),
    [(DAY(2012, 3, 31), None), (DAY(2012, 4, 1), law.SGB3_45_2012), (DAY(2016, 7, 31), law.SGB3_45_2012), (DAY(2016, 8, 1), law.SGB3_45)],
)  # fmt: skip
def test_the_twelve_weeks_of_an_activation_rest_on_the_law_of_their_day(
    day: dt.date, source: str | None
) -> None:
    line = law.in_force(law.ACTIVATION, day)
    assert (line.source if line else None) == source


def test_every_table_is_in_order_and_names_its_source() -> None:
    for table in (law.MINI_JOB, law.INTRODUCTORY_QUALIFICATION, law.ACTIVATION):
        days = [line.first_day for line in table]
        assert days == sorted(set(days))
        assert all("SGB" in line.source for line in table)


# --- What the facts of a step break ----------------------------------------------------------------------
def _start(**facts: Any) -> list[Rule]:
    given = {"category": Category.MINI, "started_on": DAY(2026, 3, 2)} | facts
    return [breach.rule for breach in breaches(Stage.STARTED, given)]


def test_a_minijob_above_the_ceiling_of_its_first_day() -> None:
    assert _start(monthly_pay=603) == []
    assert _start(monthly_pay=604) == [Rule.MINI_CEILING]
    assert _start(monthly_pay=603, started_on=DAY(2025, 12, 31)) == [Rule.MINI_CEILING]
    assert _start(monthly_pay=401, started_on=DAY(2007, 9, 3)) == [Rule.MINI_CEILING]
    assert _start(monthly_pay=9000, category=Category.SV_FT) == []
    assert _start(monthly_pay=None) == []
    assert _start(monthly_pay=9000, started_on=DAY(2001, 1, 1)) == []


@pytest.mark.parametrize(
    ("begins", "until", "found"),
    [
        (DAY(2024, 3, 31), DAY(2024, 9, 28), [Rule.EQ_TOO_SHORT]), (DAY(2024, 3, 31), DAY(2024, 9, 29), []),
        (DAY(2024, 4, 1), DAY(2024, 7, 30), [Rule.EQ_TOO_SHORT]), (DAY(2024, 4, 1), DAY(2024, 7, 31), []),
        (DAY(2026, 9, 1), DAY(2027, 8, 31), []), (DAY(2026, 9, 1), DAY(2027, 9, 1), [Rule.EQ_TOO_LONG]),
        (DAY(2007, 9, 1), DAY(2007, 10, 1), []),
    ],
)  # fmt: skip
def test_the_length_of_an_introductory_qualification(
    begins: dt.date, until: dt.date, found: list[Rule]
) -> None:
    assert _start(category=Category.EQ, started_on=begins, contract_until=until) == found


@pytest.mark.parametrize(
    ("days", "longer", "found"),
    [
        (42, "", []), (43, "", [Rule.TRIAL_REASON]), (43, TrialLonger.OBSTACLES, []), (84, TrialLonger.LONG_UNEMPLOYED, []),
        (85, TrialLonger.LONG_UNEMPLOYED, [Rule.TRIAL_TOO_LONG]), (0, "", [Rule.TRIAL_ENDS_FIRST]),
    ],
)  # fmt: skip
def test_an_activation_of_more_than_six_weeks_needs_a_reason_and_ends_after_twelve(
    days: int, longer: str, found: list[Rule]
) -> None:
    begins = DAY(2026, 3, 2)
    facts = {
        "trial_from": begins,
        "trial_until": begins + dt.timedelta(days=days - 1),
        "trial_longer": longer,
    }
    assert [b.rule for b in breaches(Stage.TRIAL, facts | {"trial_basis": TrialBasis.ACTIVATION})] == found
    other = [Rule.TRIAL_ENDS_FIRST] if days == 0 else []
    assert [b.rule for b in breaches(Stage.TRIAL, facts | {"trial_basis": TrialBasis.INTERNSHIP})] == other


# --- Services and forms ----------------------------------------------------------------------------------
@pytest.fixture
def placement(counsellor: Any) -> Placement:
    """A proposal to which the client has agreed."""
    made = PlacementFactory(client__counsellor=counsellor)
    agree(made.client, made.vacancy)
    return made


@pytest.mark.django_db
def test_the_service_refuses_what_the_law_does(placement: Placement, counsellor: Any) -> None:
    with pytest.raises(AgainstLawError) as refused:
        services.advance(
            placement=placement, stage=Stage.STARTED, by=counsellor, category=Category.MINI, started_on=DAY(2026, 3, 2),
            monthly_pay=650,
        )  # fmt: skip
    assert [(breach.field, breach.rule) for breach in refused.value.breaches] == [
        ("monthly_pay", Rule.MINI_CEILING)
    ]
    assert services.current_stage(placement) is Stage.PROPOSED
    begun = services.advance(
        placement=placement, stage=Stage.STARTED, by=counsellor, category=Category.MINI, started_on=DAY(2026, 3, 2), monthly_pay=603,
    )  # fmt: skip
    assert begun.monthly_pay == 603
    undone = services.undo_last_step(placement=placement, by=counsellor)
    assert undone.monthly_pay is None


@pytest.mark.django_db
def test_the_page_says_it_in_words_and_loses_nothing(
    placement: Placement, counsellor: Any, as_user: Any
) -> None:
    desk: Browser = as_user(counsellor)
    url = reverse("placements:placement_detail", args=[placement.public_id])
    typed = {"stage": "started", "category": "MINI", "started_on": "2.3.2026", "monthly_pay": "۶۵۰"}
    answer = desk.post(url, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "603 EUR" in page
    assert "Am 2.3.2026 darf" in page
    assert 'value="۶۵۰"' in page
    assert desk.post(url, typed | {"category": "SV_PT"}).status_code == 302
    placement.refresh_from_db()
    assert placement.monthly_pay == 650


@pytest.mark.django_db
def test_a_long_trial_is_taken_with_its_reason(placement: Placement, counsellor: Any, as_user: Any) -> None:
    desk: Browser = as_user(counsellor)
    url = reverse("placements:placement_detail", args=[placement.public_id])
    until = timezone.localdate() + dt.timedelta(weeks=8)
    typed = {"stage": "trial", "trial_basis": "activation", "trial_until": f"{until}"}
    assert "trial_longer" in desk.post(url, typed).context["form"].errors
    assert desk.post(url, typed | {"trial_longer": "obstacles"}).status_code == 302
    placement.refresh_from_db()
    assert placement.trial_from == timezone.localdate()
    assert placement.trial_longer == TrialLonger.OBSTACLES


# --- Codes that are no longer offered --------------------------------------------------------------------
def test_a_retired_code_is_offered_until_its_day_and_to_who_has_it() -> None:
    retired, since = Funding.SGB2_16D_WAGES, law.RETIRED[Funding][Funding.SGB2_16D_WAGES]
    before = [code for code, _label in law.offered(Funding, since - dt.timedelta(days=1))]
    after = [code for code, _label in law.offered(Funding, since)]
    assert retired in before
    assert retired not in after
    assert set(before) - set(after) == {retired}
    assert retired in [code for code, _label in law.offered(Funding, since, keep=retired)]
    assert [code for code, _label in law.offered(CloseReason, since)] == CloseReason.values


@pytest.mark.django_db
def test_an_old_record_shows_a_retired_code_and_editing_keeps_it(counsellor: Any, as_user: Any) -> None:
    desk: Browser = as_user(counsellor)
    old = started(
        PlacementFactory(client__counsellor=counsellor).client,
        Category.SUBS,
        DAY(2008, 3, 3),
        funding=Funding.SGB2_16D_WAGES,
    )
    subsidy = WageSubsidyFactory(placement=old, kind=Funding.SGB2_16D_WAGES)
    page = desk.get(reverse("placements:placement_detail", args=[old.public_id])).content.decode()
    assert "Arbeitsgelegenheit in der Entgeltvariante" in page
    url = reverse("placements:subsidy_edit", args=[subsidy.public_id])
    form = desk.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"percent": "75"}
    assert desk.post(url, typed).status_code == 302
    subsidy.refresh_from_db()
    assert (subsidy.kind, subsidy.percent) == (Funding.SGB2_16D_WAGES, 75)
    # Ending the work loses nothing either, and nobody is offered the code anew.
    agree(old.client, old.vacancy)
    services.advance(placement=old, stage=Stage.ENDED, by=counsellor, ended_on=DAY(2008, 9, 30))
    old.refresh_from_db()
    assert old.funding == Funding.SGB2_16D_WAGES
    fresh = PlacementFactory(client__counsellor=counsellor)
    step = StepForm(None, placement=fresh, stages=next_stages(Stage.PROPOSED))
    assert Funding.SGB2_16D_WAGES not in dict(choice_field(step, "funding").choices)
    assert Funding.SGB2_16D_WAGES not in dict(choice_field(SubsidyForm(), "kind").choices)
