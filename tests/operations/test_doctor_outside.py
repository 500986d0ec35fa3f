"""What the doctor asks others: the worker, the mail server, the site as a stranger sees it. Each speaks for real, on loopback."""

import contextlib
import datetime as dt
import http.server
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from iqquadrat.operations.doctor import examine, web, worker
from iqquadrat.operations.doctor.findings import Asked, Finding, State
from iqquadrat.operations.tasks import answer

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def _look(name: str, **asked: str) -> list[Finding]:
    with translation.override("en"):
        return [finding for _name, finding in examine(Asked(**asked), only=[name])]


# --- The worker ---------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.3)


@pytest.mark.django_db
def test_nothing_is_heard_of_the_worker(impatient: None) -> None:
    (finding,) = _look("worker")
    assert finding.state is State.FAULT
    assert "iqquadrat-worker" in finding.advice
    assert not DBTaskResult.objects.exists()  # the question was taken back


@pytest.mark.django_db(transaction=True)
def test_the_worker_answers() -> None:
    def work() -> None:
        from django_tasks_db.management.commands.db_worker import Worker

        taking = Worker(
            queue_names=["*"], interval=0.05, batch=False, backend_name="default", startup_delay=False, max_tasks=1,
            worker_id="of-the-test", excluded_queue_names=[],
        )  # fmt: skip
        try:
            taking.run()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        (finding,) = _look("worker")
    finally:
        thread.join()
    assert finding.state is State.OK
    assert "answered within" in finding.text
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_a_busy_worker_and_failed_tasks(impatient: None) -> None:
    running, failed, long_ago = (DBTaskResult.objects.get(pk=answer.enqueue().id) for _number in range(3))
    running.claim("somebody")
    for task, days in ((failed, 1), (long_ago, 30)):
        task.claim("somebody")
        task.set_failed(ValueError("name of a client"))
        DBTaskResult.objects.filter(pk=task.pk).update(finished_at=timezone.now() - dt.timedelta(days=days))
    busy, broken = _look("worker")
    assert (busy.state, broken.state) == (State.WARNING, State.WARNING)
    assert "busy" in busy.text
    assert broken.text.endswith(": 1.")
    assert "client" not in broken.text
    # Something waits for longer than a worker may be silent: then none takes from the queue.
    waiting = answer.enqueue()
    DBTaskResult.objects.filter(pk=waiting.id).update(enqueued_at=timezone.now() - dt.timedelta(minutes=5))
    assert _look("worker")[0].state is State.FAULT


# --- Mail ---------------------------------------------------------------------------------------------


class _Post(socketserver.StreamRequestHandler):
    """A mail server that says what it is told to."""

    features: tuple[bytes, ...] = ()

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"EHLO":
                lines = [b"here", *self.features]
                marks = [b"-"] * (len(lines) - 1) + [b" "]
                self.wfile.write(
                    b"".join(b"250" + mark + text + b"\r\n" for mark, text in zip(marks, lines, strict=True))
                )
            elif word == b"AUTH":
                self.wfile.write(b"535 no\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@contextlib.contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def post_office(settings: Any) -> Iterator[Callable[..., Any]]:
    """``post_office(b"STARTTLS")`` opens one with these features and points the settings at it."""
    with contextlib.ExitStack() as open_ones:

        def opened(*features: bytes) -> None:
            handler = type("Post", (_Post,), {"features": features})
            settings.EMAIL_PORT = open_ones.enter_context(
                _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler))
            )
            settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
            settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""

        yield opened


def test_mails_that_go_nowhere() -> None:
    (finding,) = _look("mail")
    assert finding.state is State.WARNING
    assert "IQ_EMAIL_BACKEND" in finding.advice


def test_a_mail_server_that_answers(post_office: Any) -> None:
    post_office()
    answers, trial = _look("mail")
    assert (answers.state, answers.advice) == (State.OK, "")
    assert trial.skipped  # nothing is sent unasked


def test_nobody_at_the_port(post_office: Any, settings: Any) -> None:
    post_office()
    settings.EMAIL_PORT = 1
    assert _look("mail")[0].state is State.FAULT


def test_a_server_without_encryption(post_office: Any, settings: Any) -> None:
    post_office()
    settings.EMAIL_USE_TLS = True
    finding = _look("mail")[0]
    assert finding.state is State.FAULT
    assert "no encryption" in finding.text


def test_a_server_that_lets_nobody_in(post_office: Any, settings: Any) -> None:
    post_office(b"AUTH PLAIN")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "iq", "secret-word"
    finding = _look("mail")[0]
    assert finding.state is State.FAULT
    assert "secret-word" not in finding.text + finding.advice


def test_mails_that_travel_in_the_open(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = SMTP, "mail.example.org", False
    settings.EMAIL_HOST_USER = ""
    with mock.patch("smtplib.SMTP"):
        assert _look("mail")[0].state is State.WARNING


def test_a_trial_mail(post_office: Any, settings: Any) -> None:
    post_office()
    with mock.patch(
        "iqquadrat.operations.doctor.mail.send_mail", side_effect=lambda *words: mail.outbox.append(words)
    ):
        findings = _look("mail", send_to="admin@example.org")
    assert [finding.state for finding in findings] == [State.OK, State.OK]
    assert mail.outbox[0][3] == ["admin@example.org"]
    with mock.patch("iqquadrat.operations.doctor.mail.send_mail", side_effect=ConnectionRefusedError):
        assert _look("mail", send_to="admin@example.org")[1].state is State.FAULT


# --- The site from outside ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_running_site_sends_its_headers(live_server: Any) -> None:
    findings = _look("headers", url=live_server.url)
    # The server of the tests speaks plain HTTP and tells its version; all else is the site's own, and is there.
    assert [finding.text for finding in findings] == [
        "The site was asked without HTTPS.", "The server tells its version to strangers.",
    ]  # fmt: skip


GOOD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'", "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload", "Set-Cookie": "__Host-iq=x; HttpOnly; Secure; SameSite=Lax",
    "Server": "nginx",
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "value", "state"),
    [
        ("Server", "nginx", State.OK),
        ("Content-Security-Policy", "", State.FAULT),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'", State.FAULT),
        ("X-Frame-Options", "SAMEORIGIN", State.FAULT),
        ("X-Content-Type-Options", "", State.FAULT),
        ("Strict-Transport-Security", "", State.FAULT),
        ("Strict-Transport-Security", "max-age=60", State.FAULT),
        ("Set-Cookie", "iq=x; HttpOnly; SameSite=Lax", State.FAULT),
        ("Set-Cookie", "iq=x; Secure; HttpOnly", State.FAULT),
        ("Server", "nginx/1.22.1", State.WARNING),
    ],
)
def test_a_header_that_is_missing(header: str, value: str, state: State) -> None:
    from email.message import Message

    headers = Message()
    for name, text in (GOOD | {header: value}).items():
        headers[name] = text
    with mock.patch.object(web, "_answer", return_value=(200, headers)):
        findings = _look("headers", url="https://iq.example.org")
    assert [finding.state for finding in findings] == [state]


def test_a_site_that_is_not_asked_or_does_not_answer() -> None:
    assert _look("headers")[0].skipped
    assert _look("headers", url="ftp://iq.example.org")[0].skipped
    assert _look("headers", url="http://127.0.0.1:1")[0].state is State.FAULT
    with mock.patch.object(web, "_answer", return_value=(400, None)):
        assert _look("headers", url="http://127.0.0.1:1")[0].text.endswith("with 400.")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """``certificates(30)``: a certificate for localhost of an authority of our own, good for so many days."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "100", "-subj", "/CN=trial",
            "-addext", "keyUsage=critical,keyCertSign", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")

    def made(days: int) -> Path:
        chain = folder / f"{days}.pem"
        if not chain.exists():
            openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "site.key",
                "-out",
                "site.csr",
                "-subj",
                "/CN=localhost",
            )
            openssl(
                "x509",
                "-req",
                "-in",
                "site.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-days",
                str(days),
                "-extfile",
                "names",
                "-out",
                "site.pem",
            )
            chain.write_text((folder / "site.key").read_text() + (folder / "site.pem").read_text())
        return chain

    return made


@contextlib.contextmanager
def _site(chain: Path) -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with mock.patch.object(server, "handle_error"), _serving(server) as port:
        yield port


@pytest.mark.parametrize(("days", "state"), [(60, State.OK), (10, State.WARNING), (2, State.FAULT)])
def test_how_long_a_certificate_lasts(
    certificates: Any, days: int, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = certificates(days)
    monkeypatch.setenv("SSL_CERT_FILE", str(chain.parent / "ca.pem"))
    with _site(chain) as port:
        (finding,) = _look("certificate", url=f"https://localhost:{port}")
    assert finding.state is state, finding.text


def test_a_certificate_that_has_run_out() -> None:
    error = ssl.SSLCertVerificationError("certificate has expired")
    error.verify_code = web.EXPIRED
    with mock.patch.object(web.socket, "create_connection", side_effect=error):
        (finding,) = _look("certificate", url="https://localhost")
    assert finding.state is State.FAULT
    assert "has run out" in finding.text


def test_a_certificate_that_nobody_knows_or_of_another_name(
    certificates: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = certificates(60)
    with _site(chain) as port:
        (finding,) = _look("certificate", url=f"https://localhost:{port}")
        assert finding.state is State.WARNING
        monkeypatch.setenv("SSL_CERT_FILE", str(chain.parent / "ca.pem"))
        (finding,) = _look("certificate", url=f"https://127.0.0.1:{port}")
        assert finding.state is State.FAULT
        assert "does not belong to" in finding.text


def test_which_names_are_asked_for(settings: Any) -> None:
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["iq.example.org", "localhost", ".example.org", "*"]
    assert web._places(Asked()) == [("iq.example.org", 443)]
    settings.HTTPS = False
    assert _look("certificate")[0].skipped
    (finding,) = _look("certificate", url="https://localhost:1")
    assert finding.state is State.FAULT
