"""The pages of the desk: everything in reading order, filters, going on, both versions for the second, preview, languages."""

from typing import Any

import pytest
from django.urls import reverse

from iqquadrat.questionnaires import desk, doors, services
from iqquadrat.questionnaires.models import TextChange, TextState, Version
from iqquadrat.questionnaires.texts import slots
from tests.questionnaires.factories import small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    return small_version()


def _url(name: str, version: Version, text: str = "", language: str = "ar", query: str = "") -> str:
    arguments: dict[str, Any] = {"pk": version.pk, "language": language}
    return reverse(f"questionnaires:{name}", kwargs=arguments | ({"name": text} if text else {})) + query


def test_texts_come_in_the_order_of_the_questionnaire(version: Version) -> None:
    names = [text.name for text in desk.texts_of(version, "ar")]
    assert names[:7] == [
        "version.title", "version.intro", "section.work.title", "item.ever.label", "choice.yes_no.yes.text", "choice.yes_no.no.text",
        "item.field.label",
    ]  # fmt: skip
    assert len(names) == len(set(names))
    whole = {text.name for text in desk.texts_of(version, "de")}
    assert whole - set(names) == {"choice.sign.open.text", "choice.sign.closed.text"}, "these stay German"
    wanted = [slot for slot in slots(version) if slot.text("de")]
    assert len(whole) == len(wanted), "no text is left out"


def test_the_filters(version: Version, as_user: Any, counsellor: Any, coordinator: Any) -> None:
    texts = desk.texts_of(version, "vi")
    assert len(desk.filtered(texts, {"state": "missing"})) == len(texts)
    assert not desk.filtered(texts, {"state": "draft"})
    texts = desk.texts_of(version, "ar")
    assert {text.part for text in desk.filtered(texts, {"part": "rest"})} == {"rest"}
    assert [text.name for text in desk.filtered(texts, {"q": "ARBEIT?"})] == ["item.ever.label"]
    assert [text.name for text in desk.filtered(texts, {"q": "anything"})] == ["item.wish.label"], (
        "the note too"
    )
    page = (
        as_user(counsellor)
        .get(_url("texts", version, query="?state=draft&part=work&q=aufgaben"))
        .content.decode()
    )
    assert "item.tasks.label" in page
    assert "item.ever.label" not in page
    assert as_user(counsellor).get(_url("texts", version, language="xx")).status_code == 404
    assert as_user(counsellor).get(_url("text", version, "item.gone.label")).status_code == 404
    assert as_user(counsellor).get(_url("text", version, "choice.sign.open.text")).status_code == 404


def test_saving_goes_on_to_the_next_chosen_text(version: Version, as_user: Any, coordinator: Any) -> None:
    query = "?state=missing"
    sent = {"text": "Bạn có việc làm không?", "revision": "0", "go": "next"}
    answer = as_user(coordinator).post(_url("save_text", version, "item.ever.label", "vi", query), sent)
    assert answer["Location"] == _url("text", version, "choice.yes_no.yes.text", "vi", query)
    answer = as_user(coordinator).post(
        _url("save_text", version, "item.ever.label", "vi", query), sent | {"go": "stay"}
    )
    assert answer["Location"] == _url("text", version, "item.ever.label", "vi", query)


def test_where_the_machine_sees_something_it_stays_and_says_it(
    version: Version, as_user: Any, coordinator: Any
) -> None:
    client = as_user(coordinator)
    url = _url("save_text", version, "item.ever.label", "ru")
    answer = client.post(url, {"text": "У вас есть рабoта", "revision": "0", "go": "next"})
    assert answer["Location"] == _url("text", version, "item.ever.label", "ru")
    page = client.get(answer["Location"]).content.decode()
    assert "рабoта" in page
    assert "Fragezeichen" in page
    assert TextState.objects.get(language="ru", element_key="ever", field="label").state == "draft", (
        "saved all the same"
    )


def test_control_characters_and_length_are_refused_and_typed_words_stay(
    version: Version, as_user: Any, coordinator: Any
) -> None:
    url = _url("save_text", version, "section.work.title")
    for words in ("العمل\u202e", "ع" * 201):
        answer = as_user(coordinator).post(url, {"text": words, "revision": "1"})
        assert answer.status_code == 422
        assert "ع" in answer.content.decode()
    assert not TextChange.objects.exists()


def test_the_second_editor_sees_both_versions(version: Version, as_user: Any, coordinator: Any) -> None:
    url = _url("save_text", version, "item.ever.label")
    assert as_user(coordinator).post(url, {"text": "الأولى؟", "revision": "1"}).status_code == 302
    late = as_user(coordinator).post(url, {"text": "الثانية؟", "revision": "1"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "الأولى؟" in page
    assert "الثانية؟" in page
    assert 'name="revision" value="2"' in page, "sent again it is on top of what stands now"


def test_review_is_refused_in_words_for_the_own_text(
    version: Version, as_user: Any, coordinator: Any, counsellor: Any
) -> None:
    services.translate(
        version=version,
        slot=_slot(version, "item.ever.label"),
        language="ar",
        text="هل لديك عمل؟",
        by=coordinator,
    )
    url = _url("review_text", version, "item.ever.label")
    page = as_user(coordinator).post(url, {"good": "1", "revision": "2"}, follow=True).content.decode()
    assert "Eine andere Person" in page
    assert url not in page, "no button for the own text"
    shown = as_user(counsellor).get(_url("text", version, "item.ever.label")).content.decode()
    assert url in shown
    assert (
        reverse(
            "questionnaires:save_text", kwargs={"pk": version.pk, "language": "ar", "name": "item.ever.label"}
        )
        not in shown
    )
    as_user(counsellor).post(url, {"good": "1", "revision": "2"})
    state = TextState.objects.get(element_key="ever", language="ar", field="label")
    assert (state.state, state.reviewed_by) == ("reviewed", counsellor)


def _slot(version: Version, name: str) -> Any:
    return next(text.slot for text in desk.texts_of(version, "ar") if text.name == name)


def test_a_part_is_reviewed_as_it_was_seen(
    version: Version, as_user: Any, coordinator: Any, counsellor: Any
) -> None:
    client = as_user(counsellor)
    page = client.get(_url("texts", version, query="?part=rest"))
    seen = page.context["seen"]
    assert page.context["bulk"] == 5
    services.translate(
        version=version,
        slot=_slot(version, "item.wish.label"),
        language="ar",
        text="وماذا أيضا؟",
        by=coordinator,
    )
    url = _url("review_part", version)
    assert (
        "Seit Sie die Seite" in client.post(url, {"part": "rest", "seen": seen}, follow=True).content.decode()
    )
    assert not TextState.objects.filter(state="reviewed").exists()
    seen = client.get(_url("texts", version, query="?part=rest")).context["seen"]
    client.post(url, {"part": "rest", "seen": seen})
    assert TextState.objects.filter(state="reviewed", reviewed_by=counsellor).count() == 5
    assert client.post(url, {"part": "gone", "seen": seen}).status_code == 404


def test_an_older_wording_is_put_back_from_the_page(version: Version, as_user: Any, coordinator: Any) -> None:
    slot = _slot(version, "item.ever.label")
    for words in ("الأولى؟", "الثانية؟"):
        services.translate(version=version, slot=slot, language="ar", text=words, by=coordinator)
    client = as_user(coordinator)
    assert "الأولى؟" in client.get(_url("text", version, "item.ever.label")).content.decode()
    first = TextChange.objects.get(after="الأولى؟")
    url = _url("put_back_text", version, "item.ever.label")
    client.post(url, {"change": first.pk, "revision": "1"})
    assert Version.objects.with_content().get(pk=version.pk).items_by_key["ever"].label_ar == "الثانية؟", (
        "seen too early"
    )
    client.post(url, {"change": first.pk, "revision": "3"})
    assert Version.objects.with_content().get(pk=version.pk).items_by_key["ever"].label_ar == "الأولى؟"
    other = _url("put_back_text", version, "item.wish.label")
    assert client.post(other, {"change": first.pk, "revision": "1"}).status_code == 404, "of another text"


def test_outdated_shows_both_germans(version: Version, as_user: Any, coordinator: Any) -> None:
    services.translate(
        version=version,
        slot=_slot(version, "item.ever.label"),
        language="ar",
        text="هل لديك عمل؟",
        by=coordinator,
    )
    TextState.objects.filter(element_key="ever", language="ar").update(
        source_text="Hatten Sie Arbeit?", source_hash="0" * 64, state="outdated"
    )
    page = as_user(coordinator).get(_url("text", version, "item.ever.label")).content.decode()
    assert "Hatten Sie Arbeit?" in page
    assert "Haben Sie Arbeit?" in page


def test_languages_are_switched(version: Version, as_user: Any, coordinator: Any) -> None:
    url = reverse("questionnaires:languages", kwargs={"pk": version.pk})
    client = as_user(coordinator)
    rows = {row.language: row for row in client.get(url).context["rows"]}
    assert (rows["ar"].is_whole, rows["ar"].offered_items, rows["ar"].items) == (True, 8, 8)
    assert rows["ar"].counts.draft > 10
    assert rows["vi"].offered_items == 0
    for on, expected in (("0", ["ar"]), ("0", ["ar"]), ("1", [])):
        client.post(url, {"language": "ar", "on": on})
        version.questionnaire.refresh_from_db()
        assert version.questionnaire.languages_off == expected
    assert client.post(url, {"language": "de", "on": "0"}).status_code == 404


def test_only_the_page_of_a_text_may_listen(version: Version, as_user: Any, coordinator: Any) -> None:
    client = as_user(coordinator)
    assert "microphone=(self)" in client.get(_url("text", version, "item.ever.label"))["Permissions-Policy"]
    assert "microphone=()" in client.get(_url("texts", version))["Permissions-Policy"]


def test_the_preview_is_the_room_of_competence(version: Version, as_user: Any, counsellor: Any) -> None:
    assert doors.preview_of("small", version=version.pk, language="ar", item="ever") == ""
    address = doors.preview_of("competence", version=version.pk, language="ar", item="ever")
    client = as_user(counsellor)
    page = client.get(address).content.decode()
    assert "ع Haben Sie Arbeit?" in page
    assert 'dir="rtl"' in page
    assert "inert" in page
    assert "main.js" not in page, "it answers to nothing"
    assert "is-mine" not in client.get(f"{address}?lang=de").content.decode()
    assert "is-mine" in page
    missing = doors.preview_of("competence", version=version.pk, language="vi", item="ever")
    assert "nicht angeboten" in client.get(missing).content.decode()
    gone = doors.preview_of("competence", version=version.pk, language="vi", item="gone")
    assert client.get(gone).status_code == 404
