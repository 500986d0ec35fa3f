"""What the tests of this room share: the loaded questionnaire and a section with one door."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import businesses
from businesses.models import Unit
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from tests.businesses.factories import AssignmentFactory, StreetFactory, UnitFactory, WaveFactory
from tests.fixtures.delivered import delivered
from tests.fixtures.people import CentreFactory, UserFactory

TODAY = timezone.localdate()
CONTENT = Path(businesses.__file__).parent / "content"


@pytest.fixture
def survey(db: None) -> Version:
    """The business survey as it is delivered."""
    return delivered(CONTENT)


@pytest.fixture
def unit(survey: Version, surveyor: User) -> Unit:
    """A snack bar at number 52 in the surveyor's section."""
    wave = WaveFactory(centre=surveyor.centre, version=survey, name="Herbst 2026")
    street = StreetFactory(centre=surveyor.centre)
    AssignmentFactory(wave=wave, surveyor=surveyor, street=street)
    found: Unit = UnitFactory(
        wave=wave, business__premises__street=street, business__premises__house_number=52,
        business__premises__position="left", business__sign_name="Imbiss Hoa Sen",
    )  # fmt: skip
    return found


@pytest.fixture
def core() -> dict[str, dict[str, Any]]:
    """Answers to every question of the core, and a yes to being contacted."""
    return {
        "v01_role": {"choices": ["owner"]}, "v02_founded": {"value": "1998"}, "v03_start": {"choices": ["new"]},
        "v05_goods": {"value": "Suppen und Nudeln"}, "v07_languages": {"choices": ["vi", "de"]}, "v09_heads": {"value": 4},
        "v10_full": {"value": 1}, "v11_part": {"value": 1}, "v12_marginal": {"value": 1}, "v14_trainees_now": {"value": 0},
        "v17_catchment": {"choices": ["quarter"]}, "v20_now": {"choices": ["good"]}, "v22_next": {"choices": ["better"]},
        "v23_plan": {"choices": ["expand"]}, "v24_right": {"choices": ["none"]}, "v25_willing": {"choices": ["rather_yes"]},
        "v28_count": {"value": "1"}, "v28_1_field": {"choices": ["kitchen"]}, "v28_1_number": {"value": 2},
        "v29_hires": {"value": 1},
        **{f"v31_{topic}": {"choices": ["some"]} for topic in (
            "german", "tax", "marketing", "law", "financing", "staff", "succession")},
        "consent_contact": {"choices": ["yes"]}, "consent_panel": {"choices": ["no"]},
    }  # fmt: skip


@pytest.fixture
def probes(unit: Unit, surveyor: User) -> dict[str, Unit]:
    """Doors beside the own section (even numbers 2 to 99 of one street, in one running wave), each wrong in one way."""
    wave, street = unit.wave, unit.business.premises.street
    wave.assignments.update(side="even", number_from=2, number_to=99)

    def door(number: int, **facts: Any) -> Unit:
        made: Unit = UnitFactory(
            **{"wave": wave, "business__premises__street": street, "business__premises__house_number": number}
            | facts
        )
        return made

    ended = WaveFactory(
        centre=wave.centre,
        version=wave.version,
        starts_on=TODAY - dt.timedelta(9),
        ends_on=TODAY - dt.timedelta(1),
    )
    ahead = WaveFactory(
        centre=wave.centre,
        version=wave.version,
        starts_on=TODAY + dt.timedelta(1),
        ends_on=TODAY + dt.timedelta(9),
    )
    closed = WaveFactory(centre=wave.centre, version=wave.version, closed_at=timezone.now())
    unassigned = WaveFactory(centre=wave.centre, version=wave.version)
    for other in (ended, ahead, closed):
        AssignmentFactory(wave=other, surveyor=surveyor, street=street)
    AssignmentFactory(
        wave=unassigned, surveyor=UserFactory(centre=wave.centre, roles=["surveyor"]), street=street
    )
    abroad = CentreFactory()
    foreign = WaveFactory(centre=abroad, version=wave.version)
    foreign_street = StreetFactory(centre=abroad)
    AssignmentFactory(
        wave=foreign, surveyor=UserFactory(centre=abroad, roles=["surveyor"]), street=foreign_street
    )
    return {
        "neighbouring section": door(100),
        "other side": door(53),
        "other street": door(
            52, business__premises__street=StreetFactory(centre=wave.centre, name="Torgauer Straße")
        ),
        "ended wave": door(54, wave=ended),
        "wave to come": door(56, wave=ahead),
        "closed wave": door(58, wave=closed),
        "wave of a colleague": door(60, wave=unassigned),
        "other centre": door(52, wave=foreign, business__premises__street=foreign_street),
    }
