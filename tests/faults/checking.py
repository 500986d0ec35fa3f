"""Compare the ledger with the database: what was acknowledged is there once and whole, and nothing is half."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tests.faults.writers import Sending

# A talk has its two topics, one referral, one follow-up and its line in the log; an answer has its three events; a visit its operation.
WHOLE = {
    "talks": """
        SELECT c.submission, (SELECT count(*) FROM counselling_consultation t WHERE t.submission = c.submission),
          (SELECT count(*) FROM counselling_consultation_other_topics x WHERE x.consultation_id = c.id) = 1
          AND (SELECT count(*) FROM counselling_referral x WHERE x.consultation_id = c.id) = 1
          AND (SELECT count(*) FROM counselling_followup x WHERE x.consultation_id = c.id) = 1
          AND (SELECT count(*) FROM accesslog_entry x WHERE x.object_type = 'counselling.consultation' AND x.object_id = c.id::text
            AND x.action = 'create') = 1
        FROM counselling_consultation c WHERE c.submission IS NOT NULL""",
    "answers": """
        SELECT o.op_id, count(*) OVER (PARTITION BY o.op_id),
          (SELECT count(*) FROM competence_paradataevent e WHERE e.session_id = o.session_id) =
          3 * (SELECT count(*) FROM competence_kioskoperation t WHERE t.session_id = o.session_id)
        FROM competence_kioskoperation o""",
    "visits": """
        SELECT f.uuid, count(*) OVER (PARTITION BY f.uuid),
          (SELECT count(*) FROM businesses_contactattempt a WHERE a.submission = f.uuid) = (f.result = 'applied')::int
        FROM businesses_fieldoperation f""",
    "visits without their operation": """
        SELECT a.submission, count(*) OVER (PARTITION BY a.submission), EXISTS (SELECT 1 FROM businesses_fieldoperation f WHERE f.uuid = a.submission)
        FROM businesses_contactattempt a WHERE a.submission IS NOT NULL""",
}  # fmt: skip
NEWEST = """
    SELECT a.seq, a.number::int::text FROM questionnaires_answer a JOIN competence_assessment c ON c.response_id = a.response_id
    JOIN competence_kiosksession s ON s.assessment_id = c.id JOIN questionnaires_item i ON i.id = a.item_id
    WHERE s.token_hash = %s AND i.key = 'sch_years'"""


@dataclass
class Found:
    """What is wrong; all zero is right."""

    lost: int = 0
    doubled: int = 0
    half: int = 0
    stored: int = 0

    @property
    def wrong(self) -> int:
        return self.lost + self.doubled + self.half


def look(acknowledged: Iterable[Sending]) -> Found:
    """Compare what is stored with what was acknowledged."""
    sent = {sending.number: sending for sending in acknowledged}
    found, stored = Found(), set()
    for statement in WHOLE.values():
        for number, count, whole in _rows(statement):
            stored.add(str(number))
            found.doubled += count > 1
            found.half += not whole
    found.stored = len(stored)
    found.lost = sum(number not in stored for number in sent)
    found.lost += sum(not _stands(newest) for newest in _newest(sent.values()))
    return found


def _newest(sent: Iterable[Sending]) -> Iterable[Sending]:
    """The answer that was acknowledged last at each PC."""
    newest: dict[str, Sending] = {}
    for sending in sent:
        if sending.seat and (sending.seat not in newest or newest[sending.seat].seq < sending.seq):
            newest[sending.seat] = sending
    return newest.values()


def _stands(sending: Sending) -> bool:
    """It is what the question says, unless a newer one, which nobody has acknowledged yet, has come."""
    from competence.kiosk_door import token_hash

    rows = _rows(NEWEST, [token_hash(sending.seat)])
    return bool(rows) and (rows[0][0] > sending.seq or rows[0] == (sending.seq, sending.value))


def _rows(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
