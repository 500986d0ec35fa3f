"""Form fields for what people type: they forgive script and spacing, and say in words what cannot be taken."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.text import ForbiddenCharacterError, clean_text, latin_digits


def refuse_forbidden(text: str, *, lines: bool = False) -> str:
    """Return the cleaned text or raise ``ValidationError`` in words."""
    try:
        return clean_text(text, lines=lines)
    except ForbiddenCharacterError:
        raise ValidationError(
            _("This text contains an invisible control character. Please type it instead of pasting it."),
            code="forbidden_character",
        ) from None


class LineField(forms.CharField):
    """One line of text in any script."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, strip=True, **kwargs)

    def to_python(self, value: Any) -> str:
        return refuse_forbidden(super().to_python(value) or "")


class ParagraphField(forms.CharField):
    """Several lines of text in any script."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 10_000, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, strip=True, **kwargs)

    def to_python(self, value: Any) -> str:
        return refuse_forbidden(super().to_python(value) or "", lines=True)


class WholeNumberField(forms.IntegerField):
    """A whole number in the digits of any script."""

    def __init__(self, *, min_value: int = 0, max_value: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            if len(value) > 20:
                raise ValidationError(_("Please enter a shorter number."), code="invalid")
            value = latin_digits(value.strip())
        return super().to_python(value)
