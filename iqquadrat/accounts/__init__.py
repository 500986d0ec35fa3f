"""Centres, staff users, roles, permissions, sign-in and the access rule that every view declares."""
