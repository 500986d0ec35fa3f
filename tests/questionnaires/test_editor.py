"""The editor's pages: overview, one question, publishing with a look at what it does, discarding."""

from typing import Any

import pytest
from django.urls import reverse

from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.arranging import mark_of_item
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.storing import specification_of
from tests.questionnaires.factories import small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(coordinator: Any) -> Version:
    made, _created = services.copy_version(version=small_version(), by=coordinator)
    return _fresh(made)


def _fresh(version: Version) -> Version:
    return Version.objects.with_content().get(pk=version.pk)


def _url(name: str, version: Version, **more: Any) -> str:
    return reverse(f"questionnaires:{name}", kwargs={"pk": version.pk} | more)


def _typed(draft: Version, key: str, **changes: Any) -> dict[str, Any]:
    item = _fresh(draft).items_by_key[key]
    sent = {
        name: getattr(item, name)
        for name in ("type", "level", "dimension", "note", "stimulus", "correct", "choice_filter")
    }
    sent |= {"label": item.label_de, "hint": item.hint_de, "evidence": "on" if item.evidence else ""}  # type: ignore[attr-defined]
    sent["choice_list"] = item.choice_list.name if item.choice_list else ""
    sent |= {name: value for name in ("min_value", "max_value") if (value := getattr(item, name)) is not None}
    sent |= {"required_core": "on"} if item.required_core else {}
    return sent | {"seen": mark_of_item(specification_of(_fresh(draft)), key)} | changes


def test_a_published_version_leads_to_its_draft_once(as_user: Any, coordinator: Any) -> None:
    version = small_version()
    client = as_user(coordinator)
    assert _url("copy", version) in client.get(_url("version_detail", version)).content.decode()
    first, second = (client.post(_url("copy", version))["Location"] for _time in range(2))
    draft = Version.objects.get(state="draft")
    assert first == second == _url("edit", draft)
    page = client.get(first).content.decode()
    assert "Haben Sie Arbeit?" in page
    assert "noch dasselbe" in page


def test_what_is_published_is_refused_in_words(as_user: Any, coordinator: Any) -> None:
    version = small_version()
    client = as_user(coordinator)
    for answer in (
        client.get(_url("edit", version), follow=True),
        client.get(_url("question", version, key="ever"), follow=True),
        client.post(_url("move", version), {"key": "ever", "to": "down"}, follow=True),
        client.post(_url("discard", version), follow=True),
    ):
        assert "bleibt, wie sie beantwortet wurde" in answer.content.decode()
    assert "schon veröffentlicht" in client.get(_url("publish", version)).content.decode()


def test_a_question_is_edited(as_user: Any, coordinator: Any, draft: Version) -> None:
    client = as_user(coordinator)
    url = _url("question", draft, key="ever")
    sent = _typed(draft, "ever", label="Arbeiten Sie?", level="A2", note="Paid or not")
    for _time in range(2):
        assert client.post(url, sent)["Location"] == _url("edit", draft) + "#i-ever", (
            "pressed twice it is saved once"
        )
    item = _fresh(draft).items_by_key["ever"]
    assert (item.label_de, item.level, item.note, item.evidence) == ("Arbeiten Sie?", "A2", "Paid or not", True)  # type: ignore[attr-defined]  # fmt: skip
    page = client.get(_url("edit", draft)).content.decode()
    assert "Anderer Wortlaut" in page
    assert client.get(_url("question", draft, key="gone")).status_code == 404


def test_a_wrong_condition_is_said_beside_its_field(as_user: Any, coordinator: Any, draft: Version) -> None:
    url = _url("condition", draft, key="years")
    seen = mark_of_item(specification_of(draft), "years")
    for condition in ("${ever} = ", "${wish} = 'x'", "${gone} = 'x'"):
        sent = {"as": "text", "condition": condition, "seen": seen}
        answer = as_user(coordinator).post(url, sent)
        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {"condition"}
    assert _fresh(draft).items_by_key["years"].condition == ""


def test_a_probe_keeps_its_text_and_right_answer(as_user: Any, coordinator: Any, draft: Version) -> None:
    url = _url("question", draft, key="probe")
    sent = _typed(draft, "probe", stimulus="Wir haben zu.", correct="closed")
    assert as_user(coordinator).post(url, sent).status_code == 302
    item = _fresh(draft).items_by_key["probe"]
    assert (item.stimulus, item.correct) == ("Wir haben zu.", "closed")
    assert as_user(coordinator).post(url, sent | {"correct": "gone"}).status_code == 422


def test_the_second_editor_sees_both(as_user: Any, coordinator: Any, draft: Version) -> None:
    client = as_user(coordinator)
    url = _url("question", draft, key="ever")
    early = _typed(draft, "ever")
    assert client.post(url, early | {"label": "Arbeiten Sie?"}).status_code == 302
    late = client.post(url, early | {"label": "Haben Sie heute Arbeit?"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Arbeiten Sie?" in page
    assert "Haben Sie heute Arbeit?" in page
    again = early | {"label": "Haben Sie heute Arbeit?", "seen": late.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    other = _typed(draft, "wish", label="Was noch, bitte?")
    client.post(url, _typed(draft, "ever", hint="Heute."))
    assert client.post(_url("question", draft, key="wish"), other).status_code == 302, "another question"


def test_moving_by_buttons(as_user: Any, coordinator: Any, draft: Version) -> None:
    client = as_user(coordinator)

    def order() -> list[str]:
        return [item.key for item in _fresh(draft).ordered_items]

    sent = {"key": "years", "to": "up", "seen": draft.fingerprint}
    for _time in range(2):
        client.post(_url("move", draft), sent)
    assert order()[:4] == ["ever", "field", "years", "tasks"], "pressed twice it moves once"
    seen = _fresh(draft).fingerprint
    client.post(_url("move", draft), {"key": "years", "to": "section", "section": "rest", "seen": seen})
    assert order()[-1] == "years"
    seen = _fresh(draft).fingerprint
    page = client.post(_url("move", draft), {"key": "ever", "to": "down", "seen": seen}, follow=True)
    text = page.content.decode()
    assert "„Haben Sie Arbeit?“ ist keine frühere Frage" in text
    assert "Frage „Was?“" in text
    assert "item.field.condition" not in text
    assert order()[0] == "ever"
    assert client.post(_url("move", draft), {"key": "gone", "to": "up", "seen": seen}).status_code == 404
    client.post(_url("move", draft), {"part": "section", "key": "rest", "to": "up", "seen": seen})
    assert _fresh(draft).ordered_sections[0].key == "rest"


def test_publishing_says_first_what_it_does(as_user: Any, coordinator: Any, draft: Version) -> None:
    client = as_user(coordinator)
    client.post(_url("question", draft, key="ever"), _typed(draft, "ever", label="Arbeiten Sie?"))
    page = client.get(_url("publish", draft)).content.decode()
    assert "Laufende" in page
    assert "Arbeiten Sie?" in page
    assert _fresh(draft).state == "draft"
    client.post(_url("publish", draft), {"seen": _fresh(draft).fingerprint})
    assert _fresh(draft).state == "published"


def test_problems_keep_a_draft_from_being_published(as_user: Any, coordinator: Any, draft: Version) -> None:
    draft.items.filter(key="field").update(condition="${gone} = 'x'")
    client = as_user(coordinator)
    answer = client.post(_url("publish", draft))
    assert answer.status_code == 422
    assert _url("question", draft, key="field") in answer.content.decode()
    assert _fresh(draft).state == "draft"


def test_discarding_from_the_page(as_user: Any, coordinator: Any, draft: Version) -> None:
    client = as_user(coordinator)
    assert client.post(_url("discard", draft))["Location"] == reverse("questionnaires:index")
    assert client.post(_url("discard", draft)).status_code == 404
    assert Version.objects.count() == 1


def test_the_overview_takes_the_same_queries_at_every_size(
    as_user: Any, coordinator: Any, draft: Version, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user(coordinator)
    client.get(_url("edit", draft))
    with CaptureQueriesContext(connection) as small:
        client.get(_url("edit", draft))
    model = draft.items.get(key="wish")
    for number in range(100, 140):
        model.pk, model.key, model.position = None, f"more{number}", number
        model.save(force_insert=True)
    with django_assert_num_queries(len(small)):
        assert client.get(_url("edit", draft)).content.decode().count("more1") > 40
