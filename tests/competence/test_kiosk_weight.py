"""What a question weighs on the way to the PC, over all 80 questions and all languages."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from competence.models import Assessment
from iqquadrat.questionnaires import content
from iqquadrat.questionnaires.models import Version
from tests.competence.kiosk import Pc, sit_down

FOLDER = Path(__file__).resolve().parents[2] / "competence" / "content"
SCRIPTS = Path(__file__).resolve().parents[2] / "competence" / "static" / "competence" / "kiosk"


@pytest.mark.django_db
def test_the_next_question_is_under_4_kb() -> None:
    content.load(FOLDER)
    pc: Pc = sit_down()
    version = Version.objects.with_content().get(pk=pc.assessment.response.version_id)
    assert len(version.ordered_items) == 80
    pc.save("wrk_ever", {"choices": ["yes"]})
    pc.save("voc_way", {"choices": ["vocational"]})
    pc.save("wrk_main", {"choices": ["kitchen"]})
    heaviest = 0
    for language in settings.CLIENT_LANGUAGES:
        Assessment.objects.update(mother_tongue=language)
        for item in version.ordered_items:
            page = pc.browser.get(pc.url("question", key=item.key), headers={"X-Part": "1"})
            assert page.status_code == 200, item.key
            weight = len(gzip.compress(page.content, 6))
            heaviest = max(heaviest, weight)
            assert weight < 4096, f"{item.key} {language}: {weight}"
    assert heaviest > 1000


def test_the_scripts_are_small() -> None:
    """All modules of the questions together, before compression; the keyboard comes only where a text is asked for."""
    keyboard = {"keyboard.js", "layouts.js"}
    sizes = {path.name: path.stat().st_size for path in SCRIPTS.glob("*.js")}
    assert sum(sizes[name] for name in keyboard) < 12_000
    assert sum(size for name, size in sizes.items() if name not in keyboard) < 28_500
