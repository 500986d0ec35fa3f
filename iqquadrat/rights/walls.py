"""Which tables have row-level security, and how the centre of a row is found: the one list behind the policies.

Migrations build the policies from it (``RaiseWalls``), ``operations.roles`` gives the roles what they need, and a test compares it with all
models: a table about persons stands either in ``WALLS`` or, with its reason, in ``NOT_WALLED``. See decision 30.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db.migrations.operations import RunSQL

POLICY = "iq_wall"
# Roles of the database beside the owner of the tables. ``operations.roles`` gives them their rights.
APP, AUDITOR = "iqquadrat_app", "iqquadrat_auditor"
# Worked out once for a statement, not once for a row.
CENTRES = "ANY ((SELECT iq_centres())::bigint[])"


class Wall(Protocol):
    """How a row of a table tells whether it may be seen."""

    def condition(self, table: str) -> str:
        """Return the condition of the policy, in SQL."""


@dataclass(frozen=True)
class Own:
    """The row names its centre."""

    column: str = "centre_id"

    def condition(self, table: str) -> str:  # noqa: ARG002 - as the protocol says
        """The centre is one of those in force."""
        return f"{self.column} = {CENTRES}"


@dataclass(frozen=True)
class Through:
    """The row hangs on one of another table, whose own wall then holds: seen is what hangs on something that is seen."""

    column: str
    parent: str

    def condition(self, table: str) -> str:
        """There is such a row, for whoever asks."""
        return f"EXISTS (SELECT FROM {self.parent} p WHERE p.id = {table}.{self.column})"


@dataclass(frozen=True)
class ThroughUnwalled:
    """The row hangs on one of a table that has no wall and names the centre."""

    column: str
    parent: str

    def condition(self, table: str) -> str:
        """That row's centre is one of those in force."""
        return f"EXISTS (SELECT FROM {self.parent} p WHERE p.id = {table}.{self.column} AND p.centre_id = {CENTRES})"


@dataclass(frozen=True)
class OfTheLog:
    """The row names its centre or belongs to none (a failed sign-in, of which nobody knows whose it was); the auditor reads all."""

    def condition(self, table: str) -> str:  # noqa: ARG002 - as the protocol says
        """No centre, or one in force, or the auditor asks."""
        return f"current_user = '{AUDITOR}' OR centre_id IS NULL OR centre_id = {CENTRES}"


@dataclass(frozen=True)
class AnswersOfNobodyElse:
    """Answers lie in a sheet before an assessment names it, and those of businesses lie there too.

    So the question is turned round: no assessment of a centre that is not in force has this sheet. The view shows numbers of rows
    only, past the wall of the assessments.
    """

    def condition(self, table: str) -> str:
        """Somebody is in force, and nobody else's assessment is it."""
        another = f"s.response_id = {table}.id AND s.centre_id <> ALL ((SELECT iq_centres())::bigint[])"
        return f"(SELECT iq_centres()) <> '{{}}'::bigint[] AND NOT EXISTS (SELECT FROM iq_sheets s WHERE {another})"  # noqa: S608 - our own names


_CLIENT = Through("client_id", "counselling_client")
_ASSESSMENT = Through("assessment_id", "competence_assessment")
_PLACEMENT = Through("placement_id", "placements_placement")
_PARTICIPATION = Through("participation_id", "counselling_participation")
_SESSION = Through("session_id", "competence_kiosksession")
_RUN = ThroughUnwalled("run_id", "counselling_importrun")

WALLS: Mapping[str, Wall] = {
    "accesslog.Entry": OfTheLog(),
    "counselling.Client": Own(),
    "counselling.AbsenceCover": _CLIENT,
    "counselling.Charge": _CLIENT,
    "counselling.Case": Own(),
    "counselling.Consultation": Own(),
    "counselling.Addendum": Through("consultation_id", "counselling_consultation"),
    "counselling.Attendance": _CLIENT,
    "counselling.EventAttendance": _CLIENT,
    "counselling.GroupEvent": Own(),
    "counselling.Appointment": Own(),
    "counselling.Consent": _CLIENT,
    "counselling.Draft": ThroughUnwalled("author_id", "accounts_user"),
    "counselling.EmergencyAccess": _CLIENT,
    "counselling.FollowUp": _CLIENT,
    "counselling.ImportFilePart": _RUN,
    "counselling.ImportRow": _RUN,
    "counselling.ImportProblem": _RUN,
    "counselling.ImportedRecord": Own(),
    "counselling.LanguageSkill": _CLIENT,
    "counselling.Merge": Own(),
    "counselling.Participation": _CLIENT,
    "counselling.ParticipationSensitive": _PARTICIPATION,
    "counselling.ParticipationQuestion": _PARTICIPATION,
    "counselling.Referral": Own(),
    "counselling.Situation": _CLIENT,
    "counselling.VolunteerWork": Own(),
    "competence.Assessment": Own(),
    "competence.AgreedGoal": _CLIENT,
    "competence.EarlierGoal": Through("goal_id", "competence_agreedgoal"),
    "competence.BatchPaper": _ASSESSMENT,
    "competence.KioskCode": _ASSESSMENT,
    "competence.KioskSession": _ASSESSMENT,
    "competence.KioskOperation": _SESSION,
    "competence.ParadataEvent": _SESSION,
    "competence.EvidenceResult": _ASSESSMENT,
    "competence.EvidenceSetAside": _ASSESSMENT,
    "competence.FieldConfirmation": _ASSESSMENT,
    "competence.ClientRemark": _ASSESSMENT,
    "competence.ProfileRelease": _ASSESSMENT,
    "questionnaires.Response": AnswersOfNobodyElse(),
    "questionnaires.Answer": Through("response_id", "questionnaires_response"),
    "placements.Placement": Own(),
    "placements.PlacementEvent": _PLACEMENT,
    "placements.EmployerAnswer": _PLACEMENT,
    "placements.RetentionCheck": _PLACEMENT,
    "placements.StoredMatch": _PLACEMENT,
    "placements.WageSubsidy": _PLACEMENT,
    "placements.JobSearch": _CLIENT,
    "placements.Ownership": _CLIENT,
    "rights.LegalHold": _CLIENT,
    "rights.PersonRequest": Own(),
}

_STAFF = "Of staff, and asked before anybody knows which centre somebody belongs to."
_DOOR = "Counts tries at a door; hashes of devices and names, no person behind them is known."
_BUSINESS = (
    "Of businesses: Python alone keeps centres apart here (visible_to); a wall for them is a step of its own."
)
NOT_WALLED: Mapping[str, str] = {
    "accounts.User": _STAFF,
    "accounts.PasswordLink": _STAFF,
    "accounts.AuthenticatorApp": _STAFF,
    "accounts.SecurityKey": _STAFF,
    "accounts.RecoveryCode": _STAFF,
    "accounts.Sitting": _STAFF,
    "sessions.Session": "Django's own table of sessions stays empty: the house keeps sittings.",
    "axes.AccessFailureLog": _DOOR,
    "axes.AccessAttempt": _DOOR,
    "axes.AccessAttemptExpiration": _DOOR,
    "axes.AccessLog": _DOOR,
    "competence.KioskAttempt": _DOOR,
    "django_tasks_database.DBTaskResult": "Numbers of records the worker is to work on; it looks them up under the wall.",
    "counselling.ImportRun": "Tells the worker which centre it works for; what the file holds lies in its rows, which have a wall.",
    "counselling.ImportMapping": "Names of columns and what they mean, no persons; who changed them is staff.",
    "placements.Vacancy": _BUSINESS,
} | {
    f"businesses.{name}": _BUSINESS
    for name in (
        "Premises", "Business", "Observation", "Need", "NeedStep", "TrainingPlace", "BusinessConsultation", "Unit", "ContactAttempt",
        "Interview", "BusinessConsent", "Contact", "Event", "Enrolment", "EventAttendance", "Invitation", "RegisterImport",
        "RegisterFilePart", "RegisterRow", "RegisterProblem", "RegisterRecord", "FieldOperation", "Doorstep", "CallBack",
        "BusinessMerge", "ReallyTwo", "UnitPhoto",
    )
}  # fmt: skip

# Functions that do more than the role which calls them may.
TRUSTED = (
    "iq_centres_of_kiosk(text)",
    "iq_empty_log(text, text[])",
    "iq_empty_log_naming(bigint[])",
    "iq_forget_log(bigint[])",
)

# Written once, never changed by the role of the site. ``pgtrigger`` can be told to look away; a missing right cannot.
APPEND_ONLY = ("accesslog.Entry",)

# The site may not change the log. What an erasing has to empty there, and what its clock has run for, functions of the owner take away
# for it, and nothing else; the trigger of migration 3 stands behind them.
FUNCTIONS = """
CREATE FUNCTION iq_centres_of_kiosk(hash text) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT ARRAY(
        SELECT a.centre_id FROM competence_kiosksession s JOIN competence_assessment a ON a.id = s.assessment_id
        WHERE s.token_hash = hash
    )
$$;
CREATE FUNCTION iq_centres() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN t.told = '*' THEN ARRAY(SELECT id FROM public.accounts_centre)
        WHEN t.told LIKE 'k:%' THEN public.iq_centres_of_kiosk(substr(t.told, 3))
        WHEN t.told ~ '^[0-9]+(,[0-9]+)*$' THEN string_to_array(t.told, ',')::bigint[]
        ELSE '{}'::bigint[]
    END
    FROM (SELECT coalesce(current_setting('iq.centre', true), '') AS told) t
$$;
CREATE VIEW iq_sheets AS SELECT response_id, centre_id FROM competence_assessment;
CREATE FUNCTION iq_empty_log(kind text, ids text[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    UPDATE accesslog_entry SET detail = '{}'
    WHERE object_type = kind AND object_id = ANY (ids) AND (centre_id IS NULL OR centre_id = ANY (iq_centres()))
$$;
CREATE FUNCTION iq_empty_log_naming(clients bigint[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    UPDATE accesslog_entry SET detail = '{}'
    WHERE detail -> 'client' IN (SELECT to_jsonb(one) FROM unnest(clients) one)
    AND (centre_id IS NULL OR centre_id = ANY (iq_centres()))
$$;
CREATE FUNCTION iq_forget_log(ids bigint[]) RETURNS bigint LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    WITH gone AS (
        DELETE FROM accesslog_entry
        WHERE id = ANY (ids) AND at < now() - interval '12 months' AND (centre_id IS NULL OR centre_id = ANY (iq_centres()))
        RETURNING 1
    )
    SELECT count(*) FROM gone
$$;
"""
FUNCTIONS_BACK = """
DROP FUNCTION iq_forget_log(bigint[]);
DROP FUNCTION iq_empty_log_naming(bigint[]);
DROP FUNCTION iq_empty_log(text, text[]);
DROP VIEW iq_sheets;
DROP FUNCTION iq_centres();
DROP FUNCTION iq_centres_of_kiosk(text);
"""


def table_of(label: str) -> str:
    """Return the table of a model."""
    return str(apps.get_model(label)._meta.db_table)


def raising(label: str, table: str) -> str:
    """Return the statements that put the wall of this list before a table."""
    condition = WALLS[label].condition(table)
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {POLICY} ON {table} USING ({condition}) WITH CHECK ({condition});"
    )


def taking_down(table: str) -> str:
    """Return the statements that take it away again."""
    return f"DROP POLICY {POLICY} ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


class RaiseWalls(RunSQL):
    """An operation of a migration: walls before these tables, by the models' labels; back it goes in the other order."""

    def __init__(self, *labels: str) -> None:
        tables = {label: label.lower().replace(".", "_") for label in labels}
        super().__init__(
            "\n".join(raising(label, table) for label, table in tables.items()),
            "\n".join(taking_down(table) for table in reversed(tables.values())),
        )
        self.labels = labels

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how it is written in a file."""
        return self.__class__.__name__, list(self.labels), {}

    def describe(self) -> str:
        """Return what it does, in words."""
        return f"Row-level security for {len(self.labels)} tables"
