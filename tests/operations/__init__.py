"""Running the house."""
