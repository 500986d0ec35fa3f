"""From what a business answered about training (questions 14, 24 and 25) to its step on the ladder."""

from collections.abc import Collection

from businesses.analysis.jobs import Step, training_step

# Somebody with the trainer's certificate (AdA) or a master's.
APTITUDE = frozenset({"trainer", "master"})
PREMISES, TRAINED, UNKNOWN = "premises", "trains", "unknown"
WILLING = frozenset({"rather_yes", "yes"})


def is_eligible(right: Collection[str]) -> bool | None:
    """Tell whether a business may train: it trains or has trained, or has somebody with the aptitude and recognised premises.

    None without an answer to question 24, or with "don't know".
    """
    if not right or UNKNOWN in right:
        return None
    return TRAINED in right or (PREMISES in right and not APTITUDE.isdisjoint(right))


def step_of(*, trainees: int | None, right: Collection[str], willing: str) -> Step | None:
    """Return the step of a business: trainees now, what it has for training, whether it would; None where too little was said."""
    return training_step(
        trains=bool(trainees), eligible=is_eligible(right), willing=willing in WILLING if willing else None
    )
