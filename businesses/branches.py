"""The classification of economic activities as reference data, read from the files in ``reference/``."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from businesses.enums import BranchKind, BranchLevel
from businesses.models import BranchSuccession, WzBranch

REFERENCE = Path(__file__).parent / "reference"
VERSIONS = (REFERENCE / "wz2008.toml", REFERENCE / "wz2025.toml")
SUCCESSIONS = REFERENCE / "successions.toml"


@transaction.atomic
def load_branches() -> int:
    """Write both versions and where the old groups went into the database; return the number of branches.

    Called after every migration (also after the tests empty the tables), so that the reference data is never missing. Running
    it again changes nothing, and never what a business is coded by.
    """
    lines = [line for path in VERSIONS for line in _lines(tomllib.loads(path.read_text("utf-8")))]
    WzBranch.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["version", "code"],
        update_fields=["level", "name_de", "kind"],
    )
    _load_successions(tomllib.loads(SUCCESSIONS.read_text("utf-8")))
    return len(lines)


def successors(branch: WzBranch) -> list[BranchSuccession]:
    """Return where a group went in the next version, by code; empty for a group of the newest version."""
    return list(branch.successions.select_related("new").order_by("new__code"))


def group_codes() -> frozenset[str]:
    """Return the codes of the groups of every version."""
    return frozenset(WzBranch.objects.filter(level=BranchLevel.GROUP).values_list("code", flat=True))


def named_group(version: int, code: str) -> str:
    """Return how a group of a version is written down where only a word has room."""
    return f"{version}/{code}"


def group_of(named: str) -> tuple[int, str]:
    """Return version and code of what ``named_group`` wrote down."""
    version, _slash, code = named.partition("/")
    return int(version), code


def _lines(content: dict[str, Any]) -> Iterator[WzBranch]:
    version = content["version"]
    for code, name in content["sections"].items():
        yield WzBranch(version=version, code=code, level=BranchLevel.SECTION, name_de=name)
    for kind, heading in (("", "divisions"), *((kind, kind.value) for kind in BranchKind)):
        for code, name in content[heading].items():
            level = BranchLevel.GROUP if "." in code else BranchLevel.DIVISION
            yield WzBranch(version=version, code=code, level=level, name_de=name, kind=kind)


def _load_successions(content: dict[str, Any]) -> None:
    """Write the successions; a correction of the file also takes out what it no longer says."""
    versions = (content["old"], content["new"])
    keys = {
        (version, code): pk
        for pk, version, code in WzBranch.objects.filter(version__in=versions).values_list(
            "pk", "version", "code"
        )
    }
    rows = [
        BranchSuccession(
            old_id=keys[versions[0], old], new_id=keys[versions[1], new], is_whole=len(news) == 1
        )
        for old, news in content["successors"].items()
        for new in news
    ]
    said = {(row.old_id, row.new_id) for row in rows}
    stale = [
        pk
        for pk, *pair in BranchSuccession.objects.values_list("pk", "old_id", "new_id")
        if tuple(pair) not in said
    ]
    BranchSuccession.objects.filter(pk__in=stale).delete()
    BranchSuccession.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["old", "new"], update_fields=["is_whole"]
    )
