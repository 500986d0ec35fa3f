"""Static parts as production serves them, and the weight of the first page a client meets."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "iqquadrat/core/static"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "build/static"
BUDGET = 120_000


@pytest.mark.slow
def test_every_reference_in_every_style_resolves_under_hashed_names(tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("IQ_TESTING", "DJANGO_SETTINGS_MODULE")
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT, env=environment | {"IQ_STATIC_ROOT": str(tmp_path), "DJANGO_SETTINGS_MODULE": "iqquadrat.settings"}, check=True,
    )  # fmt: skip
    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert len(paths) > 50
    tokens = (tmp_path / paths["iq/css/tokens.css"]).read_text()
    font = re.search(r'url\("([^"]+)"\)', tokens)
    assert font
    assert re.search(r"\.[0-9a-f]{12}\.woff2$", font[1])
    assert (tmp_path / "iq/css" / unquote(font[1])).resolve().exists()
    for module in re.findall(r'import "\./([\w-]+\.js)"', (tmp_path / paths["iq/js/staff.js"]).read_text()):
        assert (tmp_path / "iq/js" / module).exists()


def _file(name: str) -> Path:
    vendor = {
        "vendor/bootstrap/": MODULES / "bootstrap/dist",
        "vendor/noto-sans/": MODULES / "@fontsource-variable/noto-sans",
    }
    for prefix, folder in vendor.items():
        if name.startswith(prefix):
            return folder / name.removeprefix(prefix)
    return BUILT / name if "bundle" in name else CORE / name


def _sent(path: Path) -> int:
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))


@pytest.mark.parametrize(
    ("language", "fonts"),
    [
        ("de", []),
        ("tr", ["iq/fonts/noto-sans-latin-ext-a.woff2"]),
        ("vi", ["vendor/noto-sans/files/noto-sans-vietnamese-wght-normal.woff2"]),
        ("ru", ["vendor/noto-sans/files/noto-sans-cyrillic-wght-normal.woff2"]),
        ("uk", ["vendor/noto-sans/files/noto-sans-cyrillic-wght-normal.woff2"]),
        ("ku", ["iq/fonts/noto-sans-latin-ext-a.woff2"]),
        ("ar", ["iq/fonts/vazirmatn-kiosk.woff2"]),
    ],
)
def test_a_clients_page_is_light(language: str, fonts: list[str]) -> None:
    body = render_to_string("kiosk.html")
    parts = [link.removeprefix("/static/") for link in re.findall(r'href="(/static/[^"]+)"', body)]
    assert "iq/css/kiosk-bundle.css" in parts
    assert not any("icons" in part or "htmx" in part for part in parts)
    latin = "vendor/noto-sans/files/noto-sans-latin-wght-normal.woff2"
    weight = sum(
        _sent(_file(part)) for part in [*parts, latin, *fonts, "iq/kiosk-icons.svg", "iq/pictograms.svg"]
    )
    assert weight < BUDGET, f"{language}: {weight}"
