"""What happens in this room that others may want to know."""

from django.dispatch import Signal

# Sent inside the transaction that completes an assessment; ``assessment`` is the finished one.
assessment_finished = Signal()
