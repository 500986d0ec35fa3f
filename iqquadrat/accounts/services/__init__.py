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
    NoRoleError,
    NotAllowedError,
    NotYourCentreError,
    OwnRightsError,
    RolesError,
    StaleAccountError,
    StaleCentreError,
)  # fmt: skip
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
    "AccountError", "CentreCodeTakenError", "CentreNameTakenError", "EmailTakenError", "NoRoleError",
    "NotAllowedError", "NotYourCentreError", "OwnRightsError", "RolesError", "StaleAccountError",
    "StaleCentreError", "allow_password_link", "change_centre", "change_desk", "change_own_facts", "change_user", "check_roles",
    "close_account", "create_centre", "create_user", "reopen_account", "set_current_programme", "set_password",
]  # fmt: skip
