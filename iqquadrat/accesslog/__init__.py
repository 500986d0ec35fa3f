"""Who saw or changed what: an append-only log without foreign keys."""
