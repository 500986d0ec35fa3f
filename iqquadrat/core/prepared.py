"""Statements that the database plans once for a connection instead of at every call.

For the few that run at every tap of a client: planning them took longer than running them. Needs connections that belong to one
process for their life, as Django's are; a pool that changes the connection between transactions (``pool_mode = transaction``)
does not know what was prepared on another one.
"""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
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
            with connection.connection.cursor() as plain:
                plain.execute(self._prepare)  # outlives the transaction, even one that is rolled back
            known.add(self.name)
        cursor.execute(self._execute, [parameters[place] for place in self.places])
