"""Cut the fonts of the kiosk to the letters it needs; run again after an update of the fonts in package.json.

    python scripts/fonts.py

The first page a client meets must be light (150 kB): of Noto Sans's extended Latin only the letters of Turkish and its neighbours,
of Vazirmatn only Arabic and Persian. Both fonts are under the SIL Open Font License, which allows this.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "iqquadrat/core/static/iq/fonts"
MODULES = ROOT / "node_modules"

LATIN_EXTENDED_A = range(0x100, 0x180)
# Letters, marks, digits and punctuation of Arabic and Persian; the joiners; isolates of direction.
ARABIC = [
    *range(0x600, 0x653), *range(0x660, 0x671), 0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6C0, 0x6CC, 0x6D4, *range(0x6F0, 0x6FA),
    *range(0x200C, 0x2010), *range(0x2066, 0x206A),
]  # fmt: skip

CUTS = {
    "noto-sans-latin-ext-a.woff2": (
        "@fontsource-variable/noto-sans/files/noto-sans-latin-ext-wght-normal.woff2", LATIN_EXTENDED_A,
    ),
    "vazirmatn-kiosk.woff2": ("vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2", ARABIC),
}  # fmt: skip


def cut() -> None:
    """Write the cut fonts."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (source, letters) in CUTS.items():
        options = Options(flavor="woff2", notdef_outline=True, drop_tables=["STAT"])
        font = load_font(str(MODULES / source), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        save_font(font, str(TARGET / name), options)


if __name__ == "__main__":
    cut()
