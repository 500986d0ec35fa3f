"""Questions of a draft: added, edited, removed, asked under a condition."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import arranging, arranging_lists, doors, pointing
from iqquadrat.questionnaires.condition_rows import in_words
from iqquadrat.questionnaires.draft_forms import NewQuestionForm, QuestionForm
from iqquadrat.questionnaires.draft_places import pointer_lines
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    Specification,
)
from iqquadrat.questionnaires.views.editing import (
    Draft,
    Refusal,
    drafting,
    keep,
    outdated,
    remove,
    show_form,
)
from iqquadrat.questionnaires.wording import notes_on


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def question_add(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Add a question at the end of a section."""
    section = arranging.section_named(draft.specification, key)
    form = NewQuestionForm(request.POST or None, specification=draft.specification, section=key)
    refusal = None
    if form.is_valid():
        item, name, answers = form.question()
        refusal = keep(
            request, draft, form, change=partial(_with, section=key, item=item, name=name, answers=answers),
            mark=partial(arranging.mark_of_keys, section=key), again=partial(_newest, section=key),
            what=f"add question {item.key}", own=f"item.{item.key}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The question is added under the key %(key)s.") % {"key": item.key})
            return redirect(draft.url("question", key=item.key))
    return show_form(
        request, draft, form, refusal, heading=_("Add a question"), lede=section.title.get(GERMAN, ""),
        back=draft.url(part=f"s-{key}"), save_label=_("Add the question"), aside=_("Its condition comes afterwards."),
    )  # fmt: skip


def _with(
    specification: Specification, *, section: str, item: ItemSpecification, name: str, answers: tuple[ChoiceSpecification, ...]
) -> Specification:  # fmt: skip
    if name:
        specification = arranging_lists.add_list(specification, name=name, answers=answers)
    return arranging.add_item(specification, section=section, item=item)


def _newest(now: Specification, section: str) -> NewQuestionForm:
    """The question that somebody else has added."""
    items = arranging.section_named(now, section).items
    initial: dict[str, Any] = {}
    if items:
        last = items[-1]
        initial = {"label": last.label.get(GERMAN), "type": last.type, "choice_list": last.choice_list, "key": last.key}  # fmt: skip
    return NewQuestionForm(specification=now, section=section, initial=initial)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def question(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Edit a question."""
    item = arranging.item_of(draft.specification, key)
    form = QuestionForm(request.POST or None, specification=draft.specification, item=item)
    refusal = None
    if form.is_valid():
        refusal = keep(
            request, draft, form, change=partial(arranging.change_item, key=key, **form.facts()),
            mark=partial(arranging.mark_of_item, key=key),
            again=lambda now: QuestionForm(specification=now, item=arranging.item_of(now, key)),
            what=f"question {key}", own=f"item.{key}",
        )  # fmt: skip
        if refusal is None:
            return _saved(request, draft, key, form)
    return _question_page(request, draft, item, form, refusal)


def _saved(request: StaffRequest, draft: Draft, key: str, form: QuestionForm) -> HttpResponse:
    """Say that it is kept, and what to look at again: a note keeps nobody from anything."""
    messages.success(request, _("The question is saved."))
    for note in notes_on(form.cleaned_data["label"], form.cleaned_data["level"]):
        messages.info(request, _("Wording: %(note)s") % {"note": note.message})
    return redirect(draft.url(part=f"i-{key}"))


def _question_page(
    request: StaffRequest, draft: Draft, item: ItemSpecification, form: QuestionForm, refusal: Refusal | None
) -> HttpResponse:
    specification, pk = draft.specification, draft.version.pk
    pointers = pointer_lines(pk, specification, form.pointers)
    return show_form(
        request, draft, form, refusal, "question", item=draft.version.items_by_key[item.key], pointers=pointers, aside=outdated(),
        preview=doors.preview_of(specification.key, version=pk, language=GERMAN, item=item.key),
        condition=in_words(specification, item.condition), uses=_uses(specification, item.key),
        notes=notes_on(item.label.get(GERMAN, ""), item.level), back=draft.url(part=f"i-{item.key}"),
        pointing=pointer_lines(pk, specification, pointing.at_item(specification, item.key)),
        shared=[other for other in arranging_lists.users_of(specification, item.choice_list) if other.key != item.key]
        if item.choice_list else [],
    )  # fmt: skip


def _uses(specification: Specification, key: str) -> list[str]:
    """What other rooms read from a question, in words."""
    return [str(words) for words in doors.meaning_of(specification.key).uses(key)]


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def question_remove(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Take a question away, unless something points at it."""
    item = arranging.item_of(draft.specification, key)
    home = arranging.section_of(draft.specification, key)
    return remove(
        request, draft, heading=_("Remove a question"), name=pointing.label_of(item), back=draft.url("question", key=key),
        pointers=pointer_lines(draft.version.pk, draft.specification, pointing.at_item(draft.specification, key)),
        change=partial(arranging.remove_item, key=key), mark=partial(arranging.mark_of_item, key=key),
        what=f"remove question {key}", done=(_("The question is removed."), draft.url(part=f"s-{home.key}")),
        uses=_uses(draft.specification, key), button=_("Remove the question"),
    )  # fmt: skip
