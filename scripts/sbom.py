"""Write the list of all parts as CycloneDX 1.6, for machines that watch over many sites: ``scripts/sbom.py [FILE]``.

Made from the lock files alone, without network: what is named there is what gets installed. ``docs/parts.md`` is the same for people.
"""

import base64
import json
import re
import sys
import tomllib
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

import parts
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build/sbom.cdx.json"
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VIA = re.compile(r"^[\s#]*([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?\s*$", re.MULTILINE)
# Names parts give their licence that are no names of the SPDX list.
_SPELT = {"OFL": "OFL-1.1"}


def python_parts() -> list[Component]:
    """Return all parts of the lock files; those that only tests need are marked as left out of what runs."""
    run = set(parts.pins("requirements.lock"))
    return [_python_part(block, run) for block in _blocks()]


def _blocks() -> list[str]:
    """Return the lines about each part of Python."""
    text = (ROOT / "requirements-dev.lock").read_text()
    return [block for block in re.split(r"(?m)^(?=[A-Za-z0-9])", text) if parts.PINNED.match(block)]


def _python_part(block: str, run: set[tuple[str, str]]) -> Component:
    name, version = parts.PINNED.findall(block)[0]
    made = _component(name, version, "pypi", parts.licence_of(name), is_run=(name, version) in run)
    # One fingerprint a file: which of them is installed depends on the machine.
    for digest in HASH.findall(block):
        made.properties.add(Property(name="iqquadrat:sha256", value=digest))
    return made


def npm_parts() -> list[Component]:
    """Return all parts that come into the browser or onto paper, and the tools that make them smaller."""
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    made = []
    for place, part in lock.items():
        if place:
            name = place.rpartition("node_modules/")[2]
            found = _component(name, part["version"], "npm", part["license"], is_run=not part.get("dev"))
            digest = base64.b64decode(part["integrity"].removeprefix("sha512-")).hex()
            found.hashes.add(HashType(alg=HashAlgorithm.SHA_512, content=digest))
            made.append(found)
    return made


def _component(name: str, version: str, kind: str, licence: str, *, is_run: bool) -> Component:
    space, _slash, short = name.rpartition("/")
    address = PackageURL(type=kind, namespace=space or None, name=short, version=version)
    return Component(
        name=short, group=space or None, version=version, type=ComponentType.LIBRARY, purl=address, bom_ref=str(address),
        scope=ComponentScope.REQUIRED if is_run else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(_SPELT.get(licence, licence))],
    )  # fmt: skip


def needs() -> dict[tuple[str, str], set[str]]:
    """Return by whom which parts are needed, as the lock files say; we ourselves need what we name."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for block in _blocks():
        for parent in VIA.findall(block.partition("# via")[2]):
            found["pypi", parent].add(parts.PINNED.findall(block)[0][0])
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, part in lock.items():
        of = place.rpartition("node_modules/")[2] or part["name"]
        for kind in ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies"):
            found["npm", of] |= set(part.get(kind, ()))
    return found


def _tie(whole: Bom, ours: str) -> None:
    """Say of every part which others it needs. Two versions of a part are for two versions of Python."""
    called: dict[tuple[str, str], list[Component]] = defaultdict(list)
    for part in whole.components:
        address = PackageURL.from_string(str(part.bom_ref))
        called[address.type, "/".join(filter(None, (address.namespace, address.name)))].append(part)
        whole.register_dependency(part)
    for (kind, of), names in needs().items():
        for parent in [whole.metadata.component] if of == ours else called[kind, of]:
            whole.register_dependency(parent, [part for name in names for part in called[kind, name]])


def bill() -> Bom:
    """Return the whole list, with ourselves at its head."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    whole = Bom()
    whole.metadata.component = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, description=project["description"],
        bom_ref=project["name"], licenses=[LicenseFactory().make_from_string(project["license"])],
    )  # fmt: skip
    for part in (*python_parts(), *npm_parts()):
        whole.components.add(part)
    _tie(whole, project["name"])
    # The same parts have the same number, whoever writes the list and when.
    whole.serial_number = uuid.uuid5(
        uuid.NAMESPACE_URL, "\n".join(sorted(str(part.bom_ref) for part in whole.components))
    )
    return whole


def main() -> None:
    """Write the list."""
    target = Path(sys.argv[1]) if sys.argv[1:] else TARGET
    whole = bill()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(JsonV1Dot6(whole).output_as_string(indent=2) + "\n")
    sys.stdout.write(f"{len(whole.components)} parts: {target}\n")


if __name__ == "__main__":
    main()
