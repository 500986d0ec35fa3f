"""The letter to an employer and the note for the client: what they name, and what stops them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from competence.models import Assessment
from competence.profile import load
from competence.released import items_of
from competence.services import releases
from counselling.models import Consent
from counselling.services.consents import withdraw_consent
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from placements.client_texts import PROPOSALS
from placements.enums import Stage
from placements.errors import ConsentMissingError, StepNotPossibleError
from placements.models import Placement
from placements.services import papers
from tests.competence.profiles import SECRET_WORDS, well_known
from tests.placements.factories import PlacementFactory, VacancyFactory, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(counsellor: Any) -> Assessment:
    """A profile full of things that an employer must not read."""
    return well_known(counsellor)


@pytest.fixture
def placement(assessment: Assessment) -> Placement:
    """A proposal to which the client has agreed."""
    made = PlacementFactory(client=assessment.client)
    agree(made.client, made.vacancy)
    return made


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _release(assessment: Assessment, by: Any, keys: set[str]) -> None:
    items = [item for item in items_of(load(assessment), "de") if item.key in keys]
    releases.release_items(assessment=assessment, items=items, explained_in="fa", seen=0, by=by)


def _letter(placement: Placement) -> str:
    return reverse("placements:proposal_letter", args=[placement.public_id])


# --- What stops it ---------------------------------------------------------------------------------------
def test_without_the_consent_to_this_employer_there_is_no_paper(
    assessment: Assessment, counsellor: Any, desk: Browser
) -> None:
    made = PlacementFactory(client=assessment.client)
    agree(made.client, VacancyFactory(centre=made.centre))  # another employer is no help
    with pytest.raises(ConsentMissingError):
        papers.proposal_letter(placement=made, by=counsellor)
    with pytest.raises(ConsentMissingError):
        papers.client_note(placement=made, language="fa", by=counsellor)
    answer = desk.get(_letter(made), follow=True)
    assert "Einwilligung für diesen Betrieb fehlt" in answer.content.decode()
    page = desk.get(reverse("placements:placement_employer", args=[made.public_id])).content.decode()
    assert _letter(made) not in page
    assert "Ohne Einwilligung gibt es keinen Brief" in page
    assert not Entry.objects.filter(action="export").exists()


def test_a_withdrawn_consent_stops_it_again(placement: Placement, counsellor: Any) -> None:
    papers.proposal_letter(placement=placement, by=counsellor)
    withdraw_consent(
        consent=Consent.objects.get(client=placement.client, employer_name=placement.vacancy.employer),
        by=counsellor,
    )
    with pytest.raises(ConsentMissingError):
        papers.proposal_letter(placement=placement, by=counsellor)


@pytest.mark.parametrize("stage", [Stage.WISH, Stage.STARTED, Stage.CLOSED])
def test_a_wish_and_what_is_over_are_not_proposed(
    assessment: Assessment, counsellor: Any, stage: Stage
) -> None:
    made = PlacementFactory(client=assessment.client, stage=stage)
    agree(made.client, made.vacancy)
    with pytest.raises(StepNotPossibleError):
        papers.proposal_letter(placement=made, by=counsellor)


# --- What it says ----------------------------------------------------------------------------------------
def test_the_letter_names_nobody_while_nothing_is_released(
    placement: Placement,
    counsellor: Any,
    paper_text: Callable[[bytes], str],
    paper_pages: Callable[[bytes], int],
) -> None:
    written = pdf.render(papers.proposal_letter(placement=placement, by=counsellor))
    text = paper_text(written)
    assert paper_pages(written) == 1
    client = placement.client
    assert client.number in text
    for name in (client.latin_family_name, client.latin_given_name, client.phone, client.email):
        assert not name or name not in text, name
    assert placement.vacancy.title in text
    assert placement.vacancy.employer in text
    assert counsellor.get_full_name() in text
    assert "Kurzprofil" not in text


def test_the_letter_encloses_what_is_released_and_nothing_else(
    placement: Placement, assessment: Assessment, counsellor: Any, paper_text: Callable[[bytes], str], paper_pages: Callable[[bytes], int],
) -> None:  # fmt: skip
    released = {"name", "work:field:repair", "availability"}
    _release(assessment, counsellor, released)
    written = pdf.render(papers.proposal_letter(placement=placement, by=counsellor))
    text = paper_text(written)
    assert paper_pages(written) == 2
    assert "Anlage: Kurzprofil" in text
    for item in items_of(load(assessment), "de"):
        if item.group in ("person", "licences"):
            assert (item.words.de in text) is (item.key in released), item.key
    for word in SECRET_WORDS:
        assert word not in text, word
    entry = Entry.objects.get(action="export", object_type="placements.placement")
    assert entry.detail["paper"] == "proposal_letter"
    assert entry.detail["profile"] is True


def test_the_name_stays_away_where_it_is_not_released(
    placement: Placement, assessment: Assessment, counsellor: Any, paper_text: Callable[[bytes], str]
) -> None:
    _release(assessment, counsellor, {"work:field:repair"})
    text = paper_text(pdf.render(papers.proposal_letter(placement=placement, by=counsellor)))
    assert placement.client.latin_family_name not in text
    assert placement.client.number in text


def test_a_withdrawn_release_leaves_the_letter_alone(
    placement: Placement, assessment: Assessment, counsellor: Any
) -> None:
    _release(assessment, counsellor, {"name"})
    assert papers.proposal_letter(placement=placement, by=counsellor).profile is not None
    releases.withdraw_release(assessment=assessment, by=counsellor)
    assert papers.proposal_letter(placement=placement, by=counsellor).profile is None


def test_the_words_for_an_e_mail_say_nothing_about_the_person(
    placement: Placement, assessment: Assessment, counsellor: Any, desk: Browser
) -> None:
    _release(assessment, counsellor, {"name", "phone"})
    page = desk.get(reverse("placements:placement_employer", args=[placement.public_id]))
    mail = page.context["mail"]
    assert placement.vacancy.title in mail["subject"]
    client = placement.client
    for text in mail.values():
        for known in (
            client.latin_family_name,
            client.latin_given_name,
            client.number,
            client.phone,
            client.email,
        ):
            assert not known or known not in text, known
    assert "<" not in mail["text"]


# --- The note for the client -----------------------------------------------------------------------------
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_note_is_written_in_the_client_s_language_beside_german(
    placement: Placement, assessment: Assessment, counsellor: Any, language: str, paper_text: Callable[[bytes], str],
    paper_pages: Callable[[bytes], int],
) -> None:  # fmt: skip
    _release(assessment, counsellor, {"name", "work:field:repair"})
    note = papers.client_note(placement=placement, language=language, by=counsellor)
    sides = note.context["sides"]
    assert [side.language for side in sides] == (["de"] if language == "de" else ["de", language])
    written = pdf.render(note)
    assert paper_pages(written) == 1
    text = paper_text(written)
    assert "Das haben wir verschickt" in text
    assert placement.vacancy.title in text
    assert all(len(side.sent) == 2 for side in sides)
    assert "%(" not in text


def test_without_a_release_the_note_says_so(placement: Placement, counsellor: Any) -> None:
    note = papers.client_note(placement=placement, language="xx", by=counsellor)
    assert note.beside == "de"
    assert note.context["sides"][0].sent == ()


def test_every_language_has_the_same_words_and_no_empty_one() -> None:
    texts = PROPOSALS.by_language
    assert set(texts) == {code for code, _name in settings.LANGUAGES}
    for language, words in texts.items():
        assert list(words) == list(texts["de"]), language
        assert all(words.values()), language
        assert words["intro"].count("%(day)s") == 1, language
