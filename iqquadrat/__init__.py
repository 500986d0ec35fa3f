"""IQ_QUADRAT: counselling, competence profile, businesses, placement and figures in one chain."""

# The same as in pyproject.toml; frozen reports say by which version they were counted.
VERSION = "0.1.0"
