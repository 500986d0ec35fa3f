"""The profile page: what it shows, who may, what is done with it, and how many queries it takes."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from competence.enums import Measuring
from competence.models import Assessment, ClientRemark, EvidenceResult, EvidenceSetAside, FieldConfirmation
from competence.profile import load
from competence.services import evidence as evidence_services
from competence.services import profiles
from competence.signals import assessment_finished
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import timeline_for
from tests.competence.factories import AgreedGoalFactory, AssessmentFactory
from tests.competence.profiles import WISH, full_assessment, persian_client, write_log
from tests.counselling.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    made = full_assessment(persian_client(counsellor=counsellor))
    write_log(made)
    assessment_finished.send(sender=Assessment, assessment=made)
    return made


def _url(name: str, assessment: Assessment, **more: str) -> str:
    return reverse(f"competence:{name}", kwargs={"public_id": assessment.public_id, **more})


def test_finishing_keeps_the_evidence_with_its_thresholds(assessment: Assessment) -> None:
    result = EvidenceResult.objects.get(assessment=assessment)
    codes = [code for _key, _level, code, _why, _ms in result.codes]
    evidence_items = assessment.response.version.items.filter(evidence=True)
    assert len(codes) == evidence_items.count()
    assert set(codes) >= {"U", "X", "D"}
    assert result.thresholds["valid_from"] == "2026-11-01"
    assert result.probes == {"A1": [2, 2], "A2": [1, 2], "B1": [0, 2]}
    assert evidence_services.store_result(assessment).pk == result.pk  # again: replaced, not doubled


@pytest.mark.parametrize("facts", [{"measuring": Measuring.REFUSED}, {"mother_tongue": "de"}])
def test_without_measuring_nothing_is_said(counsellor: User, as_user: Any, facts: dict[str, Any]) -> None:
    made = full_assessment(persian_client(counsellor=counsellor), **facts)
    write_log(made)
    result = evidence_services.store_result(made)
    assert result.overall == "not_measured"
    assert {code for _key, _level, code, _why, _ms in result.codes} == {"N"}
    page = as_user(counsellor).get(_url("profile", made)).content.decode()
    assert "nicht gemessen" in page
    assert 'class="ci"' not in page


def test_the_page_shows_the_profile_and_the_evidence_apart(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    page = as_user(counsellor).get(_url("profile", assessment)).content.decode()
    for words in (
        "Praktisch arbeiten", "vorhanden bis stark", "nicht genug Antworten", "2 von 5", "Reparieren", "eigene Angabe",
        "Persisch", "Montag bis Freitag: Vormittag", WISH, "Nur für das Gespräch", "Kein Sprachniveau", "2 von 2",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Kein Sprachniveau") < page.index('class="ci"')
    assert Entry.objects.filter(action="view", object_id=str(assessment.pk)).count() == 1


def test_the_tab_of_the_client_page_is_a_fragment(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    url = reverse("competence:client_profile", kwargs={"public_id": assessment.client.public_id})
    fragment = as_user(counsellor).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Praktisch arbeiten" in fragment
    assert as_user(counsellor).get(url)["Location"] == _url("profile", assessment)


def test_a_client_without_assessment_is_told_what_to_do_first(counsellor: User, as_user: Any) -> None:
    url = reverse(
        "competence:client_profile", kwargs={"public_id": ClientFactory(counsellor=counsellor).public_id}
    )
    assert "Noch keine Bilanz" in as_user(counsellor).get(url).content.decode()


def test_an_assessment_that_was_just_begun_has_a_page(counsellor: User, as_user: Any) -> None:
    begun = AssessmentFactory(running=True, client__counsellor=counsellor)
    page = as_user(counsellor).get(_url("profile", begun)).content.decode()
    assert "Wird ausgewertet" in page
    assert page.count("nicht genug Antworten") == 6


def test_a_colleague_of_the_same_centre_does_not_see_it(
    assessment: Assessment, as_user: Any, centre: Any
) -> None:
    from tests.fixtures.people import UserFactory

    colleague = UserFactory(centre=centre)
    assert as_user(colleague).get(_url("profile", assessment)).status_code == 404
    assert as_user(colleague).get(_url("paper", assessment, language="de")).status_code == 404


def test_the_paper_comes_as_pdf_and_only_in_client_languages(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    answer = as_user(counsellor).get(_url("paper", assessment, language="ar"))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert "Karimi" not in answer["Content-Disposition"]
    assert as_user(counsellor).get(_url("paper", assessment, language="ckb")).status_code == 404


# --- confirming, remarks, discussing -----------------------------------------------------------------------


def _confirm(client: Any, assessment: Assessment, **data: Any) -> Any:
    sent = {"evidence": 2, "years": "", "note": "", "revision": 0} | data
    return client.post(_url("confirm_field", assessment, row_key="field:repair"), sent)


def test_confirming_a_line_leaves_the_own_statement(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    browser = as_user(counsellor)
    assert _confirm(browser, assessment, evidence=3, years="۸", note="Zeugnis gesehen").status_code == 302
    row = load(assessment).rows[0]
    assert (row.years, row.confirmed.years, int(row.evidence)) == (9, 8, 3)
    page = browser.get(_url("profile", assessment)).content.decode()
    assert "bestätigt: 8 Jahre" in page
    assert "Zeugnis gesehen" in page


def test_two_people_confirming_one_line(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    browser = as_user(counsellor)
    _confirm(browser, assessment, note="erste")
    late = _confirm(browser, assessment, note="zweite", revision=0)
    assert late.status_code == 409
    text = late.content.decode()
    assert "erste" in text
    assert "zweite" in text
    assert FieldConfirmation.objects.get().note == "erste"
    assert _confirm(browser, assessment, note="zweite", revision=1).status_code == 302
    assert FieldConfirmation.objects.get().revision == 2


@pytest.mark.parametrize("wrong", [{"evidence": 9}, {"years": "900"}, {"note": "a\x00b"}, {"evidence": ""}])
def test_wrong_input_is_shown_again(
    assessment: Assessment, counsellor: User, as_user: Any, wrong: dict[str, Any]
) -> None:
    assert _confirm(as_user(counsellor), assessment, **wrong).status_code == 422
    assert not FieldConfirmation.objects.exists()


def test_a_line_that_is_not_there(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    assert as_user(counsellor).get(_url("confirm_field", assessment, row_key="field:moon")).status_code == 404


def test_the_clients_words_once_per_submission(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    sent = {"text": "Ich habe auch zwei Personen angelernt.", "submission": str(uuid.uuid4())}
    for _ in range(2):
        assert as_user(counsellor).post(_url("add_remark", assessment), sent).status_code == 302
    assert ClientRemark.objects.count() == 1
    assert sent["text"] in as_user(counsellor).get(_url("profile", assessment)).content.decode()


def test_discussed_and_back(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    as_user(counsellor).post(_url("discussed", assessment))
    assessment.refresh_from_db()
    assert assessment.discussed_at
    as_user(counsellor).post(_url("discussed", assessment))
    assessment.refresh_from_db()
    assert assessment.discussed_at is None


def test_what_is_not_finished_cannot_be_discussed(counsellor: User) -> None:
    begun = AssessmentFactory(running=True, client__counsellor=counsellor)
    with pytest.raises(profiles.NotFinishedError):
        profiles.mark_discussed(assessment=begun, by=counsellor)


def test_setting_the_evidence_aside_needs_a_reason_and_can_be_undone(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    browser = as_user(counsellor)
    assert browser.post(_url("set_aside", assessment), {"reason": " "}).status_code == 422
    assert (
        browser.post(_url("set_aside", assessment), {"reason": "Das Kind hat mitgelesen."}).status_code == 302
    )
    page = browser.get(_url("profile", assessment)).content.decode()
    assert "Das Kind hat mitgelesen." in page
    assert 'class="ci"' not in page
    browser.post(_url("take_back", assessment))
    assert 'class="ci"' in browser.get(_url("profile", assessment)).content.decode()
    row = EvidenceSetAside.objects.get()
    assert (row.undone_by, row.reason) == (counsellor, "Das Kind hat mitgelesen.")


def test_choosing_another_assessment_of_the_same_client(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    other = AssessmentFactory(finished=True, client=assessment.client)
    answer = as_user(counsellor).get(_url("choose", assessment), {"assessment": other.public_id})
    assert answer["Location"] == _url("profile", other)
    foreign = AssessmentFactory(finished=True, client__counsellor=counsellor)
    for wrong in (foreign.public_id, "nonsense", ""):
        assert as_user(counsellor).get(_url("choose", assessment), {"assessment": wrong}).status_code == 404


def test_the_timeline_tells_the_assessment(assessment: Assessment, counsellor: User, stranger: User) -> None:
    kinds = [entry.kind for entry in timeline_for(counsellor, assessment.client_id)]
    assert kinds.count("assessment") == 2
    assert "assessment" not in [entry.kind for entry in timeline_for(stranger, assessment.client_id)]


# --- lists, sums, queries --------------------------------------------------------------------------------------


def test_the_list_is_filtered_and_the_coordinator_sees_sums(
    assessment: Assessment, counsellor: User, coordinator: User, as_user: Any
) -> None:
    AssessmentFactory(client__counsellor=counsellor, mother_tongue="tr")
    url = reverse("competence:assessment_list")
    whole = as_user(counsellor).get(url).content.decode()
    assert "Karimi" in whole
    assert "Haddad" in whole
    assert "Karimi" not in as_user(counsellor).get(url, {"language": "tr"}).content.decode()
    assert "Haddad" not in as_user(counsellor).get(url, {"state": "finished"}).content.decode()
    sums = as_user(coordinator).get(url).content.decode()
    assert "Persisch" in sums
    assert "Karimi" not in sums


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(
    rows: int, counsellor: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        AssessmentFactory(running=True, client__counsellor=counsellor)
    browser = as_user(counsellor)
    browser.get("/competence/")  # the first request of a session also writes its clock
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(reverse("competence:assessment_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_profile(
    rows: int, assessment: Assessment, counsellor: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    keys = ["field:repair", "field:construction", "field:sales"][:rows]
    for number, key in enumerate(keys):
        FieldConfirmation.objects.create(assessment=assessment, row_key=key, evidence=2)
        ClientRemark.objects.create(assessment=assessment, text=f"Wort {number}", said_on="2026-11-18")
        AssessmentFactory(finished=True, client=assessment.client)
        AgreedGoalFactory(assessment=assessment)
    browser = as_user(counsellor)
    browser.get("/competence/")
    with django_assert_num_queries(PROFILE_QUERIES):
        browser.get(_url("profile", assessment))


LIST_QUERIES = 8
PROFILE_QUERIES = 20


@pytest.mark.browser
def test_the_page_is_accessible(
    assessment: Assessment,
    counsellor: User,
    page: Any,
    sign_in: Any,
    assert_readable: Any,
) -> None:
    sign_in(page, counsellor)
    page.goto(_url("profile", assessment))
    page.get_by_role("heading", name="Deutsch verstehen in diesem Fragebogen").wait_for()
    assert_readable(page)


def test_the_sums_hide_small_counts(coordinator: User, counsellor: User, as_user: Any) -> None:
    """Four people of one mother tongue would be known in a small centre; the sums of all stay."""
    for language, begun in (("tr", 2), ("ar", 7), ("ru", 8)):
        for _ in range(begun):
            AssessmentFactory(running=True, client__counsellor=counsellor, mother_tongue=language)
    sums = as_user(coordinator).get(reverse("competence:assessment_list")).context
    shown = {line["name"]: line["started"] for line in sums["lines"]}
    assert sorted(str(value) for value in shown.values()) == ["8", "None", "None"]
    assert sums["sums"]["started"] == 17
    assert sums["hides"]
