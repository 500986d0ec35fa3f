"""What people type is kept as it is, made uniform, or refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.core.text import ForbiddenCharacterError, clean_text, number_in

BIDI = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", *BIDI])
@pytest.mark.parametrize("lines", [True, False])
def test_what_no_writing_needs_is_refused(character: str, *, lines: bool) -> None:
    with pytest.raises(ForbiddenCharacterError):
        clean_text(f"Anna{character}Lena", lines=lines)


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "Nguyễn Thị Ánh", "O’Brien", "Łukasz", "أمل حدّاد", "😀", "\u200fשלום"],
)
def test_what_writings_need_stays(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_two_ways_to_write_a_letter_are_one() -> None:
    assert clean_text("Jose\u0301") == "Jos\u00e9"


@given(st.text())
def test_it_is_done_once(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except ForbiddenCharacterError:
        return
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert 0 <= number_in(text) < 10**18
