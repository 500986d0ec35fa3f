"""The demonstration: start it, stop it, or forget its data.

    python scripts/demo.py start    # what make demo ends with; runs until Ctrl-C
    python scripts/demo.py stop     # from another terminal
    python scripts/demo.py forget   # deletes the embedded database with all it holds

Everything that takes time is done only when its sources have changed, so that a second start takes seconds.
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from iqquadrat.core import embedded  # noqa: E402 - the checkout has to be found first

HOME = embedded.data_folder().parent
STATIC_SOURCES = (
    "iqquadrat",
    "counselling",
    "competence",
    "businesses",
    "placements",
    "node_modules",
    "build",
)


def main() -> None:
    """Do what the command line names."""
    commands = {"start": start, "stop": stop, "forget": forget}
    name = sys.argv[1] if len(sys.argv) > 1 else "start"
    if name not in commands:
        raise SystemExit(f"Unknown: {name}. There are: {', '.join(commands)}.")
    commands[name]()


def start() -> None:
    """Bring everything up to date, then serve until somebody ends it."""
    begun = time.monotonic()
    HOME.mkdir(parents=True, exist_ok=True)
    port = free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "iqquadrat.settings",
        "PORT": str(port),
        "IQ_SECRET_KEY": secret_key(),
    }
    compile_catalogues()
    try:
        embedded.ensure_running()
    except embedded.EmbeddedDatabaseError as error:
        raise SystemExit(str(error)) from None
    prepare()
    serve(port, begun)


def stop() -> None:
    """End the running demonstration and its database."""
    process = running()
    if process is None:
        say("No demonstration is running.")
    else:
        os.kill(process, signal.SIGTERM)
        for _attempt in range(300):
            if running() is None:
                break
            time.sleep(0.1)
        say("The demonstration has stopped.")
    if not embedded.is_configured():
        return
    embedded.stop()


def forget() -> None:
    """Delete this checkout's embedded database; the next start builds the demonstration anew."""
    stop()
    embedded.forget()
    say("The embedded database of this folder is deleted.")


def free_port() -> int:
    """Return the port of ``PORT``, or the first free one from 8000 on."""
    if wanted := os.environ.get("PORT"):
        if not _is_free(int(wanted)):
            raise SystemExit(f"Port {wanted} is taken. Name another one: make demo PORT=8080")
        return int(wanted)
    return next(port for port in range(8000, 8100) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def secret_key() -> str:
    """Return the demonstration's own key: made once, kept beside its data, readable for its owner only."""
    if given := os.environ.get("IQ_SECRET_KEY"):
        return given
    path = HOME / "secret-key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()


def fingerprint(paths: Iterable[Path]) -> str:
    """Return what changes when one of the files does: their names, sizes and times."""
    facts = sorted(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths if path.is_file()
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def has_changed(stamp: Path, paths: Iterable[Path]) -> tuple[bool, str]:
    """Tell whether the files changed since that stamp was written; also return their fingerprint."""
    now = fingerprint(paths)
    return not stamp.exists() or stamp.read_text() != now, now


def compile_catalogues() -> None:
    """Compile the texts of the interface whose catalogue is newer than its compiled form."""
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["msgfmt", "--check-format", "-o", compiled, source], check=True)


def prepare() -> None:
    """Collect the static parts, migrate, load questionnaires and, into an empty database, the demonstration data."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    collected = Path(settings.STATIC_ROOT)
    stamp = ROOT / ".stamps/static"
    changed, now = has_changed(stamp, static_sources())
    if changed or not (collected / "staticfiles.json").exists():
        say("Collecting styles, fonts and pictures ...")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)
    call_command("migrate", interactive=False, verbosity=0)
    from iqquadrat.accounts.models import User

    empty = not User.objects.exists()
    # What the database was filled from; the stamp lies beside the embedded database and goes with it.
    stamp = HOME / "content.stamp"
    changed, now = has_changed(stamp, ROOT.glob("*/content/**/*"))
    if empty:
        say(
            "Building the demonstration: a centre like the real one, all people invented. It takes a minute or two ..."
        )
    if empty or changed or not embedded.is_configured():
        call_command("demo_data", if_empty=True)
        stamp.write_text(now)


def static_sources() -> Iterable[Path]:
    """Yield what collectstatic would look at."""
    for part in STATIC_SOURCES:
        for path in (ROOT / part).rglob("*"):
            if part == "node_modules" or "static" in path.parts:
                yield path


def serve(port: int, begun: float) -> None:
    """Serve with gunicorn inside this process: the application is loaded already, the workers share it."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    application = get_wsgi_application()
    connections.close_all()  # no worker inherits an open connection

    class Site(BaseApplication):
        def load_config(self) -> None:
            from iqquadrat import gunicorn

            for name in self.cfg.settings:
                if hasattr(gunicorn, name):
                    self.cfg.set(name, getattr(gunicorn, name))
            self.cfg.set("preload_app", True)
            self.cfg.set("when_ready", lambda server: announce(port, begun))

        def load(self) -> object:
            return application

    pid_file = HOME / "demo.pid"
    pid_file.write_text(str(os.getpid()))
    worker = start_worker()
    try:
        Site().run()
    finally:
        if pid_file.exists() and pid_file.read_text() == str(
            os.getpid()
        ):  # a process of gunicorn ends here too
            pid_file.unlink()
            end(worker)


def start_worker() -> "subprocess.Popen[bytes]":
    """Start what does the long work, such as importing a list, beside the site."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0"],
        cwd=ROOT,
    )


def end(worker: "subprocess.Popen[bytes]") -> None:
    """Let the worker finish, but not for long: what it breaks off has changed nothing."""
    worker.terminate()
    try:
        worker.wait(timeout=10)
    except subprocess.TimeoutExpired:
        worker.kill()


def running() -> int | None:
    """Return the process of the running demonstration of this checkout."""
    pid_file = HOME / "demo.pid"
    if not pid_file.exists():
        return None
    process = int(pid_file.read_text())
    command = Path(f"/proc/{process}/cmdline")
    # The number may belong to somebody else by now.
    return process if command.exists() and b"demo.py" in command.read_bytes() else None


def announce(port: int, begun: float) -> None:
    """Tell where to look and who may sign in."""
    from iqquadrat.demo.plan import PASSWORD, STAFF_DOMAIN
    from iqquadrat.demo.services import STAFF

    site = f"http://127.0.0.1:{port}"
    people = "\n".join(
        f"    {given.lower()}@{STAFF_DOMAIN:<18}{given} {family}, {role.label}"
        for given, family, role in STAFF
    )
    say(
        f"\n  IQ_QUADRAT is running (ready after {time.monotonic() - begun:.1f} s).\n\n"
        f"    For the staff     {site}/\n"
        f"    For clients       {site}/k/        (a counsellor hands out the code)\n\n"
        f"  Sign in with the password {PASSWORD} as\n{people}\n\n"
        "  Ctrl-C stops it. make forget deletes the demonstration's data.\n"
    )


def say(words: str) -> None:
    """Write to whoever started this."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
