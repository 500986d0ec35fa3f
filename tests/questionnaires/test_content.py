"""Loading from folders: versions, states of translations, faults with file and key; what is published stays."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from iqquadrat.questionnaires import content, folders, queries, services, texts
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Choice, Item, TextState, Version
from tests.questionnaires.factories import both, small_specification, small_version

pytestmark = pytest.mark.django_db

STRUCTURE = """
key = "tiny"
[[choice_lists]]
name = "yes_no"
choices = [{ key = "yes", score = 1, isco = "51" }, { key = "no", fixed = true }]
[[sections]]
key = "one"
[[sections.items]]
key = "ever"
type = "single"
choice_list = "yes_no"
[[sections.items]]
key = "years"
type = "integer"
condition = "${ever} = 'yes'"
min = 0
core = true
"""
GERMAN = """
title = "Winzig"
intro = "Los."
[sections]
one = "Eins"
[items.ever]
label = "Ja?"
hint = ""
[items.years]
label = "Jahre?"
[choices.yes_no]
yes = "Ja"
no = "Nein"
"""
TURKISH = """
title = "Minik"
intro = "Haydi."
[sections]
one = "Bir"
[items.ever]
label = "Evet?"
[items.years]
label = "Yıl?"
[choices.yes_no]
yes = "Evet"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "tiny.toml").write_text(STRUCTURE, encoding="utf-8")
    (tmp_path / "texts" / "de.toml").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "texts" / "tr.toml").write_text(TURKISH, encoding="utf-8")
    return tmp_path


def _edit(path: Path, old: str, new: str) -> None:
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new), encoding="utf-8")


def _counts(version: Version, language: str) -> texts.LanguageCounts:
    return next(row for row in texts.counts([version])[version.pk] if row.language == language)


def test_loading_twice_changes_nothing(folder: Path) -> None:
    first = content.load(folder)
    stamp = first.content_stamp
    second = content.load(folder)
    assert (second.pk, second.number, second.state, second.content_stamp) == (first.pk, 1, "published", stamp)
    assert Item.objects.count() == 2
    assert Item.objects.get(key="years").required_core
    assert Choice.objects.get(key="yes").extra == {"isco": "51"}


def test_a_translation_renews_the_version_in_use(folder: Path) -> None:
    first = content.load(folder)
    before = queries.version_content(first.pk)
    assert texts.text(before.items_by_key["ever"], "label", "tr") == "Evet?"
    _edit(folder / "texts" / "tr.toml", "Evet?", "Doğru mu?")
    assert content.load(folder).pk == first.pk
    assert texts.text(queries.version_content(first.pk).items_by_key["ever"], "label", "tr") == "Doğru mu?"


def test_what_a_person_has_reviewed_or_brought_is_not_overwritten(folder: Path) -> None:
    version = content.load(folder)
    TextState.objects.filter(element_key="ever", language="tr").update(state="reviewed")
    _edit(folder / "texts" / "tr.toml", "Evet?", "Doğru mu?")
    content.load(folder)
    assert Item.objects.get(key="ever").label_tr == "Evet?"
    assert _counts(version, "tr").reviewed == 1


def test_other_german_makes_a_new_version_and_outdates(folder: Path) -> None:
    first = content.load(folder)
    TextState.objects.filter(version=first, language="tr").update(state="reviewed")
    _edit(folder / "texts" / "de.toml", "Jahre?", "Wie viele Jahre?")
    second = content.load(folder)
    first.refresh_from_db(fields=["state"])
    assert (first.state, second.number, second.state) == ("retired", 2, "published")
    turkish = _counts(second, "tr")
    assert (turkish.outdated, turkish.reviewed, turkish.missing) == (1, 5, 0)
    assert TextState.objects.get(version=second, element_key="years", language="tr").state == "outdated"


def test_other_german_with_a_new_translation_is_a_draft(folder: Path) -> None:
    content.load(folder)
    _edit(folder / "texts" / "de.toml", "Jahre?", "Wie viele Jahre?")
    _edit(folder / "texts" / "tr.toml", "Yıl?", "Kaç yıl?")
    assert (
        TextState.objects.get(version=content.load(folder), element_key="years", language="tr").state
        == "draft"
    )


def test_a_version_from_a_workbook_stays_in_use(folder: Path, coordinator: Any) -> None:
    content.load(folder)
    _edit(folder / "texts" / "de.toml", "Jahre?", "Wie lange?")
    theirs, _created = services.store(
        specification=content.read(folder), origin=Origin.WORKBOOK, by=coordinator
    )
    services.publish_version(version=theirs, by=coordinator)
    _edit(folder / "texts" / "de.toml", "Wie lange?", "Seit wann?")
    assert content.load(folder).state == "draft"
    theirs.refresh_from_db(fields=["state"])
    assert theirs.state == "published"


@pytest.mark.parametrize("origin", [Origin.WORKBOOK, Origin.EDITOR])
def test_a_version_made_here_gets_a_new_language_where_its_german_is_the_delivered_one(
    folder: Path, coordinator: Any, origin: Origin
) -> None:
    content.load(folder)
    delivered = (folder / "texts" / "de.toml").read_text(encoding="utf-8")
    _edit(folder / "texts" / "de.toml", "Jahre?", "Wie lange?")
    theirs, _created = services.store(
        specification=content.read(folder), origin=Origin.WORKBOOK, by=coordinator
    )
    Version.objects.filter(pk=theirs.pk).update(origin=origin)
    services.publish_version(version=theirs, by=coordinator)
    (folder / "texts" / "de.toml").write_text(delivered, encoding="utf-8")
    (folder / "texts" / "uk.toml").write_text(
        TURKISH.replace("Evet?", "Так?").replace("Yıl?", "Роки?"), encoding="utf-8"
    )
    _edit(folder / "texts" / "tr.toml", "Evet?", "Doğru mu?")
    before = theirs.content_stamp
    content.load(folder)
    theirs = Version.objects.with_content().get(pk=theirs.pk)
    ever, years = theirs.items_by_key["ever"], theirs.items_by_key["years"]
    assert (theirs.state, ever.label_uk, ever.label_de) == ("published", "Так?", "Ja?")
    assert years.label_uk is None, "made from another German"
    assert ever.label_tr == "Evet?", "a language that was begun is theirs"
    ukrainian = _counts(theirs, "uk")
    assert (ukrainian.draft, ukrainian.missing) == (5, 1)
    assert theirs.content_stamp != before
    content.load(folder)
    assert Version.objects.get(pk=theirs.pk).content_stamp == theirs.content_stamp, "only once"


def test_a_word_somebody_wrote_in_a_new_language_is_kept(folder: Path, coordinator: Any) -> None:
    """A centre that began a language itself goes on with it: nothing is put between its words."""
    content.load(folder)
    _edit(folder / "texts" / "de.toml", "Jahre?", "Wie lange?")
    (folder / "texts" / "uk.toml").write_text('[items.ever]\nlabel = "Справді?"\n', encoding="utf-8")
    theirs, _created = services.store(
        specification=content.read(folder), origin=Origin.WORKBOOK, by=coordinator
    )
    services.publish_version(version=theirs, by=coordinator)
    _edit(folder / "texts" / "de.toml", "Wie lange?", "Jahre?")
    (folder / "texts" / "uk.toml").write_text(TURKISH.replace("Evet?", "Так?"), encoding="utf-8")
    content.load(folder)
    theirs = Version.objects.with_content().get(pk=theirs.pk)
    assert (theirs.items_by_key["ever"].label_uk, theirs.title_uk) == ("Справді?", None)


def test_missing_texts_are_neither_blank_nor_german(folder: Path) -> None:
    version = queries.version_content(content.load(folder).pk)
    ever, years = version.items_by_key["ever"], version.items_by_key["years"]
    assert texts.text(ever, "label", "vi") is None
    assert texts.is_offered(ever, "tr")
    assert not texts.is_offered(ever, "vi")
    assert texts.is_offered(years, "tr")
    assert texts.offered_languages(version) == ["de", "tr"]
    fixed = next(choice for choice in ever.all_choices if choice.fixed)
    assert texts.text(fixed, "text", "fa") == "Nein"
    assert _counts(version, "vi").missing == _counts(version, "vi").total == 6
    with pytest.raises(ValueError, match="xx"):
        texts.text(ever, "label", "xx")


def test_a_language_that_is_switched_off_is_not_offered(folder: Path, coordinator: Any) -> None:
    version = content.load(folder)
    services.switch_language(questionnaire=version.questionnaire, language="tr", on=False, by=coordinator)
    assert texts.offered_languages(queries.version_content(version.pk)) == ["de"]
    services.switch_language(questionnaire=version.questionnaire, language="tr", on=True, by=coordinator)
    assert texts.offered_languages(queries.version_content(version.pk)) == ["de", "tr"]
    with pytest.raises(ValueError, match="de"):
        services.switch_language(questionnaire=version.questionnaire, language="de", on=False, by=coordinator)


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("tiny.toml", 'choice_list = "yes_no"', 'choice_list = "gone"', "item.ever: "),
        ("tiny.toml", 'type = "single"', 'type = "colour"', "colour"),
        ("tiny.toml", 'type = "single"', 'tpye = "single"', "'tpye'"),
        ("tiny.toml", 'type = "single"\n', "", "'type'"),
        ("tiny.toml", "${ever}", "${gone}", "item.years.condition"),
        ("tiny.toml", "= 'yes'", "= yes", "item.years.condition"),
        ("tiny.toml", 'key = "one"\n', 'key = "one"\n[[sections.items]]\nkey = "ever"\ntype = "text"\n', "item.ever"),
        ("tiny.toml", 'key = "tiny"', 'key = "tiny', "tiny.toml"),
        ("tiny.toml", 'name = "yes_no"', 'name = "no_yes"', "choices.yes_no"),
        ("texts/de.toml", 'label = "Jahre?"', 'label = ""', "item.years.label.de"),
        ("texts/de.toml", 'yes = "Ja"', "", "choice.yes_no.yes.text.de"),
        ("texts/de.toml", "[items.years]", "[items.yers]", "texts/de.toml: items.yers"),
        ("texts/tr.toml", "[items.years]", "[items.yers]", "texts/tr.toml: items.yers"),
        ("texts/tr.toml", 'label = "Yıl?"', 'lable = "Yıl?"', "'lable'"),
        ("texts/tr.toml", 'yes = "Evet"', 'yess = "Evet"', "texts/tr.toml: choices.yes_no.yess"),
        ("texts/tr.toml", 'yes = "Evet"', 'no = "Hayır"', "choice.yes_no.no.text.tr"),
        ("texts/tr.toml", 'one = "Bir"', 'two = "Bir"', "texts/tr.toml: sections.two"),
        ("texts/tr.toml", "Yıl?", "Yıl\\u202e?", "item.years.label.tr"),
    ],
)  # fmt: skip
def test_faults_name_file_and_key(folder: Path, file: str, old: str, new: str, named: str) -> None:
    _edit(folder / file, old, new)
    with pytest.raises(content.ContentError) as raised:
        content.load(folder)
    assert named in str(raised.value)
    assert not Version.objects.exists()


def test_german_is_needed(folder: Path) -> None:
    (folder / "texts" / "de.toml").unlink()
    with pytest.raises(content.ContentError, match=r"texts/de\.toml"):
        content.load(folder)


def test_the_command_says_what_is_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(folders, "_folders", {folder: None, folder / "nothing": None})
    call_command("load_questionnaires")
    assert "tiny: version 1" in capsys.readouterr().out
    _edit(folder / "tiny.toml", "single", "colour")
    with pytest.raises(CommandError, match="colour"):
        call_command("load_questionnaires")


CHANGES: list[Callable[[Version], Any]] = [
    lambda version: Item.objects.filter(version=version).update(condition=""),
    lambda version: Item.objects.filter(version=version, key="ever").update(label_de="Anders?"),
    lambda version: Item.objects.filter(version=version).delete(),
    lambda version: Choice.objects.filter(choice_list__version=version).update(score=9),
    lambda version: Choice.objects.filter(choice_list__version=version, key="yes").update(text_de="Jein"),
    lambda version: version.sections.update(position=9),
    lambda version: version.choice_lists.filter(name="yes_no").update(name="other"),
    lambda version: version.choice_lists.create(name="new"),
    lambda version: version.sections.create(key="new", position=9, title_de="Neu"),
    lambda version: Version.objects.filter(pk=version.pk).update(title_de="Anders"),
    lambda version: Version.objects.filter(pk=version.pk).update(state="draft", published_at=None),
    lambda version: Version.objects.filter(pk=version.pk).update(fingerprint="x"),
    lambda version: version.delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_published_version_stays(change: Callable[[Version], Any]) -> None:
    version = small_version()
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        change(version)
    version.refresh_from_db()
    # Translations, their states and notes for translators may still change.
    Item.objects.filter(version=version, key="ever").update(label_ar="؟", note="new")
    Choice.objects.filter(choice_list__version=version, key="yes").update(text_ar="نعم")
    Version.objects.filter(pk=version.pk).update(title_ar="ص")


def test_a_draft_may_change_and_go() -> None:
    version, _created = services.store(specification=small_specification(), origin=Origin.WORKBOOK, by=None)
    Item.objects.filter(version=version).update(condition="")
    version.delete()
    assert not Item.objects.exists()


def test_publishing_retires_the_one_before_and_happens_once(coordinator: Any) -> None:
    first = small_version()
    second, _created = services.store(
        specification=small_specification(title=both("Neu")), origin=Origin.WORKBOOK, by=coordinator
    )
    services.publish_version(version=second, by=coordinator)
    first.refresh_from_db(fields=["state"])
    assert (first.state, second.state) == ("retired", "published")
    assert queries.published_version("small").pk == second.pk
    with pytest.raises(services.NotADraftError):
        services.publish_version(version=second, by=coordinator)


def test_bringing_a_version_along_takes_the_same_queries_whatever_its_length(
    django_assert_num_queries: Any,
) -> None:
    short = small_version(key="short", sections=small_specification().sections[:1])
    long = small_version(key="long")
    for version in (short, long):
        with django_assert_num_queries(7):
            whole = Version.objects.with_content().get(pk=version.pk)
            assert [texts.is_offered(item, "ar") for item in whole.ordered_items] == [True] * len(
                whole.ordered_items
            )
            assert whole.questionnaire.key == version.questionnaire.key


@pytest.fixture
def competence() -> Version:
    folder = Path(__file__).resolve().parents[2] / "competence" / "content"
    return queries.version_content(content.load(folder).pk)


def test_the_competence_questionnaire(competence: Version) -> None:
    assert (len(competence.ordered_items), len(competence.ordered_sections)) == (80, 9)
    assert [item.position for item in competence.ordered_items] == list(range(1, 81))
    assert sum(item.probe for item in competence.ordered_items) == 6
    assert {item.level for item in competence.ordered_items} == {"A1", "A2", "B1"}
    present = {
        path.stem
        for path in (Path(__file__).resolve().parents[2] / "competence/content/texts").glob("[a-z]*.toml")
    }
    assert present <= set(texts.offered_languages(competence))


def test_the_business_survey() -> None:
    folder = Path(__file__).resolve().parents[2] / "businesses" / "content"
    survey = queries.version_content(content.load(folder).pk)
    assert len(survey.ordered_items) > 60
    assert any(item.required_core for item in survey.ordered_items)
    offered = texts.offered_languages(survey)
    assert set(settings.CLIENT_LANGUAGES) <= set(offered)
    for language in settings.CLIENT_LANGUAGES:
        assert [item.key for item in survey.ordered_items if not texts.is_offered(item, language)] == []
    states = TextState.objects.filter(version_id=survey.pk)
    assert set(states.values_list("state", flat=True)) == {"draft"}, "nobody has read them yet"


def test_a_site_that_has_the_survey_in_german_only_gets_the_languages_without_a_new_version(
    tmp_path: Path,
) -> None:
    folder = Path(__file__).resolve().parents[2] / "businesses" / "content"
    (tmp_path / "texts").mkdir()
    for name in ("survey.toml", "texts/de.toml"):
        (tmp_path / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    first = content.load(tmp_path)
    assert texts.offered_languages(queries.version_content(first.pk)) == ["de"]
    second = content.load(folder)
    assert (second.pk, second.number, second.state) == (first.pk, 1, "published")
    assert set(texts.offered_languages(queries.version_content(second.pk))) >= set(settings.CLIENT_LANGUAGES)
    assert Version.objects.filter(questionnaire=first.questionnaire).count() == 1


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_the_competence_questionnaire_is_complete_in_every_client_language(
    competence: Version, language: str
) -> None:
    assert [item.key for item in competence.ordered_items if not texts.is_offered(item, language)] == []
    assert language in texts.offered_languages(competence)
