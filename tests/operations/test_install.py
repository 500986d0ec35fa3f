"""The scripts that install and update: what they write, that a second run changes nothing, that they stop where they should."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
ENVIRONMENT = "etc/iqquadrat.env"
OWNER = "etc/iqquadrat-owner.env"
SELF_SIGNED = ("--host", "iq.example.org", "--certificate", "self-signed")


def _install(folder: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    place = () if folder is None else ("--root", str(folder))
    return subprocess.run(
        ["bash", str(DEPLOY / "install.sh"), *words, *place],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _states(told: str) -> dict[str, str]:
    """Return for each file what was told of it."""
    lines = [line for line in told.splitlines() if line[11:].startswith("/")]
    return {line[11:].split(" ")[0]: line[:10].strip() for line in lines}


def _tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = _install(tmp_path, *SELF_SIGNED)
    assert (first.returncode, first.stderr) == (0, "")
    assert set(_states(first.stdout).values()) == {"changed"}
    written = _tree(tmp_path)
    assert {
        ENVIRONMENT,
        "etc/nginx/sites-available/iqquadrat",
        "etc/nftables.conf",
        "etc/systemd/system/iqquadrat.service",
    } <= set(written)
    second = _install(tmp_path, *SELF_SIGNED)
    assert (second.returncode, second.stderr) == (0, "")
    assert set(_states(second.stdout).values()) == {"as it was"}
    assert second.stdout.splitlines()[-1].startswith("0 changed")
    assert _tree(tmp_path) == written


def test_what_was_changed_by_hand_is_put_right_but_the_settings_are_kept(tmp_path: Path) -> None:
    _install(tmp_path, *SELF_SIGNED)
    own, unit = tmp_path / ENVIRONMENT, tmp_path / "etc/systemd/system/iqquadrat.service"
    own.write_text(own.read_text() + "IQ_SITE_NAME=Dialog\n")
    unit.write_text("broken")
    told = _states(_install(tmp_path, *SELF_SIGNED).stdout)
    assert {path for path, state in told.items() if state == "changed"} == {
        "/etc/systemd/system/iqquadrat.service"
    }
    assert "IQ_SITE_NAME=Dialog" in own.read_text()
    assert "gunicorn" in unit.read_text()


def test_a_look_first_changes_nothing(tmp_path: Path) -> None:
    told = _install(tmp_path, *SELF_SIGNED, "--check")
    assert told.returncode == 0
    assert set(_states(told.stdout).values()) == {"would"}
    assert _tree(tmp_path) == {}


def test_the_settings_are_secret_and_every_installation_has_its_own(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert _install(tmp_path / name, *SELF_SIGNED).returncode == 0
        path = tmp_path / name / ENVIRONMENT
        assert path.stat().st_mode & 0o777 == 0o600
        texts.append(path.read_text())
    found = [re.search(r"^IQ_SECRET_KEY=([\w-]{50,}=*)$", text, re.MULTILINE) for text in texts]
    assert found[0]
    assert found[1]
    assert found[0][1] != found[1][1]
    passwords = [
        re.search(
            r"^DATABASE_URL=postgresql://iqquadrat_app:([0-9a-f]{48})@127.0.0.1:5432/iqquadrat$",
            text,
            re.MULTILINE,
        )
        for text in texts
    ]
    assert passwords[0]
    assert passwords[1]
    assert passwords[0][1] != passwords[1][1]
    assert "\nIQ_HTTPS=1\n" in texts[0]


def test_the_owner_of_the_tables_has_a_file_of_its_own(tmp_path: Path) -> None:
    _install(tmp_path, *SELF_SIGNED)
    owner = tmp_path / OWNER
    assert owner.stat().st_mode & 0o777 == 0o600
    found = re.search(
        r"^DATABASE_URL=postgresql://iqquadrat:([0-9a-f]{48})@", owner.read_text(), re.MULTILINE
    )
    assert found
    assert found[1] not in (tmp_path / ENVIRONMENT).read_text()
    for unit in (DEPLOY / "systemd").glob("*.service"):
        assert ("iqquadrat-owner.env" in unit.read_text()) == (unit.name == "iqquadrat-backup.service"), (
            unit.name
        )


def test_who_was_installed_with_one_role_keeps_its_password_as_owner(tmp_path: Path) -> None:
    _install(tmp_path, *SELF_SIGNED)
    (tmp_path / OWNER).unlink()
    line = "DATABASE_URL=postgresql://iqquadrat:old@127.0.0.1:5432/iqquadrat"
    (tmp_path / ENVIRONMENT).write_text(f"IQ_HTTPS=1\n{line}\n")
    told = _install(tmp_path, *SELF_SIGNED)
    assert told.returncode == 0
    assert line in (tmp_path / OWNER).read_text().splitlines()
    assert "the service does not sign in as owner" in told.stdout


def test_the_settings_that_it_writes_exist(tmp_path: Path) -> None:
    _install(tmp_path, *SELF_SIGNED)
    named = set(re.findall(r"^#?(IQ_\w+|DATABASE_URL)=", (tmp_path / ENVIRONMENT).read_text(), re.MULTILINE))
    assert len(named) > 10
    explained = set(re.findall(r"`(IQ_\w+|DATABASE_URL)`", (ROOT / "docs/settings.md").read_text()))
    assert named <= explained


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Name the site"),
        (("--host", "iq.example.org; rm -rf /", "--certificate", "own"), "Name the site"),
        (("--host", "iq.example.org"), "where the certificate comes from"),
        (("--host", "iq.example.org", "--certificate", "certbot"), "--mail"),
    ],
)
def test_it_asks_for_what_it_needs(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    told = _install(tmp_path, *words)
    assert told.returncode != 0
    assert says in told.stderr
    assert _tree(tmp_path) == {}


def test_nginx_gets_the_name_and_the_certificate(tmp_path: Path) -> None:
    _install(tmp_path, "--host", "iq.example.org", "--certificate", "certbot", "--mail", "admin@example.org")
    site = (tmp_path / "etc/nginx/sites-available/iqquadrat").read_text()
    assert site.count("server_name iq.example.org;") == 2
    assert "/etc/letsencrypt/live/iq.example.org/fullchain.pem;" in site
    assert "return 301 https://" in site
    assert "client_max_body_size 33m;" in site
    assert site.count("access_log off;") == 2
    assert not re.search(r"(?<!server_name )\b(?:HOST|CHAIN|KEY)\b(?=;)", site)
    assert site.count("{") == site.count("}")


def test_only_three_ports_are_open(tmp_path: Path) -> None:
    _install(tmp_path, *SELF_SIGNED)
    rules = (tmp_path / "etc/nftables.conf").read_text()
    assert re.findall(r"dport (.+?) accept", rules) == ["{ 22, 80, 443 }"]
    assert rules.count("policy drop") == 2
    (tmp_path / "other").mkdir()
    _install(tmp_path / "other", *SELF_SIGNED, "--no-firewall")
    assert not (tmp_path / "other/etc/nftables.conf").exists()


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    units = sorted((DEPLOY / "systemd").iterdir())
    assert {
        "iqquadrat.service",
        "iqquadrat-worker.service",
        "iqquadrat-retention.timer",
        "iqquadrat-prune.timer",
    } <= {unit.name for unit in units}
    program = shutil.which("systemd-analyze")
    for unit in units:
        # The programs are there on no machine but the one that runs the site.
        words = (
            unit.read_text()
            .replace("/srv/iqquadrat/site/.venv/bin/", "/bin/")
            .replace("/bin/gunicorn", "/bin/true")
            .replace("/bin/python", "/bin/true")
        )
        (tmp_path / unit.name).write_text(words.replace("User=iqquadrat\nGroup=iqquadrat\n", "User=daemon\n"))
        if unit.suffix == ".timer":
            assert unit.with_suffix(".service").exists()
            assert "Persistent=true" in words
        else:
            assert "ProtectSystem=strict" in words
    if program:
        names = [str(tmp_path / unit.name) for unit in units]
        done = subprocess.run(
            [program, "verify", "--man=no", *names], capture_output=True, text=True, check=False
        )
        ours = [line for line in done.stderr.splitlines() if "iqquadrat" in line]
        assert ours == []


@pytest.mark.parametrize("name", ["install.sh", "update.sh", "steps.sh", "manage.sh"])
def test_bash_reads_the_scripts(name: str) -> None:
    assert (
        subprocess.run(["bash", "-n", str(DEPLOY / name)], capture_output=True, check=False).returncode == 0
    )
    if program := shutil.which("shellcheck"):
        done = subprocess.run(
            [program, "-x", "-P", str(ROOT), str(DEPLOY / name)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, "")
