"""Sections, questions and lists of a draft by its pages: added, changed, taken away, refused in words."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import TextState, Version
from tests.questionnaires.drafting import Desk, small_draft
from tests.questionnaires.factories import both, small_specification, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user: Any, coordinator: Any) -> Desk:
    return Desk(as_user(coordinator), small_draft(coordinator))


def _keys(version: Version) -> list[str]:
    return [item.key for item in version.ordered_items]


def test_title_and_introduction(desk: Desk) -> None:
    assert desk.send("title", {"title": "Kleiner Bogen", "intro": ""}).status_code == 302
    assert (desk.now.title_de, desk.now.intro_de, desk.now.title_ar) == ("Kleiner Bogen", "", "ع Klein")  # type: ignore[attr-defined]  # fmt: skip
    answer = desk.send("title", {"title": "", "intro": "Neue Worte"})
    assert answer.status_code == 422
    assert "Neue Worte" in answer.content.decode()


def test_a_section_is_added_renamed_and_removed(desk: Desk) -> None:
    answer = desk.send("section_add", {"title": "Über Sie"})
    assert answer["Location"].endswith("/edit/#s-ueber_sie")
    section = desk.now.sections.get(key="ueber_sie")
    assert (section.position, section.title_de) == (3, "Über Sie")  # type: ignore[attr-defined]
    missing = TextState.objects.get(
        version=desk.draft, element="section", element_key="ueber_sie", language="ar"
    )
    assert missing.state == "missing", "the translation desk is asked for it"
    assert "kann" not in desk.page("section", key="ueber_sie")
    desk.send("section", {"title": "Zu Ihnen"}, key="ueber_sie")
    assert desk.now.sections.get(key="ueber_sie").title_de == "Zu Ihnen"  # type: ignore[attr-defined]
    assert "Noch keine Frage" in desk.page("edit")
    refused = desk.client.post(desk.url("publish"), {"seen": desk.now.fingerprint})
    assert refused.status_code == 422
    assert desk.url("section", key="ueber_sie") in refused.content.decode()
    assert desk.send("section_remove", {}, key="ueber_sie").status_code == 302
    assert not desk.now.sections.filter(key="ueber_sie").exists()
    assert desk.client.get(desk.url("section", key="ueber_sie")).status_code == 404
    late = desk.client.post(desk.url("section", key="ueber_sie"), {"title": "Mühsam getippt", "seen": "x"})
    assert late.status_code == 409
    assert "Mühsam getippt" in late.content.decode(), "what somebody typed is not lost with the part"


def test_a_section_goes_with_its_questions_and_the_page_says_so(desk: Desk) -> None:
    page = desk.page("section_remove", key="work")
    assert "Haben Sie Arbeit?" in page
    assert "Abschnitt und Fragen entfernen" in page
    assert desk.now.items.count() == 8, "looking removes nothing"
    desk.send("section_remove", {}, key="work")
    assert _keys(desk.now) == ["since", "from_day", "wish", "probe"]
    last = desk.send("section_remove", {}, key="rest")
    assert last.status_code == 422
    assert "mindestens" in last.content.decode()
    assert _keys(desk.now) == ["since", "from_day", "wish", "probe"]


def test_a_section_that_others_ask_about_stays(desk: Desk) -> None:
    desk.client.post(
        desk.url("move"),
        {"key": "field", "to": "section", "section": "rest", "seen": desk.draft.fingerprint},
    )
    desk.client.post(
        desk.url("move"),
        {"key": "tasks", "to": "place", "section": "rest", "before": "", "seen": desk.now.fingerprint},
    )
    desk.client.post(
        desk.url("move"),
        {"key": "field", "to": "place", "section": "rest", "before": "tasks", "seen": desk.now.fingerprint},
    )
    page = desk.page("section_remove", key="work")
    assert desk.url("condition", key="field") in page
    assert "Was?" in page
    assert desk.send("section_remove", {}, key="work").status_code == 422
    assert desk.now.sections.count() == 2


def test_a_question_is_added_with_a_new_list(desk: Desk) -> None:
    facts = {
        "label": "Können Sie Brot backen?", "type": "single", "answers": "gar nicht\nein bisschen\ngut", "level": "A1", "evidence": "on",
    }  # fmt: skip
    answer = desk.send("question_add", facts, key="rest")
    assert answer["Location"] == desk.url("question", key="brot_backen")
    item = desk.now.items_by_key["brot_backen"]
    assert _keys(desk.now)[-1] == "brot_backen"
    assert (item.level, item.evidence, item.choice_list.name) == ("A1", True, "brot_backen")  # type: ignore[union-attr]
    assert [choice.text_de for choice in item.all_choices] == ["gar nicht", "ein bisschen", "gut"]  # type: ignore[attr-defined]
    assert "Brot" in desk.page("question", key="brot_backen")
    assert TextState.objects.filter(version=desk.draft, element_key="brot_backen", state="missing").exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"type": "single"}, "Bitte wählen Sie eine Antwortliste"), ({"type": "single", "choice_list": "yes_no", "answers": "a"}, "nicht beides"),
        ({"type": "single", "answers": "a\nA"}, "zweimal"), ({"type": "integer", "min_value": "5", "max_value": "3"}, "kleiner als"),
        ({"type": "text", "key": "ever"}, "gibt es schon"), ({"type": "text", "key": "1x"}, "beginnt mit einem Buchstaben"),
        ({"type": "single", "answers": "x" * 501}, "höchstens 500"), ({"type": "single", "answers": "\n".join(map(str, range(200)))}, "höchstens 100"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(desk: Desk, facts: dict[str, str], words: str) -> None:
    answer = desk.send("question_add", {"label": "Was ist das?"} | facts, key="rest")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "Was ist das?" in text, "what was typed is kept"
    assert desk.now.items.count() == 8


def test_a_question_that_conditions_ask_about_stays(desk: Desk) -> None:
    page = desk.page("question_remove", key="field")
    assert page.count(desk.url("condition", key="tasks")) == 1
    assert desk.url("question", key="tasks") in page
    assert desk.send("question_remove", {}, key="field").status_code == 422
    assert desk.send("question_remove", {}, key="tasks")["Location"].endswith("#s-work")
    assert desk.send("question_remove", {}, key="field").status_code == 302
    assert _keys(desk.now) == ["ever", "years", "since", "from_day", "wish", "probe"]
    assert not TextState.objects.filter(version=desk.draft, element_key="field").exists()


def test_another_kind_of_answer_where_nothing_stands_against_it(desk: Desk) -> None:
    assert desk.send("question", {"type": "text"}, key="years").status_code == 302
    item = desk.now.items_by_key["years"]
    assert (item.type, item.min_value, item.max_value) == ("text", None, None)
    desk.send("question", {"type": "multiple", "choice_list": "fields"}, key="wish")
    assert desk.now.items_by_key["wish"].choice_list.name == "fields"  # type: ignore[union-attr]
    refused = desk.send("question", {"type": "text"}, key="ever")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert desk.url("condition", key="field") in text
    assert "fragen nach den heutigen Antworten" in text
    refused = desk.send("question", {"choice_list": "sign"}, key="ever")
    assert refused.context["form"].errors.keys() == {"choice_list"}
    refused = desk.send("question", {"choice_list": ""}, key="field")
    assert refused.context["form"].errors.keys() == {"choice_list"}


def test_a_tile_loses_its_look_with_its_list(desk: Desk) -> None:
    desk.send("question_remove", {}, key="tasks")
    desk.send("question", {"type": "date"}, key="field")
    item = desk.now.items_by_key["field"]
    assert (item.type, item.appearance, item.choice_list) == ("date", "", None)


def test_answers_may_depend_on_another_question(desk: Desk) -> None:
    assert desk.shown("question", key="tasks")["choice_filter"] == "field"
    desk.send("question", {"choice_filter": ""}, key="tasks")
    assert desk.now.items_by_key["tasks"].choice_filter == ""
    desk.send("question", {"choice_filter": "field"}, key="tasks")
    shown = desk.shown("choice", name="tasks", choice="bake")
    assert shown["filter_value"] == "kitchen"
    desk.send("choice", {"filter_value": "garden"}, name="tasks", choice="bake")
    assert desk.now.choice_lists.get(name="tasks").choices.get(key="bake").filter_value == "garden"


def test_a_list_is_made_filled_and_removed(desk: Desk) -> None:
    answer = desk.send("list_add", {"answers": "Ja\n\nNein \nVielleicht"})
    assert answer["Location"] == desk.url("choice_list", name="ja_nein")
    desk.send(
        "choice_add",
        {"text": "Weiß ich nicht", "score": "2", "icon": "question", "exclusive": "on"},
        name="ja_nein",
    )
    added = desk.now.choice_lists.get(name="ja_nein").choices.get(key="weiss_nicht")
    assert (added.position, added.score, added.icon, added.exclusive) == (4, 2, "question", True)
    page = desk.page("choice_list", name="ja_nein")
    assert "Noch keine Frage benutzt sie" in page
    assert "#question" in page
    desk.send("choice_remove", {}, name="ja_nein", choice="weiss_nicht")
    assert desk.now.choice_lists.get(name="ja_nein").choices.count() == 3
    assert "nicht benutzt" in desk.page("choice_lists")
    assert desk.send("list_remove", {}, name="ja_nein").status_code == 302
    assert desk.send("list_remove", {}, name="yes_no").status_code == 422
    assert desk.client.get(desk.url("choice_list", name="ja_nein")).status_code == 404


def test_a_shared_list_says_so(desk: Desk) -> None:
    desk.send("question", {"type": "single", "choice_list": "yes_no"}, key="wish")
    assert "2 Fragen teilen sich diese Liste" in desk.page("choice_list", name="yes_no")
    assert "2 Fragen teilen sich diese Liste" in desk.page("choice", name="yes_no", choice="yes")
    assert "Noch eine Frage benutzt diese Liste" in desk.page("question", key="wish")


def test_an_answer_that_is_asked_for_stays(desk: Desk) -> None:
    for name, choice, place in (
        ("yes_no", "yes", desk.url("condition", key="field")),
        ("sign", "open", desk.url("question", key="probe")),
        ("fields", "garden", desk.url("choice", name="tasks", choice="plant")),
    ):
        assert place in desk.page("choice_remove", name=name, choice=choice)
        assert desk.send("choice_remove", {}, name=name, choice=choice).status_code == 422
    assert desk.send("choice_remove", {}, name="yes_no", choice="no").status_code == 302


def test_the_last_answer_stays(desk: Desk) -> None:
    desk.send("list_add", {"answers": "Nur eine"})
    answer = desk.send("choice_remove", {}, name="nur", choice="nur")
    assert answer.status_code == 422
    assert "keine Antworten" in answer.content.decode()


def test_an_answer_beside_those_of_a_probe_stays_german(desk: Desk) -> None:
    desk.send("choice_add", {"text": "heute"}, name="sign")
    choice = desk.now.choice_lists.get(name="sign").choices.get(text_de="heute")
    assert choice.fixed
    assert not TextState.objects.filter(version=desk.draft, element_key=f"sign.{choice.key}").exists()


def test_answers_are_moved(desk: Desk) -> None:
    def order() -> list[str]:
        found = desk.now.choice_lists.get(name="tasks").choices.order_by("position")
        return list(found.values_list("key", flat=True))

    def move(**facts: str) -> Any:
        seen = desk.client.get(desk.url("choice_list", name="tasks")).context["seen"]
        return desk.client.post(desk.url("move"), {"list": "tasks", "seen": seen} | facts)

    assert move(key="bake", to="up")["Location"] == desk.url("choice_list", name="tasks") + "#c-bake"
    assert order() == ["bake", "cook", "plant", "none"]
    move(key="none", to="place", before="bake")
    assert order() == ["none", "bake", "cook", "plant"]
    assert move(key="gone", to="up").status_code == 404
    assert move(key="bake", to="up", list="gone").status_code == 404
    desk.client.post(desk.url("move"), {"list": "tasks", "seen": "old", "key": "bake", "to": "up"})
    assert order() == ["none", "bake", "cook", "plant"], "who has seen another order moves nothing"


def test_nobody_overwrites_what_somebody_else_has_done(desk: Desk) -> None:
    for name, named, first, second in (
        ("title", {}, {"title": "Erste"}, {"title": "Zweite"}),
        ("section", {"key": "work"}, {"title": "Erste"}, {"title": "Zweite"}),
        ("section_add", {}, {"title": "Erste"}, {"title": "Zweite"}),
        ("list_add", {}, {"answers": "Erste"}, {"answers": "Zweite"}),
        ("choice_add", {"name": "fields"}, {"text": "Erste"}, {"text": "Zweite"}),
        ("choice", {"name": "fields", "choice": "garden"}, {"text": "Erste"}, {"text": "Zweite"}),
        ("question_add", {"key": "rest"}, {"label": "Erste", "type": "text"}, {"label": "Zweite", "type": "text"}),
    ):  # fmt: skip
        shown = desk.shown(name, **named)
        assert desk.client.post(desk.url(name, **named), shown | first).status_code == 302, name
        late = desk.client.post(desk.url(name, **named), shown | second)
        text = late.content.decode()
        assert late.status_code == 409, name
        assert "Erste" in text, name
        assert "Zweite" in text, name
        again = shown | second | {"seen": late.context["form"]["seen"].value()}
        assert desk.client.post(desk.url(name, **named), again).status_code == 302, name


def test_what_has_changed_meanwhile_is_not_removed_unseen(desk: Desk) -> None:
    for name, named, change in (
        ("question_remove", {"key": "wish"}, ("question", {"label": "Anders?"}, {"key": "wish"})),
        ("section_remove", {"key": "rest"}, ("question", {"label": "Ganz anders?"}, {"key": "since"})),
        ("choice_remove", {"name": "tasks", "choice": "bake"}, ("choice", {"text": "grillen"}, {"name": "tasks", "choice": "bake"})),
    ):  # fmt: skip
        shown = desk.shown(name, **named)
        page, facts, place = change
        assert desk.send(page, facts, **place).status_code == 302
        late = desk.client.post(desk.url(name, **named), shown)
        assert late.status_code == 409, name
        assert "noch einmal" in late.content.decode()
    assert desk.now.items.count() == 8


def test_a_draft_from_a_workbook_is_named_with_what_frees_the_way(as_user: Any, coordinator: Any) -> None:
    version = small_version()
    draft, _new = services.store(
        specification=small_specification(title=both("Neu")), origin=Origin.WORKBOOK, by=coordinator
    )
    client = as_user(coordinator)
    copied = Desk(client, version).client.post(Desk(client, version).url("copy"), follow=True)
    text = copied.content.decode()
    assert copied.redirect_chain[-1][0] == Desk(client, draft).url("edit")
    assert f"Version {draft.number}" in text
    assert "aus einer Arbeitsmappe" in text
    assert Desk(client, draft).url("discard") in text
    detail = Desk(client, version).page("version_detail")
    assert Desk(client, draft).url("edit") in detail
    assert Desk(client, version).url("copy") not in detail
    client.post(Desk(client, draft).url("discard"))
    assert "Der Entwurf ist angelegt" in client.post(Desk(client, version).url("copy"), follow=True).content.decode()  # fmt: skip


def test_a_draft_with_faults_is_put_right_one_after_the_other(desk: Desk) -> None:
    desk.draft.items.filter(key__in=["field", "tasks"]).update(condition="${gone} = 'x'")
    page = desk.page("edit")
    for key in ("field", "tasks"):
        assert desk.url("condition", key=key) in page
    assert desk.send("condition", {"as": "text", "condition": ""}, key="tasks").status_code == 302
    assert "hier stimmt etwas nicht" in desk.page("edit")
    desk.send("condition", {"as": "text", "condition": "${ever} = 'yes'"}, key="field")
    assert "hier stimmt etwas nicht" not in desk.page("edit")


def test_nothing_else_is_published_than_was_looked_over(desk: Desk) -> None:
    seen = desk.draft.fingerprint
    desk.send("question", {"label": "Was fehlt Ihnen noch?"}, key="wish")
    late = desk.client.post(desk.url("publish"), {"seen": seen})
    assert late.status_code == 409
    assert "Was fehlt Ihnen noch?" in late.content.decode()
    assert desk.now.state == "draft"
    desk.client.post(desk.url("publish"), {"seen": desk.now.fingerprint})
    assert desk.now.state == "published"


def test_an_update_of_the_programme_leaves_an_edited_version_in_use(desk: Desk) -> None:
    desk.send("title", {"title": "Unser Bogen"})
    desk.client.post(desk.url("publish"), {"seen": desk.now.fingerprint})
    assert desk.now.origin == Origin.EDITOR
    services.store_delivered(specification=small_specification(title=both("Vom Programm")))
    assert desk.now.state == "published"


def test_what_is_published_takes_no_change_by_any_page(desk: Desk) -> None:
    pages = [
        ("title", {}), ("section_add", {}), ("section", {"key": "work"}), ("section_remove", {"key": "work"}), ("question_add", {"key": "work"}),
        ("question", {"key": "wish"}), ("condition", {"key": "wish"}), ("question_remove", {"key": "wish"}), ("list_add", {}),
        ("choice_add", {"name": "fields"}), ("choice", {"name": "fields", "choice": "garden"}),
        ("choice_remove", {"name": "tasks", "choice": "bake"}), ("list_remove", {"name": "fields"}),
    ]  # fmt: skip
    shown = {name: desk.shown(name, **named) for name, named in pages}
    services.publish_version(version=desk.draft, by=None)
    before = desk.now.fingerprint
    for name, named in pages:
        answer = desk.client.post(desk.url(name, **named), shown[name] | {"title": "X", "label": "X"})
        assert answer["Location"] == desk.url("version_detail"), name
    assert desk.now.fingerprint == before
    for statement in (
        lambda: desk.draft.sections.filter(key="work").update(title_de="X"),
        lambda: desk.draft.items.filter(key="wish").delete(),
        lambda: desk.draft.choice_lists.create(name="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            statement()
