"""The first part of a backup: what it is of, when and by what it was made, and what each table held."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils.crypto import salted_hmac

from iqquadrat import VERSION
from iqquadrat.operations.backup.errors import DamagedBackupError, VersionError
from iqquadrat.operations.backup.fingerprints import Fingerprint

NAME = "manifest.json"
FORMAT = 1
_SALT = "iqquadrat.operations.backup"


def key_marks() -> list[str]:
    """Return a mark of ``IQ_SECRET_KEY`` and of each one before it: it tells whether a key is the same, never what it is."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, "mark", secret=key, algorithm="sha256").hexdigest() for key in keys]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. ``server`` and ``tool`` are major versions of PostgreSQL; ``media`` tells whether files are in it."""

    at: dt.datetime
    database: str
    server: int
    tool: int
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Fingerprint]
    structure: dict[str, int]
    left_out: tuple[str, ...]
    media: bool
    key_mark: str
    site: str = VERSION
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Return the rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def text(self) -> bytes:
        """Return it as JSON."""
        values = dataclasses.asdict(self) | {"at": self.at.isoformat()}
        return json.dumps(values, indent=1).encode()


def read(text: bytes) -> Manifest:
    """Read a manifest. Raises ``VersionError`` for one of a later format, ``DamagedBackupError`` for anything else that is none."""
    try:
        values: dict[str, Any] = json.loads(text)
        if values["format"] != FORMAT:
            raise VersionError(
                f"The backup has format {values['format']}, this site knows format {FORMAT}: use the version of the site that made it "
                f"({values.get('site', 'unknown')}) or a newer one."
            )
        return Manifest(**values | {
            "at": dt.datetime.fromisoformat(values["at"]),
            "migrations": tuple((app, name) for app, name in values["migrations"]),
            "tables": {name: Fingerprint(**found) for name, found in values["tables"].items()},
            "left_out": tuple(values["left_out"]),
        })  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DamagedBackupError("The backup is damaged: its manifest cannot be read.") from None


def check_versions(manifest: Manifest, server: int) -> None:
    """Raise ``VersionError`` if this site or this server is older than the backup."""
    if manifest.server > server:
        raise VersionError(
            f"The backup was made by PostgreSQL {manifest.server}; this server is {server}, and an older one may not understand it."
        )
    unknown = sorted(set(manifest.migrations) - set(MigrationLoader(None).disk_migrations))
    if unknown:
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise VersionError(
            f"The backup was made by another or a newer version of the site (its database knows {names}). Update the site first."
        )
