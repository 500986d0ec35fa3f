"""Making the address of the own calendar."""

from django import forms

from counselling.forms.fields import submission_field


class CalendarFeedForm(forms.Form):
    """Nothing is typed; the mark keeps a double click from making two addresses, of which only the second would work."""

    submission = submission_field()
