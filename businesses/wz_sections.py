"""Which section of the classification a division belongs to: its numbers run through the sections in blocks.

Source: Statistisches Bundesamt, Klassifikation der Wirtschaftszweige, Ausgaben 2008 and 2025.
"""

# The first division of each section, in order.
_FIRST = {
    2008: {
        "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 45, "H": 49, "I": 55, "J": 58, "K": 64, "L": 68, "M": 69, "N": 77,
        "O": 84, "P": 85, "Q": 86, "R": 90, "S": 94, "T": 97, "U": 99,
    },
    2025: {
        "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 46, "H": 49, "I": 55, "J": 58, "K": 61, "L": 64, "M": 68, "N": 69,
        "O": 77, "P": 84, "Q": 85, "R": 86, "S": 90, "T": 94, "U": 97, "V": 99,
    },
}  # fmt: skip


def section_of(division: str, version: int | None) -> str:
    """Return the letter of the section that holds a division of two digits; empty for an unknown version or no division."""
    if version not in _FIRST or not division.isdigit():
        return ""
    found = [letter for letter, first in _FIRST[version].items() if first <= int(division)]
    return found[-1] if found else ""
