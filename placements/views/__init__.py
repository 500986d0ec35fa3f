"""Pages of this room."""

from iqquadrat.accounts.permissions import Permission

# Placements are read by whoever is in charge of the client, and by the coordination under a number.
READ = (Permission.PLACEMENT_READ_OWN, Permission.PLACEMENT_READ_FACTS)
