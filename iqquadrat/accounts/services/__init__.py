"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, told by a signal."""

from iqquadrat.accounts.services.centres import (
    change_centre,
    change_desk,
    create_centre,
    set_current_programme,
)
from iqquadrat.accounts.services.errors import (
    AccountError,
    CentreCodeTakenError,
    CentreNameTakenError,
    EmailTakenError,
    KeyKnownError,
    LastFactorError,
    NoRoleError,
    NoSecondFactorError,
    NotAllowedError,
    NotYourCentreError,
    OwnFactorError,
    OwnRightsError,
    RolesError,
    StaleAccountError,
    StaleCentreError,
    TooManyKeysError,
    WrongCodeError,
    WrongKeyError,
)  # fmt: skip
from iqquadrat.accounts.services.factors import (
    Site,
    accept_code,
    accept_security_key,
    add_security_key,
    new_secret,
    remove_app,
    remove_security_key,
    renew_recovery_codes,
    set_up_app,
    take_second_factor_away,
)
from iqquadrat.accounts.services.sittings import end_all_sittings, end_other_sittings, end_sitting
from iqquadrat.accounts.services.users import (
    allow_password_link,
    change_own_facts,
    change_user,
    check_roles,
    close_account,
    create_user,
    reopen_account,
    set_password,
)  # fmt: skip

__all__ = [
    "AccountError", "CentreCodeTakenError", "CentreNameTakenError", "EmailTakenError", "KeyKnownError", "LastFactorError",
    "NoRoleError", "NoSecondFactorError", "NotAllowedError", "NotYourCentreError", "OwnFactorError", "OwnRightsError",
    "RolesError", "Site", "StaleAccountError", "StaleCentreError", "TooManyKeysError", "WrongCodeError", "WrongKeyError",
    "accept_code", "accept_security_key", "add_security_key", "allow_password_link", "change_centre", "change_desk",
    "change_own_facts", "change_user", "check_roles", "close_account", "create_centre", "create_user", "end_all_sittings",
    "end_other_sittings", "end_sitting", "new_secret", "remove_app", "remove_security_key", "renew_recovery_codes",
    "reopen_account", "set_current_programme", "set_password", "set_up_app", "take_second_factor_away",
]  # fmt: skip
