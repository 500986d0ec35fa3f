"""A photo as it is kept: whatever a phone sends, drawn anew as a JPEG of a bounded size, without what else the file tells. Pure."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

MAX_BYTES = 8 * 1024 * 1024
LONGEST_EDGE = 1600
# What a machine can unfold: a small file may hold a picture of any size. A JPEG is unfolded at a part of its size.
MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
_QUALITY = 82
_WHITE = (255, 255, 255)


class NoPhotoError(ValueError):
    """This is no photo that can be kept: none of the kinds, too large, broken."""


def drawn_anew(data: bytes) -> bytes:
    """Return the photo as a JPEG, upright, its longest edge at most 1600 pixels, without place, device and comments.

    Raises ``NoPhotoError``. The kind is told by the content, never by a name.
    """
    if not data or len(data) > MAX_BYTES:
        raise NoPhotoError
    try:
        with _nothing_missing(), Image.open(BytesIO(data), formats=list(MAX_PIXELS)) as photo:
            return _drawn(photo)
    except (
        OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, TypeError, IndexError, KeyError,
        Image.DecompressionBombError, Image.DecompressionBombWarning,
    ) as fault:  # fmt: skip
        raise NoPhotoError from fault


@contextmanager
def _nothing_missing() -> Iterator[None]:
    """A photo that was cut on its way is refused. The maker of PDFs lets Pillow fill up in grey what is missing, in the whole process."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _drawn(photo: Image.Image) -> bytes:
    # Before anything is unfolded.
    if photo.width * photo.height > MAX_PIXELS[photo.format or ""] or min(photo.size) < 1:
        raise NoPhotoError
    photo.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
    upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    plain = Image.new("RGB", upright.size, _WHITE)
    seen = upright.convert("RGBA")
    plain.paste(seen, mask=seen.getchannel("A"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
