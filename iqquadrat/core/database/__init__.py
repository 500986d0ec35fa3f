"""Django's PostgreSQL, with the centre in force handed over to the database (``base`` is where Django looks)."""
