"""The counsellor's paper as rendered, and that the language evidence stands on no other paper."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

import competence
from competence.documents import ClientProfile, CounsellorProfile
from competence.enums import Measuring
from competence.models import Assessment, EvidenceSetAside, FieldConfirmation
from competence.page import page_of
from competence.profile import load
from competence.services import evidence as evidence_services
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.competence.profiles import WISH, full_assessment, persian_client, write_log
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
# Words and figures by which the language evidence would be known on a paper.
EVIDENCE_WORDS = (
    "Deutsch verstehen", "Nur für das Gespräch", "Kein Sprachniveau", "verstanden", "vorgelesen", "gewechselt", "zu früh",
    "zu schnell", "Intervall", "gestützt", "Proben", "Messung", "beiseite",
)  # fmt: skip


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    client = persian_client(counsellor=counsellor, number="K-2026-0127")
    made = full_assessment(client, discussed_at=timezone.now())
    FieldConfirmation.objects.create(
        assessment=made, row_key="field:repair", evidence=3, years=8, note="Zeugnis gesehen"
    )
    write_log(made)
    evidence_services.store_result(made)
    return made


def _paper(assessment: Assessment) -> bytes:
    with translation.override("de"):
        return pdf.render(CounsellorProfile(page_of(assessment), TODAY))


def test_everything_the_counsellor_needs(assessment: Assessment, paper_text: Any, paper_pages: Any) -> None:
    written = _paper(assessment)
    text = paper_text(written)
    for words in (
        "Kompetenzprofil für die Beratung", "Reza Karimi", "K-2026-0127", "Reparieren", "Dokument gesehen", "bestätigt: 8 Jahre",
        "Zeugnis gesehen", "eigene Angabe", "Praktisch arbeiten", "aus 5 von 5 Antworten", "nicht genug Antworten", "Persisch",
        "Montag bis Freitag: Vormittag", WISH, "24. November 2026", "Nur für die Beratung", "Keine Anerkennung eines Berufs",
        "Seite 1 von 2",
    ):  # fmt: skip
        assert words in text, words
    assert paper_pages(written) == 2


def test_the_evidence_stands_apart_with_its_caveat_first(assessment: Assessment, paper_text: Any) -> None:
    text = paper_text(_paper(assessment))
    order = [
        text.index(words)
        for words in (
            "Wünsche und Zeiten",
            "Nur für das Gespräch",
            "Kein Sprachniveau",
            "verstanden",
            "Intervall",
        )
    ]
    assert order == sorted(order)
    page = page_of(assessment)
    assert page.evidence
    for line in page.evidence.lines:
        assert f"{line.result.k} von {line.result.n}" in text
        low = f"{line.result.interval.low:.2f}".replace(".", ",")
        high = f"{line.result.interval.high:.2f}".replace(".", ",")
        assert f"{low} bis {high}" in text
    for words in (
        "zu früh gewechselt:",
        "zu schnell:",
        "Selbst eingeschätzt:",
        "mindestens 12 Fragen je Stufe",
    ):
        assert words in text, words


@pytest.mark.parametrize("facts", [{"measuring": Measuring.REFUSED}, {"mother_tongue": "de"}])
def test_without_measuring_it_says_so_and_no_figure(
    counsellor: User, paper_text: Any, facts: dict[str, Any]
) -> None:
    made = full_assessment(persian_client(counsellor=counsellor), **facts)
    write_log(made)
    evidence_services.store_result(made)
    text = paper_text(_paper(made))
    assert "nicht gemessen" in text
    assert "Intervall" not in text


def test_set_aside_leaves_the_reason_only(assessment: Assessment, counsellor: User, paper_text: Any) -> None:
    EvidenceSetAside.objects.create(
        assessment=assessment, reason="Das Kind hat mitgelesen.", at=timezone.now(), by=counsellor
    )
    text = paper_text(_paper(assessment))
    assert "Das Kind hat mitgelesen." in text
    assert "Intervall" not in text


def test_an_empty_profile_is_a_paper_too(assessment: Assessment, paper_text: Any) -> None:
    assessment.response.answers.all().delete()
    assessment.discussed_at = None
    text = paper_text(_paper(assessment))
    assert text.count("nicht genug Antworten") == 6
    assert "noch nicht besprochen" in text


def test_the_address(assessment: Assessment, counsellor: User, centre: Any, as_user: Any) -> None:
    url = reverse("competence:counsellor_paper", kwargs={"public_id": assessment.public_id})
    answer = as_user(counsellor).get(url)
    assert answer.content.startswith(b"%PDF")
    assert "Karimi" not in answer["Content-Disposition"]
    entry = Entry.objects.get(action="export")
    assert entry.detail == {"paper": "counsellor_profile", "language": "de"}
    assert as_user(UserFactory(centre=centre)).get(url).status_code == 404
    page = as_user(counsellor).get(reverse("competence:profile", args=[assessment.public_id]))
    assert url in page.content.decode()


# --- on no other paper ---------------------------------------------------------------------------------------


def test_the_words_of_the_evidence_are_those_of_the_paper(assessment: Assessment, paper_text: Any) -> None:
    """So that the next test cannot pass because a word was changed."""
    text = paper_text(_paper(assessment))
    assert [
        word for word in EVIDENCE_WORDS if word not in text and word not in ("gestützt", "beiseite")
    ] == []


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_the_clients_paper_holds_none_of_it(assessment: Assessment, language: str, paper_text: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = paper_text(pdf.render(ClientProfile(load(assessment), language, TODAY)))
    assert [word for word in EVIDENCE_WORDS if word in text] == []
    read = " ".join(query["sql"] for query in queries)
    assert "competence_answer" in read or "questionnaires_answer" in read
    for table in ("evidenceresult", "evidencesetaside", "paradataevent"):
        assert table not in read


def test_one_template_alone_shows_it_on_paper() -> None:
    house = Path(competence.__file__).parents[1]
    templates = [
        path for path in house.glob("**/templates/**/*.html") if not {"node_modules", ".venv", "tests"} & set(path.parts)
    ]  # fmt: skip
    papers = [path for path in templates if "pdf/paper.html" in path.read_text(encoding="utf-8")]
    assert len(papers) >= 2
    including = [
        path.name for path in templates if "paper/language_evidence.html" in path.read_text(encoding="utf-8")
    ]
    assert including == ["counsellor_profile.html"]


def test_no_room_above_reads_it() -> None:
    """Placements, businesses and reports cannot show what they do not name."""
    house = Path(competence.__file__).parents[1]
    rooms = [house / name for name in ("placements", "businesses", "counselling")] + [
        house / "iqquadrat" / "reporting"
    ]
    files = [path for room in rooms for path in room.glob("**/*.py")]
    assert files
    named = (
        "EvidenceResult",
        "evidence_result",
        "comprehension",
        "ParadataEvent",
        "EvidenceSetAside",
        "competence.evidence",
    )
    assert [path for path in files if any(word in path.read_text(encoding="utf-8") for word in named)] == []
