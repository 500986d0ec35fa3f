"""Inputs nobody would type, at every route, as everybody: ``python -m tests.fuzz``; a short run stands in ``tests/walks``."""
