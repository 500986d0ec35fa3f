"""Notes on wording: each rule with what it finds and what it leaves alone."""

import pytest

from iqquadrat.questionnaires.wording import notes_on


def rules(label: str, level: str = "") -> list[str]:
    return [note.rule for note in notes_on(label, level)]


@pytest.mark.parametrize(("level", "most"), [("A1", 7), ("A2", 11), ("B1", 17)])
def test_words_are_counted_to_the_limit_of_the_level(level: str, most: int) -> None:
    assert rules("Sie " + "x " * (most - 2) + "x?", level) == []
    assert rules("Sie " + "x " * (most - 1) + "x?", level) == ["words"]


def test_a_no_break_space_parts_words_and_without_a_level_none_are_counted() -> None:
    label = "Sie\u00a0" + "\u00a0".join("abcdefg") + "?"
    assert rules(label, "A1") == ["words"]
    assert rules(label) == rules(label, "C2") == []


@pytest.mark.parametrize(
    "word", ["nicht", "Nichts", "nie", "niemals", "kein", "keinen", "niemand", "weder", "ohne"]
)
def test_a_word_that_says_no_is_named(word: str) -> None:
    (note,) = notes_on(f"Haben Sie {word} gelernt?")
    assert note.rule == "negation"
    assert word in note.message


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Können Sie kochen?", []),
        ("Kochen Sie? Backen Sie?", ["question_mark"]),
        ("Sie kochen", ["question_mark"]),
        ("Können Sie lesen und schreiben?", ["double"]),
        ("Arbeiten Sie gern, oder lernen Sie?", ["double"]),
        ("Kennen Sie viele Zahlen und Prozente?", []),
        ("Ist das Ihr Beruf oder das Studium?", []),
        ("Haben Sie eine Niete im Hunderter?", []),
        ("Was steht da?", ["address"]),
        ("Kochen sie mit ihr?", ["address"]),
        ("Kannst du kochen?", ["address"]),
        ("Kochen Sie mit deinem Topf?", ["address"]),
        ("Was ist Ihre Muttersprache?", []),
        ("", []),
    ],
)
def test_one_question_to_one_person(label: str, expected: list[str]) -> None:
    assert rules(label, "A1") == expected
