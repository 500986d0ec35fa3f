"""Pages of the business room."""
