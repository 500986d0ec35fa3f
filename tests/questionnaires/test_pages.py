"""The staff pages: texts side by side, workbooks out and in, the same number of queries at every size."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iqquadrat.accesslog.models import Entry
from iqquadrat.questionnaires import services, xlsform
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Version
from tests.questionnaires.factories import both, small_specification, small_version

pytestmark = pytest.mark.django_db


def _upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("small.xlsx", data)}


def test_an_empty_house_says_what_to_do(as_user: Any, coordinator: Any) -> None:
    page = as_user(coordinator).get(reverse("questionnaires:index")).content.decode()
    assert reverse("questionnaires:import") in page
    assert "<table" not in page


def test_the_list_takes_the_same_queries_at_every_size(
    as_user: Any, coordinator: Any, django_assert_num_queries: Any
) -> None:
    client = as_user(coordinator)
    small_version()
    with django_assert_num_queries(8):
        assert "Klein" in client.get(reverse("questionnaires:index")).content.decode()
    small_version(key="second")
    small_version(key="third")
    with django_assert_num_queries(8):
        assert client.get(reverse("questionnaires:index")).content.decode().count("Klein") >= 3


def test_texts_stand_side_by_side(as_user: Any, counsellor: Any) -> None:
    version = small_version()
    url = reverse("questionnaires:version_detail", kwargs={"pk": version.pk})
    page = as_user(counsellor).get(url, {"section": "work", "language": "ar"}).content.decode()
    assert "Welche Aufgaben?" in page
    assert "ع Welche Aufgaben?" in page
    assert 'dir="rtl"' in page
    assert "Was noch?" not in page
    page = as_user(counsellor).get(url, {"section": "rest", "language": "vi"}).content.decode()
    assert "Wir haben" in page
    assert as_user(counsellor).get(url, {"section": "gone", "language": "xx"}).status_code == 200
    assert (
        as_user(counsellor).get(reverse("questionnaires:version_detail", kwargs={"pk": 0})).status_code == 404
    )


def test_the_workbook_is_downloaded_and_logged(as_user: Any, counsellor: Any) -> None:
    version = small_version()
    answer = as_user(counsellor).get(reverse("questionnaires:workbook", kwargs={"pk": version.pk}))
    assert answer["Content-Disposition"] == 'attachment; filename="small-1.xlsx"'
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["survey", "choices", "settings"]
    assert Entry.objects.filter(action="export", user_id=counsellor.pk).count() == 1


def test_a_workbook_makes_a_draft_that_is_published_once(as_user: Any, coordinator: Any) -> None:
    first = small_version()
    data = xlsform.write_workbook(small_specification(title=both("Neu")), number=1)
    client = as_user(coordinator)
    report = client.post(reverse("questionnaires:import"), _upload(data))
    assert Version.objects.count() == 1, "a report is read first"
    seen = client.get(report["Location"]).context["report"].seen
    answer = client.post(report["Location"], {"seen": seen}, follow=True)
    draft = Version.objects.get(number=2)
    assert answer.redirect_chain == [(reverse("questionnaires:version_detail", kwargs={"pk": draft.pk}), 302)]
    publish = reverse("questionnaires:publish", kwargs={"pk": draft.pk})
    assert publish in answer.content.decode()
    for _time in range(2):
        assert client.post(publish, {"seen": draft.fingerprint}, follow=True).status_code == 200
    assert list(Version.objects.order_by("number").values_list("pk", "state")) == [
        (first.pk, "retired"),
        (draft.pk, "published"),
    ]


def test_a_bad_workbook_is_explained(as_user: Any, coordinator: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsform.write_workbook(small_specification(), number=1)))
    book["survey"]["A3"] = "geopoint"
    buffer = io.BytesIO()
    book.save(buffer)
    answer = as_user(coordinator).post(reverse("questionnaires:import"), _upload(buffer.getvalue()))
    assert answer.status_code == 422
    assert "geopoint" in answer.content.decode()
    assert not Version.objects.exists()
    assert as_user(coordinator).post(reverse("questionnaires:import"), {}).status_code == 422
    assert as_user(coordinator).post(reverse("questionnaires:import"), _upload(b"")).status_code == 422


def test_drafts_are_shown_fresh(as_user: Any, coordinator: Any) -> None:
    version, _created = services.store(
        specification=small_specification(), origin=Origin.WORKBOOK, by=coordinator
    )
    url = reverse("questionnaires:version_detail", kwargs={"pk": version.pk})
    assert "Haben Sie Arbeit?" in as_user(coordinator).get(url).content.decode()
    version.items.filter(key="ever").update(label_de="Arbeiten Sie?")
    assert "Arbeiten Sie?" in as_user(coordinator).get(url).content.decode()
