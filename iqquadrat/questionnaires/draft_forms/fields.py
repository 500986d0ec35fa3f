"""What the forms of the editor share."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import StackedHelper
from iqquadrat.questionnaires.checking import Fault
from iqquadrat.questionnaires.draft_places import fault_in_words
from iqquadrat.questionnaires.specification import GERMAN, ListSpecification, Specification

Options = list[tuple[str, Any]]
SAMPLES = 3


class DraftForm(forms.Form):
    """A form of the editor: it carries the mark of what was shown, and says what would become unsound."""

    # Written in German, whatever the language of the page.
    german: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, seen: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**(initial or {}), "seen": seen})
        self.helper = StackedHelper()
        for name in self.german:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": "de", "dir": "ltr"}

    def facts(self) -> dict[str, Any]:
        """What was typed, without the mark."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def say(self, faults: Sequence[Fault], specification: Specification, own: str = "") -> None:
        """Show what would be wrong: beside its field where it is about the part ``own``, else above in words."""
        for fault in faults:
            name = fault.place.removeprefix(f"{own}.").split(".")[0] if own else ""
            if own and fault.place.startswith(f"{own}.") and name in self.fields:
                self.add_error(name, fault_in_words(fault, specification, alone=True))
            else:
                self.add_error(None, fault_in_words(fault, specification, alone=fault.place == own))


class KeyField(LineField):
    """The key of something new: left empty, one is proposed from the German."""

    def __init__(self) -> None:
        super().__init__(
            label=_("key"),
            required=False,
            max_length=60,
            help_text=_(
                "By the key answers of different versions are compared; it stays for good. Left empty, it is made from the German words."
            ),
            widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
        )


def sample(choice_list: ListSpecification) -> str:
    """Return a list of answers as its first few answers."""
    texts = [choice.text.get(GERMAN, "") or choice.key for choice in choice_list.choices[:SAMPLES]]
    more = " …" if len(choice_list.choices) > SAMPLES else ""
    return f"{' / '.join(texts)}{more}"
