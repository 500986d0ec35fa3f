"""The rights of persons."""
