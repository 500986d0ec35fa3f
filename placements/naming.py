"""What an interview says about vacancies. Pure: reads the answers that count, writes nothing.

Question 28 describes up to three vacancies (field, number, hours, start); question 27 what training would be possible, and in which
occupations. Question 30 says what new people must be able to do in this business: the German of the activity that belongs to the field, further
languages, licences. A licence is required where the work is driving; elsewhere not everybody there drives, so it is desired.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counselling.enums import DrivingLicence
from placements.enums import FieldOfWork, GermanLevel, VacancyKind, WorkCertificate

PLACES = (1, 2, 3)
TRAINING_KINDS = {
    "training": VacancyKind.TRAINING,
    "eq": VacancyKind.EQ,
    "internship": VacancyKind.INTERNSHIP,
    "trial": VacancyKind.TRIAL,
}
# The activity of question 30 that the work of a field mostly is, and the level that its answers describe.
ACTIVITIES = {
    FieldOfWork.KITCHEN: "cooking", FieldOfWork.SALES: "service", FieldOfWork.CONSTRUCTION: "craft", FieldOfWork.REPAIR: "craft",
    FieldOfWork.SEWING: "craft", FieldOfWork.WAREHOUSE: "stock", FieldOfWork.OFFICE: "office", FieldOfWork.CLEANING: "cleaning",
    FieldOfWork.DRIVING: "driving",
}  # fmt: skip
LEVELS = {"words": GermanLevel.A1, "talk": GermanLevel.A2, "phone": GermanLevel.B1, "write": GermanLevel.B2}
LICENCES = {"car": DrivingLicence.B, "truck": DrivingLicence.C}
SPOKEN = ("ar", "fa", "ku", "ru", "uk", "vi", "tr", "en", "fr")


@dataclass(frozen=True)
class VacancyNamed:
    """One vacancy as an interview names it. ``question`` says where: v28_1, v27_training. ``hours`` and ``start`` are the codes of
    the questionnaire, ``occupations`` what was said in words."""

    question: str
    kind: VacancyKind
    field: FieldOfWork
    positions: int = 1
    hours: str = ""
    start: str = ""
    occupations: str = ""
    german: str = ""
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()

    @property
    def is_driving(self) -> bool:
        """Whether a licence is what the work is about."""
        return self.field is FieldOfWork.DRIVING


def vacancies_named(values: Mapping[str, Any]) -> list[VacancyNamed]:
    """Return the vacancies and training offers that these answers name, in the order of the questionnaire's numbers.

    A vacancy without a field was not described; one beyond the count (lowered later) is none.
    """
    count = values.get("v28_count") or 0
    jobs = [
        VacancyNamed(
            question=f"v28_{place}",
            kind=VacancyKind.JOB,
            field=FieldOfWork(values[f"v28_{place}_field"]),
            positions=values.get(f"v28_{place}_number") or 1,
            hours=values.get(f"v28_{place}_hours") or "",
            start=values.get(f"v28_{place}_start") or "",
            german=_german(values, FieldOfWork(values[f"v28_{place}_field"])),
            languages=tuple(code for code in SPOKEN if code in (values.get("v30_languages") or ())),
            licences=tuple(
                code.value for key, code in LICENCES.items() if key in (values.get("v30_licence") or ())
            ),
            certificates=(WorkCertificate.FORKLIFT.value,)
            if "forklift" in (values.get("v30_licence") or ())
            else (),
        )
        for place in PLACES
        if place <= count and values.get(f"v28_{place}_field") in FieldOfWork.values
    ]
    occupations = (values.get("v27_occupations") or "").strip()
    offers = [
        VacancyNamed(f"v27_{form}", kind, FieldOfWork.OTHER, occupations=occupations)
        for form, kind in TRAINING_KINDS.items()
        if form in (values.get("v27_forms") or ())
    ]
    return [*jobs, *offers]


def _german(values: Mapping[str, Any], field: FieldOfWork) -> str:
    """The level that the business names for the work of this field; empty where it names none."""
    level = LEVELS.get(values.get(f"v30_german_{ACTIVITIES.get(field, '')}") or "")
    return level.value if level else ""
