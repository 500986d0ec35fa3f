"""Waves of any length in a few statements: units along a street, and interviews with given answers."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from businesses.models import Business, Interview, Premises, Section, Street, Unit, Wave, WzBranch
from iqquadrat.accounts.models import Centre, User
from iqquadrat.questionnaires.models import Answer, Response, Version
from iqquadrat.questionnaires.queries import version_content
from tests.businesses.factories import StreetFactory, WaveFactory
from tests.fixtures.people import UserFactory
from tests.rows.registry import store

CODES = ("56.1", "47.1", "47.7", "96.0", "95.2")

# What a business answers; None for no interview.
Said = Callable[[int], Mapping[str, Any] | None]


def register(
    centre: Centre, number: int, *, streets: int = 1, codes: Sequence[str] = CODES, sections: int = 2
) -> list[Business]:
    """Return businesses at doors of their own, each street cut into sections of equal length with 100 m of frontage."""
    held: list[Street] = [StreetFactory(centre=centre, name=f"Straße {n + 1}") for n in range(streets)]
    a_street = -(-number // streets)
    length = -(-a_street // sections)
    for street in held:
        for part in range(sections):
            Section.objects.create(
                street=street, name=f"Abschnitt {part + 1}", number_from=part * length + 1, number_to=(part + 1) * length,
                frontage_m=100,
            )  # fmt: skip
    premises = store(
        [
            Premises(centre=centre, street=held[n // a_street], house_number=n % a_street + 1)
            for n in range(number)
        ]
    )
    found = {branch.code: branch for branch in WzBranch.objects.filter(version=2008, code__in=codes)}
    return store(
        [
            Business(
                centre=centre,
                premises=premises[n],
                branch=found[codes[n % len(codes)]],
                sign_name=f"Laden {n}",
            )
            for n in range(number)
        ]
    )


def wave_of(businesses: Sequence[Business], version: Version, said: Said, *, months_ago: int = 0, **facts: Any) -> Wave:  # fmt: skip
    """Return a wave with these businesses; ``said`` tells by number what each answered."""
    begins = timezone.localdate() - dt.timedelta(days=30 * months_ago + 10)
    wave: Wave = WaveFactory(
        centre=businesses[0].centre,
        version=version,
        starts_on=begins,
        ends_on=begins + dt.timedelta(days=20),
        **facts,
    )
    answers = [said(n) for n in range(len(businesses))]
    store(
        [
            Unit(
                wave=wave,
                business=business,
                status=business.status,
                disposition="no_contact" if told is None else "complete",
            )
            for business, told in zip(businesses, answers, strict=True)
        ]
    )
    interview(wave, [(one, told) for one, told in zip(businesses, answers, strict=True) if told is not None])
    return wave


def interview(wave: Wave, told: Sequence[tuple[Business, Mapping[str, Any]]]) -> None:
    """Store finished interviews with their answers."""
    surveyor: User = UserFactory(centre=wave.centre, roles=["surveyor"])
    responses = store([Response(version=wave.version) for _one in told])
    now = timezone.now()
    store(
        [
            Interview(
                wave=wave, business=business, response=response, surveyor=surveyor, started_at=now, completed_at=now,
                disposition="complete",
            )
            for (business, _answers), response in zip(told, responses, strict=True)
        ]
    )  # fmt: skip
    items = version_content(wave.version_id).items_by_key
    Answer.objects.bulk_create(
        [
            _answer(response, items[key], value)
            for (_business, answers), response in zip(told, responses, strict=True)
            for key, value in answers.items()
        ],
        batch_size=5000,
    )


def _answer(response: Response, item: Any, value: Any) -> Answer:
    made = Answer(response=response, item=item, status="answered")
    if isinstance(value, int):
        made.number = value
    else:
        made.choices = [value] if isinstance(value, str) else list(value)
    return made


def usual(n: int) -> dict[str, Any]:
    """Answers of a business, different from door to door, every fifth one without an interview elsewhere."""
    heads = 2 + n % 5
    return {
        "v06_consent": "yes", "v06_country": "de" if n % 3 == 0 else "vn", "v07_languages": ["de", "vi"] if n % 2 else ["de"],
        "v09_heads": heads, "v10_full": n % 3, "v11_part": n % 2, "v12_marginal": 1, "v14_trainees_now": 1 if n % 4 == 0 and n % 3 else 0,
        "v19_suppliers": ["street"] if n % 3 else ["city"], "v20_now": ("good", "fair", "poor")[n % 3], "v21_past": ("better", "same", "worse")[n % 3],
        "v22_next": ("same", "better", "worse")[n % 3], "v23_plan": ("keep", "expand")[n % 2], "v24_right": ["trainer", "premises"] if n % 2 else ["none"],
        "v25_willing": ("yes", "no")[n % 3 > 0], "v28_count": n % 3, "v29_hires": n % 2, "v33_interest": ("quite", "none")[n % 2],
        **{f"v31_{topic}": ("none", "some", "urgent")[(n + at) % 3] for at, topic in enumerate(
            ("german", "tax", "marketing", "law", "financing", "staff", "succession"))},
    }  # fmt: skip
