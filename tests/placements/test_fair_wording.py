"""What the form refuses with the law's name, what it only mentions, and what it lets pass."""

import pytest

from placements.fair_wording import Ground, hints, refused

REFUSED = [
    ("Nur Männer", Ground.GENDER), ("bitte nur kräftige Frauen", Ground.GENDER), ("Frauen bevorzugt", Ground.GENDER), ("männlich, ab sofort", Ground.GENDER),
    ("Wir suchen einen starken Mann", Ground.GENDER), ("keine Frauen in der Nachtschicht", Ground.GENDER),
    ("nur Deutsche", Ground.ORIGIN), ("NUR  DEUTSCHE BEWERBER", Ground.ORIGIN), ("keine Ausländer, bitte", Ground.ORIGIN), ("am liebsten Vietnamesen", Ground.ORIGIN),
    ("Muttersprachler", Ground.ORIGIN), ("Muttersprache Deutsch", Ground.ORIGIN), ("Arabisch als Muttersprache", Ground.ORIGIN), ("akzentfreies Deutsch", Ground.ORIGIN),
    ("deutscher Pass", Ground.ORIGIN), ("Staatsangehörigkeit: deutsch", Ground.ORIGIN), ("lieber Landsleute", Ground.ORIGIN),
    ("ohne Kopftuch", Ground.RELIGION), ("kein Kopftuch", Ground.RELIGION), ("nur Muslime", Ground.RELIGION), ("christlicher Glaube", Ground.RELIGION), ("ohne Bart", Ground.RELIGION),
    ("jung und belastbar", Ground.AGE), ("junge Leute", Ground.AGE), ("junger Mann", Ground.AGE), ("nicht älter als 35", Ground.AGE), ("bis 40 Jahre", Ground.AGE),
    ("zwischen 20 und 30 Jahren", Ground.AGE), ("keine Rentner", Ground.AGE), ("25-jährige bis 30-jährige, 20 bis 30 Jahre alt", Ground.AGE),
    ("ohne Kinder", Ground.FAMILY), ("ledig", Ground.FAMILY), ("nicht schwanger", Ground.FAMILY), ("Familienplanung abgeschlossen", Ground.FAMILY),
    ("keine Behinderung", Ground.HEALTH), ("keine Schwerbehinderten", Ground.HEALTH), ("gesund und kräftig", Ground.HEALTH),
    ("keine Schwulen", Ground.SEXUAL_IDENTITY), ("gutaussehend", Ground.APPEARANCE), ("attraktives Äußeres", Ground.APPEARANCE), ("schlanke Figur", Ground.APPEARANCE),
]  # fmt: skip


@pytest.mark.parametrize(("words", "ground"), REFUSED)
def test_an_unlawful_wish_is_found_wherever_it_stands(words: str, ground: Ground) -> None:
    for text in (words, words.upper(), f"Führerschein B\n{words}", f"Kasse, Regale ({words})"):
        assert ground in {one.ground for one in refused(text)}, text


@pytest.mark.parametrize(
    "words",
    [
        "", "Küchenhilfe (m/w/d)", "Verkäufer/in (männlich/weiblich/divers)", "Männer und Frauen gesucht", "Deutsch B1, Arabisch erwünscht", "Gute Sprachkenntnisse in Vietnamesisch",
        "nur deutsche Kundschaft", "möglichst gute deutsche Sprachkenntnisse", "nur türkische Küche", "Frauen werden bei gleicher Eignung bevorzugt",
        "Verkauf von Damenmode, keine Herrenmode", "Arbeit mit jungen Menschen", "Betreuung von jungen Leuten", "Ein Lokal für Jung und Alt", "mindestens 18 Jahre", "nicht jünger als 18",
        "höchstens 10 kg heben", "nicht über 30 Stunden", "bis 20 Jahre Berufserfahrung", "2 Jahre Erfahrung", "Gesundheitszeugnis", "Belehrung nach § 43 IfSG", "Herkunft und Alter spielen keine Rolle",
        "lediglich samstags", "attraktive Bezahlung", "attraktiver Lohn", "schlanke Abläufe", "keine Kinderbetreuung vor Ort", "Hautfarbe egal", "Betreuung alleinstehender Menschen",
        "gepflegtes Erscheinungsbild", "Haarnetz und Bartschutz werden gestellt", "Anruf nur bei Frau Kaya", "Jungpflanzen setzen", "Betrieb gesund gewachsen",
        "Berufskraftfahrer/in, Schlüsselzahl 95", "christliche Feiertage frei", "Räume behindertengerecht",
    ],
)  # fmt: skip
def test_what_the_work_needs_passes(words: str) -> None:
    assert refused(words) == []


@pytest.mark.parametrize(
    "words", ["ein junges Team", "junges, motiviertes Team", "dynamisches Team", "körperlich belastbar", "ungebunden", "muttersprachliches Niveau"]
)  # fmt: skip
def test_some_words_are_only_worth_a_second_thought(words: str) -> None:
    assert hints(words)
    assert refused(words) == []


def test_each_place_is_named_once_with_the_words_that_were_said() -> None:
    found = refused("Gesucht: nur  Männer, ohne Kopftuch, bis 40 Jahre")
    assert [one.said for one in found] == ["nur Männer", "ohne Kopftuch", "bis 40 Jahre"]
