"""Backups: one file with everything, that can be tried and brought back. See decision 27."""
