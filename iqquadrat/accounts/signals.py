"""What happens to accounts, told upward: the access log lies above this room and listens."""

from django.dispatch import Signal

# Sent inside the transaction of the change. Arguments: user (the account), by (the acting user or None).
account_created = Signal()
# The same, and ``changed``: the names of what changed, never values.
account_changed = Signal()
# Somebody asked for a mail with a link. Arguments: user.
password_link_sent = Signal()
# A centre was made from the command line. Arguments: centre, by (None).
centre_created = Signal()
# Its facts or its current programme were changed. Arguments: centre, by, changed (names, never values).
centre_changed = Signal()
# Sittings were ended from afar. Arguments: user (whose), by, number.
sittings_ended = Signal()
# The password was right, the second step was not. Arguments: user, locked (too many tries).
second_step_failed = Signal()
