"""The demonstration at its real size (with fewer assessments, which cost most): the real project's figures, counted from records."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from businesses.event_lists import shares
from businesses.models import Event, EventSeries, Need, Wave
from businesses.quarter_sheet.figures import count_sheet
from competence.models import Assessment, EvidenceResult
from counselling.models import Client, Institution, Referral
from iqquadrat.accounts.models import Centre
from iqquadrat.core.figures import Period
from iqquadrat.demo import names, second_wave
from iqquadrat.demo.plan import Plan
from iqquadrat.demo.services import AlreadyThereError, build
from iqquadrat.questionnaires.models import Version
from iqquadrat.reporting.catalogue import breakdowns
from iqquadrat.reporting.catalogue import figures as all_figures
from iqquadrat.reporting.models import Programme
from placements import reminders
from placements.models import Placement, Vacancy
from placements.services.drafts import may_be_passed_on
from tests.reporting import recount

pytestmark = pytest.mark.django_db


def figures() -> dict[str, Any]:
    out = StringIO()
    call_command("report", programme="iq-quadrat", json="-", stdout=out)
    counted: dict[str, Any] = json.loads(out.getvalue())
    return counted


@pytest.fixture
def empty_house(db: None) -> None:
    call_command("load_questionnaires", verbosity=0, stdout=StringIO())


def assert_two_ways() -> None:
    """Every figure and table is what plain SQL counts: over both programmes, single months, a year's end, and without a programme."""
    for code, first, last in (
        ("iq-quadrat", "2007-07-01", "2008-10-31"), ("iq-quadrat", "2007-12-31", "2008-01-01"), ("iq-quadrat", "2008-02-01", "2008-02-29"),
        ("", "2007-01-01", "2030-12-31"), ("", "2008-03-01", "2009-03-31"), ("dialog", "2020-01-01", "2030-12-31"),
    ):  # fmt: skip
        programme = next((one for one in Programme.objects.all() if code and one.code.startswith(code)), None)
        period = Period(
            starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last), centre_ids=(Centre.objects.get().pk,),
            programme_code=programme.code if programme else "",
        )  # fmt: skip
        assert {one.code: one.count(period) for one in all_figures()} == {
            one: recount.recounted(one, period) for one in recount.FIGURES
        }
        tables = {
            one.code: {row.key: row.count for row in one.slices(period) if row.count} for one in breakdowns()
        }
        assert tables == {one: recount.recounted_table(one, period) for one in recount.BREAKDOWNS}


def test_the_real_projects_figures(empty_house: None) -> None:
    build(plan=Plan(assessments=30), say=lambda words: None)
    counted = figures()
    assert counted["persons_advised"] > 2500
    assert counted["businesses_surveyed"] == 112
    assert counted["employment_relationships"] == 34
    assert counted["primary_labour_market"] == 14
    assert counted["training_places_created"] == 4
    assert len([code for code, n in counted["breakdowns"]["languages"].items() if code and n]) >= 8
    assert counted["business_events"] > 20
    assert set(counted["breakdowns"]["assessment_languages"]) >= {"ru", "vi", "ar"}
    finished = Assessment.objects.filter(state="finished")
    assert EvidenceResult.objects.filter(assessment__in=finished).count() == finished.count() > 20
    survey = count_sheet(Wave.objects.get(name="Bedarfsermittlung Juli 2007"), rest="", whole="").total
    assert survey.vacant > 5
    assert 0 < survey.trainees < survey.fte < survey.heads
    second = Wave.objects.get(name=second_wave.NAME)
    first_talks, second_talks = (
        set(wave.interviews.values_list("business", flat=True))
        for wave in (Wave.objects.earliest("starts_on"), second)
    )
    assert (len(first_talks), len(first_talks & second_talks) > 70, bool(second_talks - first_talks)) == (
        112,
        True,
        True,
    )
    taken_over = second.units.filter(business__predecessor__units__wave__starts_on__lt=second.starts_on)
    assert taken_over.count() == second_wave.TAKEOVERS
    assert second.units.filter(status="closed").count() > 5
    assert Institution.objects.count() == 16
    assert {referral.arrived for referral in Referral.objects.all()} >= {"", "yes"}
    assert_two_ways()
    assert Need.objects.filter(programme_code="iq-quadrat").count() > 100
    assert not Need.objects.running().filter(programme_code="iq-quadrat").exists()
    assert Need.objects.running().filter(in_charge__isnull=True).exists()
    assert set(Event.objects.values_list("state", flat=True)) == {"planned", "held", "cancelled"}
    [course] = EventSeries.objects.all()
    assert any(share.is_enough for share in shares(course))
    present = Vacancy.objects.filter(state="open")
    assert {code for code, number in reminders.numbers(present, timezone.localdate()).items() if number} >= {
        "expired", "soon", "silent",
    }  # fmt: skip
    assert present.filter(certificates_required__len__gt=0).exists()
    assert not present.filter(in_charge=None).exists()
    assert [may_be_passed_on(draft) for draft in Vacancy.objects.filter(state="draft")].count(True) == 3
    a_primary = Placement.objects.filter(programme_code="iq-quadrat", category="SV_FT").first()
    assert a_primary is not None
    a_primary.delete()
    after = figures()
    assert (after["employment_relationships"], after["primary_labour_market"]) == (33, 13)


def test_it_is_repeatable_and_only_for_an_empty_house(empty_house: None) -> None:
    plan = Plan(persons=400, assessments=4, short_contacts=20)
    build(plan=plan, say=lambda words: None)
    first = list(
        Client.objects.order_by("number").values_list("number", "family_name", "birth_date", "phone")
    )
    with pytest.raises(AlreadyThereError):
        build(plan=plan, say=lambda words: None)
    with pytest.raises(CommandError, match="data already"):
        call_command("demo_data", stdout=StringIO())
    call_command("demo_data", if_empty=True, stdout=StringIO())
    assert Client.objects.count() == len(first)
    assert Centre.objects.count() == 1


@pytest.mark.parametrize("scale", ["0", "-1", "nan", "100000"])
def test_a_senseless_scale_is_refused(scale: str) -> None:
    with pytest.raises(CommandError):
        call_command("demo_data", scale=float(scale), stdout=StringIO())


@pytest.mark.parametrize("language", ["ar", "ku", "ru", "uk", "vi", "tr", "fa", "en", "fr", "de"])
def test_names_fit_to_the_language(language: str) -> None:
    from random import Random

    drawn = [names.draw(language, Random(seed)) for seed in range(60)]
    assert len({(name.given, name.family) for name in drawn}) > 25
    for name in drawn:
        if language in ("ar", "fa"):
            assert all("\u0600" <= char <= "\u06ff" or char in " \u200c" for char in name.given + name.family)
            assert name.latin_given.isascii()
        if language in ("ru", "uk"):
            assert all("\u0400" <= char <= "\u04ff" for char in name.given + name.family)
    assert Version.objects.count() == 0
