"""Which steps are possible and who may take them."""

from placements.enums import ORDER, Stage


def next_stages(current: str) -> list[Stage]:
    """Return the steps that can follow: every later one, and the way out. Started work ends; it does not come to nothing.

    ``current`` is the code of the present step.
    """
    stage = Stage(current)
    if stage in (Stage.ENDED, Stage.CLOSED):
        return []
    if stage is Stage.STARTED:
        return [Stage.ENDED]
    later = [step for step in ORDER[ORDER.index(stage) + 1 :] if step is not Stage.ENDED]
    return [*later, Stage.CLOSED]
