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
        "second_factor_since": P,
        "revision": P, "submission": P,
    },
    "PasswordLink": {"id": P, "user": I, "sent_at": P},
    "AuthenticatorApp": {"id": P, "user": I, "secret": S, "last_step": P, "added_at": P},
    # What a person calls a key may say whose it is.
    "SecurityKey": {"id": P, "user": I, "name": I, "credential_id": I, "public_key": S, "sign_count": P, "added_at": P, "used_at": P},
    "RecoveryCode": {"id": P, "user": I, "code_hash": S, "used_at": P},
    # The data hold the number of the user, the kind of device, and what the pages keep for a sitting.
    "Sitting": {"session_key": I, "session_data": S, "expire_date": P, "user": I},
}  # fmt: skip

_STAFF = Apart(reason="Staff, not clients.")
ERASING: ErasingTable = {
    **dict.fromkeys(("User", "PasswordLink", "AuthenticatorApp", "SecurityKey", "RecoveryCode"), _STAFF),
    "Sitting": Apart(reason="Sittings of staff; the erasing looks into each, since messages may quote."),
}
