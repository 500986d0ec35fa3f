"""The container: any tar opens it, and no byte of it can be changed, cut off or added unnoticed."""

import io
import random
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from iqquadrat.operations.backup.container import CHUNK, Reader, Writer
from iqquadrat.operations.backup.errors import BackupError, DamagedBackupError

CONTENT = {
    "manifest.json": b"{}",
    "media/Übung.ogg": b"x" * 700,
    "empty": b"",
    "database/000001": bytes(range(256)) * 4,
}


def _written() -> bytes:
    out = io.BytesIO()
    writer = Writer(out)
    for name, data in CONTENT.items():
        writer.add(name, data)
    writer.close()
    return out.getvalue()


def _read(data: bytes) -> dict[str, bytes]:
    return {member.name: member.text() for member in Reader(io.BytesIO(data)).members()}


def test_what_was_written_is_read() -> None:
    assert _read(_written()) == CONTENT


def test_parts_that_nobody_asks_for_are_checked_all_the_same() -> None:
    data = bytearray(_written())
    assert [member.name for member in Reader(io.BytesIO(data)).members()] == list(CONTENT)
    data[data.index(b"xxxx") + 5] ^= 1
    with pytest.raises(DamagedBackupError):
        list(Reader(io.BytesIO(data)).members())


def test_tar_opens_it() -> None:
    with tarfile.open(fileobj=io.BytesIO(_written())) as archive:
        names = archive.getnames()
        content = {name: archive.extractfile(name).read() for name in CONTENT}  # type: ignore[union-attr]
    assert names == [*CONTENT, "parts.json", "seal.json"]
    assert content == CONTENT


def test_every_single_bit_counts() -> None:
    """Every byte of the container, padding and end too, with one of its bits turned."""
    whole = _written()
    choose = random.Random(27)
    for place in range(len(whole)):
        data = bytearray(whole)
        data[place] ^= 1 << choose.randrange(8)
        with pytest.raises(DamagedBackupError):
            _read(bytes(data))


def test_it_ends_where_it_ends() -> None:
    whole = _written()
    for length in range(len(whole)):
        with pytest.raises(DamagedBackupError):
            _read(whole[:length])
    with pytest.raises(DamagedBackupError):
        _read(whole + b"\0")


def test_parts_cannot_change_places() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out, order in ((first, ("a", "b")), (second, ("b", "a"))):
        writer = Writer(out)
        for name in order:
            writer.add(name, b"same")
        writer.close()
    swapped = second.getvalue()[:2048] + first.getvalue()[2048:]
    with pytest.raises(DamagedBackupError):
        _read(swapped)


def test_a_long_file_does_not_lie_in_memory(tmp_path: Path) -> None:
    source, target = tmp_path / "long", tmp_path / "container"
    with source.open("wb") as file:
        file.truncate(64 * CHUNK)
    tracemalloc.start()
    with source.open("rb") as file, target.open("wb") as out:
        writer = Writer(out)
        writer.add_file("media/long", file, 64 * CHUNK)
        writer.close()
    with target.open("rb") as file:
        read = sum(len(block) for member in Reader(file).members() for block in member.blocks())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 64 * CHUNK
    assert peak < 8 * CHUNK


def test_a_file_that_shrinks_is_an_error() -> None:
    with pytest.raises(BackupError, match="changed while it was read"):
        Writer(io.BytesIO()).add_file("media/x", io.BytesIO(b"short"), 100)


def test_a_name_that_does_not_fit_is_said() -> None:
    with pytest.raises(BackupError, match="too long"):
        Writer(io.BytesIO()).add("media/" + "x" * 300, b"")
