"""Lists of answers of a draft, and their answers."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import arranging_lists as lists
from iqquadrat.questionnaires import pointing
from iqquadrat.questionnaires.draft_forms import ChoiceForm, NewChoiceForm, NewListForm
from iqquadrat.questionnaires.draft_places import pointer_lines
from iqquadrat.questionnaires.specification import GERMAN, Specification
from iqquadrat.questionnaires.views.editing import Draft, drafting, keep, outdated, remove, show_form


@access(Permission.QUESTIONNAIRE_WRITE)
@drafting
def choice_lists(request: StaffRequest, draft: Draft) -> HttpResponse:
    """All lists of answers, with how many questions share each."""
    found = [(one, lists.users_of(draft.specification, one.name)) for one in draft.specification.lists]
    return render(request, "questionnaires/lists.html", {"version": draft.version, "lists": found})


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def list_add(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Add a list with its first answers."""
    form, refusal = NewListForm(request.POST or None, specification=draft.specification), None
    if form.is_valid():
        facts = form.facts()
        refusal = keep(
            request, draft, form, change=partial(lists.add_list, **facts), mark=lists.mark_of_lists, again=_newest_list,
            what=f"add list {facts['name']}", own=f"choice_list.{facts['name']}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The list is added. Questions can be answered from it now."))
            return redirect(draft.url("choice_list", name=facts["name"]))
    return show_form(
        request, draft, form, refusal, heading=_("Add a list of answers"), back=draft.url("choice_lists"),
        save_label=_("Add the list"),
    )  # fmt: skip


def _newest_list(now: Specification) -> NewListForm:
    """The list that somebody else has added."""
    last = now.lists[-1] if now.lists else None
    texts = "\n".join(choice.text.get(GERMAN, "") for choice in last.choices) if last else ""
    return NewListForm(specification=now, initial={"answers": texts, "name": last.name if last else ""})


@access(Permission.QUESTIONNAIRE_WRITE)
@drafting
def choice_list(request: StaffRequest, draft: Draft, name: str) -> HttpResponse:
    """The answers of a list, with what moves them and which questions share them."""
    context = {
        "version": draft.version, "list": lists.list_named(draft.specification, name), "users": lists.users_of(draft.specification, name),
        "seen": lists.mark_of_list(draft.specification, name),
    }  # fmt: skip
    return render(request, "questionnaires/list.html", context)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def list_remove(request: StaffRequest, draft: Draft, name: str) -> HttpResponse:
    """Take a list away that no question is answered from."""
    found = lists.list_named(draft.specification, name)
    return remove(
        request, draft, heading=_("Remove a list of answers"), name=name, back=draft.url("choice_list", name=name),
        pointers=pointer_lines(draft.version.pk, draft.specification, pointing.at_list(draft.specification, name)),
        change=partial(lists.remove_list, name=name), mark=partial(lists.mark_of_list, name=name), what=f"remove list {name}",
        done=(_("The list is removed."), draft.url("choice_lists")), button=_("Remove the list"),
        goes=[(choice.text.get(GERMAN, "") or choice.key, []) for choice in found.choices],
    )  # fmt: skip


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def choice_add(request: StaffRequest, draft: Draft, name: str) -> HttpResponse:
    """Add an answer at the end of a list."""
    form, refusal = NewChoiceForm(request.POST or None, specification=draft.specification, name=name), None
    if form.is_valid():
        choice = form.choice()
        refusal = keep(
            request, draft, form, change=partial(lists.add_choice, name=name, choice=choice),
            mark=partial(lists.mark_of_list, name=name), again=partial(_newest_choice, name=name),
            what=f"add answer {name}.{choice.key}", own=f"choice.{name}.{choice.key}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The answer is added."))
            return redirect(draft.url("choice_list", part=f"c-{choice.key}", name=name))
    return show_form(
        request, draft, form, refusal, heading=_("Add an answer"), lede=_shared(draft, name),
        back=draft.url("choice_list", name=name), save_label=_("Add the answer"), list_name=name,
    )  # fmt: skip


def _newest_choice(now: Specification, name: str) -> NewChoiceForm:
    """The answer that somebody else has added."""
    choices = lists.list_named(now, name).choices
    initial = {"text": choices[-1].text.get(GERMAN, ""), "key": choices[-1].key} if choices else {}
    return NewChoiceForm(specification=now, name=name, initial=initial)


def _shared(draft: Draft, name: str) -> str:
    """Say that other questions change with the list."""
    users = lists.users_of(draft.specification, name)
    if len(users) < 2:
        return ""
    return _("%(count)d questions share this list: the change holds for all of them.") % {"count": len(users)}


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def choice(request: StaffRequest, draft: Draft, name: str, choice: str) -> HttpResponse:
    """Edit an answer."""
    found = lists.choice_named(draft.specification, name, choice)
    form = ChoiceForm(request.POST or None, specification=draft.specification, name=name, choice=found)
    refusal = None
    if form.is_valid():
        refusal = keep(
            request, draft, form, change=partial(lists.change_choice, name=name, key=choice, **form.facts()),
            mark=partial(lists.mark_of_choice, name=name, key=choice),
            again=lambda now: ChoiceForm(specification=now, name=name, choice=lists.choice_named(now, name, choice)),
            what=f"answer {name}.{choice}", own=f"choice.{name}.{choice}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The answer is saved."))
            return redirect(draft.url("choice_list", part=f"c-{choice}", name=name))
    return show_form(
        request, draft, form, refusal, heading=_("Edit an answer"), lede=_shared(draft, name), list_name=name, key=choice,
        back=draft.url("choice_list", part=f"c-{choice}", name=name), aside=outdated(),
    )  # fmt: skip


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def choice_remove(request: StaffRequest, draft: Draft, name: str, choice: str) -> HttpResponse:
    """Take an answer from a list, unless something asks for it or it is the last one."""
    found = lists.choice_named(draft.specification, name, choice)
    return remove(
        request, draft, heading=_("Remove an answer"), name=found.text.get(GERMAN, "") or choice, note=_shared(draft, name),
        back=draft.url("choice_list", part=f"c-{choice}", name=name),
        pointers=pointer_lines(draft.version.pk, draft.specification, pointing.at_choice(draft.specification, name, choice)),
        change=partial(lists.remove_choice, name=name, key=choice), mark=partial(lists.mark_of_choice, name=name, key=choice),
        what=f"remove answer {name}.{choice}", done=(_("The answer is removed."), draft.url("choice_list", name=name)),
        button=_("Remove the answer"),
    )  # fmt: skip
