"""The suite. tests/<room>/ holds a room's tests, tests/journeys/ what crosses rooms in a browser."""
