"""What an employer may see: nothing but what the client released, whatever else is known of the person."""

import dataclasses
import datetime as dt
import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from competence.documents import short_profile_of
from competence.models import Assessment, FieldConfirmation, ProfileRelease
from competence.profile import load
from competence.released import GROUPS, Item, items_of, printable
from competence.services import papers, releases
from counselling.enums import Purpose
from counselling.models import Client, ConsentVersion, LanguageSkill
from counselling.services.consent_texts import is_used
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from tests.competence.profiles import SECRET_WORDS, WISH, anew, full_assessment, well_known
from tests.competence.test_counsellor_paper import EVIDENCE_WORDS

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return well_known(counsellor)


def _release(assessment: Assessment, by: User, keys: set[str] | None = None, seen: int = 0) -> ProfileRelease:
    items = [item for item in items_of(load(assessment), "de") if keys is None or item.key in keys]
    return releases.release_items(assessment=assessment, items=items, explained_in="fa", seen=seen, by=by)


def _text(document: Any) -> str:
    with translation.override("de"):
        page = render_to_string(
            document.template, {**document.context, "title": document.title, "language": "de"}
        )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_item_has_words_on_both_sides_and_a_known_group(assessment: Assessment) -> None:
    keys = {item.key for item in items_of(load(assessment), "de")}
    assert {
        "name", "phone", "email", "work:field:repair", "qualification:field:repair", "qualification:certificate:welding",
        "tasks:field:repair", "language:fa", "language:de", "licences", "availability", "strength:MAN", "wish:wsh_form", "wish:wsh_learn",
    } <= keys  # fmt: skip
    for language in settings.CLIENT_LANGUAGES:
        items = items_of(load(assessment), language)
        assert {item.key for item in items} == keys
        assert len(items) == len(keys)
        assert {item.group for item in items} <= GROUPS.keys()
        assert all(item.words.other or language == "de" for item in items), language


def test_the_words_an_employer_reads(assessment: Assessment) -> None:
    words = {item.key: item.words.de for item in items_of(load(assessment), "ar")}
    assert words["work:field:repair"] == "Reparieren, 8 Jahre"
    assert words["language:de"] == "Deutsch: Sprechen B1, Lesen A2 (Zertifikat)"
    assert words["language:fa"] == "Persisch: Muttersprache"
    assert words["language:en"] == "Englisch"  # the counsellor's impression stays in the house
    assert words["licences"] == "B, Stapler"
    assert words["availability"] == "Stunden in der Woche: 30. Montag bis Freitag: Vormittag."
    assert words["tasks:field:repair"].endswith("(Dokument gesehen)")
    assert words["strength:MAN"] == "Praktisch arbeiten: stark"


def test_own_estimate_of_german_without_a_certificate(assessment: Assessment) -> None:
    LanguageSkill.objects.all().delete()
    assessment.refresh_from_db()
    words = {item.key: item.words.de for item in items_of(load(assessment), "de")}
    assert (
        words["language:de"].startswith("Deutsch: Hören A2, Sprechen A2")
        or "Hören A2" in words["language:de"]
    )
    assert "(eigene Einschätzung)" in words["language:de"]


def test_what_is_not_confirmed_is_no_task_to_release(assessment: Assessment) -> None:
    FieldConfirmation.objects.update(evidence=1)
    assert not [item for item in items_of(load(assessment), "de") if item.group == "tasks"]


def test_nothing_unreleased_can_appear(assessment: Assessment, counsellor: User) -> None:
    """The property: for any set of released items, their words stand on the paper, and no others' do."""
    profile = load(assessment)
    # Words of its own for every item, so that none is found inside another's.
    items = [
        Item(item.key, item.group, dataclasses.replace(item.words, de=f"<{number:03}> {item.words.de}"))
        for number, item in enumerate(items_of(profile, "de"))
    ]
    keys = [item.key for item in items]

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(chosen=st.sets(st.sampled_from(keys)), changed=st.sets(st.sampled_from(keys)))
    def holds(chosen: set[str], changed: set[str]) -> None:
        shown = {
            item.key: ("anders" if item.key in changed else item.words.de)
            for item in items
            if item.key in chosen
        }
        release = ProfileRelease(assessment=assessment, items=sorted(chosen), shown=shown)
        document = short_profile_of(
            centre=assessment.centre, number="K-2026-0127", items=printable(release, items), released_on=TODAY, today=TODAY,
        )  # fmt: skip
        text = _text(document)
        on_paper = set(re.findall(r"<(\d{3})>", text))
        assert on_paper == {f"{keys.index(key):03}" for key in chosen - changed}
        if "name" not in chosen - changed:
            assert "Reza" not in text
            assert "Karimi" not in text
        for words in (*SECRET_WORDS, *EVIDENCE_WORDS):
            assert words not in text, words

    holds()


def _reachable(value: Any, seen: set[int]) -> list[Any]:
    """Every object that a template could get at from here."""
    if id(value) in seen or isinstance(value, (str, int, float, bytes, dt.date, type(None))):
        return []
    seen.add(id(value))
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, (list, tuple, set)):
        inner = list(value)
    elif not isinstance(value, Centre) and hasattr(value, "__dict__"):
        inner = list(vars(value).values())
    return [value, *(found for part in inner for found in _reachable(part, seen))]


def test_the_document_holds_no_record_of_the_person(assessment: Assessment, counsellor: User) -> None:
    _release(assessment, counsellor)
    document = papers.short_profile(assessment=assessment, by=counsellor)
    found = _reachable(vars(document), set()) + _reachable(dict(document.context), set())
    assert not [value for value in found if isinstance(value, (Client, Assessment, ProfileRelease))]


def test_everything_released_and_the_rest_still_not(
    assessment: Assessment, counsellor: User, paper_text: Any
) -> None:
    _release(assessment, counsellor)
    text = paper_text(pdf.render(papers.short_profile(assessment=assessment, by=counsellor)))
    for words in (
        "Reza Karimi",
        "0341 5550127",
        "reza@ort.example",
        "Reparieren, 8 Jahre",
        WISH,
        "K-2026-0127",
        "Seite 1 von",
    ):
        assert words in text, words
    for words in (*SECRET_WORDS, *EVIDENCE_WORDS, "C1"):
        assert words not in text, words


def test_nothing_is_released_until_it_is(assessment: Assessment, counsellor: User) -> None:
    assert printable(None, items_of(load(assessment), "de")) == []
    with pytest.raises(papers.NothingReleasedError):
        papers.short_profile(assessment=assessment, by=counsellor)
    with pytest.raises(releases.NothingChosenError):
        releases.release_items(assessment=assessment, items=[], explained_in="fa", seen=0, by=counsellor)


def test_who_when_what_and_with_which_text(assessment: Assessment, counsellor: User) -> None:
    made = _release(assessment, counsellor, {"name", "phone"})
    assert made.created_by == counsellor
    assert made.shown == {"name": "Reza Karimi", "phone": "Telefon: 0341 5550127"}
    assert made.lines == ["Reza Karimi", "Telefon: 0341 5550127"]
    assert (made.text_version, made.explained_in, made.ended_at) == ("2026-1", "fa", None)
    entry = Entry.objects.get(detail__release="released")
    assert "5550127" not in str(entry.detail)


def test_the_words_of_a_release_stay_as_they_were_read(assessment: Assessment, counsellor: User) -> None:
    version = ConsentVersion.objects.get(centre=None, purpose=Purpose.SHARE_WITH_EMPLOYER)
    assert not is_used(version)
    _release(assessment, counsellor)
    assert is_used(version)
    assert not is_used(ConsentVersion.objects.get(centre=None, purpose=Purpose.ASK_LATER))


def test_the_same_again_is_one_release(assessment: Assessment, counsellor: User) -> None:
    first = _release(assessment, counsellor, {"name"})
    assert _release(assessment, counsellor, {"name"}) == first  # the second press saw none
    assert ProfileRelease.objects.count() == 1


def test_a_new_release_replaces_the_old_and_the_history_stays(
    assessment: Assessment, counsellor: User
) -> None:
    first = _release(assessment, counsellor, {"name", "phone"})
    second = _release(assessment, counsellor, {"work:field:repair"}, seen=first.pk)
    first.refresh_from_db()
    assert (first.ended_how, first.ended_by) == ("replaced", counsellor)
    assert first.shown["phone"] == "Telefon: 0341 5550127"
    assert releases.release_in_force(assessment) == second
    assert papers.short_profile(assessment=assessment, by=counsellor).name == ""


def test_withdrawing_empties_it(assessment: Assessment, counsellor: User) -> None:
    _release(assessment, counsellor)
    assert releases.withdraw_release(assessment=assessment, by=counsellor) == 1
    assert releases.withdraw_release(assessment=assessment, by=counsellor) == 0
    assert ProfileRelease.objects.get().ended_how == "withdrawn"
    with pytest.raises(papers.NothingReleasedError):
        papers.short_profile(assessment=assessment, by=counsellor)


def test_a_release_of_another_questionnaire_ends_too(assessment: Assessment, counsellor: User) -> None:
    """One person has released one thing: what was said of an older assessment does not go on beside it."""
    older = full_assessment(assessment.client)
    old = _release(older, counsellor, {"name"})
    _release(assessment, counsellor, {"phone"})
    old.refresh_from_db()
    assert old.ended_how == "replaced"


def test_what_changed_since_is_not_printed(assessment: Assessment, counsellor: User) -> None:
    _release(assessment, counsellor, {"name", "phone"})
    Client.objects.filter(pk=assessment.client_id).update(phone="0341 9990000")
    assert papers.short_profile(assessment=anew(assessment), by=counsellor).contact == ()


def test_the_page_ticks_nothing_of_its_own(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    page = (
        as_user(counsellor).get(reverse("competence:release", args=[assessment.public_id])).content.decode()
    )
    boxes = re.findall(r'<input[^>]*name="items"[^>]*>', page)
    assert len(boxes) == len(items_of(load(assessment), "de"))
    assert not [box for box in boxes if "checked" in box]
    assert 'lang="fa"' in page
    assert 'dir="rtl"' in page
    assert "Wir geben Ihren Namen" in page
    assert "ما نام شما" in page


def test_release_on_the_page_then_print(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    browser, address = as_user(counsellor), reverse("competence:release", args=[assessment.public_id])
    printed = reverse("competence:short_profile", args=[assessment.public_id])
    assert browser.get(printed).status_code == 302
    answer = browser.post(address, {"items": ["name", "language:de"], "seen": "0", "explained_in": "fa"})
    assert answer.status_code == 302
    assert browser.get(printed)["Content-Type"] == "application/pdf"
    page = browser.get(address).content.decode()
    assert len(re.findall(r'name="items"[^>]*checked', page)) == 2
    browser.post(reverse("competence:release_withdraw", args=[assessment.public_id]))
    page = browser.get(address).content.decode()
    assert "Deutsch: Sprechen B1, Lesen A2 (Zertifikat)" in page.split("h-past")[-1]


def test_who_comes_late_sees_both(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    browser, address = as_user(counsellor), reverse("competence:release", args=[assessment.public_id])
    _release(assessment, counsellor, {"name"})
    answer = browser.post(address, {"items": ["phone"], "seen": "0", "explained_in": "fa"})
    assert answer.status_code == 409
    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert "Reza Karimi freigegeben nicht freigegeben" in text
    assert "Telefon: 0341 5550127 nicht freigegeben freigegeben" in text
    assert re.search(r'value="phone"[^>]*checked', answer.content.decode())


@pytest.mark.parametrize("facts", [
    {"items": ["name"], "seen": "x", "explained_in": "fa"}, {"items": ["language_evidence"], "seen": "0", "explained_in": "fa"},
    {"items": [], "seen": "0", "explained_in": "fa"}, {"items": ["name"], "seen": "0", "explained_in": "xx"},
])  # fmt: skip
def test_nonsense_releases_nothing(
    assessment: Assessment, counsellor: User, as_user: Any, facts: dict[str, Any]
) -> None:
    answer = as_user(counsellor).post(reverse("competence:release", args=[assessment.public_id]), facts)
    assert answer.status_code == 422
    assert not ProfileRelease.objects.exists()
