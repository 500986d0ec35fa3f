"""Every word of the app for the street, in the reader's language; what the respondent reads, in the language of the interview.

The app fills in what stands in braces. Pairs that end in ``_one`` and ``_many`` are chosen by the number.
"""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language_info, override, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from businesses.enums import Disposition, Side, Status
from businesses.forms.doorstep import DoorstepForm
from businesses.outcomes import DayTime

_BAR: dict[str, Promise] = {
    "looking": _("Looking for a connection …"),
    "sending": _("Sending …"),
    "all_arrived": _("Everything has arrived."),
    "offline": _("No connection."),
    "server": _("The server does not answer just now."),
    "signed_out": _("Please sign in again; nothing is lost."),
    "forbidden": _("This account may not send anything here. Please ask the coordination."),
    "waits_one": _("1 entry waits on this device."),
    "waits_many": _("{n} entries wait on this device."),
    "refused_one": _("1 entry was refused."),
    "refused_many": _("{n} entries were refused."),
    "others_one": _("1 entry of another person waits on this device. It is sent when that person signs in again."),
    "others_many": _("{n} entries of other persons wait on this device. They are sent when these persons sign in again."),
    "last_arrival": _("Last arrived: {time}"),
    "send_now": _("Send now"),
    "sign_in": _("Sign in"),
    "read": _("Read why"),
}  # fmt: skip

_DOORS: dict[str, Promise] = {
    "my_section": _("My street section"),
    "side_of": _("{street}, {side}"),
    "no_section": _("No street section for you today"),
    "no_section_hint": _("The coordinator gives you a section in a survey wave. Then its businesses stand here."),
    "not_loaded": _("The section has not been loaded yet. This needs a connection once; after that everything works without one."),
    "interviews_of": _("{n} interviews of {of}"),
    "filter": _("Show"),
    "filter_open": _("Still to do"),
    "filter_all": _("All"),
    "nothing_open": _("Nothing is left to do on this side."),
    "new_shop": _("Write down a new shop"),
    "this_device": _("This device"),
    "still_visits_one": _("1 visit still wanted"),
    "still_visits_many": _("{n} visits still wanted"),
    "not_visited": _("not visited yet"),
    "running": _("running"),
    "elsewhere": _("a colleague has begun"),
    "mark_waiting": _("waits"),
    "mark_arrived": _("arrived"),
    "mark_refused": _("refused"),
    "back_to_street": _("Back to the street"),
}  # fmt: skip

_DOOR: dict[str, Promise] = {
    "begin": _("Begin the interview"),
    "go_on": _("Go on with the interview"),
    "go_on_elsewhere": _("You began this interview on another device or page. Its answers are not on this device."),
    "go_on_online": _("Go on there (needs a connection)"),
    "handed_in": _("The interview was handed in. There is nothing left to do here."),
    "handed_in_here": _("The interview is finished and lies on this device until it has arrived."),
    "colleague": _("A colleague has begun an interview here."),
    "language": _("Language of the interview"),
    "interpreter": _("somebody interprets"),
    "no_interview": _("No interview?"),
    "refused": _("Refused"),
    "note": _("Note"),
    "visits_one": _("{n} visit so far"),
    "visits_many": _("{n} visits so far"),
    "wanted": _("At least 4 visits on different days and at different times before a business is given up."),
    "still_to_try": _("Still to try: {times}"),
    "known": _("What is known"),
    "seen_on": _("last seen on {day}"),
    "as_it_was": _("Everything is still as it was"),
    "changed": _("Something has changed"),
    "sight_noted": _("What you saw is noted."),
    "noted": _("Noted."),
    "sign_name": _("Name on the sign"),
    "trade": _("Trade in plain words"),
    "status": _("Status"),
    "sign_languages": _("Languages on the sign"),
    "size_band": _("Persons working there"),
    "save": _("Save"),
    "cancel": _("Cancel"),
    "nothing_changed": _("Nothing was changed. If everything is as it was, one tap on the page before is enough."),
    "photo": _("Photo of the sign"),
    "photo_take": _("Take a photo of the sign"),
    "photo_again": _("Take another photo of the sign"),
    "photo_there": _("There is a photo already."),
    "photo_waits": _("A photo waits on this device."),
    "photo_fault": _("This picture cannot be read. Please take another one."),
    "photo_hint": _("Only the sign and the front, no persons."),
    "why_not": _("Why not?"),
    "why_hint": _("One tap is enough. Nobody has to give a reason: then choose another reason."),
    "six_questions": _("Six short questions"),
    "six_hint": _("The refusal is noted. Perhaps these six answers can still be had at the door; each of them may be left out."),
    "save_answers": _("Save answers"),
    "without_answers": _("Go on without answers"),
    "one_is_enough": _("No question is answered yet. One answer is enough; otherwise go on without the form."),
    "year_ahead": _("This year lies ahead."),
    "year_wrong": _("Please write a year from 1850 on."),
    "found_wave": _("Survey wave"),
    "found_street": _("Street"),
    "found_number": _("House number"),
    "found_needs": _("Please write the house number and the name on the sign."),
}  # fmt: skip

_INTERVIEW: dict[str, Promise] = {
    "question_of": _("Question {n} of {of}"),
    "page_of": _("Page {n} of {of}"),
    "of": _("of {n}"),
    "last_questions": _("last questions"),
    "both": _("German and {language}"),
    "german_only": _("German only"),
    "other_language": _("Another language"),
    "no_answer": _("no answer"),
    "next": _("Next"),
    "back": _("Back"),
    "finish": _("Finish"),
    "finish_title": _("Finish the interview"),
    "core": _("{n} of {of} core questions are answered."),
    "not_enough": _("not enough for an interview yet"),
    "too_few": _("Less than half of the core questions are answered. Please go on, or note at the door why there was no interview."),
    "missing_core": _("These core questions are still open:"),
    "not_asked": _("These questions have not been asked yet:"),
    "look_again": _("These answers need another look:"),
    "nothing_missing": _("Every question was asked."),
    "interview_note": _("Note on the interview"),
    "after_handing_in": _("After handing in, the answers can only be corrected in the office."),
    "hand_in": _("Hand in"),
    "later": _("Later"),
    "before_in": _("In “{wave}” it was:"),
    "still_so": _("still so"),
    "has_changed": _("has changed"),
    "year": _("Year"),
    "month": _("Month"),
    "day": _("Day"),
    "gone": _("This interview is not on this device any more."),
}  # fmt: skip

_DEVICE: dict[str, Promise] = {
    "lies_here": _("What lies on this device"),
    "doors_here": _("Doors of the own section"),
    "interviews_here": _("Interviews in progress"),
    "waiting_here": _("Entries that wait"),
    "photos_here": _("Photos that wait"),
    "loaded": _("Section loaded"),
    "never": _("never"),
    "waiting_list": _("These entries wait"),
    "refused_list": _("These entries were refused"),
    "refused_hint": _("They are kept here until you have read them. What is to be done stands beside each."),
    "contained": _("What it contained"),
    "have_read": _("I have read this"),
    "place": _("Position at the door"),
    "place_hint": _("If you allow it, the position of the phone is kept with a visit, an interview and a sight; only at the door, never a way."),
    "place_on": _("Give the position"),
    "place_off": _("Give no position any more"),
    "place_denied": _("The browser does not give the position. Everything works without it."),
    "keep": _("Keep the storage safe"),
    "kept": _("The browser keeps this storage until you delete it."),
    "not_kept": _("The browser may clear this storage when space runs out. Please send soon."),
    "delete": _("Delete everything from this device"),
    "delete_title": _("Delete everything?"),
    "delete_hint": _("The section, the interviews in progress and the list of what arrived go from this device. What has arrived stays in the centre."),
    "delete_refused": _("Something still waits on this device or an interview is not handed in. It would be lost for good. Please send it first."),
    "delete_anyway": _("Delete all the same, what waits is lost"),
    "deleted": _("Nothing of yours lies on this device any more."),
    "sign_out": _("Sign out"),
    "sign_out_hint": _("When nothing waits, the device is emptied as well."),
    "sign_out_waiting": _("What waits stays locked on this device and is sent when you sign in again here."),
    "locked": _("Please sign in"),
    "locked_hint": _("Then your street section is loaded onto this device."),
    "unfit": _("This browser cannot keep anything without a connection. Please use the pages of the section; they need a connection."),
    "unfit_link": _("To the pages of the section"),
    "kind_begin": _("Interview begun"),
    "kind_answers": _("Answers"),
    "kind_finish": _("Interview handed in"),
    "kind_attempt": _("Visit without interview"),
    "kind_observe": _("What was seen"),
    "kind_sight": _("What was seen"),
    "kind_found": _("New shop"),
    "kind_photo": _("Photo of the sign"),
    "unreadable": _("The server could not read this entry. Please tell the coordination."),
}  # fmt: skip

# Said by the engine of the questionnaires in the same words.
_FAULTS: dict[str, Promise] = {
    "answer_needed": pgettext_lazy("client", "Please choose or write an answer."),
    "exclusive": pgettext_lazy("client", "These answers do not go together. Please choose again."),
    "number_needed": pgettext_lazy("client", "Please write a number."),
    "out_of_range": pgettext_lazy("client", "Please write a number from %(low)s to %(high)s."),
    "too_small": pgettext_lazy("client", "Please write a number from %(low)s on."),
    "too_large": pgettext_lazy("client", "Please write a number up to %(high)s."),
    "year_out_of_range": pgettext_lazy("client", "Please write a year from %(low)s to %(high)s."),
    "year_needed": pgettext_lazy("client", "Please write the year."),
    "date_unknown": pgettext_lazy("client", "This date does not exist. Please look again."),
    "too_long": pgettext_lazy("client", "Please write at most %(high)s characters."),
}  # fmt: skip


def texts() -> dict[str, Any]:
    """Return all words of the app in the language that is active."""
    said = {
        name: str(words)
        for part in (_BAR, _DOORS, _DOOR, _INTERVIEW, _DEVICE)
        for name, words in part.items()
    }
    return said | {
        "faults": {name: str(words) for name, words in _FAULTS.items()},
        "names": {
            "disposition": dict(Disposition.choices), "time": dict(DayTime.choices), "status": dict(Status.choices),
            "side": dict(Side.choices),
        },
        "doorstep": {name: str(field.label) for name, field in DoorstepForm.base_fields.items()},
        "spoken": {code: _spoken(code) for code, _name in settings.LANGUAGES},
    }  # fmt: skip


def _spoken(code: str) -> dict[str, Any]:
    """What the respondent reads beside the questions, and the language's own name."""
    about = get_language_info(code)
    with override(code):
        no_answer = pgettext("client", "No answer")
    return {
        "name": about["name_local"],
        "direction": "rtl" if about["bidi"] else "ltr",
        "no_answer": no_answer,
    }
