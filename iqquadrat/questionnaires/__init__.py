"""Versioned multilingual questionnaires: one engine for the competence assessment and the business survey."""
