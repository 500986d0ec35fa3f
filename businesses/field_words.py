"""Why an operation of a device was refused, in words for the surveyor."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesses.models import Interview

WORDS: Mapping[str, Promise] = {
    "malformed": _("The device has sent something that could not be read. Please tell the coordination."),
    "unknown_kind": _("The device has sent something that is not known here. Please load the page again."),
    "unknown_choice": _("One of the answers is not on the list. Please load the page again and choose once more."),
    "bad_time": _("The time on the device could not be read. Please check its clock."),
    "too_early": _("The time lies before the first day of the wave. Please check the clock of the device."),
    "too_long": _("A text is too long. Please shorten it."),
    "forbidden_character": _("A text contains an invisible control character. Please type it instead of pasting it."),
    "no_refusal": _("A reason and the questions at the door belong to a refusal only."),
    "nothing_told": _("No question at the door is answered. One answer is enough; otherwise send it without them."),
    "not_found": _("This door is not in your section, or the wave does not run any more. Please ask the coordination."),
    "already_interviewed": _("This business has been interviewed already, or a colleague has begun."),
    "no_questionnaire": _("The questions of this wave are not in use any more. Please ask the coordination."),
    "begin_refused": _("The beginning of this interview could not be taken, so what belongs to it could not either."),
    "begin_unknown": _("The beginning of this interview has not arrived yet. It will be sent again."),
    "earlier_missing": _("What was noted before it has not arrived yet. It will be sent again."),
    "no_interview": _("There is no interview of yours with this business."),
    "closed": _("The interview is handed in; its answers are corrected in the office."),
    "too_few": _("Less than half of the core questions are answered. Please go on, or note why there was no interview."),
    "unknown_question": _("This question is not in the questionnaire. Please load the page again."),
    "invalid_answer": _("One of the answers cannot be taken. Please look at it again."),
    "name_needed": _("A shop that is not empty needs a name. Please tell the coordination what stands on the sign."),
    "position": _("The position that the device sent lies nowhere. Please try once more without it."),
    "house_number": _("This is no house number. Please write it as it stands at the door, for example 14 a."),
    "found_refused": _("The shop that was found could not be taken, so what belongs to it could not either."),
    "found_unknown": _("The shop that was found has not arrived yet. It will be sent again."),
    "photos_off": _("No photos are taken in this wave."),
    "no_photo": _("This is no photo that can be kept: please send a JPEG, PNG or WebP picture of at most 8 MB."),
    "number_used": _("The device has used a number twice. Please load the page again."),
    "other_content": _("This was sent before with other content; what came first stands."),
    "failed": _("This could not be saved just now. It will be sent again."),
}  # fmt: skip


def words_for(code: str) -> str:
    """Return the words for a code, in the language that is active."""
    return str(WORDS[code])


def begun_by(interview: Interview) -> str:
    """Say who has begun an interview and when, and what to do."""
    return gettext(
        "%(surveyor)s has begun this interview, %(when)s. Please ask the coordination if you are to go on with it: nothing is lost."
    ) % {
        "surveyor": interview.surveyor,
        "when": date_format(timezone.localtime(interview.started_at), "SHORT_DATETIME_FORMAT"),
    }
