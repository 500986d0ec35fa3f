"""Drafts: copied with everything, changed, discarded; what is published stays."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.accesslog.models import Entry
from iqquadrat.questionnaires import arranging, services
from iqquadrat.questionnaires.comparing import comparable, difference
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Answer, Recording, Response, TextState, Version
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.storing import specification_of
from tests.questionnaires.factories import small_specification, small_version

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"label": "Arbeiten Sie?", "hint": ""}


def _fresh(version: Version) -> Version:
    return Version.objects.with_content().get(pk=version.pk)


def _change(draft: Version, change: Any, by: Any) -> Version:
    seen = Version.objects.get(pk=draft.pk).fingerprint
    return services.change_draft(version=draft, change=change, by=by, seen=seen, what="test")


def _states(version: Version) -> set[tuple[Any, ...]]:
    return set(version.text_states.values_list("element", "element_key", "field", "language", "state", "source_hash", "translated_by", "reviewed_by", "revision"))  # fmt: skip


def test_a_copy_brings_everything_along(coordinator: Any, counsellor: Any) -> None:
    source = small_version()
    TextState.objects.filter(version=source, element_key="ever", language="ar").update(state="reviewed", reviewed_by=counsellor, reviewed_at=source.created_at)  # fmt: skip
    Recording.objects.create(version=source, element="item", element_key="ever", field="label", language="ar", file="x.ogg", sha256="1", kind="ogg", size=1, text_hash="1")  # fmt: skip
    draft, created = services.copy_version(version=source, by=coordinator)
    copy = _fresh(draft)
    assert (created, copy.state, copy.number) == (True, "draft", source.number + 1)
    assert specification_of(copy) == specification_of(source)
    assert copy.fingerprint == source.fingerprint
    assert copy.items_by_key["wish"].note == "Anything"
    assert _states(copy) == _states(source)
    assert _states(copy)
    assert [recording.file.name for recording in copy.recordings.all()] == ["x.ogg"]
    assert Recording.objects.filter(version=source).count() == 1, "the source keeps its own"
    assert services.copy_version(version=source, by=coordinator) == (draft, False), "one draft at a time"
    assert Entry.objects.filter(action="create", object_id=str(draft.pk), user_id=coordinator.pk).count() == 1


def test_files_go_to_the_published_version_not_to_its_copy(coordinator: Any) -> None:
    source = small_version()
    services.copy_version(version=source, by=coordinator)
    version, created = services.store(specification=small_specification(), origin=Origin.FILES, by=None)
    assert (version.pk, created) == (source.pk, False)


def test_only_drafts_are_changed_or_discarded(coordinator: Any) -> None:
    version = small_version()
    with pytest.raises(services.NotADraftError):
        _change(version, partial(arranging.change_item, key="ever", **WORDS), coordinator)
    with pytest.raises(services.NotADraftError):
        services.discard_draft(version=version, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.items.filter(key="ever").update(label_de="Arbeiten Sie?")


def test_a_draft_is_discarded_once(coordinator: Any) -> None:
    source = small_version()
    draft, _created = services.copy_version(version=source, by=coordinator)
    services.discard_draft(version=draft, by=coordinator)
    assert list(Version.objects.values_list("pk", flat=True)) == [source.pk]
    assert not TextState.objects.exclude(version=source).exists()
    gone = Version(pk=source.pk + 1000, questionnaire=source.questionnaire)
    with pytest.raises(services.NotADraftError):
        services.discard_draft(version=gone, by=coordinator)


def test_other_german_makes_translations_outdated_and_the_way_back_a_draft(coordinator: Any) -> None:
    draft, _created = services.copy_version(version=small_version(), by=coordinator)
    rows = {item.key: item.pk for item in draft.items.all()}
    changed = _change(draft, partial(arranging.change_item, key="ever", **WORDS), coordinator)
    assert changed.fingerprint == specification_of(changed).fingerprint() != draft.fingerprint
    assert {item.key: item.pk for item in changed.items.all()} == rows, "what keeps its key keeps its row"
    state = TextState.objects.get(version=draft, element_key="ever", field="label", language="ar")
    assert (state.state, state.source_text) == ("outdated", "Haben Sie Arbeit?")
    assert changed.items_by_key["ever"].label_ar == "ع Haben Sie Arbeit?", "the translation stays readable"
    assert TextState.objects.get(version=draft, element_key="wish", field="label", language="ar").state == "draft"  # fmt: skip
    _change(
        draft,
        partial(arranging.change_item, key="ever", label="Haben Sie Arbeit?", hint=""),
        coordinator,
    )
    state.refresh_from_db()
    assert state.state == "draft"


def test_a_hint_comes_and_goes_with_its_states(coordinator: Any) -> None:
    draft, _created = services.copy_version(version=small_version(), by=coordinator)
    places = TextState.objects.filter(version=draft, field="hint")
    assert set(places.values_list("element_key", flat=True)) == {"tasks"}
    _change(draft, partial(arranging.change_item, key="tasks", label="Welche Aufgaben?", hint=""), coordinator)  # fmt: skip
    assert not places.exists()
    assert not _fresh(draft).items_by_key["tasks"].hint_ar
    _change(draft, partial(arranging.change_item, key="ever", label="Haben Sie Arbeit?", hint="Heute."), coordinator)  # fmt: skip
    assert set(places.values_list("element_key", "state")) == {("ever", "missing")}


def test_the_second_editor_is_told_and_nothing_is_lost(coordinator: Any) -> None:
    draft, _created = services.copy_version(version=small_version(), by=coordinator)
    _change(draft, partial(arranging.change_item, key="ever", **WORDS), coordinator)
    with pytest.raises(services.DraftChangedError):
        services.change_draft(version=draft, change=partial(arranging.move_item, key="ever", up=False), by=coordinator, seen=draft.fingerprint, what="late")  # fmt: skip
    assert _fresh(draft).items_by_key["ever"].label_de == "Arbeiten Sie?"


def test_an_unsound_change_is_refused_with_its_place(coordinator: Any) -> None:
    draft, _created = services.copy_version(version=small_version(), by=coordinator)
    with pytest.raises(services.UnsoundError) as caught:
        _change(draft, partial(arranging.move_item, key="ever", up=False), coordinator)
    assert [fault.place for fault in caught.value.faults] == ["item.field.condition"], "it asks before it knows"  # fmt: skip
    assert specification_of(_fresh(draft)) == small_specification()


def test_what_is_not_there_is_not_moved(coordinator: Any) -> None:
    draft, _created = services.copy_version(version=small_version(), by=coordinator)
    for change in (
        partial(arranging.move_item, key="gone", up=True),
        partial(arranging.move_section, key="gone", up=True),
        partial(arranging.put_item, key="ever", section="gone"),
    ):
        with pytest.raises(arranging.UnknownPartError):
            _change(draft, change, coordinator)


def _step(specification: Specification, step: tuple[str, str, bool, str]) -> Specification:
    kind, item, up, section = step
    if kind == "item":
        return arranging.move_item(specification, item, up=up)
    if kind == "section":
        return arranging.move_section(specification, section, up=up)
    return arranging.put_item(specification, item, section=section)


_ITEMS = [item.key for item in small_specification().items()]
_STEPS = st.tuples(st.sampled_from(["item", "section", "put"]), st.sampled_from(_ITEMS), st.booleans(), st.sampled_from(["work", "rest"]))  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_STEPS, min_size=1, max_size=12))
def test_positions_stay_unique_and_without_gaps(coordinator: Any, steps: list[Any]) -> None:
    with transaction.atomic():
        draft, _created = services.copy_version(version=small_version(), by=coordinator)
        for step in steps:
            try:
                draft = _change(draft, partial(_step, step=step), coordinator)
            except services.UnsoundError:
                continue
        stored = _fresh(draft)
        assert [item.position for item in stored.ordered_items] == list(range(1, len(_ITEMS) + 1))
        assert [section.position for section in stored.ordered_sections] == [1, 2]
        assert sorted(item.key for item in stored.ordered_items) == sorted(_ITEMS)
        order = [item.key for item in stored.ordered_items]
        assert order == [item.key for item in specification_of(stored).items()], "a section is asked in one piece"  # fmt: skip
        transaction.set_rollback(True)


def test_answers_of_before_stay_readable_after_a_new_version(coordinator: Any) -> None:
    old = small_version()
    response = Response.objects.create(version=old)
    Answer.objects.create(response=response, item=old.items_by_key["field"], status="answered", choices=["kitchen"])  # fmt: skip
    draft, _created = services.copy_version(version=old, by=coordinator)
    _change(draft, partial(arranging.change_item, key="ever", **WORDS), coordinator)
    _change(draft, partial(arranging.put_item, key="years", section="rest"), coordinator)
    services.publish_version(version=draft, by=coordinator)
    answer = Answer.objects.select_related("item").get()
    assert (answer.choices, answer.item.version_id, answer.item.label_de) == (["kitchen"], old.pk, "Was?")
    before, after = _fresh(old), _fresh(draft)
    assert (before.state, after.state) == ("retired", "published")
    assert all(comparable(before.items_by_key[key], after.items_by_key[key]) for key in _ITEMS)
    found = difference(specification_of(before), specification_of(after))
    assert replace(found, moved=False).wording == ("ever",)
    assert found.moved
