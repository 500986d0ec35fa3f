"""The competence assessment: kiosk, evidence of German comprehension, profile, papers."""
