"""Title and introduction, and sections."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.questionnaires.arranging import (
    mark_of_keys,
    mark_of_section_title,
    mark_of_title,
    section_named,
)
from iqquadrat.questionnaires.checking import LENGTHS
from iqquadrat.questionnaires.draft_forms.fields import DraftForm, KeyField
from iqquadrat.questionnaires.keys import fault_of_key, proposed_key, taken_keys
from iqquadrat.questionnaires.specification import GERMAN, Specification


class TitleForm(DraftForm):
    """The German title and introduction of the questionnaire."""

    german = ("title", "intro")
    title = LineField(label=_("title"), max_length=LENGTHS["title"])
    intro = ParagraphField(label=_("introduction"), rows=4, max_length=LENGTHS["intro"], required=False)

    def __init__(self, data: Any = None, *, specification: Specification) -> None:
        initial = {"title": specification.title.get(GERMAN), "intro": specification.intro.get(GERMAN)}
        super().__init__(data, seen=mark_of_title(specification), initial=initial)


class SectionForm(DraftForm):
    """The German title of a section."""

    german = ("title",)
    title = LineField(
        label=_("title"),
        max_length=LENGTHS["title"],
        help_text=_("Clients read it above every question of the section. A few words are enough."),
    )

    def __init__(self, data: Any = None, *, specification: Specification, key: str) -> None:
        title = section_named(specification, key).title.get(GERMAN)
        super().__init__(data, seen=mark_of_section_title(specification, key), initial={"title": title})


class NewSectionForm(DraftForm):
    """A section that is not there yet."""

    german = ("title",)
    title = LineField(
        label=_("title"),
        max_length=LENGTHS["title"],
        help_text=_("Clients read it above every question of the section. A few words are enough."),
    )
    key = KeyField()

    def __init__(
        self, data: Any = None, *, specification: Specification, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, seen=mark_of_keys(specification), initial=initial)
        self.taken = taken_keys(specification)

    def clean_key(self) -> str:
        """Take the key as typed, or propose one."""
        return typed_key(self, "title", self.taken, otherwise="section")


def typed_key(form: DraftForm, source: str, taken: set[str], *, otherwise: str) -> str:
    """Return the key that was typed or, where none was, one proposed from the German field ``source``."""
    key = str(form.cleaned_data["key"])
    if not key:
        return proposed_key(str(form.cleaned_data.get(source, "")), taken, otherwise=otherwise)
    if fault := fault_of_key(key, taken):
        form.add_error("key", fault)
    return key
