"""What this room tells others without knowing them."""

from typing import Any

from django.db import transaction
from django.dispatch import Signal

# An interview was handed in. Sent inside its transaction with ``interview``, ``values`` (the answers that count, by key) and ``by``:
# whoever listens and fails takes the handing in back too, and nothing is left half done.
interview_finished = Signal()


def forget_photo_file(sender: type, instance: Any, **kwargs: Any) -> None:  # noqa: ARG001 - Django's signature
    """Delete the file of a photo whose row is gone, once that is certain: whoever deleted it, the business, the wave or the clock."""
    name, storage = instance.file.name, instance.file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
