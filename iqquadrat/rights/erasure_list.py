"""The list of the erased, as keyed hashes: a restored backup holds them again, and this tells whom to erase once more.

It stands in the database, and beside it in the file of ``IQ_ERASURE_LIST``: a backup that is older than an erasing does not know of it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from uuid import UUID

    from iqquadrat.rights.models import Erasure

_SALT = "iqquadrat.rights.erasure"


def _hashes(text: str) -> list[str]:
    """With the key in use, and with those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, text, secret=key, algorithm="sha256").hexdigest() for key in keys]


def identifier_hash(public_id: "UUID") -> str:
    """Return the hash by which a client is known again."""
    return _hashes(str(public_id))[0]


def identifier_hashes(public_id: "UUID") -> list[str]:
    """Return the hashes that a client may have been written down with."""
    return _hashes(str(public_id))


def number_hash(centre_code: str, number: str) -> str:
    """Return the hash by which somebody who knows a number can ask whether it was erased."""
    return _hashes(f"{centre_code}:{number}")[0]


def add(erasure: "Erasure") -> None:
    """Write one line at the end of the file, where one is named."""
    if settings.ERASURE_LIST:
        line = json.dumps({"identifier": erasure.identifier_hash, "at": erasure.at.isoformat()})
        with Path(settings.ERASURE_LIST).open("a", encoding="ascii") as file:
            file.write(line + "\n")


def read(path: Path) -> Iterator[str]:
    """Yield the hashes of a file written by ``add``. Raises ``ValueError`` for anything else."""
    for line in path.read_text(encoding="ascii").splitlines():
        if line.strip():
            entry = json.loads(line)
            if not isinstance(entry, dict) or not isinstance(entry.get("identifier"), str):
                raise ValueError("no list of erased clients")
            yield entry["identifier"]
