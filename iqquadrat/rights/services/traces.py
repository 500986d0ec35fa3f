"""Where a client could be quoted without hanging on the record: the access log, sittings, the texts of errors."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.fields import TextField
from django.db.models.functions import Cast

from counselling.models import Client
from iqquadrat.accounts.models import Sitting
from iqquadrat.core.classification import Apart, Class
from iqquadrat.rights.belongings import Model, Rows, classes, is_text, rules

# Shorter words stand in too many texts to tell anybody.
SHORTEST = 4


def words_of(client_keys: Iterable[Any]) -> set[str]:
    """Return the words that name these clients: every identifying text of the record, and its identifier."""
    names = [
        field.name
        for field in Client._meta.concrete_fields
        if is_text(field) and classes()[Client][field.name] is Class.IDENTIFYING
    ]
    found = set()
    for row in Client.objects.filter(pk__in=client_keys).values_list("public_id", *names):
        found |= {str(value).strip() for value in row if value}
    return {word for word in found if len(word) >= SHORTEST}


def clear_log(rows: Rows) -> None:
    """Empty the details of all entries about these records. Who looked when stays; the numbers lead to what is left."""
    with connection.cursor() as cursor:
        # The role of the site may not change the log; these two functions of the database may do this and nothing else.
        for model, keys in rows.items():
            cursor.execute(
                "SELECT iq_empty_log(%s, %s::text[])", [model._meta.label_lower, [str(key) for key in keys]]
            )
        cursor.execute("SELECT iq_empty_log_naming(%s::bigint[])", [list(rows[Client])])


def sweep(words: set[str]) -> None:
    """Delete sittings, and rows of the tables named for it, that quote one of these words."""
    for session in Sitting.objects.iterator():
        data = json.dumps(session.get_decoded(), ensure_ascii=False, default=str)
        if any(word in data for word in words):
            session.delete()
    for model, rule in rules().items():
        if isinstance(rule, Apart) and rule.swept:
            _sweep_table(model, rule.swept, words)


def _sweep_table(model: Model, names: tuple[str, ...], words: set[str]) -> None:
    rows = model._meta.base_manager.annotate(**{f"as_text_{name}": Cast(name, TextField()) for name in names})
    quoted = Q(pk__in=[])
    for name in names:
        for word in words:
            # JSON stores other scripts as they are, but escapes what ASCII lacks when it was written so.
            quoted |= Q(**{f"as_text_{name}__contains": word})
            quoted |= Q(**{f"as_text_{name}__contains": json.dumps(word)[1:-1]})
    model._meta.base_manager.filter(pk__in=rows.filter(quoted).values("pk")).delete()
