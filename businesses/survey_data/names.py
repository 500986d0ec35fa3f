"""Names of variables that SPSS, Stata, R and Python all take, and that stay the same from one export to the next."""

import hashlib
import re

# Stata takes 32 letters, SPSS 64 bytes: the narrower one holds for both.
LONGEST = 32
_KEPT, _MARK = 25, 6
# Words that SPSS or Stata keep for themselves.
RESERVED = frozenset(
    {
        "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with", "if", "in", "using", "int", "long", "byte",
        "float", "double", "_all", "_n", "_b", "_cons", "_pi", "_skip", "_rc", "_coef", "_pred",
    }
)  # fmt: skip


def valid_name(wanted: str) -> str:
    """Return this name, or one made of it by a fixed rule: small Latin letters, digits and ``_``, a letter first, at most 32 long.

    A longer one keeps its beginning and gets a mark of its whole, so that two long names never become one.
    """
    name = re.sub(r"[^a-z0-9_]", "_", wanted.lower())
    if not name or not name[0].isalpha() or name in RESERVED or re.fullmatch(r"str\d+", name):
        name = f"v_{name}"
    return name if len(name) <= LONGEST else marked_name(name, wanted)


def marked_name(name: str, wanted: str) -> str:
    """Return the beginning of a name with a mark of what was wanted."""
    return f"{name[:_KEPT]}_{hashlib.sha256(wanted.encode()).hexdigest()[:_MARK]}"


def choice_name(key: str, choice: str) -> str:
    """Return the name of the column that says whether one of several answers was given."""
    return valid_name(f"{key}__{choice}")
