"""Services: what is written, by whom, once, and with a line in the log."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from counselling import reports, services
from counselling.errors import (
    ConsentError,
    ConsentTakenBackError,
    NotAllowedError,
    RecordChangedError,
    TooManyTopicsError,
)
from counselling.models import Client, Consultation, FollowUp, ShortContact
from counselling.queries import has_consent
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.figures import Period
from tests.counselling.factories import (
    ChargeFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    ShortContactFactory,
    topic,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def _talk(by: User, **facts: Any) -> Consultation:
    given = {
        "held_at": timezone.now(),
        "channel": "phone",
        "minutes": 20,
        "languages": ["ar"],
        "main_topic": topic(),
    }
    return services.log_consultation(by=by, **(given | facts))


def test_numbers_run_without_gaps_per_centre_and_year(counsellor: User, stranger: User) -> None:
    day = dt.date(2026, 5, 1)
    names = [
        services.create_client(by=counsellor, given_name=name, entered_on=day).number for name in ("A", "B")
    ]
    assert names == ["K-2026-0001", "K-2026-0002"]
    with pytest.raises(TypeError):
        services.create_client(by=counsellor, entered_on=day, no_such_field=1)
    assert services.create_client(by=counsellor, given_name="C", entered_on=day).number == "K-2026-0003"
    assert services.create_client(by=stranger, given_name="D", entered_on=day).number == "K-2026-0001"
    assert (
        services.create_client(by=counsellor, given_name="E", entered_on=dt.date(2027, 1, 1)).number
        == "K-2027-0001"
    )
    assert Entry.objects.filter(action="create", object_type="counselling.client").count() == 5


@pytest.mark.django_db(transaction=True)
def test_equal_forms_at_the_same_moment_make_one_client_and_numbers_never_meet(counsellor: User) -> None:
    same, made, errors = uuid.uuid4(), [], []

    def create(submission: uuid.UUID) -> None:
        try:
            made.append(
                services.create_client(
                    by=User.objects.get(pk=counsellor.pk), submission=submission, given_name="Amal"
                )
            )
        except Exception as error:  # noqa: BLE001 - the assertion below shows it
            errors.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=create, args=(key,)) for key in (same, same, same, uuid.uuid4(), uuid.uuid4())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(made) == 5
    assert sorted(Client.objects.values_list("number", flat=True)) == [
        f"K-{timezone.localdate().year}-000{number}" for number in (1, 2, 3)
    ]
    assert connection.is_usable()


def test_the_programme_comes_from_the_centre(counsellor: User) -> None:
    counsellor.centre.current_programme_code = "iq-quadrat"
    counsellor.centre.save()
    client = services.create_client(by=counsellor, given_name="Amal")
    assert client.programme_code == "iq-quadrat"
    assert _talk(counsellor, client=client).programme_code == "iq-quadrat"
    assert _talk(counsellor, client=client, programme_code="").programme_code == ""


def test_a_client_is_changed_only_on_top_of_what_was_seen(counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    changed = services.update_client(client=client, by=counsellor, revision=1, district="Reudnitz")
    assert (changed.district, changed.revision) == ("Reudnitz", 2)
    with pytest.raises(RecordChangedError):
        services.update_client(client=client, by=counsellor, revision=1, district="Neustadt")
    assert Client.objects.get().district == "Reudnitz"
    assert Entry.objects.filter(action="change").get().detail == {"fields": ["district"]}


def test_only_who_is_in_charge_or_deputises_changes_a_client(
    counsellor: User, stranger: User, coordinator: User
) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    client = ClientFactory(counsellor=counsellor)
    for other in (colleague, stranger, coordinator):
        with pytest.raises(NotAllowedError):
            services.update_client(client=client, by=other, revision=1, district="X")
    ChargeFactory(client=client, user=colleague)
    assert (
        services.update_client(client=client, by=colleague, revision=1, district="Reudnitz").district
        == "Reudnitz"
    )


def test_reassigning_stays_inside_the_centre(counsellor: User, coordinator: User, stranger: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    colleague = UserFactory(centre=counsellor.centre)
    services.reassign_client(client=client, counsellor=colleague, by=coordinator)
    client.refresh_from_db()
    assert client.counsellor == colleague
    assert client.in_charge_since == timezone.localdate()
    with pytest.raises(NotAllowedError):
        services.reassign_client(client=client, counsellor=stranger, by=coordinator)
    with pytest.raises(NotAllowedError):
        services.reassign_client(client=client, counsellor=counsellor, by=counsellor)


def test_consents_are_given_once_withdrawn_and_given_again(counsellor: User, stranger: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    facts = {"client": client, "purpose": "ask_later", "text_version": "2026-1", "explained_in": "ar"}
    consent = services.give_consent(**facts, by=counsellor)
    assert services.give_consent(**facts, by=counsellor) == consent
    assert has_consent(client, "ask_later")
    services.withdraw_consent(consent=consent, by=counsellor)
    services.withdraw_consent(consent=consent, by=counsellor)
    assert not has_consent(client, "ask_later")
    assert services.give_consent(**facts, by=counsellor) != consent
    assert client.consents.count() == 2
    with pytest.raises(ConsentError):
        services.give_consent(**(facts | {"text_version": "1999-9"}), by=counsellor)
    with pytest.raises(ConsentError):
        services.give_consent(**(facts | {"purpose": "share_with_employer"}), by=counsellor)
    with pytest.raises(NotAllowedError):
        services.give_consent(**facts, by=stranger)


def test_a_consultation_with_its_next_step(counsellor: User) -> None:
    client, day = ClientFactory(counsellor=counsellor), dt.date(2026, 12, 1)
    earlier, submission = FollowUpFactory(client=client), uuid.uuid4()
    facts = {
        "client": client, "other_topics": [topic("housing"), topic("forms")], "next_step": "Zeugnis da?",
        "next_step_on": day, "finished_follow_ups": [earlier], "submission": submission,
    }  # fmt: skip
    made = _talk(counsellor, **facts)
    assert _talk(counsellor, **facts) == made
    assert {t.key for t in made.other_topics.all()} == {"housing", "forms"}
    step = FollowUp.objects.get(consultation=made)
    assert (step.text, step.due_on, step.assigned_to) == ("Zeugnis da?", day, counsellor)
    earlier.refresh_from_db()
    assert earlier.done_by == counsellor


def test_topics_are_one_and_two_others(counsellor: User) -> None:
    for others in (["application"], ["housing", "housing"], ["housing", "forms", "debts"]):
        with pytest.raises(TooManyTopicsError):
            _talk(counsellor, other_topics=[topic(key) for key in others])


def test_a_no_show_has_no_minutes_languages_and_topics(counsellor: User) -> None:
    made = _talk(counsellor, client=ClientFactory(counsellor=counsellor), is_no_show=True)
    assert (made.minutes, made.languages, made.main_topic) == (0, [], None)


def test_nobody_logs_with_another_s_client(counsellor: User, stranger: User) -> None:
    with pytest.raises(NotAllowedError):
        _talk(counsellor, client=ClientFactory(counsellor=stranger))


def test_only_the_author_corrects(counsellor: User) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    made = ConsultationFactory(client=ClientFactory(counsellor=counsellor, deputies=[colleague]))
    facts = {"consultation": made, "revision": 1, "other_topics": [], "minutes": 30, "main_topic": topic()}
    with pytest.raises(NotAllowedError):
        services.update_consultation(by=colleague, **facts)
    assert services.update_consultation(by=counsellor, **facts).minutes == 30
    with pytest.raises(RecordChangedError):
        services.update_consultation(by=counsellor, **facts)


def test_follow_ups_are_ticked_and_opened_again(counsellor: User, stranger: User) -> None:
    follow_up = services.create_follow_up(
        client=ClientFactory(counsellor=counsellor),
        text="Anrufen",
        due_on=dt.date(2026, 12, 1),
        by=counsellor,
    )
    assert services.finish_follow_up(follow_up=follow_up, by=counsellor).done_at
    assert services.reopen_follow_up(follow_up=follow_up, by=counsellor).done_at is None
    with pytest.raises(NotAllowedError):
        services.finish_follow_up(follow_up=follow_up, by=stranger)


def test_short_contacts_are_counted_once_and_undone_by_who_counted(counsellor: User) -> None:
    submission = uuid.uuid4()
    made = services.log_short_contact(
        by=counsellor, language="ar", topic=topic("housing"), submission=submission
    )
    assert (
        services.log_short_contact(
            by=counsellor, language="ar", topic=topic("housing"), submission=submission
        )
        == made
    )
    theirs = ShortContactFactory(counsellor=UserFactory(centre=counsellor.centre))
    with pytest.raises(NotAllowedError):
        services.undo_short_contact(short_contact=theirs, by=counsellor)
    services.undo_short_contact(short_contact=made, by=counsellor)
    assert list(ShortContact.objects.all()) == [theirs]


def test_group_events_are_counted_by_heads(counsellor: User) -> None:
    event = services.record_group_event(
        by=counsellor, title="Arbeitsrecht", at=timezone.now(), languages=["ar"], head_count=12
    )
    assert event.centre == counsellor.centre


def test_ensuring_topics_twice_changes_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # savepoint, read, release
        services.ensure_topics()


def test_the_way_down_from_a_figure_shows_the_day_of_the_clock_on_the_wall(counsellor: Any) -> None:
    at = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)  # half past midnight in Berlin
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=at)
    day = dt.date(2026, 3, 4)
    period = Period(starts_on=day, ends_on=day, centre_ids=(counsellor.centre_id,))
    (row,) = reports.contacts(period)
    assert row == talk
    for columns in (reports._CONTACT_COLUMNS, reports._SEVERAL_COLUMNS):
        assert columns[0][1](row) == day


def test_an_old_paper_puts_nothing_in_force_that_was_taken_back_since(counsellor: User, as_user: Any) -> None:
    client, now = ClientFactory(counsellor=counsellor), timezone.now()
    facts = {
        "client": client,
        "purpose": "ask_later",
        "text_version": "2026-1",
        "explained_in": "ar",
        "by": counsellor,
    }
    given = services.give_consent(**facts, given_at=now - dt.timedelta(days=5))
    services.withdraw_consent(consent=given, by=counsellor)
    with pytest.raises(ConsentTakenBackError):
        services.give_consent(**facts, given_at=now - dt.timedelta(days=3))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    sent = {
        "purpose": "ask_later",
        "text_version": "2026-1",
        "explained_in": "ar",
        "given_on": f"{yesterday}",
    }
    answer = as_user(counsellor).post(reverse("counselling:consent_give", args=[client.public_id]), sent)
    assert answer.status_code == 422
    assert "zurückgenommen" in answer.content.decode()
    assert not has_consent(client, "ask_later")
    services.give_consent(**facts)
    assert has_consent(client, "ask_later")
