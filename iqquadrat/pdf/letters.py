"""What the glyphs of a paper are when a machine reads them: searching, copying, reading aloud.

The renderer notes for each glyph the text it was first drawn for. A letter with a mark (Vietnamese tones, Arabic vowels) is drawn by two
glyphs for one piece of text; there the letter would be noted as nothing and the mark as both, and the letter would be missing on
the whole paper. So whatever the renderer cannot tell apart is asked of the font.
"""

import hashlib
import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from fontTools.ttLib import TTFont

_BY_NAME = re.compile(r"uni((?:[0-9A-F]{4})+)(?:\..*)?")


class Fonts(dict[Any, Any]):
    """The fonts of one document; each that is added notes its glyphs as ``Letters``."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.to_unicode = Letters(_own_letters(font.file_content, font.index))
        super().__setitem__(key, font)


class Letters(dict[int, str]):
    """The text of each glyph. One that is only guessed is asked for again until it stands alone."""

    def __init__(self, own: Mapping[int, str]) -> None:
        super().__init__()
        self.own, self.guessed = own, set[int]()

    def __contains__(self, glyph: object) -> bool:
        return super().__contains__(glyph) and glyph not in self.guessed

    def __setitem__(self, glyph: int, text: str) -> None:
        own = self.own.get(glyph, "")
        if own and _marks(own) == own:
            text = _marks(text) or own
        elif text:
            self.guessed.discard(glyph)
        else:
            self.guessed.add(glyph)
            text = own
        super().__setitem__(glyph, text)


def _marks(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.combining(letter))


def _own_letters(content: bytes, index: int) -> Mapping[int, str]:
    return _letters_of(_Font(content, index))


class _Font:
    """A font file as the key of a cache, without keeping the file."""

    def __init__(self, content: bytes, index: int) -> None:
        self.content: bytes | None = content
        self.key = hashlib.blake2b(content, digest_size=16).digest(), index

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Font) and other.key == self.key


@cache
def _letters_of(font: _Font) -> Mapping[int, str]:
    """Return what the font itself says of its glyphs: by its table of characters, else by their names."""
    content, font.content = font.content or b"", None
    read = TTFont(io.BytesIO(content), fontNumber=font.key[1], lazy=True)
    found: dict[str, str] = {}
    for code, name in sorted(read.getBestCmap().items(), reverse=True):
        # The forms of an Arabic letter within a word are letters of their own in the table.
        found[name] = min(unicodedata.normalize("NFKC", chr(code)).strip(), found.get(name, "\uffff"))
    own = {}
    for glyph, name in enumerate(read.getGlyphOrder()):
        named = _BY_NAME.fullmatch(name)
        text = found.get(name) or found.get(name.partition(".")[0])
        if text is None and named:
            text = "".join(chr(int(named[1][start : start + 4], 16)) for start in range(0, len(named[1]), 4))
        if text:
            own[glyph] = text
    return own
