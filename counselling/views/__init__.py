"""The pages of this room: load, check, one call, answer."""
