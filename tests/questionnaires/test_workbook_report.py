"""The report says beforehand exactly what taking the workbook in does afterwards."""

import io
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iqquadrat.questionnaires import services, xlsform
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import PendingWorkbook, TextState, Version
from iqquadrat.questionnaires.services.workbooks import apply_workbook, keep_workbook
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.xlsform.report import report_of
from tests.fixtures.people import UserFactory
from tests.questionnaires.factories import both, small_specification, small_version
from tests.questionnaires.test_translations import slot_of

pytestmark = pytest.mark.django_db


def _first_label(specification: Specification, texts: dict[str, str]) -> Specification:
    first, *rest = specification.sections
    items = (replace(first.items[0], label=texts), *first.items[1:])
    return replace(specification, sections=(replace(first, items=items), *rest))


def test_translations_are_told_apart() -> None:
    version = small_version()
    specification = _first_label(
        small_specification(), both("Haben Sie Arbeit?", "هل لديك عمل؟") | {"uk": "Чи працюєте ви?"}
    )
    report = report_of(specification)
    assert report.version == version
    arabic, ukrainian = report.languages
    assert (arabic.added, arabic.changed, arabic.outdated, arabic.missing) == (0, 1, 0, 0)
    assert (ukrainian.added, ukrainian.changed) == (1, 0)
    assert {(line.language, line.what, line.after) for line in report.lines} == {
        ("ar", "changed", "هل لديك عمل؟"), ("uk", "added", "Чи працюєте ви?"),
    }  # fmt: skip
    assert not report.german
    assert report_of(small_specification()).is_empty


def test_other_german_makes_a_new_version_with_outdated_texts() -> None:
    small_version()
    report = report_of(_first_label(small_specification(), {"de": "Arbeiten Sie?"}))
    assert report.version is None
    assert [(line.what, line.before, line.after) for line in report.german] == [
        ("changed", "Haben Sie Arbeit?", "Arbeiten Sie?")
    ]
    assert [line.what for line in report.lines] == ["outdated"]


CASES = {
    "the same": small_specification(),
    "one word": _first_label(small_specification(), both("Haben Sie Arbeit?", "هل لديك عمل؟")),
    "a language more": _first_label(
        small_specification(), both("Haben Sie Arbeit?") | {"uk": "Чи працюєте ви?"}
    ),
    "other German": _first_label(small_specification(), both("Arbeiten Sie?", "هل تعمل؟")),
    "other German, no translation": _first_label(small_specification(), {"de": "Arbeiten Sie?"}),
    "other German, old translation": _first_label(
        small_specification(), both("Arbeiten Sie?", "ع Haben Sie Arbeit?")
    ),
    "new to the house": small_specification(key="other"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_report_says_what_happens(case: str, coordinator: Any) -> None:
    small_version()
    specification = CASES[case]
    report = report_of(specification)
    version, created = services.store(specification=specification, origin=Origin.WORKBOOK, by=coordinator)
    assert created == (report.version is None)
    for row in report.languages:
        rows = TextState.objects.filter(version=version, language=row.language)
        done = Counter(state.state for state in rows)
        mine = sum(state.translated_by_id == coordinator.pk for state in rows)
        assert (mine, done["outdated"], done["missing"]) == (
            row.added + row.changed,
            row.outdated,
            row.missing,
        )


def test_the_way_over_the_pages(as_user: Any, coordinator: Any) -> None:
    version = small_version()
    data = xlsform.write_workbook(CASES["one word"], number=1)
    client = as_user(coordinator)
    upload = client.post(reverse("questionnaires:import"), {"file": SimpleUploadedFile("klein.xlsx", data)})
    shown = client.get(upload["Location"])
    page, seen = shown.content.decode(), shown.context["report"].seen
    assert "klein.xlsx" in page
    assert "هل لديك عمل؟" in page
    assert "ع Haben Sie Arbeit?" in page
    assert version.text_states.filter(translated_by=coordinator).count() == 0, "nothing has happened yet"
    detail = reverse("questionnaires:version_detail", kwargs={"pk": version.pk})
    for _time in range(2):
        assert client.post(upload["Location"], {"seen": seen})["Location"] == detail
    assert version.text_states.get(translated_by=coordinator).state == "draft"
    assert client.get(upload["Location"])["Location"] == detail
    assert as_user(UserFactory(roles=["coordinator"])).get(upload["Location"]).status_code == 404


def test_what_changed_since_the_report_is_not_overwritten_unseen(as_user: Any, coordinator: Any) -> None:
    version = small_version()
    data = xlsform.write_workbook(CASES["one word"], number=1)
    client = as_user(coordinator)
    upload = client.post(reverse("questionnaires:import"), {"file": SimpleUploadedFile("klein.xlsx", data)})
    seen = client.get(upload["Location"]).context["report"].seen
    services.translate(
        version=version,
        slot=slot_of(version, "item", "ever", "label"),
        language="ar",
        text="أتعمل؟",
        by=UserFactory(),
    )
    late = client.post(upload["Location"], {"seen": seen})
    assert late.status_code == 409
    assert "أتعمل؟" in late.content.decode()
    assert Version.objects.with_content().get().items_by_key["ever"].label_ar == "أتعمل؟"
    assert client.post(upload["Location"], {"seen": late.context["report"].seen}).status_code == 302


def test_a_workbook_is_kept_once_a_person_and_empty_after_it_came_in(coordinator: Any) -> None:
    small_version()
    data = xlsform.write_workbook(CASES["one word"], number=1)
    keep_workbook(name="a.xlsx", content=data, by=coordinator)
    pending = keep_workbook(name="b.xlsx", content=data, by=coordinator)
    assert PendingWorkbook.objects.get() == pending
    apply_workbook(pending=pending, by=coordinator)
    pending.refresh_from_db()
    assert bytes(pending.content) == b""
    assert Version.objects.count() == 1


def test_problems_are_told_by_line_and_column(as_user: Any, coordinator: Any) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsform.write_workbook(small_specification(), number=1)))
    book["survey"]["A3"] = "geopoint"
    buffer = io.BytesIO()
    book.save(buffer)
    answer = as_user(coordinator).post(
        reverse("questionnaires:import"), {"file": SimpleUploadedFile("x.xlsx", buffer.getvalue())}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "geopoint" in page
    assert "3" in page
    assert not PendingWorkbook.objects.exists()
