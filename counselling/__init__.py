"""Clients, consents, consultations, short contacts and follow-ups."""
