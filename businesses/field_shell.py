"""What a surveyor's device keeps of this site, so that the app opens without connection: one page and its files, by version."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

_FOLDER = "businesses/field"
_MODULES = (
    "answers", "app", "bar", "conditions", "device", "dom", "door", "doors", "doorstep", "inputs", "interview", "place", "photo", "question",
    "questionnaire", "queue", "sight", "state", "store", "sync", "words",
)  # fmt: skip
_STYLES = (
    "vendor/noto-sans/index.css", "vendor/bootstrap/css/bootstrap.min.css", "vendor/bootstrap-icons/bootstrap-icons.min.css",
    "iq/css/tokens.css", "iq/css/bootstrap-set.css", "iq/css/signs.css", "iq/css/shell.css", "iq/css/lists.css", "iq/css/marks.css",
    "iq/css/person.css", "iq/css/forms.css", "iq/css/data.css", "iq/css/messages.css", "iq/css/field.css",
    "businesses/css/businesses.css", "businesses/css/field.css",
)  # fmt: skip
# The scripts in which the questionnaire is written; Greek or Devanagari are fetched when a shop's name needs them.
_FONTS = (
    "vendor/bootstrap-icons/fonts/bootstrap-icons.woff2", "vendor/vazirmatn/Vazirmatn[wght].woff2",
    *(f"vendor/noto-sans/files/noto-sans-{part}-wght-normal.woff2" for part in ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext")),
)  # fmt: skip
FILES = (
    *_STYLES, *_FONTS, "iq/mark.svg", "iq/js/theme.js", *(f"{_FOLDER}/{name}.js" for name in _MODULES),
)  # fmt: skip


def addresses() -> list[str]:
    """Return the addresses of the files the app is made of."""
    return [static(name) for name in FILES]


def version_of(shell: str) -> str:
    """Return a name for this state of page and files: another one as soon as a byte differs."""
    mark = hashlib.sha256(shell.encode())
    for name, address in zip(FILES, addresses(), strict=True):
        mark.update(address.encode())
        found = finders.find(name)
        if found and not name.endswith(".woff2"):
            mark.update(Path(found).read_bytes())
    return mark.hexdigest()[:16]
