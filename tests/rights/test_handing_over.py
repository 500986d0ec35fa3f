"""Handing over: every personal column is in the file, or has a reason why not; paper in all languages of the clients."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy, override

from competence.enums import Measuring
from counselling.enums import SpokenLanguage
from counselling.models import Client, Consultation
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.classification import Apart, Class, Goes
from iqquadrat.questionnaires.models import Answer
from iqquadrat.rights import services
from iqquadrat.rights.belongings import classes, hanging, left_out, rule_of
from iqquadrat.rights.documents import PersonData, UnknownLanguageError
from iqquadrat.rights.errors import NotAllowedError
from iqquadrat.rights.handing_over import as_data, gather, on_paper, told_columns
from iqquadrat.rights.values import VALUES
from iqquadrat.rights.wording import day_in_words, heading, say, source
from iqquadrat.rights.words import WORDS
from tests.counselling.factories import (
    AttendanceFactory,
    ClientFactory,
    ConsultationFactory,
    EventAttendanceFactory,
    GroupEventFactory,
    topic,
)
from tests.rights import canaries

LANGUAGES = settings.CLIENT_LANGUAGES


def test_every_personal_column_is_in_the_file_or_has_a_reason(world: canaries.World) -> None:
    tables = {table["table"]: table for table in as_data(gather(world.client))["tables"]}
    checked = 0
    for model in hanging():
        label = model._meta.label
        if isinstance(rule_of(model), Apart) or label in left_out():
            continue
        for name, kind in classes()[model].items():
            if kind is Class.PLAIN:
                continue
            checked += 1
            if f"{label}.{name}" not in left_out():
                assert all(name in row for row in tables[label.lower()]["rows"]), f"{label}.{name}"
                assert tables[label.lower()]["rows"], label
    assert checked > 80


def test_what_is_left_out_exists_and_says_why() -> None:
    for name, reason in left_out().items():
        label, column = name.rsplit(".", 1) if name.count(".") == 2 else (name, "")
        model = next(model for model in hanging() if model._meta.label == label)
        assert not column or column in {field.name for field in model._meta.get_fields()}
        assert len(reason) > 30


def test_every_word_that_is_stored_is_in_the_file(world: canaries.World) -> None:
    """The same words as those that erasing must not leave behind."""
    text = json.dumps(as_data(gather(world.client)), ensure_ascii=False)
    missing = {column for word, column in world.words.items() if word not in text}
    tables = {name for name in left_out() if name.count(".") == 1}
    assert {name for name in missing if name.rsplit(".", 1)[0] not in tables} <= set(left_out())
    assert world.rows  # the merged record's words too: it is of the same person
    assert "counselling.Consultation.private_note" not in missing


def test_the_file_names_who_looked(world: canaries.World, counsellor: User) -> None:
    data = services.hand_over_file(client=world.client, by=None)
    assert {look["who"] for look in data["looked"]} == {counsellor.get_full_name()}
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.object_id) == (Action.EXPORT, str(world.client.pk))


def test_who_took_part_is_told_day_kind_length_and_topics_and_nothing_of_others(
    counsellor: User, paper_text: Callable[[bytes], str]
) -> None:
    first, companion, third = (
        ClientFactory(counsellor=counsellor, latin_family_name=name) for name in ("Erste", "Zweite", "Dritte")
    )
    talk = ConsultationFactory(
        client=first, held_at=dt.datetime(2026, 3, 9, 9, 30, tzinfo=dt.UTC), channel="group", minutes=75, concern="Schulden der Ersten",
        private_note="geheim", main_topic=topic("application"),
    )  # fmt: skip
    talk.other_topics.set([topic("housing")])
    for one in (companion, third):
        AttendanceFactory(consultation=talk, client=one)
    event = GroupEventFactory(
        centre=counsellor.centre, title="Elternabend", kind="course", minutes=90, at=dt.datetime(2026, 4, 2, 16, tzinfo=dt.UTC),
        topic=topic("training"), volunteers="Frau Helfer",
    )  # fmt: skip
    EventAttendanceFactory(event=event, client=companion, came=True)
    with override("de"):
        data = as_data(gather(companion))
    tables = {table["table"]: table for table in data["tables"]}
    (row,) = tables["counselling.attendance"]["rows"]
    assert {name: row[name] for name in row if name.startswith("consultation.")} == {
        "consultation.held_at": "2026-03-09T10:30:00+01:00", "consultation.channel": "group", "consultation.minutes": 75,
        "consultation.main_topic": "Bewerbung", "consultation.other_topics": [str(topic("housing"))],
    }  # fmt: skip
    (row,) = tables["counselling.eventattendance"]["rows"]
    assert (row["event"], row["event.at"], row["event.kind"], row["event.minutes"]) == (
        "Elternabend", "2026-04-02T18:00:00+02:00", "course", 90,
    )  # fmt: skip
    assert set(row) <= set(tables["counselling.eventattendance"]["columns"])
    text = json.dumps(data, ensure_ascii=False)
    paper = paper_text(pdf.render(PersonData(gather(companion), "de")))
    for secret in ("Erste", "Dritte", first.number, third.number, "Schulden", "geheim", "Helfer"):
        assert secret not in text
        assert secret not in paper
    for word in ("9.3.2026, 10:30", "75", "Bewerbung", "2.4.2026, 18:00", "Kurs", "90"):
        assert word in paper
    # The first person's own file tells the talk once, in the consultations: others' places say nothing more.
    own = {table["table"]: table for table in as_data(gather(first))["tables"]}
    assert not any("consultation.held_at" in row for row in own["counselling.attendance"]["rows"])


def test_only_who_reads_the_file_hands_it_over(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    for call in (services.hand_over_file, lambda **more: services.hand_over_paper(language="de", **more)):
        with pytest.raises(NotAllowedError):
            call(client=client, by=coordinator)
    assert services.hand_over_file(client=client, by=counsellor)["client"] == client.number


def test_queries_do_not_grow_with_the_records(counsellor: User) -> None:
    few, many = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    ConsultationFactory(client=few)
    for _number in range(3):
        ConsultationFactory(client=many)
    numbers = set()
    for client in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            as_data(gather(client))
        numbers.add(len(queries))
    assert len(numbers) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_says_everything_in_the_language_of_the_client(
    world: canaries.World, language: str, paper_text: Callable[[bytes], str]
) -> None:
    document = PersonData(gather(world.client), language)
    text = paper_text(pdf.render(document))
    assert "Amal" not in document.file_name + document.title
    for column in ("given_name", "latin_family_name", "phone"):
        assert getattr(world.client, column) in text
    assert world.rows[Client].number not in ("", None)
    talk = next(
        word for word, column in world.words.items() if column == "counselling.Consultation.private_note"
    )
    assert talk in text


def _labels() -> set[str]:
    """What paper writes beside the values: names of tables and columns, and the values of lists."""
    found = {source(action.label) for action in Action}
    for model in hanging():
        rule = rule_of(model)
        if isinstance(rule, Apart) or model._meta.label in left_out():
            continue
        found.add(source(model._meta.verbose_name_plural or ""))
        if model is Answer or (isinstance(rule, Goes) and rule.raw):
            continue
        for field in [*on_paper(model), *(told.field for told in told_columns(model))]:
            choices = dict(getattr(field, "base_field", field).flatchoices or [])
            found.add(source(field.verbose_name))
            if set(choices) != set(SpokenLanguage.values):  # names of languages are known to Django
                found |= {source(label) for label in choices.values()}
    return {label for label in found if not label.startswith("§") and len(label) > 2}


def test_every_label_has_its_word_in_every_language_of_the_clients() -> None:
    """A new column or choice needs a line in ``words.py`` (and the catalogues then ask for the languages)."""
    known = {source(word) for word in (*WORDS, *VALUES)}
    assert _labels() - known - {"Mr", "Ms"} == set()
    for language in set(LANGUAGES) - {"de", "en"}:
        with override(language):
            assert say(Client._meta.get_field("family_name").verbose_name) not in (
                "family name",
                "Familienname",
            )


def test_english_readers_get_the_words_of_clients_and_no_german() -> None:
    """Also where the plain word is the word of the sources; what the catalogue does not have is left in the staff's English."""
    with override("en"):
        said = {label: say(label) for label in _labels()}
        assert say(Client._meta.verbose_name_plural or "") == "your file"
        assert say(Client._meta.get_field("family_name").verbose_name) == "family name"
        assert say(gettext_lazy("Search for duplicates")) == "Search for duplicates"
        assert say(SpokenLanguage.PERSIAN.label) == "Persian"
    with override("de"):
        german = {label: say(label) for label in said}
    assert {label for label in said if said[label] == german[label]} == {"Minijob"}


def test_the_english_paper_speaks_to_the_client(
    world: canaries.World, paper_text: Callable[[bytes], str]
) -> None:
    text = paper_text(pdf.render(PersonData(gather(world.client), "en")))
    for heading_of_a_table in ("Your file", "Who is responsible for you", "Your goals", "Your comments"):
        assert heading_of_a_table in text
    for words in ("Klient/innen", "Zuständigkeiten", "Ihre Akte", "Charges", "requests of clients"):
        assert words not in text


def test_a_word_that_is_the_same_in_two_languages_is_no_missing_word() -> None:
    version = gettext_lazy("version")
    with override("fr"):
        assert say(version) == "version"  # as in the sources, and not "Version" as in German
        assert say(SpokenLanguage.TURKISH.label) == "Turc"  # Django knows it
        assert say(gettext_lazy("Search for duplicates")) == "Nach Doppelten suchen"  # for the staff only


def test_the_consent_to_measuring_has_a_word_of_its_own() -> None:
    """What was agreed in a consultation, and that somebody consented: one English word, but not one word elsewhere."""
    talk, measuring = Consultation._meta.get_field("agreed").verbose_name, Measuring.AGREED.label
    for language in LANGUAGES:
        with override(language):
            assert say(talk) != say(measuring), language
    with override("de"):
        assert (say(talk), say(measuring), say(Measuring.REFUSED.label)) == (
            "vereinbart",
            "einverstanden",
            "abgelehnt",
        )
        assert (str(talk), str(Measuring.REFUSED.label)) == ("vereinbart", "abgelehnt")


def test_headings_and_days_are_written_as_in_the_language() -> None:
    assert heading("iş ve gelir", "tr") == "İş ve gelir"
    assert heading("ваша карточка", "ru") == "Ваша карточка"
    assert day_in_words(dt.date(2026, 2, 3), "de") == "3.2.2026"
    assert day_in_words(dt.date(2026, 2, 3), "fa") == "۰۳.۰۲.۲۰۲۶"
    with override("de"):
        assert say(Client._meta.verbose_name_plural or "") == "Ihre Akte"


def test_there_is_no_paper_in_a_language_without_texts(counsellor: User) -> None:
    with pytest.raises(UnknownLanguageError):
        PersonData(gather(ClientFactory(counsellor=counsellor)), "xx")


def test_the_command_writes_json_and_pdf(counsellor: User, tmp_path: Path) -> None:
    client = ClientFactory(counsellor=counsellor)
    out = io.StringIO()
    call_command("export_client", client.number, str(tmp_path / "data.json"), stdout=out)
    data: dict[str, Any] = json.loads((tmp_path / "data.json").read_text(encoding="utf-8"))
    assert data["tables"][0]["rows"][0]["latin_family_name"] == "Haddad"
    assert (tmp_path / "data.json").stat().st_mode & 0o077 == 0
    call_command("export_client", client.number, str(tmp_path / "data.pdf"), language="ar", stdout=out)
    assert (tmp_path / "data.pdf").read_bytes().startswith(b"%PDF")
    for name in ("data.txt", "no/such/folder.json"):
        with pytest.raises(CommandError):
            call_command("export_client", client.number, str(tmp_path / name), stdout=out)
