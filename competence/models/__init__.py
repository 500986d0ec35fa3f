"""Assessments, the sessions at the kiosk, and what they leave behind."""

from competence.models.assessment import Assessment, AssessmentQuerySet
from competence.models.batch import BatchPaper, PaperBatch
from competence.models.goal import AgreedGoal, EarlierGoal, GoalQuerySet, GoalWords
from competence.models.kiosk import KioskAttempt, KioskCode, KioskOperation, KioskSession
from competence.models.paradata import ParadataEvent
from competence.models.profile import ClientRemark, EvidenceResult, EvidenceSetAside, FieldConfirmation
from competence.models.release import ProfileRelease

__all__ = [
    "AgreedGoal",
    "Assessment",
    "AssessmentQuerySet",
    "BatchPaper",
    "ClientRemark",
    "EarlierGoal",
    "EvidenceResult",
    "EvidenceSetAside",
    "FieldConfirmation",
    "GoalQuerySet",
    "GoalWords",
    "KioskAttempt",
    "KioskCode",
    "KioskOperation",
    "KioskSession",
    "PaperBatch",
    "ParadataEvent",
    "ProfileRelease",
]
