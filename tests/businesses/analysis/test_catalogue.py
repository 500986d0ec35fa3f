"""Every indicator is explained, in English and in German."""

from django.utils.translation import override

from businesses.analysis.catalogue import INDICATORS
from businesses.analysis.jobs import Step

# Formulas made of letters and signs are the same in both languages.
SAME = {"hhi_normalised", "evenness", "effective_branches", "effective_large_branches", "rr1", "rr2"}


def test_all_are_there_once() -> None:
    assert len(INDICATORS) == 30
    assert all(code == indicator.code for code, indicator in INDICATORS.items())
    assert len({str(indicator.name) for indicator in INDICATORS.values()}) == 30


def test_all_are_explained_in_german() -> None:
    for indicator in INDICATORS.values():
        assert indicator.source
        said = []
        for language in ("en", "de"):
            with override(language):
                said.append((str(indicator.name), str(indicator.formula), str(indicator.caveat)))
        (name, formula, caveat), (german_name, german_formula, german_caveat) = said
        assert name != german_name, indicator.code
        assert caveat != german_caveat, indicator.code
        assert formula != german_formula or indicator.code in SAME, indicator.code
        assert all((name, formula, caveat, german_name, german_formula, german_caveat))


def test_the_steps_are_named_in_german() -> None:
    with override("de"):
        assert Step.READY.label == "darf ausbilden und würde es, tut es aber nicht"
