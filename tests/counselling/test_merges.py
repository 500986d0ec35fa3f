"""Two records of one person made one: nothing is lost, old numbers find the person, and all of it can be taken back."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from counselling import services
from counselling.errors import (
    MergeContradictionError,
    MergeStandsError,
    NotAllowedError,
    NotMergeableError,
    RecordChangedError,
)
from counselling.merging.facts import ABSORBED, BOTH, KEPT, facts, merged_values
from counselling.merging.preview import clashes, what_moves, what_undoing_does
from counselling.merging.relations import all_relations
from counselling.models import Client, Consent, EmergencyAccess, FollowUp, Merge
from counselling.models.client import ClientQuerySet
from counselling.search import find
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import (
    AppointmentFactory,
    ChargeFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
    ReferralFactory,
)
from tests.counselling.test_merge_and_back import dump
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, VacancyFactory


def merge(kept: Client, absorbed: Client, by: Any, **choices: str) -> Merge:
    return services.merge_clients(kept=kept, absorbed=absorbed, choices=choices, by=by, submission=uuid4())


@pytest.fixture
def two(counsellor: Any) -> tuple[Client, Client]:
    kept = ClientFactory(counsellor=counsellor, number="K-2026-0001", phone="0151 1111", training="Köchin")
    absorbed = ClientFactory(
        counsellor=counsellor, number="K-2026-0777", family_name="حداد", latin_family_name="Hadad",
        spoken_languages=["ar", "fr"], training="Bäckerin", district="Reudnitz", phone="0151 2222",
    )  # fmt: skip
    return kept, absorbed


def finds(user: Any, text: str) -> list[Client]:
    clients: ClientQuerySet = Client.objects.visible_to(user)
    return find(clients, text, centre_id=user.centre_id)


def test_every_column_that_points_at_a_client_is_known() -> None:
    """Asked the other way round than the merge asks: no table of any room is left out."""
    pointing = {
        f"{model._meta.label_lower}:{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.remote_field is not None and field.remote_field.model is Client
    }
    assert len(pointing) >= 12
    assert {one.key for one in all_relations()} == pointing
    assert {"competence.assessment:client", "placements.placement:client"} < pointing


@pytest.mark.django_db
class TestMerging:
    def test_all_moves_and_the_other_number_still_finds(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        talk = ConsultationFactory(client=absorbed)
        step, seen, sent = (
            FollowUpFactory(client=absorbed),
            AppointmentFactory(client=absorbed),
            ReferralFactory(client=absorbed),
        )
        placed = PlacementFactory(client=absorbed, centre=kept.centre)
        assert {count.n for count in what_moves(absorbed)} == {1}
        merge(kept, absorbed, counsellor, training=ABSORBED)
        for row in (talk, step, seen, sent, placed):
            row.refresh_from_db()
            assert row.client == kept
        kept.refresh_from_db()
        assert (kept.number, kept.training, kept.district) == ("K-2026-0001", "Bäckerin", "Reudnitz")
        assert kept.spoken_languages == ["ar", "ku", "fr"]
        assert "Amal Hadad" in kept.aliases
        for typed in ("777", "K-2026-0777", "Hadad", "حداد", "0151 2222", "0001"):
            assert finds(counsellor, typed) == [kept], typed
        assert what_moves(absorbed) == []

    def test_the_log_tells_of_both_records_without_their_values(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        merge(kept, absorbed, counsellor)
        entries = Entry.objects.filter(detail__reason="merge")
        assert {entry.object_id for entry in entries} == {str(kept.pk), str(absorbed.pk)}
        assert "Hadad" not in str([entry.detail for entry in entries])

    def test_sent_twice_it_is_one_merge(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        submission = uuid4()
        first, second = (
            services.merge_clients(
                kept=kept, absorbed=absorbed, choices={}, by=counsellor, submission=submission
            )
            for _ in range(2)
        )
        assert first == second

    def test_who_had_the_other_record_keeps_access(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        colleague, deputy = UserFactory(centre=counsellor.centre), UserFactory(centre=counsellor.centre)
        Client.objects.filter(pk=absorbed.pk).update(counsellor=colleague)
        absorbed.refresh_from_db()
        for user in (counsellor, deputy):
            ChargeFactory(client=absorbed, user=user)
        made = merge(kept, absorbed, counsellor)
        assert set(kept.deputies.all()) == {colleague, deputy}
        services.undo_merge(merge=made, by=counsellor)
        assert set(kept.deputies.all()) == set()
        assert set(absorbed.deputies.all()) == {counsellor, deputy}

    def test_a_deputyship_that_ends_does_not_end_the_access_to_ones_own_client(
        self, counsellor: Any, two: Any
    ) -> None:
        """Whoever is let in for a day to merge is in charge of the other record for good."""
        kept, absorbed = two
        colleague, twice = UserFactory(centre=counsellor.centre), UserFactory(centre=counsellor.centre)
        today, day = timezone.localdate(), dt.timedelta(days=1)
        Client.objects.filter(pk=absorbed.pk).update(counsellor=colleague)
        absorbed.refresh_from_db()
        ChargeFactory(client=absorbed, user=counsellor)
        services.add_deputy(client=kept, user=colleague, by=counsellor, until=today + day)
        services.add_deputy(
            client=kept, user=colleague, by=counsellor, since=today + 5 * day, until=today + 9 * day
        )
        for since, until in ((0, 2), (7, 9)):
            ChargeFactory(client=absorbed, user=twice, since=today + since * day, until=today + until * day)
        before = dump()
        made = merge(kept, absorbed, counsellor)

        def on(days: int) -> set[Any]:
            return set(kept.charges.deputies().on(today + days * day).values_list("user_id", flat=True))

        assert [colleague.pk in on(days) for days in (0, 1, 4, 5, 8, 9, 100)] == [True] * 7
        assert [twice.pk in on(days) for days in (0, 1, 2, 6, 7, 8, 9)] == [True, True, False, False, True, True, False]  # fmt: skip
        services.undo_merge(merge=made, by=counsellor)
        assert dump() == before

    def test_the_same_place_twice_is_kept_and_told(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        vacancy = VacancyFactory()
        mine, other = (PlacementFactory(client=one, vacancy=vacancy, centre=kept.centre) for one in two)
        ConsentFactory(client=kept)
        theirs = ConsentFactory(client=absorbed, explained_in="ru")
        made = merge(kept, absorbed, counsellor)
        told = {(clash.label, clash.words) for clash in clashes(made)}
        assert len(told) == 2
        assert any(str(vacancy) in words for _label, words in told)
        other.refresh_from_db()
        theirs.refresh_from_db()
        assert (mine.client, other.client, theirs.client) == (kept, absorbed, absorbed)

    def test_a_consent_taken_back_in_one_record_is_taken_back(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        now = timezone.now()
        ConsentFactory(client=kept, given_at=now - dt.timedelta(9), withdrawn_at=now - dt.timedelta(2))
        theirs = ConsentFactory(client=absorbed, given_at=now - dt.timedelta(5))
        made = merge(kept, absorbed, counsellor)
        assert not Consent.objects.in_force().filter(client=kept).exists()
        services.undo_merge(merge=made, by=counsellor)
        theirs.refresh_from_db()
        assert (theirs.client, theirs.withdrawn_at) == (absorbed, None)

    def test_what_was_taken_back_meanwhile_holds_for_both(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        mine, theirs = ConsentFactory(client=kept), ConsentFactory(client=absorbed)
        made = merge(kept, absorbed, counsellor)
        services.withdraw_consent(consent=mine, by=counsellor)
        services.undo_merge(merge=made, by=counsellor)
        theirs.refresh_from_db()
        assert theirs.withdrawn_at is not None

    def test_an_emergency_opening_grows_no_wider(self, counsellor: Any, coordinator: Any, two: Any) -> None:
        kept, absorbed = two
        services.break_glass(client=absorbed, reason="Anruf der Klinik", by=coordinator)
        opened = EmergencyAccess.objects.get()
        made = merge(kept, absorbed, counsellor)
        assert not EmergencyAccess.objects.now_open_to(coordinator).exists()
        assert EmergencyAccess.objects.to_notice(counsellor).get().client == kept
        services.undo_merge(merge=made, by=counsellor)
        assert EmergencyAccess.objects.get().until == opened.until

    def test_values_that_cannot_stand_together_change_nothing(
        self, counsellor: Any, two: Any, monkeypatch: Any
    ) -> None:
        kept, absorbed = two
        monkeypatch.setattr(
            "counselling.services.merges.merged_values", lambda *_: {"birth_date": dt.date(1990, 1, 1)}
        )
        FollowUpFactory(client=absorbed)
        before = dump()
        with pytest.raises(MergeContradictionError):
            merge(kept, absorbed, counsellor)
        assert dump() == before


@pytest.mark.django_db
class TestWhoMayMerge:
    def test_both_must_be_own(self, counsellor: Any, coordinator: Any, two: Any) -> None:
        kept, _absorbed = two
        colleague = UserFactory(centre=counsellor.centre)
        theirs = ClientFactory(counsellor=colleague)
        for by in (counsellor, colleague, coordinator):
            with pytest.raises(NotAllowedError):
                merge(kept, theirs, by)
        ChargeFactory(client=theirs, user=counsellor)
        assert merge(kept, theirs, counsellor).kept == kept

    def test_never_across_centres_never_with_itself_never_twice(
        self, counsellor: Any, stranger: Any, two: Any
    ) -> None:
        kept, absorbed = two
        for other in (ClientFactory(counsellor=stranger), kept):
            with pytest.raises(NotMergeableError):
                merge(kept, other, counsellor)
        merge(kept, absorbed, counsellor)
        for pair in ((kept, absorbed), (absorbed, kept), (ClientFactory(counsellor=counsellor), absorbed)):
            with pytest.raises(NotMergeableError):
                merge(*pair, counsellor)

    def test_only_what_was_compared_is_merged(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        services.update_client(client=absorbed, by=counsellor, revision=absorbed.revision, training="Lehrer")
        with pytest.raises(RecordChangedError):
            services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor, revisions=(1, 1))

    def test_a_colleague_is_asked_once_a_day(self, counsellor: Any, two: Any) -> None:
        kept, _absorbed = two
        theirs = ClientFactory(counsellor=UserFactory(centre=counsellor.centre))
        for _ in range(2):
            services.ask_in_charge(client=theirs, twin=kept, by=counsellor)
        asked = FollowUp.objects.get()
        assert (asked.client, asked.assigned_to, asked.due_on) == (
            theirs,
            theirs.counsellor,
            timezone.localdate(),
        )
        assert kept.number in asked.text
        services.ask_in_charge(client=theirs, by=counsellor)
        assert FollowUp.objects.count() == 2

    def test_nobody_asks_into_another_centre_or_about_a_strangers_client(
        self, counsellor: Any, stranger: Any
    ) -> None:
        theirs = ClientFactory(counsellor=UserFactory(centre=counsellor.centre))
        with pytest.raises(NotAllowedError):
            services.ask_in_charge(client=ClientFactory(counsellor=stranger), by=counsellor)
        with pytest.raises(NotAllowedError):
            services.ask_in_charge(
                client=theirs, twin=ClientFactory(counsellor=theirs.counsellor), by=counsellor
            )


@pytest.mark.django_db
class TestUndoing:
    def test_what_came_since_stays_and_what_was_changed_since_stays(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        talk = ConsultationFactory(client=absorbed)
        made = merge(kept, absorbed, counsellor, training=ABSORBED, phone=ABSORBED)
        later = ConsultationFactory(client=kept)
        kept.refresh_from_db()
        services.update_client(client=kept, by=counsellor, revision=kept.revision, training="Konditorin")
        way = what_undoing_does(Merge.objects.get())
        assert [count.n for count in way.returning] == [1]
        assert [count.n for count in way.staying] == [1]
        assert "Training and occupation" in way.edited or "Ausbildung und Beruf" in way.edited
        services.undo_merge(merge=made, by=counsellor)
        for row in (talk, later, kept, absorbed):
            row.refresh_from_db()
        assert (talk.client, later.client) == (absorbed, kept)
        assert (kept.training, kept.phone, absorbed.training) == ("Konditorin", "0151 1111", "Bäckerin")
        assert finds(counsellor, "777") == [absorbed]

    def test_what_was_deleted_meanwhile_stays_deleted(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        referral = ReferralFactory(client=absorbed)
        made = merge(kept, absorbed, counsellor)
        services.delete_referral(referral=referral, by=counsellor)
        services.undo_merge(merge=made, by=counsellor)
        assert not absorbed.referrals.exists()

    def test_thirty_days_and_not_longer(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        made = merge(kept, absorbed, counsellor)
        assert services.clear_old_merges(timezone.now()) == 0
        Merge.objects.update(merged_at=timezone.now() - dt.timedelta(days=30))
        with pytest.raises(MergeStandsError):
            services.undo_merge(merge=made, by=counsellor)
        assert services.clear_old_merges(timezone.now()) == 1
        made.refresh_from_db()
        assert made.details == {}
        assert services.clear_old_merges(timezone.now()) == 0
        assert finds(counsellor, "777") == [kept]
        assert what_undoing_does(made).returning == []

    def test_the_last_merge_is_undone_first(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        first = ClientFactory(counsellor=counsellor, number="K-2025-0009")
        before = dump()
        inner = merge(absorbed, first, counsellor)
        outer = merge(kept, absorbed, counsellor)
        first.refresh_from_db()
        assert first.merged_into == kept
        assert finds(counsellor, "K-2025-0009") == [kept]
        with pytest.raises(MergeStandsError):
            services.undo_merge(merge=inner, by=counsellor)
        services.undo_merge(merge=outer, by=counsellor)
        assert finds(counsellor, "K-2025-0009") == [absorbed]
        services.undo_merge(merge=inner, by=counsellor)
        services.undo_merge(merge=inner, by=counsellor)
        assert dump() == before

    def test_of_two_persons_neither_page_tells_of_the_other(self, counsellor: Any, two: Any) -> None:
        kept, absorbed = two
        for client in two:
            ConsentFactory(client=client)
        made = merge(kept, absorbed, counsellor)
        assert clashes(made)
        assert clashes(services.undo_merge(merge=made, by=counsellor)) == []

    def test_a_stranger_undoes_nothing(self, counsellor: Any, two: Any) -> None:
        made = merge(*two, counsellor)
        with pytest.raises(NotAllowedError):
            services.undo_merge(merge=made, by=UserFactory(centre=counsellor.centre))


def test_a_fact_is_asked_only_where_the_records_differ() -> None:
    one = Client(given_name="Amal", phone="1", nationalities=["Syrien"], district="")
    other = Client(given_name="Amal", phone="2", nationalities=["Irak"], district="Plagwitz")
    rows = {fact.name: fact for fact in facts(one, other)}
    assert [name for name, fact in rows.items() if fact.is_asked] == ["nationalities", "phone"]
    assert rows["nationalities"].usual == BOTH
    assert rows["street"].is_taken_over
    assert merged_values(one, other, {"phone": KEPT}) == {
        "nationalities": ["Syrien", "Irak"], "district": "Plagwitz",
    }  # fmt: skip
