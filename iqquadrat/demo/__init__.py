"""Demonstration data: the real project's figures with invented people, seeded and repeatable.

Stands on the roof of the house beside ``iqquadrat.urls``: it fills every room and no room knows it. Reasons:
``docs/decisions/0004-demonstration-data.md``.
"""
