"""Parts by others: a licence that goes with ours, a list for machines, and an audit that says what it could not do."""

import datetime as dt
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([@\w./-]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TODAY = dt.date(2026, 11, 1)
PIP = {
    "dependencies": [
        {"name": "fine", "version": "1.0", "vulns": []},
        {
            "name": "holey", "version": "2.0",
            "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": ["CVE-2026-1", "GHSA-aaaa-bbbb-cccc"], "description": "A\n hole."}],
        },
    ],
    "fixes": [],
}  # fmt: skip
NPM = {
    "vulnerabilities": {
        "inner": {"name": "inner", "via": [{"source": 7, "name": "inner", "title": "A hole", "url": "https://example.org/GHSA-dddd-eeee-ffff", "range": "<3"}]},
        "outer": {"name": "outer", "via": ["inner"]},
    }
}  # fmt: skip


def _script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    specification = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert specification
    assert specification.loader
    script = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, name, script)
    specification.loader.exec_module(script)
    return script


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return _script("parts", monkeypatch)


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return _script("audit", monkeypatch)


def _exception(**change: str) -> str:
    entry = {
        "package": '"holey"', "id": '"CVE-2026-1"', "reason": '"Only its command line has the hole, and nobody runs it here."', "until": "2026-12-01",
    } | change  # fmt: skip
    return "[[exception]]\n" + "\n".join(f"{key} = {value}" for key, value in entry.items())


def _rows(text: str) -> list[tuple[str, str, str]]:
    return [row for row in ROW.findall(text) if row[0] not in ("part", "---")]


# --- Licences ----------------------------------------------------------------------------------------


def test_every_locked_part_is_listed_with_a_licence_that_goes_with_ours(parts: ModuleType) -> None:
    document = (ROOT / "docs/parts.md").read_text()
    runs, _mark, tools = document.partition("## For development and tests only")
    listed = {True: _rows(runs), False: _rows(tools)}
    for is_run, rows in listed.items():
        assert len(rows) > 50
        assert [row for row in rows if not parts.goes_with_ours(row[2], runs=is_run)] == []
    names = {(name, version) for rows in listed.values() for name, version, _licence in rows}
    locked = {pin for lock in ("requirements.lock", "requirements-dev.lock") for pin in parts.pins(lock)}
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked |= {
        (name.removeprefix("node_modules/"), part["version"])
        for name, part in npm.items()
        if name and not part.get("optional")
    }
    assert names == locked


@pytest.mark.parametrize(
    ("named", "runs", "good"),
    [
        ("MIT", True, True), ("MIT AND OFL-1.1", True, True), ("Apache-2.0 OR BSD-2-Clause", True, True),
        ("GPL-3.0-or-later", True, False), ("GPL-3.0-or-later", False, True), ("MIT AND GPL-3.0-or-later", True, False),
        ("GPL-3.0-or-later OR MIT", True, True), ("SSPL-1.0", False, False), ("see the package", False, False), ("", False, False),
        ("Mozilla Public License 1.1 (MPL 1.1)", True, True),
    ],
)  # fmt: skip
def test_which_licences_go_with_ours(parts: ModuleType, named: str, *, runs: bool, good: bool) -> None:
    assert parts.goes_with_ours(named, runs=runs) is good


# --- The list for machines ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sbom(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("sbom") / "deep" / "sbom.json"
    command = [sys.executable, "-W", "error", str(ROOT / "scripts/sbom.py"), str(file)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def test_the_list_for_machines_holds_every_locked_part(sbom: dict[str, Any], parts: ModuleType) -> None:
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")
    assert sbom["metadata"]["component"]["name"] == "iqquadrat"
    found = {part["purl"]: part for part in sbom["components"]}
    wanted = {f"pkg:pypi/{name}@{version}" for name, version in parts.pins("requirements-dev.lock")}
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted |= {
        f"pkg:npm/{name.removeprefix('node_modules/').replace('@', '%40')}@{part['version']}"
        for name, part in npm.items()
        if name
    }
    assert set(found) == wanted
    runs = {f"pkg:pypi/{name}@{version}" for name, version in parts.pins("requirements.lock")}
    for purl, part in found.items():
        assert part["licenses"], purl
        if purl.startswith("pkg:pypi/"):
            assert (part["scope"] == "required") is (purl in runs), purl
            assert all(re.fullmatch(r"[0-9a-f]{64}", line["value"]) for line in part["properties"])
        else:
            assert part["hashes"][0]["alg"] == "SHA-512"


def test_the_list_for_machines_says_who_needs_whom(sbom: dict[str, Any]) -> None:
    needs = {line["ref"]: line.get("dependsOn", []) for line in sbom["dependencies"]}
    reached, ahead = set(), ["iqquadrat"]
    while ahead:
        ref = ahead.pop()
        if ref not in reached:
            reached.add(ref)
            ahead += needs[ref]
    assert reached == {part["bom-ref"] for part in sbom["components"]} | {"iqquadrat"}
    weasyprint = next(ref for ref in needs if ref.startswith("pkg:pypi/weasyprint@"))
    assert [ref.split("@")[0] for ref in needs[weasyprint]].count("pkg:pypi/pydyf") == 1


# --- The audit ---------------------------------------------------------------------------------------


def test_the_exceptions_of_today_are_in_order(audit: ModuleType) -> None:
    """Fails on the day after an exception ended: it is looked at again, or goes."""
    _found, wrong = audit.exemptions(audit.EXCEPTIONS.read_text(), dt.datetime.now(dt.UTC).date())
    assert wrong == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"until": "2026-10-31"}, "ended on 2026-10-31"), ({"until": "2027-06-01"}, "longer than half a year"),
        ({"reason": '"  later  "'}, "gives no reason"),
    ],
)  # fmt: skip
def test_an_exception_that_is_none(audit: ModuleType, change: dict[str, str], said: str) -> None:
    _found, wrong = audit.exemptions(_exception(**change), TODAY)
    assert len(wrong) == 1
    assert said in wrong[0]
    assert audit.exemptions(_exception(), TODAY)[1] == []
    assert audit.exemptions(_exception(until="2026-11-01"), TODAY)[1] == []


@pytest.mark.parametrize(
    "text",
    ["[[exception]]\npackage = 'x'", "exception = 3", "[[", _exception(until='"2026-12-01"'), _exception(reason="1"), _exception(until="2026-12-01T10:00:00")],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(audit: ModuleType, text: str) -> None:
    with pytest.raises(audit.BadExceptionError, match="audit-exceptions"):
        audit.exemptions(text, TODAY)


def test_findings_are_read_and_judged(audit: ModuleType) -> None:
    pip, npm = audit.of_pip(PIP), audit.of_npm(NPM)
    assert [finding.part for finding in (*pip, *npm)] == ["holey", "inner"]
    assert "better: 2.1" in str(pip[0])
    assert npm[0].names == {"GHSA-dddd-eeee-ffff"}
    for name in ("PYSEC-2026-1", "CVE-2026-1", "GHSA-aaaa-bbbb-cccc"):
        entry = audit.exemptions(_exception(id=f'"{name}"'), TODAY)[0]
        assert audit.judged(pip, entry) == ([], [])
        assert audit.judged(npm, entry) == (npm, entry)
    other = audit.exemptions(_exception(package='"fine"'), TODAY)[0]
    assert audit.judged(pip, other) == (pip, other)


@pytest.fixture
def world(audit: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What the tools answer, by the word that tells them apart; an exception file of its own."""
    answers: dict[str, Any] = {
        "pip_audit": {"dependencies": []},
        "npm": {"vulnerabilities": {}},
        "exceptions": "",
    }

    def run(command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        answer = next(answers[word] for word in ("pip_audit", "npm") if word in command)
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return subprocess.CompletedProcess(command, 1, text, "first\nno way out\n")

    monkeypatch.setattr(audit.subprocess, "run", run)
    monkeypatch.setattr(audit, "EXCEPTIONS", tmp_path / "exceptions.toml")
    return answers


@pytest.mark.parametrize(
    ("change", "code", "relaxed", "said"),
    [
        ({}, 0, 0, "Python: 0 known"),
        ({"pip_audit": PIP}, 1, 1, "holey 2.0: CVE-2026-1"),
        ({"npm": NPM}, 1, 1, "inner <3: GHSA-dddd-eeee-ffff"),
        ({"pip_audit": PIP, "exceptions": _exception(until="{soon}")}, 0, 0, "Python: 1 known"),
        ({"exceptions": _exception(until="{soon}")}, 0, 0, "the exception can go"),
        ({"exceptions": _exception(until="2020-01-01")}, 1, 1, "ended on 2020-01-01"),
        ({"exceptions": "[["}, 1, 1, "audit-exceptions.toml"),
        ({"pip_audit": ""}, 2, 0, "Python: NOT AUDITED, no way out"),
        ({"npm": {"message": "405 Method Not Allowed - POST somewhere"}}, 2, 0, "npm: NOT AUDITED, 405 Method Not Allowed\n"),
        ({"npm": []}, 2, 0, "npm: NOT AUDITED, the answer is no report"),
        ({"npm": FileNotFoundError()}, 2, 0, "npm: NOT AUDITED, npm is not here"),
        ({"pip_audit": subprocess.TimeoutExpired("x", 1)}, 2, 0, "Python: NOT AUDITED, no answer within"),
        ({"pip_audit": {"dependencies": [{"name": "x", "skip_reason": "unknown"}]}}, 2, 0, "Python: NOT AUDITED, the index"),
        ({"npm": "", "pip_audit": PIP}, 1, 1, "holey 2.0"),
    ],
)  # fmt: skip
def test_the_audit_is_green_red_or_says_that_nobody_answered(
    audit: ModuleType,
    world: dict[str, Any],
    capsys: Any,
    change: dict[str, Any],
    code: int,
    relaxed: int,
    said: str,
) -> None:
    world |= change
    soon = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    audit.EXCEPTIONS.write_text(world["exceptions"].replace("{soon}", soon.isoformat()))
    assert audit.main([]) == code
    assert said in capsys.readouterr().out
    assert audit.main(["--if-reachable"]) == relaxed


def test_a_part_that_the_index_does_not_know_is_told(
    audit: ModuleType, world: dict[str, Any], capsys: Any, monkeypatch: Any
) -> None:
    known, unknown = PIP, {"dependencies": [*PIP["dependencies"], {"name": "odd", "skip_reason": "unknown"}]}
    reports = iter([known, unknown])
    monkeypatch.setattr(audit, "_pip_audit", lambda lock: next(reports))
    audit.EXCEPTIONS.write_text("")
    assert audit.main([]) == 1
    said = capsys.readouterr().out
    assert "odd: unknown" in said
    assert "holey 2.0" in said


def test_one_part_is_asked_for_before_the_others(audit: ModuleType) -> None:
    lock = (ROOT / "requirements-dev.lock").read_text()
    first = audit.first_part(lock)
    assert lock.startswith(first)
    assert len(re.findall(r"^[\w-]+==", first, re.MULTILINE)) == 1
    assert "--hash=sha256:" in first


def test_the_audit_is_part_of_the_check() -> None:
    makefile = (ROOT / "Makefile").read_text()
    check = re.split(r"\n\n", makefile.split("\ncheck:")[1])[0]
    assert "scripts/audit.py --if-reachable" in check
