"""The questions, one a page. Behind ``/k/<random>/``: the middleware has compared address and cookie."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from competence import calendars, question_page, typed_form
from competence.enums import EndReason, Measuring
from competence.kiosk_door import close, token_hash
from competence.operations import BadOperationError, flag, read_operation, read_small, whole_number
from competence.phrases import Wording
from competence.services import saving, sessions
from competence.services.sessions import SessionOverError
from competence.sitting import Sitting, load
from competence.views.kiosk import answer
from iqquadrat.accounts.access import kiosk
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.answers import InvalidAnswer
from iqquadrat.questionnaires.models import Item

LAST = "last"


def _sat(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Load the sitting; a session that is over leads to the neutral page, and the browser forgets it."""

    @wraps(view)
    def seated(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, load(token), **kwargs)
        except SessionOverError as over:
            return _over(request, token, over.reason)

    return seated


def _over(request: HttpRequest, token: str, reason: str) -> HttpResponse:
    if reason in (EndReason.IDLE, EndReason.LIMIT):
        sessions.end_overdue(token_hash=token_hash(token))
    address = f"{reverse('kiosk:ended')}?why={'finished' if reason == EndReason.FINISHED else 'paused'}"
    if request.headers.get("X-Part") or request.content_type == "application/json":
        response: HttpResponse = JsonResponse({"error": "over", "to": address}, status=410)
    else:
        response = redirect(address)
    close(response)
    return response


@kiosk()
@_sat
def resume(request: HttpRequest, sitting: Sitting) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to where the client is: the question about measuring, the first open question, or the last page."""
    return redirect(_place(sitting))


def _must_ask(sitting: Sitting) -> bool:
    """Whether the question about measuring comes first. Who reads German as the mother tongue never switches."""
    return sitting.assessment.measuring == Measuring.NOT_ASKED and sitting.language != "de"


def _place(sitting: Sitting) -> str:
    if _must_ask(sitting):
        return reverse("kiosk:measuring", kwargs={"token": sitting.token})
    item = sitting.first_open
    return _address(sitting, item)


def _address(sitting: Sitting, item: Item | None) -> str:
    if item is None:
        return reverse("kiosk:finish", kwargs={"token": sitting.token})
    return reverse("kiosk:question", kwargs={"token": sitting.token, "key": item.key})


@kiosk(methods=["GET", "POST"])
@_sat
def measuring(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Ask whether language switches may be noted, before the first question. Refusing costs nothing."""
    if request.method == "POST" and request.POST.get("action") in ("yes", "no"):
        sessions.answer_measuring(session=sitting.session, agreed=request.POST["action"] == "yes")
        return redirect("kiosk:resume", token=sitting.token)
    return answer(request, "measuring.html", question_page.frame(sitting) | {"shown_l1": True})


@kiosk(methods=["GET", "POST"])
@_sat
def question(request: HttpRequest, sitting: Sitting, key: str) -> HttpResponse:
    """Show a question; without JavaScript also take its form."""
    item = sitting.item(key)
    if item is None:
        raise Http404
    if _must_ask(sitting):
        return redirect("kiosk:measuring", token=sitting.token)
    if request.method == "POST":
        return _take_form(request, sitting, item)
    going = request.GET.get("go")
    if going in ("next", "back"):
        step = flow.next_item if going == "next" else flow.previous_item
        found = step(sitting.version, sitting.values, item.key)
        if request.headers.get("X-Part") is None:
            return redirect(_address(sitting, found))
        return _part(request, sitting, found)
    if item not in sitting.asked:
        return redirect("kiosk:resume", token=sitting.token)
    if request.headers.get("X-Part"):
        return _part(request, sitting, item)
    in_l1 = {"l1": True, "de": False}.get(request.GET.get("lang", ""))
    context = question_page.page(sitting, item, in_l1=in_l1)
    context["pace"] = typed_form.counted(request.GET.get("pace", ""))
    if context["pace"] == typed_form.FAST_IN_A_ROW:
        context["notice"] = context["ui"]["no_rush"]
    return answer(request, "question.html", context)


def _part(request: HttpRequest, sitting: Sitting, item: Item | None) -> HttpResponse:
    if item is None:
        response = answer(request, "_last.html", _last(sitting))
    else:
        response = answer(request, "_question.html", question_page.page(sitting, item))
    response.headers["X-Address"] = _address(sitting, item)
    return response


def _last(sitting: Sitting) -> dict[str, Any]:
    item = sitting.asked[-1]
    context = question_page.page(sitting, item)
    for step in range(len(context["steps"])):
        context["steps"][step] = question_page.Step(100)
    return context | {"back_to": _address(sitting, item), "shown_l1": sitting.language != "de"}


@transaction.non_atomic_requests  # the service's own transaction is enough: no savepoint inside another one
@kiosk(methods=["POST"])
def save(request: HttpRequest, token: str) -> HttpResponse:
    """Save one answer with its events (JSON). The protocol stands in ``services.saving``."""
    try:
        if int(request.headers.get("Content-Length") or 0) > 48_000:
            raise BadOperationError  # noqa: TRY301 - answered like any other bad body
        reply = saving.save(token_hash=token_hash(token), operation=read_operation(request.body))
    except (BadOperationError, saving.UnknownQuestionError, ValueError) as fault:
        return _refused(token, request, fault)
    except (SessionOverError, saving.OlderEpochError, saving.OtherBodyError) as fault:
        return _refused(token, request, fault)
    return JsonResponse(reply)


def _refused(token: str, request: HttpRequest, fault: Exception) -> HttpResponse:
    if isinstance(fault, SessionOverError):
        return _over(request, token, fault.reason)
    if isinstance(fault, InvalidAnswer):
        return JsonResponse({"error": fault.code, "message": _messages(fault)}, status=422)
    if isinstance(fault, saving.OtherBodyError):
        return JsonResponse({"error": "other_body"}, status=422)
    if isinstance(fault, saving.OlderEpochError):
        return JsonResponse({"error": "other_window"}, status=409)
    return JsonResponse({"error": "malformed"}, status=400)


def _messages(fault: InvalidAnswer) -> dict[str, str]:
    """Return the reason in every language of the kiosk: the page shows the two it is in."""
    from django.conf import settings  # noqa: PLC0415 - settings belong to the rare way only

    found = {}
    for language in settings.CLIENT_LANGUAGES:
        with override(language):
            found[language] = fault.message
    return found


@kiosk(methods=["POST"])
@_sat
def claim(request: HttpRequest, sitting: Sitting) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give this tab the right to write, and with it the numbers to go on from."""
    session = sessions.claim(session=sitting.session)
    return JsonResponse({
        "epoch": session.epoch, "seq": session.last_seq, "ms": sessions.elapsed(sitting.assessment, timezone.now()),
    })  # fmt: skip


@kiosk(methods=["POST"])
@_sat
def here(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Note that somebody is at the PC, how large the text is wanted and how strong its contrast."""
    try:
        sent = read_small(request.body)
        size = None if sent.get("size") is None else whole_number(sent["size"], 1, 3)
        contrast = None if sent.get("contrast") is None else flag(sent["contrast"])
    except BadOperationError:
        return JsonResponse({"error": "malformed"}, status=400)
    sessions.touch(session=sitting.session, text_size=size, high_contrast=contrast)
    return JsonResponse({})


@kiosk(methods=["GET", "POST"])
@_sat
def pause(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Ask, then end the sitting; a new code goes on with it."""
    if request.method != "POST":
        return answer(request, "pause.html", question_page.frame(sitting) | {"back_to": _place(sitting)})
    sessions.pause(session=sitting.session)
    return _goodbye(sitting, "paused")


@kiosk(methods=["GET", "POST"])
@_sat
def finish(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The last page; its button completes the answers."""
    if request.method != "POST":
        return answer(request, "last.html", _last(sitting))
    if sitting.first_open is not None:
        return redirect(_place(sitting))
    sessions.finish(session=sitting.session)
    return _goodbye(sitting, "finished")


def _goodbye(sitting: Sitting, why: str) -> HttpResponse:
    response = redirect(f"{reverse('kiosk:ended')}?why={why}&lang={sitting.language}")
    close(response)
    return response


def _take_form(request: HttpRequest, sitting: Sitting, item: Item) -> HttpResponse:
    """The way without JavaScript: the same service, a reload per question."""
    form = typed_form.read(request.POST, sitting, item)
    if form is None:
        return HttpResponse(status=400)
    try:
        reply = saving.save(token_hash=token_hash(sitting.token), operation=form.operation)
    except InvalidAnswer as fault:
        return _again(request, sitting, item, form, _two(fault, sitting.language), 422)
    except saving.OlderEpochError:
        return _again(request, sitting, item, form, None, 409)
    except (BadOperationError, saving.UnknownQuestionError):
        return redirect("kiosk:resume", token=sitting.token)  # not asked any more under the answers so far
    except saving.OtherBodyError:
        reply = {}  # the form was sent a second time after another change: what is stored stands
    if form.size or form.contrast is not None:
        sessions.touch(session=sitting.session, text_size=form.size, high_contrast=form.contrast)
    fresh = load(sitting.token)
    if form.goes == "show_back":
        return _show_back(request, fresh, item, form, reply)
    if form.goes in ("next", "back"):
        step = flow.next_item if form.goes == "next" else flow.previous_item
        found = step(fresh.version, fresh.values, item.key)
        pace = f"?pace={form.pace}" if form.pace and found else ""
        return redirect(f"{_address(fresh, found)}{pace}")
    if form.goes == "pause":
        return redirect("kiosk:pause", token=sitting.token)
    return redirect(f"{_address(fresh, item)}?lang={form.lang}")


def _show_back(
    request: HttpRequest, sitting: Sitting, item: Item, form: typed_form.TypedForm, reply: dict[str, Any]
) -> HttpResponse:
    """Show the same question with the year of the Persian calendar in ours; the next press goes on."""
    context = question_page.page(sitting, item, in_l1=form.lang == "l1")
    if converted := reply.get("converted"):
        context["converted"] = calendars.wording(converted, sitting.language)
    return answer(request, "question.html", context)


def _again(
    request: HttpRequest, sitting: Sitting, item: Item, form: typed_form.TypedForm, error: Wording | None, status: int
) -> HttpResponse:  # fmt: skip
    """Show the question again with everything that was typed and the reason beside it."""
    context = question_page.page(sitting, item, in_l1=form.lang == "l1", typed=form.typed)
    context["picks"] = [question_page.chosen(pick, form.chosen) for pick in context["picks"]]
    context["error"] = error
    context["notice"] = None if error else context["ui"]["other_window"]
    context["op_id"] = str(uuid.uuid4())
    return answer(request, "question.html", context, status=status)


def _two(fault: InvalidAnswer, language: str) -> Wording:
    messages = _messages(fault)
    return Wording(messages["de"], messages[language], language)
