"""What the database knows about the amount of data; by it, it chooses how to answer."""

from django.apps import apps
from django.db import connection


def refresh_statistics() -> None:
    """Count all tables of the application anew, after much has come at once and before anybody asks.

    Only those: the tables of the whole server, which a bare ANALYZE takes along, would stay locked until the transaction ends.
    """
    tables = sorted(
        {
            connection.ops.quote_name(model._meta.db_table)
            for model in apps.get_models(include_auto_created=True)
        }
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")
