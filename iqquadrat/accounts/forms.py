"""What people type about accounts."""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.enums import Theme
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Role
from iqquadrat.accounts.security_keys import LONGEST_ANSWER
from iqquadrat.accounts.services import AccountError, check_roles, set_password
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField

# Argon2 reads all of it: without an end, one request could keep a processor busy.
LONGEST_PASSWORD = 200


def _bare_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True  # the page's own form element carries the token
    return helper


class SignInForm(auth_forms.AuthenticationForm):
    """E-mail and password. One message for everything that does not fit."""

    username = auth_forms.UsernameField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, "dir": "ltr"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("E-mail and password do not fit together. Please check both and try again."),
        "inactive": _("E-mail and password do not fit together. Please check both and try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _bare_helper()


class ConfirmForm(SignInForm):
    """The password once more, of whoever is signed in. Wrong tries count like those at the door."""

    username = auth_forms.UsernameField(required=False, widget=forms.HiddenInput)

    def clean_username(self) -> str:
        """The account is the one that is signed in, whatever was sent."""
        assert self.request is not None  # noqa: S101 - the view gives it
        return str(self.request.user.get_username())


class SecondStepForm(forms.Form):
    """The code of the app or a recovery code, or what a security key answered."""

    # Ten signs with a hyphen; blanks that people type between groups.
    code = forms.CharField(
        label=_("Code of the app"), max_length=30, error_messages={"required": _("Please type the code.")},
        widget=forms.TextInput(attrs={
            "autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "dir": "ltr", "spellcheck": "false", "class": "factor-code",
        }),
    )  # fmt: skip
    answer = forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput)

    def __init__(self, *args: Any, recovery: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _bare_helper()
        code = self.fields["code"]
        code.required = not self.data.get("answer")  # one of the two
        if recovery:
            code.label = _("Recovery code")
            code.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "autocapitalize": "characters"}
        else:
            code.help_text = _("The six digits that the app shows now.")


class AppForm(forms.Form):
    """A first code of the app; ``sealed`` holds the secret that the page showed, as only this site can read it."""

    code = forms.CharField(
        label=_("Code of the app"), max_length=30, help_text=_("The six digits that the app shows now."),
        widget=forms.TextInput(attrs={
            "autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "spellcheck": "false", "class": "factor-code",
        }),
    )  # fmt: skip
    sealed = forms.CharField(max_length=500, widget=forms.HiddenInput)

    helper = _bare_helper()


class SecurityKeyForm(forms.Form):
    """A new key: what its owner calls it, and what the browser answered. ``sealed`` holds what it was asked."""

    name = LineField(
        label=_("Name of the key"), max_length=60, help_text=_("So that you know it again, for example “Blue key” or “My phone”.")
    )  # fmt: skip
    answer = forms.CharField(required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput)
    sealed = forms.CharField(max_length=500, widget=forms.HiddenInput)

    helper = _bare_helper()


class PasswordLinkForm(forms.Form):
    """Where a link goes to."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, "dir": "ltr"}),
    )

    helper = _bare_helper()


class NewPasswordForm(auth_forms.SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new password, typed twice; saved by the service."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _bare_helper()
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. Several words in a row are easy to remember and hard to guess."
        )
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("The new password once more")
        self.fields["new_password2"].help_text = ""
        for name in ("new_password1", "new_password2"):
            self.fields[name].widget.attrs["maxlength"] = LONGEST_PASSWORD
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_PASSWORD))

    def save(self, commit: bool = True) -> User:  # noqa: ARG002 - Django's signature
        """Set the password through the service: recorded, and other sessions end."""
        return set_password(user=self.user, password=self.cleaned_data["new_password1"], by=self.user)


class ChangePasswordForm(NewPasswordForm, auth_forms.PasswordChangeForm):
    """The old password, and a new one twice."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Password until now")


class _NamesForm(forms.Form):
    form_of_address = LineField(
        label=_("Form of address"),
        max_length=30,
        required=False,
        help_text=_("For letters, for example Ms or Dr."),
    )
    given_name = LineField(label=_("Given name"), max_length=100)
    family_name = LineField(label=_("Family name"), max_length=100)


class OwnAccountForm(_NamesForm):
    """What everybody changes on the own account."""

    language = forms.ChoiceField(label=_("Language of the pages"))
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - narrows the type
        language.choices = [
            (code, get_language_info(code)["name_local"]) for code in settings.STAFF_LANGUAGES
        ]
        self.helper = _bare_helper()


class AccountForm(_NamesForm):
    """An account as the administration sees it."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("A surveyor has no other role."), error_messages={"required": _("Please choose at least one role.")},
    )  # fmt: skip
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _bare_helper()
        if own:
            self.fields["roles"].disabled = True
            self.fields["roles"].help_text = _("You cannot change your own roles.")

    def clean_roles(self) -> list[str]:
        """Refuse what does not go together, in words."""
        try:
            return check_roles(self.cleaned_data["roles"])
        except AccountError as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            name: self.cleaned_data[name]
            for name in ("email", "given_name", "family_name", "form_of_address")
        }


class NewAccountForm(AccountForm):
    """A new account; the password may be left to its owner."""

    password = forms.CharField(
        label=_("First password"), required=False, strip=False, max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave this empty and the person gets a link by e-mail to choose one."),
    )  # fmt: skip
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_password(self) -> str:
        """Hold a first password to the same rules as every other."""
        password: str = self.cleaned_data["password"]
        if password:
            password_validation.validate_password(password)
        return password


class CentreForm(forms.Form):
    """The facts of the centre: they stand in the head of its pages and on its papers."""

    FACTS = ("name", "subtitle", "street", "postal_code", "city", "phone", "email", "website")

    name = LineField(label=_("Name"), max_length=120)
    subtitle = LineField(
        label=_("Second line of the name"), max_length=200, required=False,
        help_text=_("Stands small under the name, for example what kind of centre it is."),
    )  # fmt: skip
    street = LineField(label=_("Street and number"), max_length=200, required=False)
    postal_code = LineField(label=_("Postal code"), max_length=10, required=False)
    city = LineField(label=_("Town"), max_length=100, required=False)
    phone = LineField(
        label=_("Phone"), max_length=50, required=False, widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"})
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        # A bare domain is completed by the server; the browser's own check would refuse it.
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )  # fmt: skip
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["website"].validators = [URLValidator(schemes=["http", "https"])]
        self.helper = _bare_helper()
        self.helper.layout = Layout(
            "revision", "name", "subtitle", "street",
            Row(Column("postal_code", css_class="col-md-4"), Column("city")),
            Row(Column("phone", css_class="col-md-4"), Column("email")),
            "website",
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class DeskForm(forms.Form):
    """What clients are told, and after how many days somebody asks back."""

    FACTS = ("phone", "opening_hours", "directions", "what_to_bring", "referral_ask_days")

    phone = LineField(
        label=_("Phone"), max_length=50, required=False, widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"})
    )  # fmt: skip
    opening_hours = ParagraphField(label=_("Opening hours"), max_length=1000, required=False, rows=4)
    directions = ParagraphField(
        label=_("How to get there"), max_length=500, required=False, rows=2,
        help_text=_("For example stop, entrance, floor. It stands on the appointment slip."),
    )  # fmt: skip
    what_to_bring = ParagraphField(
        label=_("What to bring"), max_length=1000, required=False, rows=3,
        help_text=_("For example passport, residence permit, letters from authorities."),
    )  # fmt: skip
    referral_ask_days = WholeNumberField(
        label=_("Ask after so many days whether a referred person arrived"), min_value=1, max_value=180
    )
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _bare_helper()

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class FirstCentreForm(forms.Form):
    """What the command line brings for a new centre and its first administrator."""

    name = LineField(max_length=120)
    code = forms.SlugField(max_length=30)
    email = forms.EmailField(max_length=254)
    given_name = LineField(max_length=100)
    family_name = LineField(max_length=100)


class AccountFilter(forms.Form):
    """The filters of the list, kept in the address."""

    STATES = [("", _("open")), ("closed", _("closed")), ("all", _("all"))]

    q = LineField(label=_("Name or e-mail"), required=False, max_length=100, widget=forms.SearchInput)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *Role.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
