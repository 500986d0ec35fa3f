"""Every pictogram of the house has a name, and every name a picture."""

import re
from pathlib import Path

from iqquadrat.questionnaires.draft_forms.lists import Pictured
from iqquadrat.questionnaires.pictograms import NAMES

SPRITE = Path(__file__).resolve().parents[2] / "iqquadrat" / "core" / "static" / "iq" / "pictograms.svg"


def test_every_pictogram_is_named_once() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())
    assert set(drawn) == NAMES.keys()
    names = [str(name) for name in NAMES.values()]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


def test_a_picture_is_a_word_for_who_cannot_see_it() -> None:
    picture = Pictured("Topf", "pot")
    assert str(picture) == "Topf"
    assert "#pot" in picture.__html__()
    assert "Topf" in picture.__html__()
