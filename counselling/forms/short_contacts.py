"""A short contact: two clicks."""

from django import forms

from counselling import enums
from counselling.forms.fields import submission_field
from counselling.models import Topic
from counselling.queries import topics_in_use
from iqquadrat.core.forms import records_field


class ShortContactForm(forms.Form):
    """Language and topic."""

    submission = submission_field()
    language = forms.ChoiceField(choices=enums.SpokenLanguage.choices)
    topic = forms.ModelChoiceField(queryset=Topic.objects.none(), to_field_name="key")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        records_field(self, "topic").queryset = topics_in_use()
