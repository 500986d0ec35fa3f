"""What this room tells others without knowing them."""

from django.dispatch import Signal

# An interview was handed in. Sent inside its transaction with ``interview``, ``values`` (the answers that count, by key) and ``by``:
# whoever listens and fails takes the handing in back too, and nothing is left half done.
interview_finished = Signal()
