"""Names in Latin letters, proposed for scripts that write every sound; what is proposed is read and put right by people."""

import re

from anyascii import anyascii

# Cyrillic, Greek, Armenian, Georgian, Ethiopic. Arabic, Persian and Hebrew leave out vowels: a proposal would be wrong.
_SPELLED_OUT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u10a0-\u10ff\u1200-\u137f]")
_OTHER = re.compile("[\u0590-\u06ff\u0750-\u077f\u0900-\u0fff\u1780-\u17ff\u3040-\ud7ff]")


def propose_latin(name: str) -> str:
    """Return ``name`` in Latin letters, or nothing where it is written in them or where a proposal would be a guess."""
    if not _SPELLED_OUT.search(name) or _OTHER.search(name):
        return ""
    words = anyascii(name).replace("'", "").split()
    return " ".join(
        "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")) for word in words
    )
