"""Consent texts: by version and language, kept by the coordination, shown in the language they are explained in, on paper."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.consents import current_text, shipped, text_of
from counselling.documents import ConsentPaper
from counselling.enums import Purpose
from counselling.errors import ConsentTextUsedError, NotAllowedError
from counselling.models import Consent, ConsentText, ConsentVersion
from counselling.services.consent_texts import is_used
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import CentreFactory, UserFactory


def _texts(german: str = "Neuer Text.") -> dict[str, str]:
    return {"de": german, "ar": "نص جديد.", "vi": ""}


def test_every_purpose_comes_with_a_text_in_every_language_of_the_clients() -> None:
    assert {entry.purpose for entry in shipped()} == set(Purpose.values)
    for entry in shipped():
        assert {*settings.CLIENT_LANGUAGES, "en"} <= set(entry.texts), entry.purpose
        assert len(set(entry.texts.values())) == len(entry.texts)


@pytest.mark.django_db
def test_what_came_with_the_site_is_loaded_once_as_drafts() -> None:
    before = ConsentVersion.objects.count()
    services.ensure_consent_texts()
    assert ConsentVersion.objects.count() == before == len(shipped())
    assert current_text(Purpose.REFERRAL).drafts == set(current_text(Purpose.REFERRAL).texts)


def _site_text(language: str) -> ConsentText:
    return ConsentText.objects.get(
        version__centre=None, version__purpose=Purpose.ASK_LATER, language=language
    )


@pytest.mark.django_db
def test_an_update_brings_new_languages_and_better_drafts() -> None:
    delivered = {language: _site_text(language).text for language in ("uk", "ar", "fa")}
    _site_text("uk").delete()
    ConsentText.objects.filter(pk=_site_text("ar").pk).update(text="alt")
    ConsentText.objects.filter(pk=_site_text("fa").pk).update(text="gelesen", reviewed_at=timezone.now())
    services.ensure_consent_texts()
    assert _site_text("uk").text == delivered["uk"]
    assert (_site_text("ar").text, _site_text("ar").revision) == (delivered["ar"], 2)
    assert _site_text("fa").text == "gelesen"


def test_what_somebody_agreed_to_stays_word_for_word(counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    ConsentText.objects.filter(pk=_site_text("ar").pk).update(text="alt")
    services.give_consent(
        client=client, purpose=Purpose.ASK_LATER, text_version="2026-1", explained_in="ar", by=counsellor
    )
    services.ensure_consent_texts()
    assert _site_text("ar").text == "alt"


def test_a_new_version_is_one_centres_and_old_ones_stay_readable(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    old = current_text(Purpose.ASK_LATER, client.centre_id)
    consent = services.give_consent(
        client=client, purpose=Purpose.ASK_LATER, text_version=old.version, explained_in="ar", by=counsellor
    )
    mark = uuid4()
    made = services.create_consent_version(
        purpose=Purpose.ASK_LATER, texts=_texts(), by=coordinator, submission=mark
    )
    again = services.create_consent_version(
        purpose=Purpose.ASK_LATER, texts=_texts(), by=coordinator, submission=mark
    )
    assert made == again
    assert current_text(Purpose.ASK_LATER, client.centre_id).in_language("ar") == "نص جديد."
    assert current_text(Purpose.ASK_LATER, client.centre_id).in_language("vi") == "Neuer Text."
    assert current_text(Purpose.ASK_LATER, CentreFactory().pk).version == old.version
    agreed = text_of(consent)
    assert agreed is not None
    assert agreed.texts == old.texts


def test_who_agreed_to_an_older_text_is_asked_again(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    give = {"client": client, "purpose": Purpose.ASK_LATER, "explained_in": "ar", "by": counsellor}
    first = services.give_consent(text_version="2026-1", **give)
    assert services.give_consent(text_version="2026-1", **give) == first
    made = services.create_consent_version(purpose=Purpose.ASK_LATER, texts=_texts(), by=coordinator)
    browser = Browser()
    browser.force_login(counsellor)
    page = browser.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    assert "2026-1; bitte noch einmal fragen" in page
    second = services.give_consent(text_version=made.version, **give)
    assert Consent.objects.in_force().get() == second
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert (
        "bitte noch einmal fragen"
        not in browser.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    )


def test_a_text_somebody_agreed_to_never_changes(counsellor: User, coordinator: User) -> None:
    version = services.create_consent_version(purpose=Purpose.REFERRAL, texts=_texts(), by=coordinator)
    services.change_consent_text(version=version, language="de", text="Besserer Text.", by=coordinator)
    client = ClientFactory(counsellor=counsellor)
    assert not is_used(version)
    services.give_consent(
        client=client,
        purpose=Purpose.REFERRAL,
        text_version=version.version,
        explained_in="de",
        by=counsellor,
        employer_name="VHS",
    )
    assert is_used(version)
    with pytest.raises(ConsentTextUsedError):
        services.change_consent_text(version=version, language="de", text="Anderer Text.", by=coordinator)
    services.change_consent_text(version=version, language="tr", text="Yeni metin.", by=coordinator)
    assert current_text(Purpose.REFERRAL, client.centre_id).texts["de"] == "Besserer Text."


def test_reading_marks_a_text_and_a_change_unmarks_it(coordinator: User) -> None:
    version = services.create_consent_version(purpose=Purpose.REFERRAL, texts=_texts(), by=coordinator)
    text = version.texts.get(language="ar")
    services.review_consent_text(text=text, by=coordinator)
    assert current_text(Purpose.REFERRAL, coordinator.centre_id).drafts == {"de"}
    following = services.create_consent_version(
        purpose=Purpose.REFERRAL, texts=_texts("Noch neuer."), by=coordinator
    )
    assert following.texts.get(language="ar").reviewed_by == coordinator
    assert following.version != version.version
    services.change_consent_text(version=following, language="ar", text="نص آخر.", by=coordinator)
    assert following.texts.get(language="ar").reviewed_at is None


def test_texts_of_the_site_and_of_other_centres_are_changed_by_nobody(
    coordinator: User, counsellor: User
) -> None:
    ours = ConsentVersion.objects.get(centre=None, purpose=Purpose.REFERRAL)
    stranger = UserFactory(centre=CentreFactory(), roles=["coordinator"])
    own = services.create_consent_version(purpose=Purpose.REFERRAL, texts=_texts(), by=coordinator)
    for version, by in ((ours, coordinator), (own, stranger), (own, counsellor)):
        with pytest.raises(NotAllowedError):
            services.change_consent_text(version=version, language="de", text="x", by=by)


def test_the_pages_of_the_coordination(coordinator: User) -> None:
    browser = Browser()
    browser.force_login(coordinator)
    new = reverse("counselling:consent_version_create", args=["ask_later"])
    assert "Wir dürfen Sie" in browser.get(new).content.decode()
    empty = browser.post(new, {"submission": str(uuid4()), "text_ar": "نص"})
    assert empty.status_code == 422
    assert "نص" in empty.content.decode()
    assert browser.get(reverse("counselling:consent_version_create", args=["nothing"])).status_code == 404
    made = browser.post(new, {"submission": str(uuid4()), "text_de": "Wir fragen.", "text_ar": "نسأل."})
    page = browser.get(made["Location"]).content.decode()
    assert "نسأل." in page
    version = ConsentVersion.objects.get(centre=coordinator.centre)
    edit = reverse("counselling:consent_text_edit", args=[version.pk, "tr"])
    assert browser.post(edit, {"text": "", "revision": "0"}).status_code == 422
    assert browser.post(edit, {"text": "Soruyoruz.", "revision": "0"}).status_code == 302
    late = browser.post(edit, {"text": "Sorarız.", "revision": "0"})
    assert late.status_code == 409
    assert [(stored, typed) for _label, stored, typed in late.context["theirs"]] == [
        ("Soruyoruz.", "Sorarız.")
    ]
    text = version.texts.get(language="tr")
    browser.post(reverse("counselling:consent_text_review", args=[text.pk]), {"good": "1"})
    text.refresh_from_db()
    assert text.reviewed_by == coordinator


def test_the_text_is_shown_in_the_language_it_is_explained_in(counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor, reading_language="ar")
    browser = Browser()
    browser.force_login(counsellor)
    page = browser.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    assert current_text(Purpose.COUNSELLING_DATA).texts["ar"] in page
    part = reverse("counselling:consent_text_part", args=["counselling_data"])
    assert (
        current_text(Purpose.COUNSELLING_DATA).texts["fa"]
        in browser.get(part, {"explained_in": "fa"}).content.decode()
    )
    without = browser.get(part, {"explained_in": "ti"}).content.decode()
    assert current_text(Purpose.COUNSELLING_DATA).texts["de"] in without


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_the_paper_to_sign(counsellor: User, language: str, paper_text: Callable[[bytes], str]) -> None:
    client = ClientFactory(counsellor=counsellor)
    paper = ConsentPaper(current_text(Purpose.COUNSELLING_DATA), language, client)
    read = paper_text(pdf.render(paper))
    assert "Unterschrift" in read
    assert "Haddad" not in paper.title + paper.file_name
    context = paper.context
    assert bool(context["text"].other) == (language != "de")
    assert len({context["said"][key].other for key in context["said"]}) == (
        1 if language == "de" else len(context["said"])
    )
