"""Every write of the kiosk's side of this room: assessments, sessions, answers with their events."""
