"""What every field of this room says about a person: staff are persons too."""

from iqquadrat.core.classification import Apart, Class, ErasingTable, Table, plain

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    # The address of the counselling centre, not of a person.
    "Centre": plain(
        "id", "name", "subtitle", "code", "street", "postal_code", "city", "phone", "email", "website",
        "opening_hours", "directions", "what_to_bring", "referral_ask_days", "current_programme_code", "revision",
    ),
    "User": {
        "id": P, "email": I, "given_name": I, "family_name": I, "form_of_address": S, "password": S, "last_login": P,
        "centre": P, "roles": P, "is_active": P, "language": P, "theme": P, "joined_at": P, "session_epoch": P,
        "revision": P, "submission": P,
    },
    "PasswordLink": {"id": P, "user": I, "sent_at": P},
}  # fmt: skip

_STAFF = Apart(reason="Staff, not clients.")
ERASING: ErasingTable = {"User": _STAFF, "PasswordLink": _STAFF}
