"""Statements that the database plans once for a connection instead of at every call.

For the few that run at every tap of a client: planning them took longer than running them. Needs connections that belong to one
process for their life, as Django's are; a pool that changes the connection between transactions (``pool_mode = transaction``)
does not know what was prepared on another one.
"""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

_PLACE = re.compile(r"%\((\w+)\)s")
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Prepared:
    """One statement with named places, ``%(place)s``; ``types`` gives the type of every place as the database calls it.

    ``sql`` and ``types`` can be built into a larger statement.
    """

    def __init__(self, name: str, sql: str, types: Mapping[str, str]) -> None:
        self.name = f"iq_{name}"
        self.sql = sql
        self.types = dict(types)
        self.places = list(types)
        numbered = _PLACE.sub(lambda found: f"${self.places.index(found[1]) + 1}", sql)
        self._prepare = f"PREPARE {self.name} ({', '.join(types.values())}) AS {numbered}"
        self._execute = f"EXECUTE {self.name} ({', '.join(['%s'] * len(self.places))})"

    def execute(self, cursor: CursorWrapper, parameters: Mapping[str, Any]) -> None:
        """Run it with ``parameters``, one for every place; ``cursor`` belongs to the default connection."""
        known = _known.setdefault(connection.connection, set())
        if self.name not in known:
            self._make()
            known.add(self.name)
        try:
            cursor.execute(self._execute, [parameters[place] for place in self.places])
        except DatabaseError:
            known.discard(self.name)  # whatever it was: the next call prepares it anew
            raise

    def _make(self) -> None:
        """Prepare it, in place of one of that name; it outlives the transaction, even one that is rolled back."""
        with connection.wrap_database_errors, connection.connection.cursor() as plain:
            plain.execute("SELECT 1 FROM pg_prepared_statements WHERE name = %s", [self.name])
            if plain.fetchone():
                plain.execute(f"DEALLOCATE {self.name}")
            plain.execute(self._prepare)
