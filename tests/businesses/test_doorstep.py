"""The six questions after a refusal: kept once, at least one answered, nobody else's door."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from businesses.errors import NoRefusalError, NothingToldError
from businesses.models import ContactAttempt, Doorstep, Unit
from businesses.services import log_attempt, note_doorstep
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.businesses.factories import ContactAttemptFactory, UnitFactory

REFUSED = {"disposition": "refusal", "reason": "no_time"}


@pytest.fixture
def refusal(unit: Unit, surveyor: User) -> ContactAttempt:
    """No time, says the owner of the snack bar."""
    return log_attempt(unit=unit, by=surveyor, **REFUSED)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"since_year": 1998, "since_band": "over_10"},
        {"since_year": 98},
        {"size_band": "3"},
        {"since_band": "ages"},
        {"trains": "perhaps"},
        {"come_again": "perhaps"},
    ],
)
def test_the_database_refuses(refusal: ContactAttempt, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Doorstep.objects.create(attempt=refusal, **facts)


def test_one_answer_is_enough(refusal: ContactAttempt) -> None:
    for facts in (
        {"languages": ["vi"]},
        {"contact": "Frau Linh"},
        {"trains": "unknown"},
        {"since_year": 1998},
    ):
        Doorstep.objects.create(attempt=refusal, **facts).delete()


def test_sent_twice_it_is_kept_and_logged_once(refusal: ContactAttempt, surveyor: User) -> None:
    before = Entry.objects.count()
    for _twice in (1, 2):
        form = note_doorstep(
            attempt=refusal, by=surveyor, branch_words=" Suppen ", since_year=1998, since_band="over_10"
        )
    assert (form.branch_words, form.since_year, form.since_band) == ("Suppen", 1998, "")
    assert Doorstep.objects.count() == 1
    assert Entry.objects.count() == before + 1
    note_doorstep(attempt=refusal, by=surveyor, trains="no")
    stored = Doorstep.objects.get()
    assert (stored.branch_words, stored.since_year, stored.trains) == ("", None, "no")


def test_only_a_refusal_and_never_nothing(unit: Unit, refusal: ContactAttempt, surveyor: User) -> None:
    with pytest.raises(NothingToldError):
        note_doorstep(attempt=refusal, by=surveyor, branch_words="  ")
    other = log_attempt(unit=unit, by=surveyor, disposition="no_contact")
    with pytest.raises(NoRefusalError):
        note_doorstep(attempt=other, by=surveyor, trains="no")
    assert not Doorstep.objects.exists()


def test_from_the_refusal_to_the_form_and_back(
    as_user: Any, unit: Unit, surveyor: User, counsellor: User
) -> None:
    client = as_user(surveyor)
    answer = client.post(reverse("businesses:refusal", kwargs={"pk": unit.pk}), {"reason": "mistrust"})
    address = reverse("businesses:doorstep", kwargs={"pk": ContactAttempt.objects.get().pk})
    assert answer.url == address
    assert client.post(address, {}).status_code == 422
    bad = client.post(address, {"since_year": "2999", "branch_words": "Nudeln"})
    assert bad.status_code == 422
    assert "Nudeln" in bad.content.decode()
    assert client.post(address, {"branch_words": "Nudeln", "languages": ["vi", "de"]}).status_code == 302
    assert "Nudeln" in client.get(address).content.decode()
    assert "Nudeln" in client.get(reverse("businesses:unit_detail", kwargs={"pk": unit.pk})).content.decode()
    page = as_user(counsellor).get(
        reverse("businesses:business_detail", kwargs={"public_id": unit.business.public_id})
    )
    assert "Nudeln" in page.content.decode()


def test_nobody_elses_refusal(as_user: Any, unit: Unit, refusal: ContactAttempt, surveyor: User) -> None:
    """Neither a colleague's attempt in the own section, nor the own one outside it, nor one that is no refusal."""
    colleague = ContactAttemptFactory(unit=unit, **REFUSED)
    elsewhere = ContactAttemptFactory(
        unit=UnitFactory(wave=unit.wave, business__premises__street__name="Torgauer Straße"),
        surveyor=surveyor,
        **REFUSED,
    )
    absent = ContactAttemptFactory(unit=unit, surveyor=surveyor)
    client = as_user(surveyor)
    for attempt, status in ((refusal, 200), (colleague, 404), (elsewhere, 404), (absent, 404)):
        assert client.get(reverse("businesses:doorstep", kwargs={"pk": attempt.pk})).status_code == status
