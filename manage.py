#!/usr/bin/env python
"""Django's command line; starts the embedded database first when no DATABASE_URL names another."""

import os
import sys

# Commands that read files only; everything else may touch the database.
WITHOUT_DATABASE = {
    "help",
    "--help",
    "-h",
    "--version",
    "version",
    "makemessages",
    "compilemessages",
    "collectstatic",
}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django may be missing; its own message is clear

    from iqquadrat.core.embedded import ensure_running  # noqa: PLC0415 - needs the settings module named above

    if len(sys.argv) > 1 and not WITHOUT_DATABASE & set(sys.argv[1:2]):
        ensure_running()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
