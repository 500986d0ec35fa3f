"""The folders of questionnaires delivered with the programme. Imports no model: rooms register theirs while Django starts.

class CompetenceConfig(AppConfig):
    def ready(self) -> None:
        folders.register(Path(__file__).parent / "content")
"""

import tomllib
from pathlib import Path

_folders: dict[Path, None] = {}


def register(folder: Path) -> None:
    """Add a folder to those that ``load_questionnaires`` loads."""
    _folders[folder] = None


def registered() -> list[Path]:
    """Return the registered folders that hold a questionnaire, in the order of registration."""
    return [folder for folder in _folders if structure_files(folder)]


def structure_files(folder: Path) -> list[Path]:
    """Return the files of a folder that describe a questionnaire's structure: there should be one.

    Other TOML files may lie beside it (a classification, say): they have no ``key``. One that cannot be read counts, so that the
    loader says what is wrong with it.
    """
    return [
        path for path in sorted(folder.glob("*.toml")) if not path.stem.startswith("_") and _has_key(path)
    ]


def _has_key(path: Path) -> bool:
    try:
        return "key" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return True
