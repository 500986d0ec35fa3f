"""Pages of the questionnaires, one file a desk."""
