"""Names that are one name, in every spelling and script; and names that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.core.folding import (
    folded_words,
    key_set,
    name_keys,
    number_keys,
    script_language,
    search_key,
    skeletons,
)

SAME = [
    ("Muhammad", "محمد"), ("Mohamed", "Muhammad"), ("Mohammed", "محمّد"), ("Nguyen", "Nguyễn"),
    ("Щербаков", "Schtscherbakow"), ("Щербаков", "Shcherbakov"), ("Schtscherbakow", "Ščerbakov"), ("Haddad", "حدّاد"),
    ("Khaled", "خالد"), ("Chaled", "خالد"), ("Halid", "Khaled"), ("Omar", "عمر"), ("Ali", "علي"), ("Yusuf", "يوسف"),
    ("Jussuf", "Yousuf"), ("Fatima", "فاطمة"), ("Fatma", "Fatimah"), ("Ковальчук", "Kowaltschuk"),
    ("Ковальчук", "Kovalchuk"), ("Reza", "رضا"), ("Karimi", "کریمی"), ("Yıldız", "YILDIZ"), ("Şahin", "Schahin"),
    ("Şahin", "Shahin"), ("Юлия", "Julia"), ("Iuliia", "Юлія"), ("Елена", "Jelena"), ("Жуков", "Schukow"),
    ("Nawal", "نوال"), ("Al-Sayed", "السيد"), ("Hussein", "حسين"), ("Hossein", "حسین"), ("Ibrahim", "إبراهيم"),
    ("Müller", "Mueller"), ("Чехов", "Tschechow"), ("Чехов", "Chekhov"), ("Abdullah", "عبد الله"),
    ("Abdulrahman", "Abd al-Rahman"), ("Abdul Rahman", "عبد الرحمن"), ("Trần", "Tran"), ("Ayşe", "Aysche"),
    ("Wójcik", "Wojcik"), ("Мельник", "Melnyk"), ("Aïssatou", "Aissatou"), ("Maryam", "مريم"), ("İnci", "Inci"),
]  # fmt: skip
DIFFERENT = [("Amal", "Omar"), ("Nguyen", "Tran"), ("Haddad", "Karimi"), ("Reza", "Rojin"), ("Olena", "Ihor")]


def _meet(one: str, other: str) -> bool:
    return any(a & b for a in skeletons(one) for b in skeletons(other))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert _meet(one, other), (skeletons(one), skeletons(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_do_not(one: str, other: str) -> None:
    assert not _meet(one, other)


def test_words_are_plain_small_latin_letters() -> None:
    assert folded_words("Nguyễn Thị  Hương") == ["nguyen", "thi", "huong"]
    assert folded_words("Al-Sayed") == ["sayed"]
    assert folded_words("Al") == ["al"]
    assert search_key("O’Brien-Łaska") == "obrien laska"
    assert name_keys("Amal", "أمل") == ":Aml amal aml"


def test_numbers() -> None:
    assert number_keys("K-2026-0143") == {"20260143", "0143", "143"}
    assert number_keys("+49 151 5550") == {"01515550"}
    assert number_keys("۰۱۵۱") == {"0151"}
    assert number_keys("–") == set()


@given(st.text(max_size=60))
def test_any_text_becomes_keys_that_can_be_stored(text: str) -> None:
    for key in key_set(text):
        assert key
        assert len(key) <= 60
        assert key.isascii()
        assert " " not in key


def test_the_language_of_a_script() -> None:
    assert script_language("رضا کریمی", ["fa", "de"]) == "fa"
    assert script_language("Щербаков", ["uk"]) == "uk"
    assert script_language("Nguyễn", []) == "vi"
    assert script_language("Haddad", ["ar"]) == ""
