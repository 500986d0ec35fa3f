"""Whom erasing reaches and whom it does not, who may, what stops it, and the list that outlives a backup."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from counselling.models import Client, Consultation
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Sitting, User
from iqquadrat.core.classification import Remains
from iqquadrat.rights import services
from iqquadrat.rights.belongings import rules
from iqquadrat.rights.enums import Outcome, RequestKind
from iqquadrat.rights.errors import AlreadyErasedError, HeldError, NotAllowedError, WrongNumberError
from iqquadrat.rights.models import Erasure, LegalHold, PersonRequest
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import CentreFactory, UserFactory
from tests.rights import canaries
from tests.rights.agreed import erase_by_two, propose
from tests.rights.conftest import YEAR


def test_others_lose_nothing(world: canaries.World, counsellor: User, coordinator: User) -> None:
    other = ClientFactory(counsellor=counsellor, family_name="Öztürk")
    talk = ConsultationFactory(client=other, concern="Zeugnis")
    entry = record(Action.VIEW, by=counsellor, obj=other, tab="data")
    sittings = Sitting.objects.count()
    erase_by_two(client=world.client, by=coordinator)
    other.refresh_from_db()
    talk.refresh_from_db()
    assert (other.family_name, talk.concern) == ("Öztürk", "Zeugnis")
    assert Entry.objects.get(pk=entry.pk).detail == {"tab": "data"}
    assert Sitting.objects.count() == sittings - 1


def test_the_remnant_is_nobody_and_in_no_list(
    world: canaries.World, counsellor: User, coordinator: User
) -> None:
    old = world.client
    made = erase_by_two(client=old, by=coordinator)
    left = Client.objects.get(pk=old.pk)
    assert left.number == made.left_as
    assert left.number.startswith("E-")
    assert left.public_id != old.public_id
    assert left.birth_date not in (None, old.birth_date)
    assert (left.birth_precision, left.gender, left.in_charge_since.day) == ("year", "female", 1)
    assert list(left.deputies.all()) == []
    assert not Client.objects.visible_to(counsellor).exists()
    assert not Client.objects.visible_to(coordinator).exists()
    assert not Consultation.objects.visible_to(counsellor).exists()
    assert Consultation.objects.facts_visible_to(coordinator).count() == 1
    browser = Browser()
    browser.force_login(counsellor)
    assert browser.get(f"/clients/{left.public_id}/").status_code == 404


def test_erasing_is_logged_without_a_name(world: canaries.World, coordinator: User) -> None:
    erase_by_two(client=world.client, by=coordinator)
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.user_id, entry.object_id) == (
        Action.DELETE,
        coordinator.pk,
        str(world.client.pk),
    )
    assert entry.detail == {"erased": True, "ground": "request"}
    assert {asked.outcome for asked in PersonRequest.objects.all()} == {Outcome.PARTLY, Outcome.DONE}


def test_the_wish_to_be_erased_is_fulfilled(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    wish = PersonRequest.objects.create(
        client=client,
        centre=client.centre,
        kind=RequestKind.ERASE,
        received_on=YEAR[0],
        due_on=YEAR[1],
        words="Bitte",
    )
    services.propose_erasing(request=wish, by=counsellor)
    made = services.erase_client(client=client, by=coordinator)
    wish.refresh_from_db()
    assert (wish.outcome, wish.words, wish.done_by) == (Outcome.DONE, "", coordinator)
    assert (made.proposed_by, made.by) == (counsellor, coordinator)


def test_a_merged_record_leads_to_the_person(world: canaries.World, coordinator: User) -> None:
    absorbed = Client.objects.get(merged_into=world.client)
    erase_by_two(client=absorbed, by=coordinator)
    assert Client.objects.filter(erased_at__isnull=True).count() == 0


def test_who_may_and_who_may_not(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    stranger = UserFactory(centre=CentreFactory(), roles=["coordinator"])
    for user in (counsellor, stranger):
        with pytest.raises(NotAllowedError):
            services.erase_client(client=client, by=user)
    with pytest.raises(WrongNumberError):
        services.erase_client(client=client, by=coordinator, typed_number="K-2026-9999")
    propose(client)
    services.erase_client(client=client, by=coordinator, typed_number=f" {client.number.lower()} ")
    with pytest.raises(AlreadyErasedError):
        services.erase_client(client=client, by=coordinator)


def test_a_legal_hold_stops_it_with_words(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    LegalHold.objects.create(client=client, reason="Klage am Sozialgericht", set_by=coordinator)
    with pytest.raises(HeldError) as held:
        services.erase_client(client=client, by=coordinator)
    assert held.value.hold.reason == "Klage am Sozialgericht"
    with pytest.raises(CommandError, match="Klage am Sozialgericht"):
        call_command("erase_client", client.number, stdout=io.StringIO())
    client.refresh_from_db()
    assert client.erased_at is None


def test_the_command_asks_which_centre_and_knows_nobody_twice(counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    twin = ClientFactory(number=client.number)
    with pytest.raises(CommandError, match="Several centres"):
        call_command("erase_client", client.number, stdout=io.StringIO())
    with pytest.raises(CommandError, match="no client"):
        call_command("erase_client", "K-1999-0001", stdout=io.StringIO())
    output = io.StringIO()
    call_command("erase_client", client.number, centre=client.centre.code, dry_run=True, stdout=output)
    client.refresh_from_db()
    assert client.erased_at is None
    assert "A row without a name" in output.getvalue()
    call_command("erase_client", client.number, centre=client.centre.code, stdout=output)
    twin.refresh_from_db()
    client.refresh_from_db()
    assert (twin.erased_at, client.erased_at is None) == (None, False)


def test_a_restored_backup_is_brought_up_to_date(
    counsellor: User, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """The list outside the database names nobody, and finds whoever is back."""
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    client = ClientFactory(counsellor=counsellor)
    stays = ClientFactory(counsellor=counsellor)
    identifier, number = client.public_id, client.number
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_client(client=client, by=None)
    written = Path(settings.ERASURE_LIST).read_text(encoding="ascii")
    assert str(identifier) not in written
    assert number not in written
    # The backup is older than the erasing: the person is back, and the list in the database knows of nothing.
    Erasure.objects.all().delete()
    back = ClientFactory(counsellor=counsellor, public_id=identifier, number=number)
    output = io.StringIO()
    call_command("apply_erasures", settings.ERASURE_LIST, stdout=output)
    back.refresh_from_db()
    stays.refresh_from_db()
    assert output.getvalue().startswith("1 ")
    assert (back.erased_at is None, stays.erased_at) == (False, None)
    (tmp_path / "other.txt").write_text("[1]\n", encoding="ascii")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("apply_erasures", str(tmp_path / "other.txt"))


def test_the_decision_names_every_record_that_stays() -> None:
    """Whoever lets a table remain says in docs/decisions/0008 what of it stays and why."""
    root = Path(__file__).resolve().parents[2]
    lines = (root / "docs/decisions/0008-erasing-a-person.md").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("| ")]
    named = " ".join(row[1] for row in rows)
    stays = {model._meta.object_name for model, rule in rules().items() if isinstance(rule, Remains)}
    words = {"PlacementEvent": "steps", "PersonRequest": "request of the client"}
    assert len(stays) >= 10
    assert {name for name in stays if words.get(name, name.lower()) not in named} == set()  # type: ignore[arg-type, union-attr]
    assert all(row[2].strip() and row[3].strip() for row in rows)
