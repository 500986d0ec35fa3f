"""Questionnaires: counsellors and coordinators read, coordinators keep. They belong to no centre."""

from typing import Any

from tests.access.table import C, K, Route


def _version(users: dict[str, object]) -> dict[str, object]:
    from tests.questionnaires.factories import small_version

    return {"pk": small_version().pk}


def _text(users: dict[str, object]) -> dict[str, object]:
    return _version(users) | {"language": "ar", "name": "item.ever.label"}


def _language(users: dict[str, object]) -> dict[str, object]:
    return _version(users) | {"language": "ar"}


def _draft(users: dict[str, Any]) -> dict[str, object]:
    from iqquadrat.questionnaires import services
    from tests.questionnaires.factories import small_version

    return {"pk": services.copy_version(version=small_version(), by=users["me"])[0].pk}


def _question(users: dict[str, Any]) -> dict[str, object]:
    return _draft(users) | {"key": "ever"}


def _section(users: dict[str, Any]) -> dict[str, object]:
    return _draft(users) | {"key": "work"}


def _later(users: dict[str, Any]) -> dict[str, object]:
    """A question that others stand before, and nothing points at."""
    return _draft(users) | {"key": "wish"}


def _list(users: dict[str, Any]) -> dict[str, object]:
    return _draft(users) | {"name": "fields"}


def _unused(users: dict[str, Any]) -> dict[str, object]:
    """A draft with a list that no question is answered from."""
    from functools import partial

    from iqquadrat.questionnaires import arranging_lists, services
    from iqquadrat.questionnaires.models import Version
    from iqquadrat.questionnaires.specification import ChoiceSpecification

    draft = Version.objects.get(pk=_draft(users)["pk"])
    answers = [ChoiceSpecification(key="a", text={"de": "A"})]
    change = partial(arranging_lists.add_list, name="spare", answers=answers)
    services.change_draft(version=draft, change=change, by=users["me"], seen=draft.fingerprint, what="spare")
    return {"pk": draft.pk, "name": "spare"}


def _choice(users: dict[str, Any]) -> dict[str, object]:
    return _list(users) | {"choice": "kitchen"}


def _free_choice(users: dict[str, Any]) -> dict[str, object]:
    """An answer that nothing points at."""
    return _draft(users) | {"name": "tasks", "choice": "bake"}


def _pending(users: dict[str, Any]) -> dict[str, object]:
    from iqquadrat.questionnaires import xlsform
    from iqquadrat.questionnaires.services.workbooks import keep_workbook
    from tests.questionnaires.factories import both, small_specification

    data = xlsform.write_workbook(small_specification(title=both("Neu")), number=1)
    return {"token": keep_workbook(name="neu.xlsx", content=data, by=users["me"]).token}


FORM = ("GET", "POST")
READERS = frozenset({C, K})
ROUTES = [
    Route("questionnaires:index", READERS, other_centre=0),
    Route("questionnaires:import", frozenset({K}), methods=("GET", "POST"), other_centre=0),
    Route("questionnaires:version_detail", READERS, kwargs=_version, other_centre=0),
    Route("questionnaires:workbook", READERS, kwargs=_version, other_centre=0),
    Route("questionnaires:import_report", frozenset({K}), methods=("GET", "POST"), kwargs=_pending, own=True),
    Route("questionnaires:audio", public=True),
    Route(
        "questionnaires:languages",
        frozenset({K}),
        methods=("GET", "POST"),
        kwargs=_version,
        other_centre=0,
        post_statuses=(302, 404),
    ),
    Route("questionnaires:texts", READERS, kwargs=_language, other_centre=0),
    Route("questionnaires:text", READERS, kwargs=_text, other_centre=0),
    Route("questionnaires:save_text", frozenset({K}), methods=("POST",), kwargs=_text, other_centre=0),
    Route(
        "questionnaires:put_back_text",
        frozenset({K}),
        methods=("POST",),
        kwargs=_text,
        other_centre=0,
        post_statuses=(302, 404),
    ),
    Route("questionnaires:review_text", READERS, methods=("POST",), kwargs=_text, other_centre=0),
    Route(
        "questionnaires:review_part",
        READERS,
        methods=("POST",),
        kwargs=_language,
        other_centre=0,
        post_statuses=(302, 404),
    ),
    Route("questionnaires:put_recording", READERS, methods=("POST",), kwargs=_text, other_centre=0),
    Route("questionnaires:remove_recording", READERS, methods=("POST",), kwargs=_text, other_centre=0),
    Route("questionnaires:publish", frozenset({K}), methods=("GET", "POST"), kwargs=_draft, other_centre=0),
    Route("questionnaires:copy", frozenset({K}), methods=("POST",), kwargs=_version, other_centre=0),
    Route("questionnaires:discard", frozenset({K}), methods=("POST",), kwargs=_draft, other_centre=0),
    Route("questionnaires:edit", frozenset({K}), kwargs=_draft, other_centre=0),
    Route(
        "questionnaires:move",
        frozenset({K}),
        methods=("POST",),
        kwargs=_draft,
        other_centre=0,
        post_statuses=(302, 404),
    ),
    Route(
        "questionnaires:question", frozenset({K}), methods=("GET", "POST"), kwargs=_question, other_centre=0
    ),
    *(
        Route(f"questionnaires:{name}", frozenset({K}), methods=methods, kwargs=kwargs, other_centre=0)
        for name, methods, kwargs in (
            ("title", FORM, _draft),
            ("section_add", FORM, _draft),
            ("section", FORM, _section),
            ("section_remove", FORM, _section),
            ("question_add", FORM, _section),
            ("condition", FORM, _later),
            ("question_remove", FORM, _later),
            ("choice_lists", ("GET",), _draft),
            ("list_add", FORM, _draft),
            ("choice_list", ("GET",), _list),
            ("list_remove", FORM, _unused),
            ("choice_add", FORM, _list),
            ("choice", FORM, _choice),
            ("choice_remove", FORM, _free_choice),
        )
    ),
]
