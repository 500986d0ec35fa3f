"""Many rows of everything, for the house tests that open each page with 1, 3 and 300 of what it lists."""
