"""Matching of a client and a vacancy: a checklist people can argue with. Pure; ``placements.match_sql`` says the same in the database."""
