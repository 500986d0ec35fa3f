"""Assessments, the sessions at the kiosk, and what they leave behind."""

from competence.models.assessment import Assessment, AssessmentQuerySet
from competence.models.kiosk import KioskAttempt, KioskCode, KioskOperation, KioskSession
from competence.models.paradata import ParadataEvent
from competence.models.profile import ClientRemark, EvidenceResult, EvidenceSetAside, FieldConfirmation

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "ClientRemark",
    "EvidenceResult",
    "EvidenceSetAside",
    "FieldConfirmation",
    "KioskAttempt",
    "KioskCode",
    "KioskOperation",
    "KioskSession",
    "ParadataEvent",
]
