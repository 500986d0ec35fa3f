"""Assessments, the sessions at the kiosk, and what they leave behind."""

from competence.models.assessment import Assessment, AssessmentQuerySet
from competence.models.batch import BatchPaper, PaperBatch
from competence.models.kiosk import KioskAttempt, KioskCode, KioskOperation, KioskSession
from competence.models.paradata import ParadataEvent
from competence.models.profile import ClientRemark, EvidenceResult, EvidenceSetAside, FieldConfirmation
from competence.models.release import ProfileRelease

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "BatchPaper",
    "ClientRemark",
    "EvidenceResult",
    "EvidenceSetAside",
    "FieldConfirmation",
    "KioskAttempt",
    "KioskCode",
    "KioskOperation",
    "KioskSession",
    "PaperBatch",
    "ParadataEvent",
    "ProfileRelease",
]
