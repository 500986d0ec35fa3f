"""By what a business is known again: its folded name, and the door it is behind."""

from iqquadrat.core.folding import folded_words

LONGEST_KEY = 300


def name_key(sign_name: str, legal_name: str) -> str:
    """Return the name on the sign, else the legal one, in small Latin letters without marks."""
    return " ".join(folded_words(sign_name or legal_name))[:LONGEST_KEY].strip()


def place_key(premises_id: int | str | None, name: str) -> str:
    """Return what two records of one business have in common: the door and the folded name; a founder has no door yet."""
    return f"{premises_id or ''} {name}"
