"""Translating, reviewing by another person, the history, two editors at once; what the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from iqquadrat.accesslog.models import Entry
from iqquadrat.questionnaires import services, xlsform
from iqquadrat.questionnaires.enums import Origin, TextStatus
from iqquadrat.questionnaires.models import TextChange, TextState, Version
from iqquadrat.questionnaires.services import translations
from iqquadrat.questionnaires.specification import source_hash
from iqquadrat.questionnaires.texts import Slot, slots
from tests.fixtures.people import UserFactory
from tests.questionnaires.factories import both, small_specification, small_version

pytestmark = pytest.mark.django_db


def slot_of(version: Version, *place: str) -> Slot:
    return next(slot for slot in slots(version) if slot.place == place)


def _whole(version: Version) -> Version:
    return Version.objects.with_content().get(pk=version.pk)


@pytest.fixture
def version() -> Version:
    return small_version()


@pytest.fixture
def ever(version: Version) -> Slot:
    return slot_of(version, "item", "ever", "label")


def test_what_is_written_is_a_draft_by_this_person(version: Version, ever: Slot, coordinator: Any) -> None:
    stamp = version.content_stamp
    state = services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    state.refresh_from_db()
    assert (state.state, state.translated_by, state.by_hand) == ("draft", coordinator, True)
    assert (state.source_text, state.source_hash) == ("Haben Sie Arbeit?", source_hash("Haben Sie Arbeit?"))
    fresh = _whole(version)
    assert fresh.items_by_key["ever"].label_ar == "هل لديك عمل؟"
    assert fresh.content_stamp != stamp, "every process reads it anew"
    step = TextChange.objects.get()
    assert (step.what, step.before, step.after, step.by) == (
        "translated", "ع Haben Sie Arbeit?", "هل لديك عمل؟", coordinator,
    )  # fmt: skip
    assert Entry.objects.filter(object_type="questionnaires.version", user_id=coordinator.pk).count() == 1


def test_the_programme_brings_no_history_and_overwrites_nobody(
    version: Version, ever: Slot, coordinator: Any
) -> None:
    assert not TextChange.objects.exists()
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    services.store_delivered(specification=small_specification())
    assert _whole(version).items_by_key["ever"].label_ar == "هل لديك عمل؟"


def test_a_language_that_was_not_begun_is_begun(version: Version, ever: Slot, coordinator: Any) -> None:
    TextState.objects.filter(language="uk").delete()
    services.translate(version=version, slot=ever, language="uk", text="Чи маєте ви роботу?", by=coordinator)
    assert TextState.objects.get(language="uk").state == "draft"


def test_the_same_words_again_change_nothing(version: Version, ever: Slot, coordinator: Any) -> None:
    for _time in range(2):
        services.translate(
            version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator, revision=1
        )
    assert TextChange.objects.count() == 1


def test_an_empty_text_takes_the_translation_away(version: Version, ever: Slot, coordinator: Any) -> None:
    state = services.translate(version=version, slot=ever, language="ar", text="", by=coordinator)
    assert (state.state, state.translated_by) == (TextStatus.MISSING, None)
    assert TextChange.objects.get().what == "removed"


def test_who_comes_second_overwrites_nothing(version: Version, ever: Slot, coordinator: Any) -> None:
    services.translate(version=version, slot=ever, language="ar", text="الأولى؟", by=coordinator, revision=1)
    with pytest.raises(services.TextChangedError):
        services.translate(
            version=version, slot=ever, language="ar", text="الثانية؟", by=coordinator, revision=1
        )
    assert _whole(version).items_by_key["ever"].label_ar == "الأولى؟"


def test_nobody_reviews_the_own_text(version: Version, ever: Slot, coordinator: Any, counsellor: Any) -> None:
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    with pytest.raises(services.OwnTextError):
        services.review(version=version, slot=ever, language="ar", by=coordinator)
    state = services.review(version=version, slot=ever, language="ar", by=counsellor)
    assert (state.state, state.reviewed_by) == ("reviewed", counsellor)
    again = services.translate(version=version, slot=ever, language="ar", text="هل تعمل؟", by=counsellor)
    assert (again.state, again.reviewed_by, again.reviewed_at) == ("draft", None, None)


def test_the_database_knows_that_two_persons_are_needed(
    version: Version, ever: Slot, coordinator: Any
) -> None:
    state = services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        TextState.objects.filter(pk=state.pk).update(reviewed_by=coordinator, reviewed_at=state.translated_at)
    with pytest.raises(IntegrityError, match="review_dated"), transaction.atomic():
        TextState.objects.filter(pk=state.pk).update(reviewed_by=UserFactory())


def test_a_review_is_of_the_wording_that_was_read(
    version: Version, ever: Slot, coordinator: Any, counsellor: Any
) -> None:
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    with pytest.raises(services.TextChangedError):
        services.review(version=version, slot=ever, language="ar", by=counsellor, revision=1)
    with pytest.raises(services.NotReviewableError):
        services.review(version=version, slot=ever, language="vi", by=counsellor)


def test_a_review_can_be_taken_back(version: Version, ever: Slot, counsellor: Any) -> None:
    services.review(version=version, slot=ever, language="ar", by=counsellor)
    state = services.review(version=version, slot=ever, language="ar", by=counsellor, good=False)
    assert (state.state, state.reviewed_by) == ("draft", None)
    assert list(TextChange.objects.values_list("what", flat=True)) == ["reopened", "reviewed"]


def test_a_part_is_reviewed_but_for_the_own_texts(version: Version, ever: Slot, coordinator: Any) -> None:
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    part = [slot for slot in slots(version) if slot.place[1] in ("ever", "field", "tasks")]
    drafts = TextState.objects.filter(version=version, language="ar", element="item", element_key__in=["ever", "field", "tasks"], state="draft")  # fmt: skip
    seen = translations.fingerprint(translations.reviewable(drafts, coordinator))
    asked = {"version": version, "slots": part, "language": "ar", "by": coordinator}
    with pytest.raises(services.TextChangedError):
        services.review_many(**asked, seen="other")
    assert services.review_many(**asked, seen=seen) == (3, 1)
    assert set(drafts.values_list("element_key", flat=True)) == {"ever"}
    assert services.review_many(**asked, seen=seen) == (0, 1)
    assert TextChange.objects.filter(what="reviewed", by=coordinator).count() == 3


def test_an_older_wording_is_put_back(
    version: Version, ever: Slot, coordinator: Any, counsellor: Any
) -> None:
    for words in ("الأولى؟", "الثانية؟"):
        services.translate(version=version, slot=ever, language="ar", text=words, by=coordinator)
    first = TextChange.objects.get(after="الأولى؟")
    state = services.put_back(version=version, slot=ever, language="ar", change=first, by=counsellor)
    assert (state.state, state.translated_by) == ("draft", counsellor)
    assert _whole(version).items_by_key["ever"].label_ar == "الأولى؟"
    assert TextChange.objects.filter(what="put_back").count() == 1


def test_the_history_is_only_added_to(version: Version, ever: Slot, coordinator: Any) -> None:
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    connection.check_constraints()
    for refused in (
        lambda: TextChange.objects.update(after="x"),
        lambda: TextChange.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE questionnaires_textchange"),
    ):
        with pytest.raises(Exception, match="append"), transaction.atomic():
            refused()
    assert TextChange.objects.count() == 1


def test_a_draft_can_be_thrown_away_and_its_history_stays(coordinator: Any) -> None:
    draft, _new = services.store(specification=small_specification(), origin=Origin.WORKBOOK, by=coordinator)
    lines = TextChange.objects.filter(version_id=draft.pk).count()
    assert lines > 10
    draft.delete()
    assert TextChange.objects.count() == lines


def test_other_german_makes_it_outdated_and_forgets_the_review(
    version: Version, ever: Slot, coordinator: Any, counsellor: Any
) -> None:
    services.translate(version=version, slot=ever, language="ar", text="هل لديك عمل؟", by=coordinator)
    services.review(version=version, slot=ever, language="ar", by=counsellor)
    specification = small_specification(title=both("Neu"))
    data = xlsform.write_workbook(specification, number=1)
    assert b"PK" in data
    changed, _new = services.store(specification=_with_german(specification), origin=Origin.FILES, by=None)
    state = changed.text_states.get(element="item", element_key="ever", field="label", language="ar")
    assert (state.state, state.translated_by, state.reviewed_by) == ("outdated", coordinator, None)
    assert state.source_text == "Haben Sie Arbeit?"
    # "It still fits" is said by saving it unchanged: a draft again, made from the German of now.
    new = slot_of(_whole(changed), "item", "ever", "label")
    state = services.translate(version=changed, slot=new, language="ar", text="هل لديك عمل؟", by=coordinator)
    assert (state.state, state.source_text) == ("draft", "Arbeiten Sie?")


def _with_german(specification: Any) -> Any:
    """The same questionnaire with other German for the first question, and no word of Arabic for it."""
    from dataclasses import replace

    first, *rest = specification.sections
    items = (replace(first.items[0], label={"de": "Arbeiten Sie?"}), *first.items[1:])
    return replace(specification, sections=(replace(first, items=items), *rest))


def test_a_retired_version_stays(version: Version, ever: Slot, coordinator: Any) -> None:
    services.publish_version(
        version=services.store(specification=small_specification(title=both("Neu")), origin=Origin.FILES, by=None)[0], by=None
    )  # fmt: skip
    with pytest.raises(services.RetiredError):
        services.translate(version=version, slot=ever, language="ar", text="x", by=coordinator)


def test_texts_that_stay_german_take_no_translation(version: Version, coordinator: Any) -> None:
    fixed = slot_of(version, "choice", "sign.open", "text")
    with pytest.raises(ValueError):
        services.translate(version=version, slot=fixed, language="ar", text="مفتوح", by=coordinator)
    with pytest.raises(ValueError):
        services.translate(version=version, slot=fixed, language="de", text="auf", by=coordinator)


def test_what_a_workbook_brings_is_a_draft_of_whoever_brings_it(version: Version, coordinator: Any) -> None:
    specification = small_specification(intro={"de": "Bitte antworten Sie.", "ar": "أجب من فضلك."})
    import io

    xlsform.import_workbook(io.BytesIO(xlsform.write_workbook(specification, number=1)), by=coordinator)
    state = version.text_states.get(element="version", field="intro", language="ar")
    assert (state.state, state.translated_by) == ("draft", coordinator)
    step = TextChange.objects.get()
    assert (step.what, step.after) == ("imported", "أجب من فضلك.")
