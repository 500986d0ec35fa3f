"""The names of a topic, one a language."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from counselling.models import Topic
from counselling.services.topics import topic_names
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper


class TopicForm(forms.Form):
    """One field a language; German is needed, because it stands in where another is missing."""

    # The names that this form was opened with: tells two people who edit one topic apart.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=6000)

    def __init__(self, *args: Any, record: Topic | None = None, **kwargs: Any) -> None:
        stored = topic_names(record or Topic())
        initial = {f"name_{language}": name for language, name in stored.items()}
        kwargs["initial"] = initial | {"seen": signing.dumps(stored)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        labels = {code: str(label) for code, label in settings.LANGUAGES}
        for code in sorted(stored, key=lambda code: (code != "de", list(labels).index(code))):
            self.fields[f"name_{code}"] = LineField(
                label=labels[code], max_length=100, required=code == "de",
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )  # fmt: skip
        self.helper = SheetHelper("seen", *(name for name in self.fields if name != "seen"))

    def clean_seen(self) -> dict[str, str]:
        """Return the names as they stood in the form when it was opened."""
        try:
            seen: dict[str, str] = signing.loads(self.cleaned_data["seen"])
        except signing.BadSignature:
            raise ValidationError(_("Please open the page again.")) from None
        return seen

    def names(self) -> dict[str, str]:
        """What the service takes: language and name."""
        return {
            field.removeprefix("name_"): name
            for field, name in self.cleaned_data.items()
            if field.startswith("name_")
        }
