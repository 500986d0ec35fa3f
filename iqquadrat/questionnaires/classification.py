"""What every field of this room says about a person: the questions nothing, the answers much."""

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.classification import (
    Class,
    ErasingTable,
    Goes,
    Remains,
    Table,
    noon_of,
    plain,
    plain_translated,
)

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    "Questionnaire": plain("id", "key", "languages_off") | plain_translated("title"),
    "Version": plain(
        "id", "questionnaire", "number", "state", "origin", "created_at", "published_at", "fingerprint", "content_stamp"
    ) | plain_translated("title", "intro"),
    "Section": plain("id", "version", "key", "position") | plain_translated("title"),
    "ChoiceList": plain("id", "version", "name"),
    "Choice": plain(
        "id", "choice_list", "key", "position", "score", "icon", "filter_value", "fixed", "exclusive", "extra"
    ) | plain_translated("text"),
    "Item": plain(
        "id", "version", "section", "key", "position", "type", "level", "dimension", "evidence", "probe", "choice_list",
        "choice_filter", "condition", "appearance", "min_value", "max_value", "correct", "stimulus", "required_core", "extra",
        "note",
    ) | plain_translated("label", "hint"),
    # The language somebody reads tells where that person may come from.
    "Response": {"id": P, "version": P, "language": S, "l1_mode": S, "started_at": P, "completed_at": P},
    "Answer": {
        "id": P, "response": I, "item": P, "status": S, "choices": S, "number": S, "text": S, "date": S, "date_precision": P,
        "epoch": P, "seq": P, "op_id": P, "language_shown": S, "answered_at": P,
    },
    "TextState": plain(
        "id", "version", "element", "element_key", "field", "language", "state", "source_hash", "by_hand", "source_text", "revision",
        "translated_by", "translated_at", "reviewed_by", "reviewed_at",
    ),
    "TextChange": plain(
        "id", "version", "element", "element_key", "field", "language", "at", "by", "what", "state", "before", "after", "source_text"
    ),
    "Recording": plain(
        "id", "version", "element", "element_key", "field", "language", "file", "sha256", "kind", "size", "text_hash", "by", "at"
    ),
    "PendingWorkbook": plain("id", "token", "by", "at", "name", "content", "version"),
}  # fmt: skip

ERASING: ErasingTable = {
    "Response": Remains(
        words="", figures=("version",),
        put={"started_at": noon_of("started_at"), "completed_at": noon_of("completed_at")},
    ),
    "Answer": Goes(words=_("Answers")),
}  # fmt: skip
