"""Sections, questions, lists and answers as plain data: put somewhere, added, taken away, marked; keys and what points at them."""

from dataclasses import replace

import pytest

from iqquadrat.questionnaires import arranging, keys, pointing
from iqquadrat.questionnaires import arranging_lists as lists
from iqquadrat.questionnaires.arranging import UnknownPartError
from iqquadrat.questionnaires.checking import faults_of, unfinished
from iqquadrat.questionnaires.draft_places import fault_in_words, name_of, url_of
from iqquadrat.questionnaires.specification import ChoiceSpecification, ItemSpecification, Specification
from tests.questionnaires.factories import both, small_specification


def _order(specification: Specification) -> list[str]:
    return [item.key for item in specification.items()]


def test_a_question_is_put_where_it_was_dragged_to() -> None:
    start = small_specification()
    moved = arranging.place_item(start, "years", section="rest", before="from_day")
    assert _order(moved) == ["ever", "field", "tasks", "since", "years", "from_day", "wish", "probe"]
    assert _order(arranging.place_item(start, "years", section="work", before="ever"))[0] == "years"
    assert arranging.place_item(start, "years", section="work", before="years") == start
    for section, before in (("gone", ""), ("work", "gone"), ("work", "wish")):
        with pytest.raises(UnknownPartError):
            arranging.place_item(start, "years", section=section, before=before)


def test_a_section_is_put_before_another_one() -> None:
    start = arranging.add_section(small_specification(), key="more", title="Mehr")
    assert [one.key for one in start.sections] == ["work", "rest", "more"]
    moved = arranging.place_section(start, "more", before="rest")
    assert [one.key for one in moved.sections] == ["work", "more", "rest"]
    assert arranging.place_section(moved, "more", before="") == start
    assert [fault.place for fault in unfinished(start)] == ["section.more"]
    assert faults_of(start) == []


def test_other_german_keeps_the_translations() -> None:
    renamed = arranging.rename_section(small_specification(), "work", title="Beruf")
    assert renamed.sections[0].title == {"de": "Beruf", "ar": "ع Arbeit"}
    titled = arranging.change_title(renamed, title="Groß", intro="")
    assert (titled.title["ar"], titled.intro) == ("ع Klein", {})
    answer = lists.change_choice(titled, "yes_no", "yes", text="Jawohl", score=1)
    assert lists.choice_named(answer, "yes_no", "yes").text == {"de": "Jawohl", "ar": "ع Ja"}


def test_lists_come_and_go() -> None:
    choice = ChoiceSpecification(key="maybe", text={"de": "Vielleicht"})
    start = lists.add_choice(small_specification(), "yes_no", choice=choice)
    keys_now = [one.key for one in lists.list_named(start, "yes_no").choices]
    assert keys_now == ["yes", "no", "maybe"]
    moved = lists.place_choice(start, "yes_no", "maybe", before="yes")
    assert [one.key for one in lists.list_named(moved, "yes_no").choices] == ["maybe", "yes", "no"]
    assert lists.move_choice(moved, "yes_no", "maybe", up=True) == moved
    assert lists.remove_choice(start, "yes_no", "maybe") == small_specification()
    added = lists.add_list(start, name="spare", answers=[choice])
    assert lists.remove_list(added, "spare") == start
    for change in (
        lambda: lists.list_named(start, "gone"), lambda: lists.choice_named(start, "yes_no", "gone"),
        lambda: lists.place_choice(start, "yes_no", "yes", before="gone"),
    ):  # fmt: skip
        with pytest.raises(UnknownPartError):
            change()


def test_marks_change_with_what_they_stand_for_and_with_nothing_else() -> None:
    start = small_specification()
    other = arranging.change_item(start, "ever", label="Arbeiten Sie?", hint="")
    assert arranging.mark_of_item(start, "wish") == arranging.mark_of_item(other, "wish")
    assert arranging.mark_of_section(start, "work") != arranging.mark_of_section(other, "work")
    assert arranging.mark_of_section(start, "rest") == arranging.mark_of_section(other, "rest")
    assert arranging.mark_of_keys(start, "work") == arranging.mark_of_keys(other, "work")
    assert arranging.mark_of_section_title(start, "work") == arranging.mark_of_section_title(other, "work")
    scored = lists.change_choice(start, "fields", "garden", text="Garten", score=3)
    assert lists.mark_of_list(start, "fields") != lists.mark_of_list(scored, "fields")
    assert lists.mark_of_choice(start, "fields", "kitchen") == lists.mark_of_choice(
        scored, "fields", "kitchen"
    )
    arabic = replace(start, title=both("Klein", "أخرى"))
    assert arranging.mark_of_title(start) == arranging.mark_of_title(arabic)


@pytest.mark.parametrize(
    ("german", "key"),
    [
        ("Können Sie Möbel aufbauen?", "moebel_aufbauen"), ("Wie geht es Ihnen?", "geht"), ("3 Jahre?", "question_3_jahre"), ("?", "question"),
        ("Haben Sie Arbeit?", "arbeit_2"), ("Der Reiz Stimulus", "reiz_stimulus_question"), ("Łódź", "lodz"), ("Stimulus", "stimulus"),
    ],
)  # fmt: skip
def test_keys_are_proposed_from_the_german(german: str, key: str) -> None:
    proposed = keys.proposed_key(german, {"arbeit"}, otherwise="question")
    assert keys.fault_of_key(proposed, {"arbeit"}) == ""
    assert proposed == key


def test_a_typed_key_is_refused_in_words() -> None:
    assert "gibt es schon" in keys.fault_of_key("ever", {"ever"})
    assert "Buchstaben" in keys.fault_of_key("1a", ())
    assert "_stimulus" in keys.fault_of_key("a_stimulus", ())
    assert keys.fault_of_choice_key("1a", ()) == ""
    assert "Ziffern" in keys.fault_of_choice_key("a b", ())
    taken = keys.taken_keys(small_specification())
    assert {"work", "rest", "ever", "probe"} <= taken


def test_what_points_is_found_with_its_place() -> None:
    specification = small_specification()
    assert [one.place for one in pointing.at_item(specification, "ever")] == ["item.field.condition"]
    places = [one.place for one in pointing.at_item(specification, "field")]
    assert places == ["item.tasks.condition", "item.tasks.choice_filter"]
    assert pointing.at_section(specification, "work") == []
    moved = arranging.place_item(specification, "field", section="rest", before="")
    assert [one.label for one in pointing.at_section(moved, "work")] == ["Was?"]
    assert [one.place for one in pointing.at_list(specification, "yes_no")] == ["item.ever"]
    assert [one.place for one in pointing.at_choice(specification, "yes_no", "yes")] == [
        "item.field.condition"
    ]
    assert [one.place for one in pointing.at_choice(specification, "fields", "garden")] == [
        "choice.tasks.plant"
    ]
    assert [one.place for one in pointing.at_choice(specification, "sign", "open")] == ["item.probe"]
    assert pointing.at_choice(specification, "sign", "closed") == []
    broken = arranging.set_condition(specification, "wish", condition="${ever} = ")
    assert len(pointing.at_item(broken, "ever")) == 1, "what cannot be read points at nothing"


def test_a_fault_is_said_in_words_and_leads_to_its_place() -> None:
    specification = arranging.place_item(small_specification(), "ever", section="work", before="years")
    (fault,) = faults_of(specification)
    assert fault_in_words(fault, specification) == "Frage „Was?“: „Haben Sie Arbeit?“ ist keine frühere Frage"
    assert url_of(7, specification, fault.place) == "/questionnaires/7/edit/question/field/condition/"
    for place, address in {
        "item.ever.label.de": "question/ever/", "section.work.title.de": "section/work/", "choice_list.fields": "list/fields/",
        "choice.fields.garden.text.de": "list/fields/answer/garden/", "choice.fields": "list/fields/", "version.title.de": "title/",
        "items": "", "item.gone": "", "choice.gone.x": "",
    }.items():  # fmt: skip
        assert url_of(7, specification, place) == f"/questionnaires/7/edit/{address}"
    assert name_of(specification, "choice.fields.garden.text.de") == "Antwort „Garten“"
    assert name_of(specification, "section.work") == "Abschnitt „Arbeit“"
    assert name_of(specification, "choice_list.fields") == "Antwortliste „fields“"
    assert name_of(specification, "key") == ""


def test_an_answer_whose_key_holds_dots_is_found() -> None:
    answers = [ChoiceSpecification(key=key, text={"de": key}) for key in ("a", "a.b")]
    specification = lists.add_list(small_specification(), name="dots", answers=answers)
    assert url_of(7, specification, "choice.dots.a.b.text").endswith("/list/dots/answer/a.b/")


def test_a_list_that_changes_is_held_against_the_conditions() -> None:
    specification = small_specification()
    ever = arranging.item_of(specification, "ever")
    assert [one.label for one in pointing.at_answers(specification, ever, without={"no"})] == ["Was?"]
    assert pointing.at_answers(specification, ever, without={"yes", "x"}) == []
    field = arranging.item_of(specification, "field")
    assert pointing.at_answers(specification, field, without=None) == [], "answered or not: any list can say that"  # fmt: skip


def test_a_question_is_added_and_removed() -> None:
    item = ItemSpecification(key="new", type="text", label={"de": "Was noch heute?"})
    added = arranging.add_item(small_specification(), section="work", item=item)
    assert _order(added)[4] == "new"
    assert arranging.remove_item(added, "new") == small_specification()
    gone = arranging.remove_section(added, "work")
    assert [one.key for one in gone.sections] == ["rest"]
