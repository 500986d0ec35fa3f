"""Kills, stops and cuts under load: ``python -m tests.faults`` (``make faults``); a short run is a test. Nothing in here runs by itself."""
