"""What a caller compares when an interview is checked by phone."""

from collections.abc import Sequence

from businesses.answering import GERMAN, in_words
from businesses.models import CallBack, Wave
from iqquadrat.questionnaires.models import Answer
from iqquadrat.questionnaires.queries import version_content
from iqquadrat.questionnaires.texts import text

# Role of the respondent, heads, trainees.
COMPARED = ("v01_role", "v09_heads", "v14_trainees_now")


def compared_answers(wave: Wave, rows: Sequence[CallBack]) -> dict[int, list[tuple[str, str]]]:
    """Return label and words of the compared answers, by response. One query and the questionnaire."""
    items = version_content(wave.version_id).items_by_key
    found = Answer.objects.filter(
        response__in=[row.interview.response_id for row in rows], item__key__in=COMPARED
    ).select_related("item")
    by_place = {(answer.response_id, answer.item.key): answer for answer in found}
    return {
        row.interview.response_id: [
            (text(items[key], "label", GERMAN) or key,
             in_words(items[key], by_place.get((row.interview.response_id, key)), {}))
            for key in COMPARED if key in items
        ]
        for row in rows
    }  # fmt: skip
