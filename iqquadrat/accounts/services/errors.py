"""Why something was refused, in the reader's words."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class AccountError(Exception):
    """Something that may not be done with an account; ``str()`` says why in the reader's words."""

    message: Any = ""

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(AccountError):
    """The acting user has no right to it, or the account belongs to another centre."""

    message = _("You may not change this account.")


class OwnRightsError(AccountError):
    """Nobody raises, lowers or closes oneself."""

    message = _(
        "You cannot change your own roles or close your own account. Please ask another administrator."
    )


class RolesError(AccountError):
    """The roles do not go together."""

    message = _(
        "A surveyor has no other role: whoever walks the street with a phone carries no client data. "
        "Please create a second account."
    )


class NoRoleError(AccountError):
    """Without a role one could sign in and see nothing."""

    message = _("Please choose at least one role.")


class EmailTakenError(AccountError):
    """Two accounts with one address cannot be told apart at sign-in."""

    message = _("There is already an account with this e-mail address.")


class StaleAccountError(AccountError):
    """Somebody else changed the account since the page was opened."""

    message = _("Somebody else has changed this account in the meantime. Nothing was saved yet.")


class NotYourCentreError(AccountError):
    """The acting user has no right to the settings, or the centre is another one."""

    message = _("You may not change the settings of this centre.")


class StaleCentreError(AccountError):
    """Somebody else changed the centre since the page was opened."""

    message = _("Somebody else has changed the centre in the meantime. Nothing was saved yet.")


class CentreNameTakenError(AccountError):
    """Two centres with one name cannot be told apart."""

    message = _("There is already a centre with this name.")


class CentreCodeTakenError(AccountError):
    """The code tells centres apart in exports and addresses."""

    message = _("There is already a centre with this code.")


class WrongCodeError(AccountError):
    """The code is not the one the app shows now."""

    message = _("This code does not fit. Please type the one the app shows now.")


class WrongKeyError(AccountError):
    """What the browser sent is no answer of a key to what it was asked."""

    message = _("The security key could not be read. Please try again.")


class KeyKnownError(AccountError):
    """A key belongs to one account, once."""

    message = _("This security key is set up already.")


class TooManyKeysError(AccountError):
    """More keys than anybody carries."""

    message = _("You have ten security keys. Please remove one that you no longer use.")


class LastFactorError(AccountError):
    """The role needs a second factor, and this is the only one."""

    message = _("Your role needs a second factor. Please set up another one before you remove this one.")


class NoSecondFactorError(AccountError):
    """There is nothing that recovery codes could stand in for."""

    message = _("Please set up an app or a security key first.")


class OwnFactorError(AccountError):
    """Whoever sits at somebody else's open session must not be able to take the factor away."""

    message = _("You cannot take your own second factor away here. Please ask another administrator.")
