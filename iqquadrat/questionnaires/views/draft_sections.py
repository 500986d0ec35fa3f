"""Title, introduction and sections of a draft."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import arranging, pointing
from iqquadrat.questionnaires.doors import meaning_of
from iqquadrat.questionnaires.draft_forms import NewSectionForm, SectionForm, TitleForm
from iqquadrat.questionnaires.draft_places import pointer_lines
from iqquadrat.questionnaires.specification import GERMAN, Specification
from iqquadrat.questionnaires.views.editing import Draft, drafting, keep, outdated, remove, show_form


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def title(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Edit title and introduction."""
    form, refusal = TitleForm(request.POST or None, specification=draft.specification), None
    if form.is_valid():
        refusal = keep(
            request, draft, form, change=partial(arranging.change_title, **form.facts()), mark=arranging.mark_of_title,
            again=lambda now: TitleForm(specification=now), what="title", own="version",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("Title and introduction are saved."))
            return redirect(draft.url())
    return show_form(
        request, draft, form, refusal, heading=_("Title and introduction"), back=draft.url(), aside=outdated()
    )


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def section_add(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Add a section at the end."""
    form, refusal = NewSectionForm(request.POST or None, specification=draft.specification), None
    if form.is_valid():
        facts = form.facts()
        refusal = keep(
            request, draft, form, change=partial(arranging.add_section, **facts), mark=arranging.mark_of_keys,
            again=_newest, what=f"add section {facts['key']}", own=f"section.{facts['key']}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The section is added at the end. Now give it questions."))
            return redirect(draft.url(part=f"s-{facts['key']}"))
    return show_form(
        request, draft, form, refusal, heading=_("Add a section"), back=draft.url(), save_label=_("Add the section")
    )  # fmt: skip


def _newest(now: Specification) -> NewSectionForm:
    """The section that somebody else has added."""
    last = now.sections[-1] if now.sections else None
    initial = {"title": last.title.get(GERMAN), "key": last.key} if last else {}
    return NewSectionForm(specification=now, initial=initial)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def section(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Give a section another title."""
    form, refusal = SectionForm(request.POST or None, specification=draft.specification, key=key), None
    if form.is_valid():
        refusal = keep(
            request, draft, form, change=partial(arranging.rename_section, key=key, **form.facts()),
            mark=partial(arranging.mark_of_section_title, key=key),
            again=lambda now: SectionForm(specification=now, key=key), what=f"section {key}", own=f"section.{key}",
        )  # fmt: skip
        if refusal is None:
            messages.success(request, _("The section is saved."))
            return redirect(draft.url(part=f"s-{key}"))
    return show_form(
        request, draft, form, refusal, heading=_("Rename a section"), back=draft.url(part=f"s-{key}"), key=key,
        aside=outdated(),
    )  # fmt: skip


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def section_remove(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Take a section away with its questions, after a page that says what goes."""
    found = arranging.section_named(draft.specification, key)
    meaning = meaning_of(draft.specification.key)
    name = found.title.get(GERMAN, "") or key
    return remove(
        request, draft, heading=_("Remove a section"), name=name, back=draft.url(part=f"s-{key}"),
        pointers=pointer_lines(draft.version.pk, draft.specification, pointing.at_section(draft.specification, key)),
        change=partial(arranging.remove_section, key=key), mark=partial(arranging.mark_of_section, key=key),
        what=f"remove section {key}", done=(_("The section is removed."), draft.url()),
        goes=[(pointing.label_of(item), [str(words) for words in meaning.uses(item.key)]) for item in found.items],
        button=_("Remove section and questions") if found.items else _("Remove the section"),
    )  # fmt: skip
