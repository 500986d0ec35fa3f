"""What an interview says about vacancies. Pure: reads the answers that count, writes nothing.

Question 28 describes up to three vacancies (field, number, hours, start); question 27 what training would be possible, and in which
occupations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placements.enums import FieldOfWork, VacancyKind

PLACES = (1, 2, 3)
TRAINING_KINDS = {
    "training": VacancyKind.TRAINING,
    "eq": VacancyKind.EQ,
    "internship": VacancyKind.INTERNSHIP,
    "trial": VacancyKind.TRIAL,
}


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
