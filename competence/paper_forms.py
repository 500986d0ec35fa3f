"""What is chosen on the pages of papers: what the client releases, and papers of several clients."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from competence.enums import AssessmentState, PaperKind
from competence.models import Assessment
from competence.models.assessment import AssessmentQuerySet
from competence.released import Item
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import Text, choice_field

MOST_CLIENTS = 100


def client_languages() -> list[tuple[str, Text]]:
    """Return the languages a client can read today."""
    return [(code, name) for code, name in settings.LANGUAGES if code in settings.CLIENT_LANGUAGES]


class ReleaseForm(forms.Form):
    """Which items the client releases; ``seen`` is the release that stood when the page was opened."""

    items = forms.MultipleChoiceField(
        error_messages={
            "required": _("Please tick at least one item. To take everything back, withdraw the release.")
        }
    )
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1)
    explained_in = forms.ChoiceField()

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = items
        choice_field(self, "items").choices = [(item.key, item.words.de) for item in items]
        choice_field(self, "explained_in").choices = client_languages()

    @property
    def chosen(self) -> list[Item]:
        """The items ticked, in the order of the paper."""
        keys = set(self.cleaned_data["items"])
        return [item for item in self.offered if item.key in keys]


class BatchFilterForm(forms.Form):
    """Which clients the list offers."""

    q = LineField(label=_("Name or number"), max_length=200, required=False)
    discussed = forms.ChoiceField(
        label=_("Discussed"), required=False, choices=[("", _("all")), ("yes", _("discussed")), ("no", _("not yet"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "language").choices = [("", _("all")), *client_languages()]


def latest_finished(user: User) -> AssessmentQuerySet:
    """Return the newest finished assessment of each client in this reader's hands."""
    own = Assessment.objects.visible_to(user).finished()
    newer = Assessment.objects.filter(
        client=OuterRef("client"), state=AssessmentState.FINISHED, finished_at__gt=OuterRef("finished_at")
    )
    return own.filter(~Exists(newer)).select_related("client")


class BatchForm(forms.Form):
    """Of whom, which papers, in which language."""

    chosen = forms.ModelMultipleChoiceField(
        queryset=Assessment.objects.none(), to_field_name="public_id",
        error_messages={
            "required": _("Please choose at least one person."),
            "invalid_choice": _("One of them is not in your hands any more. Please choose again."),
            "invalid_pk_value": _("One of them is not in your hands any more. Please choose again."),
        },
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Papers"), choices=PaperKind.choices, widget=forms.CheckboxSelectMultiple, initial=[PaperKind.CLIENT],
        error_messages={"required": _("Please choose at least one paper.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language beside German"), required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = latest_finished(user)  # type: ignore[attr-defined]  # it offers records
        own = ("", _("each person's own"))
        choice_field(self, "language").choices = [own, *client_languages()]

    def clean_chosen(self) -> list[Assessment]:
        """At most so many at once: each page of the list fits in."""
        chosen = list(self.cleaned_data["chosen"])
        if len(chosen) > MOST_CLIENTS:
            raise forms.ValidationError(
                _("At most %(most)d persons at once, please."), params={"most": MOST_CLIENTS}
            )
        return chosen
