"""What every field of the tables that come with Django and its applications says about a person, by application and model."""

from iqquadrat.core.classification import Apart, Class, ErasingTable, Table, plain

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

# Who tried to sign in, from where and with what.
_TRY = {
    "id": P, "user_agent": I, "ip_address": I, "username": I, "http_accept": P, "path_info": P, "attempt_time": P,
}  # fmt: skip

FIELDS: Table = {
    "auth.Permission": plain("id", "name", "content_type", "codename"),
    "auth.Group": plain("id", "name", "permissions"),
    "contenttypes.ContentType": plain("id", "app_label", "model"),
    # Empty: the sessions of this site lie in accounts.Sitting.
    "sessions.Session": {"session_key": I, "session_data": S, "expire_date": P},
    "axes.AccessAttempt": _TRY | {"get_data": S, "post_data": S, "failures_since_start": P},
    "axes.AccessAttemptExpiration": {"access_attempt": I, "expires_at": P},
    "axes.AccessFailureLog": _TRY | {"locked_out": P},
    "axes.AccessLog": _TRY | {"logout_time": P, "session_hash": I},
    # Tasks are handed numbers of records only; an error's text may quote what it was about.
    "django_tasks_database.DBTaskResult": {"traceback": S} | plain(
        "id", "status", "enqueued_at", "started_at", "finished_at", "args_kwargs", "priority", "task_path", "worker_ids",
        "queue_name", "backend_name", "run_after", "return_value", "exception_class_path",
    ),
}  # fmt: skip

_SIGNING_IN = Apart(reason="Who of the staff tried to sign in, under a pseudonym.")
ERASING: ErasingTable = {
    "sessions.Session": Apart(reason="Empty: sittings of staff lie in accounts.Sitting."),
    "axes.AccessAttempt": _SIGNING_IN,
    "axes.AccessAttemptExpiration": _SIGNING_IN,
    "axes.AccessFailureLog": _SIGNING_IN,
    "axes.AccessLog": _SIGNING_IN,
    "django_tasks_database.DBTaskResult": Apart(
        reason="Work in the background; the text of an error may quote what it was about.",
        swept=("traceback", "args_kwargs", "return_value"),
    ),
}
