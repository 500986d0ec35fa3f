"""The classification of economic activities as reference data, read from ``reference/wz2008.toml``."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from businesses.enums import BranchKind, BranchLevel
from businesses.models import WzBranch

SOURCE = Path(__file__).parent / "reference" / "wz2008.toml"


def load_branches(path: Path = SOURCE) -> int:
    """Write the lines of the classification into the database and return how many; running it again changes nothing.

    Called after every migration (also after the tests empty the tables), so that the reference data is never missing.
    """
    lines = list(_lines(tomllib.loads(path.read_text("utf-8"))))
    WzBranch.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["version", "code"],
        update_fields=["level", "name_de", "kind"],
    )
    return len(lines)


def _lines(content: dict[str, Any]) -> Iterator[WzBranch]:
    version = content["version"]
    for code, name in content["sections"].items():
        yield WzBranch(version=version, code=code, level=BranchLevel.SECTION, name_de=name)
    for kind in BranchKind:
        for code, name in content[kind.value].items():
            level = BranchLevel.GROUP if "." in code else BranchLevel.DIVISION
            yield WzBranch(version=version, code=code, level=level, name_de=name, kind=kind)
