"""The pair of pictures that stands on both screens. The pictograms are those of the house's sprite."""

import secrets

# Easy to tell apart and to name in any language; nothing with a meaning beyond the thing.
PICTURES = (
    "cup", "moon", "key", "bicycle", "house", "sun", "clock", "basket", "plant", "truck", "drum", "book",
)  # fmt: skip


def new_pair(taken: set[tuple[str, ...]]) -> list[str]:
    """Return two different pictures that no running assessment of the centre shows, as long as there are such."""
    pairs = [(one, two) for one in PICTURES for two in PICTURES if one != two]
    free = [pair for pair in pairs if pair not in taken]
    return list(secrets.choice(free or pairs))
