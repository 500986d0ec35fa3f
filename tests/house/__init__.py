"""The house as a whole: lock files, lengths, leftovers, commands, documents."""
