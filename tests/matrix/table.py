"""The whole policy once more, by what it is about: who may create, read, change, delete and export which object.

``tests/access`` says it by route and role. Here the same role stands in different places to one record: in charge, deputising, a
deputy whose time is over, a colleague, from another centre. What a row does not admit is refused.
"""

from dataclasses import dataclass, field
from typing import Any

# In charge, deputising today, a deputy until yesterday or from tomorrow on, somebody else of the same centre.
OWN, DEPUTY, PAST, FUTURE, COLLEAGUE = "own", "deputy", "past deputy", "future deputy", "colleague"
# The surveyor of this part of the street, and one of another part.
COORDINATOR, ADMINISTRATOR, SURVEYOR, OTHER_SURVEYOR = (
    "coordinator", "administrator", "surveyor", "other surveyor",
)  # fmt: skip
KIOSK, ANONYMOUS = "kiosk", "anonymous"
FOREIGN = tuple(f"{role} elsewhere" for role in ("counsellor", COORDINATOR, SURVEYOR, ADMINISTRATOR))
ACTORS = (
    OWN, DEPUTY, PAST, FUTURE, COLLEAGUE, COORDINATOR, SURVEYOR, OTHER_SURVEYOR, ADMINISTRATOR, KIOSK, ANONYMOUS, *FOREIGN,
)  # fmt: skip

NOBODY: frozenset[str] = frozenset()
CARE = frozenset({OWN, DEPUTY})
COUNSELLORS = frozenset({OWN, DEPUTY, PAST, FUTURE, COLLEAGUE})
LEAD = frozenset({COORDINATOR})
OFFICE = COUNSELLORS | LEAD
# Where a counsellor of any centre starts something of the own centre; no record of this one is touched.
ANY_COUNSELLOR = COUNSELLORS | {"counsellor elsewhere"}
ANY_LEAD = LEAD | {"coordinator elsewhere"}
ANY_ADMINISTRATOR = frozenset({ADMINISTRATOR, "administrator elsewhere"})
STAFF = frozenset(ACTORS) - {KIOSK, ANONYMOUS}


@dataclass(frozen=True)
class Row:
    """One object and action: the route that does it, and who gets in. ``record`` names what ``tests/matrix/world.py`` made."""

    object: str
    action: str
    route: str
    admitted: frozenset[str]
    record: str = ""
    method: str = "GET"
    typed: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a deviation is called."""
        return f"{self.object}: {self.action} ({self.route} {self.method})"


def _post(
    thing: str, action: str, route: str, admitted: frozenset[str], record: str = "", **typed: Any
) -> Row:
    return Row(thing, action, route, admitted, record, "POST", typed)


TABLE = [
    # Client identity: the coordination lists and reassigns; status and health stand in FIELDS.
    Row("client", "create", "counselling:client_create", ANY_COUNSELLOR),
    Row("client", "list", "counselling:client_list", ANY_COUNSELLOR | ANY_LEAD),
    Row("client", "search duplicates", "counselling:client_check", ANY_COUNSELLOR),
    Row("client", "read", "counselling:client_detail", CARE | LEAD, "client"),
    Row("client", "read the data", "counselling:client_data", CARE, "client"),
    Row("client", "update", "counselling:client_edit", CARE, "client"),
    _post("client", "update", "counselling:client_edit", CARE, "client"),
    Row("client", "export", "counselling:client_export", ANY_COUNSELLOR),
    Row("client", "reassign", "counselling:client_reassign", LEAD, "client"),
    _post("client", "reassign", "counselling:client_reassign", LEAD, "client"),
    Row("client", "name deputies", "counselling:deputy_add", CARE | LEAD, "client"),
    _post("client", "note a referral", "counselling:referral_create", CARE, "client"),
    _post("client", "note a follow-up", "counselling:follow_up_create", CARE, "client"),
    Row("client", "open a case", "counselling:case_open", CARE, "client"),
    _post("client", "take consent", "counselling:consent_give", CARE, "client"),
    Row("client", "open in an emergency", "counselling:emergency_file", LEAD, "client"),
    # Consultations: facts and notes are the team's; correcting and adding is the author's.
    Row("consultation", "create", "counselling:consultation_create", ANY_COUNSELLOR),
    Row("consultation", "read facts", "counselling:consultation_list", ANY_COUNSELLOR | ANY_LEAD),
    Row("consultation", "export facts", "counselling:consultation_export", ANY_COUNSELLOR | ANY_LEAD),
    # Whoever deputises reads them on the client's page (FIELDS) and writes talks of their own.
    Row("consultation notes", "update", "counselling:consultation_edit", frozenset({OWN}), "talk"),
    Row("consultation notes", "add to", "counselling:addendum_add", frozenset({OWN}), "talk"),
    Row("consultation notes", "update those of the deputy", "counselling:consultation_edit", frozenset({DEPUTY}), "deputys talk"),
    Row("appointment", "update", "counselling:appointment_edit", CARE, "appointment"),
    _post("appointment", "delete", "counselling:appointment_delete", CARE, "appointment"),
    # The competence profile: never the coordination's, except as sums.
    Row("competence profile", "list of the client", "competence:client_profile", CARE, "client"),
    Row("competence profile", "read", "competence:profile", CARE, "assessment"),
    Row("competence profile", "read the answers", "competence:answers", CARE, "assessment"),
    Row("competence profile", "update", "competence:add_remark", CARE, "assessment"),
    Row("competence profile", "export", "competence:counsellor_paper", CARE, "assessment"),
    Row("competence profile", "start the kiosk", "kiosk:start", CARE, "client"),
    Row("competence profile", "watch the kiosk", "kiosk:board", CARE, "assessment"),
    _post("competence profile", "end the kiosk", "kiosk:end", CARE, "assessment"),
    Row("competence profile", "answer in the kiosk", "kiosk:measuring", frozenset({KIOSK}), "kiosk"),
    # Businesses, needs and courses belong to the centre's office.
    Row("business", "create", "businesses:business_create", ANY_COUNSELLOR | ANY_LEAD),
    Row("business", "read", "businesses:business_detail", OFFICE, "business"),
    Row("business", "update", "businesses:business_edit", OFFICE, "business"),
    _post("business", "update", "businesses:business_edit", OFFICE, "business"),
    Row("business", "export", "businesses:register_export", ANY_LEAD, more={"form": "csv"}),
    Row("business", "import", "businesses:import_create", ANY_LEAD),
    Row("need", "create", "businesses:need_create", OFFICE, "business"),
    Row("need", "export", "businesses:need_export", ANY_LEAD),
    # The survey: the part of the street that was assigned, until it was handed in.
    Row("survey wave", "read", "businesses:wave_detail", OFFICE, "wave"),
    Row("survey wave", "update", "businesses:wave_edit", LEAD, "wave"),
    _post("survey wave", "delete", "businesses:wave_delete", LEAD, "wave"),
    Row("survey answers", "export", "businesses:wave_data", LEAD, "wave"),
    Row("survey answers", "read", "interviews:interview_detail", OFFICE, "interview"),
    Row("survey answers", "update", "interviews:interview_finish", frozenset({SURVEYOR}), "interview"),
    Row("door of the street", "read", "businesses:unit_detail", frozenset({SURVEYOR}), "door"),
    _post("door of the street", "update", "businesses:attempt_create", frozenset({SURVEYOR}), "door"),
    # Vacancies are the office's, placements the team's; the coordination reads them under a pseudonym.
    Row("vacancy", "create", "placements:vacancy_create", ANY_COUNSELLOR),
    Row("vacancy", "read", "placements:vacancy_detail", OFFICE, "vacancy"),
    Row("vacancy", "update", "placements:vacancy_edit", COUNSELLORS, "vacancy"),
    Row("placement", "create", "placements:client_propose", CARE, "client"),
    Row("placement", "read", "placements:placement_detail", CARE | LEAD, "placement"),
    _post("placement", "update", "placements:placement_undo", CARE, "placement"),
    # Reports.
    Row("figures", "read", "reporting:dashboard", ANY_COUNSELLOR | ANY_LEAD),
    Row("report", "create", "reporting:programme_create", ANY_LEAD),
    Row("report", "export", "reporting:report_xlsx", ANY_LEAD),
    Row("report", "export", "reporting:report_json", ANY_LEAD),
    Row("frozen report", "read", "reporting:frozen_report", LEAD, "report"),
    _post("frozen report", "approve (another one than who froze)", "reporting:frozen_approve", LEAD, "report"),
    # Accounts.
    Row("account", "read and update the own", "accounts:account", STAFF),
    Row("account", "list", "administration:user_list", ANY_LEAD | ANY_ADMINISTRATOR),
    Row("account", "create", "administration:user_create", ANY_ADMINISTRATOR),
    Row("account", "update", "administration:user_edit", frozenset({ADMINISTRATOR}), "account"),
    _post("account", "close", "administration:user_close", frozenset({ADMINISTRATOR}), "account"),
    _post("account", "sign out", "administration:user_sign_out", frozenset({ADMINISTRATOR}), "account"),
    # The access log.
    Row("access log", "read the own", "accesslog:own", STAFF),
    Row("access log", "read the centre's", "accesslog:log", ANY_LEAD | ANY_ADMINISTRATOR),
    # Rights of persons.
    Row("rights", "hand over (file)", "rights:hand_over_file", CARE, "client"),
    Row("rights", "erase", "rights:client_erase", LEAD, "client"),
    Row("rights", "note a request", "rights:request_create", CARE | LEAD, "client"),
    Row("rights", "answer a request", "rights:request_answer", CARE | LEAD, "wish"),
    _post("rights", "propose to erase", "rights:erasing_propose", CARE | LEAD, "wish"),
    _post("rights", "take a proposal back", "rights:erasing_take_back", CARE | LEAD, "wish"),
    Row("rights", "hold", "rights:client_hold", LEAD, "client"),
    Row("rights", "set the clocks", "rights:retention", ANY_LEAD),
]  # fmt: skip

# Groups of columns of one client: who may meet them on any page at all. Everybody else meets them on none.
FIELDS = {
    "name": CARE | LEAD,
    "telephone": CARE,
    "status": CARE,
    "notes": CARE,
    "private note": frozenset({OWN}),
}
