"""The rights of persons: what is stored of a client is handed over, corrected, kept no longer than needed, and erased."""
