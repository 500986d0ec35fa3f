"""Services, rules and constraints: what can follow what, what is needed for it, and what the database refuses."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from counselling.models import Consent
from counselling.queries import has_consent
from iqquadrat.accesslog.models import Entry
from placements.categories import COUNTING, EMPLOYMENT, PRIMARY, Category
from placements.enums import ORDER, CloseReason, FieldOfWork, Stage, TrialBasis, VacancyState
from placements.models import Placement, PlacementEvent, Vacancy
from placements.rules import next_stages
from placements.services import placements as services
from placements.services import vacancies
from placements.services.consents import agree_to_employer
from tests.counselling.factories import ClientFactory
from tests.placements.factories import PlacementFactory, VacancyFactory, agree, started

DAY = dt.date(2008, 3, 3)


@pytest.fixture
def pair(counsellor: Any) -> tuple[Any, Vacancy]:
    """A client and a vacancy to which the client has agreed."""
    client, vacancy = ClientFactory(counsellor=counsellor), VacancyFactory(centre=counsellor.centre)
    agree(client, vacancy)
    return client, vacancy


# --- Rules ----------------------------------------------------------------------------------------------
@given(st.sampled_from(list(Stage)))
def test_the_way_leads_forward_only_and_out_before_the_start(stage: Stage) -> None:
    following = next_stages(stage)
    if stage in (Stage.ENDED, Stage.CLOSED):
        assert following == []
    elif stage is Stage.STARTED:
        assert following == [Stage.ENDED]
    else:
        assert following[-1] is Stage.CLOSED
        assert all(ORDER.index(step) > ORDER.index(stage) for step in following[:-1])
        assert Stage.STARTED in following
        assert Stage.ENDED not in following


def test_every_category_says_what_it_counts_as() -> None:
    assert set(COUNTING) == set(Category)
    assert set(PRIMARY) < set(EMPLOYMENT)
    assert EMPLOYMENT == (Category.SV_FT, Category.SV_PT, Category.SUBS, Category.MINI)
    ranks = [(counting.headline, counting.rank) for counting in COUNTING.values()]
    assert len(set(ranks)) == len(ranks)


# --- Proposing ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_proposal_needs_the_consent_to_this_employer(counsellor: Any) -> None:
    client, vacancy = ClientFactory(counsellor=counsellor), VacancyFactory(centre=counsellor.centre)
    agree(client, VacancyFactory(centre=counsellor.centre))  # another employer is no help
    with pytest.raises(services.ConsentMissingError):
        services.propose(client=client, vacancy=vacancy, by=counsellor)
    assert not Placement.objects.exists()
    wish = services.propose(client=client, vacancy=vacancy, by=counsellor, stage=Stage.WISH)
    with pytest.raises(services.ConsentMissingError):
        services.advance(placement=wish, stage=Stage.PROPOSED, by=counsellor)
    agree_to_employer(client=client, vacancy=vacancy, explained_in="ar", by=counsellor)
    agree_to_employer(client=client, vacancy=vacancy, explained_in="ar", by=counsellor)
    assert Consent.objects.filter(client=client, employer_name=vacancy.employer).count() == 1
    services.advance(placement=wish, stage=Stage.PROPOSED, by=counsellor)
    assert services.current_stage(wish) is Stage.PROPOSED


@pytest.mark.django_db
def test_a_withdrawn_consent_stops_the_way_but_not_the_exit(counsellor: Any, pair: Any) -> None:
    client, vacancy = pair
    placement = services.propose(client=client, vacancy=vacancy, by=counsellor)
    Consent.objects.update(withdrawn_at=timezone.now())
    assert not has_consent(client, "share_with_employer", employer_name=vacancy.employer)
    with pytest.raises(services.ConsentMissingError):
        services.advance(placement=placement, stage=Stage.APPLIED, by=counsellor)
    services.advance(
        placement=placement, stage=Stage.CLOSED, by=counsellor, reason=CloseReason.CLIENT_DECLINED
    )
    assert services.current_stage(placement) is Stage.CLOSED


@pytest.mark.django_db
def test_the_same_vacancy_is_proposed_once(counsellor: Any, pair: Any) -> None:
    client, vacancy = pair
    mark = uuid.uuid4()
    first = services.propose(client=client, vacancy=vacancy, by=counsellor, submission=mark)
    assert services.propose(client=client, vacancy=vacancy, by=counsellor, submission=mark) == first
    assert services.propose(client=client, vacancy=vacancy, by=counsellor) == first
    assert (Placement.objects.count(), PlacementEvent.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_vacancy_of_another_centre_is_not_proposed(counsellor: Any) -> None:
    with pytest.raises(services.OtherCentreError):
        services.propose(client=ClientFactory(counsellor=counsellor), vacancy=VacancyFactory(), by=counsellor)


# --- Steps ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_whole_way_writes_its_facts_and_its_log(counsellor: Any, pair: Any) -> None:
    client, vacancy = pair
    placement = services.propose(client=client, vacancy=vacancy, by=counsellor)
    services.advance(placement=placement, stage=Stage.INTERVIEW, by=counsellor)
    services.advance(
        placement=placement,
        stage=Stage.TRIAL,
        by=counsellor,
        trial_basis=TrialBasis.ACTIVATION,
        trial_until=DAY,
    )
    services.advance(
        placement=placement,
        stage=Stage.STARTED,
        by=counsellor,
        category=Category.SV_PT,
        started_on=DAY,
        hours_per_week=25,
    )
    services.advance(
        placement=placement, stage=Stage.ENDED, by=counsellor, ended_on=DAY + dt.timedelta(days=90)
    )
    placement.refresh_from_db()
    assert (placement.category, placement.started_on, placement.hours_per_week) == ("SV_PT", DAY, 25)
    assert placement.counts_as_employment
    assert placement.counts_as_primary
    assert placement.revision == 5
    stages = list(PlacementEvent.objects.order_by("pk").values_list("stage", flat=True))
    assert stages == ["proposed", "interview", "trial", "started", "ended"]
    assert Entry.objects.filter(object_id=str(placement.pk), action="change").count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "facts"),
    [
        (Stage.TRIAL, {"trial_basis": TrialBasis.ACTIVATION}),
        (Stage.STARTED, {"category": Category.MINI}),
        (Stage.STARTED, {"started_on": DAY}),
        (Stage.CLOSED, {}),
        (Stage.ENDED, {"ended_on": DAY}),
        (Stage.WISH, {}),
    ],
)
def test_a_step_without_its_facts_or_out_of_turn_is_refused(
    counsellor: Any, pair: Any, stage: Stage, facts: dict[str, Any]
) -> None:
    client, vacancy = pair
    placement = services.propose(client=client, vacancy=vacancy, by=counsellor)
    with pytest.raises(services.StepNotPossibleError):
        services.advance(placement=placement, stage=stage, by=counsellor, **facts)
    assert PlacementEvent.objects.count() == 1


@pytest.mark.django_db
def test_undoing_takes_the_facts_back_and_keeps_both_in_the_log(counsellor: Any, pair: Any) -> None:
    client, vacancy = pair
    placement = services.propose(client=client, vacancy=vacancy, by=counsellor)
    services.advance(
        placement=placement, stage=Stage.STARTED, by=counsellor, category=Category.SV_FT, started_on=DAY
    )
    last = PlacementEvent.objects.latest("pk")
    services.undo_last_step(placement=placement, by=counsellor, event_id=last.pk)
    placement.refresh_from_db()
    assert (placement.category, placement.started_on) == ("", None)
    assert services.current_stage(placement) is Stage.PROPOSED
    assert PlacementEvent.objects.count() == 3
    # Pressed twice: the step seen is undone already, the one before stays.
    with pytest.raises(services.StepNotPossibleError):
        services.undo_last_step(placement=placement, by=counsellor, event_id=last.pk)
    with pytest.raises(services.StepNotPossibleError):
        services.undo_last_step(placement=placement, by=counsellor)
    services.advance(
        placement=placement, stage=Stage.TRIAL, by=counsellor, trial_basis="other", trial_until=DAY
    )
    assert services.current_stage(placement) is Stage.TRIAL


# --- Vacancies ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_vacancy_is_opened_once_and_changed_by_the_faster(counsellor: Any) -> None:
    facts = {"employer_name": "Bäckerei Levante", "title": "Bäckerin", "field_of_work": FieldOfWork.KITCHEN}
    mark = uuid.uuid4()
    first = vacancies.open_vacancy(by=counsellor, submission=mark, **facts)
    assert vacancies.open_vacancy(by=counsellor, submission=mark, **facts) == first
    vacancies.change_vacancy(vacancy=first, revision=1, by=counsellor, title="Bäckerin, nachts")
    with pytest.raises(vacancies.StaleVacancyError) as late:
        vacancies.change_vacancy(vacancy=first, revision=1, by=counsellor, title="anders")
    assert late.value.stored.title == "Bäckerin, nachts"
    vacancies.set_state(vacancy=first, state=VacancyState.FILLED, by=counsellor)
    first.refresh_from_db()
    assert (first.state, first.revision, first.title) == ("filled", 3, "Bäckerin, nachts")


@pytest.mark.django_db
def test_a_vacancy_past_its_day_is_no_longer_open(counsellor: Any) -> None:
    past = VacancyFactory(centre=counsellor.centre, valid_until=dt.date(2008, 1, 1))
    still = VacancyFactory(centre=counsellor.centre)
    assert past.has_expired
    assert list(Vacancy.objects.open()) == [still]


# --- What the database refuses --------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"category": "SV_FT"},
        {"started_on": DAY},
        {"category": "SV_FT", "started_on": DAY, "ended_on": DAY - dt.timedelta(days=1)},
        {"ended_on": DAY},
        {"trial_basis": "other"},
        {"trial_until": DAY},
        {"hours_per_week": 61},
        {"hours_per_week": 0},
    ],
)
def test_the_database_refuses_halves_of_pairs(facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlacementFactory(**facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts", [{"employer_name": "auch einer"}, {"business": None}, {"positions": 0}, {"hours_per_week": 61}]
)
def test_the_database_refuses_vacancies_of_nobody_and_of_two(facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VacancyFactory(**facts)


@pytest.mark.django_db
def test_an_exit_has_a_reason_and_nothing_else_has() -> None:
    placement = PlacementFactory()
    for stage, reason in ((Stage.CLOSED, ""), (Stage.APPLIED, "no_show")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlacementEvent.objects.create(
                placement=placement, stage=stage, reason=reason, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
            )


@pytest.mark.django_db
def test_the_log_of_steps_cannot_be_rewritten(counsellor: Any) -> None:
    event = started(ClientFactory(counsellor=counsellor)).events.get()
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE placements_placementevent SET stage = 'wish' WHERE id = %s", [event.pk])
