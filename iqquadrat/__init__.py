"""IQ_QUADRAT: counselling, competence profile, businesses, placement and figures in one chain."""
