"""Make the web fonts in src/shared/theme/fonts from the npm sources: `python scripts/fonts.py` in web/.

Two families, each as one file for everyday Latin and one small file of further Latin letters that
browsers only fetch when a page shows one. The axes nobody uses are pinned. Fails above 65 KB in all.
Prints the metric overrides for the fallback faces in fonts.css.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCES = Path("node_modules/@fontsource-variable")
TARGET = Path("src/shared/theme/fonts")
BUDGET = 65 * 1024
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153]
MARKS = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2212]
SIGNS = [0x20AC, 0x2190, 0x2192, 0x2197, 0x2713, 0x202F]
FURTHER = [*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x20B9, 0x20BA, 0x20BD]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]
FAMILIES = {
    "bricolage": (
        "bricolage-grotesque/files/bricolage-grotesque-{}-standard-normal.woff2",
        {"opsz": 48, "wdth": 94, "wght": 740},
        0.02,
    ),
    "inter": ("inter/files/inter-{}-wght-normal.woff2", {"wght": (400, 700)}, 0.0),
}


def subset(family: str, script: str, codepoints: list[int]) -> Path:
    pattern, axes, _ = FAMILIES[family]
    font = TTFont(SOURCES / pattern.format(script))
    present = {tag.axisTag for tag in font["fvar"].axes}
    instance = instantiateVariableFont(font, {tag: at for tag, at in axes.items() if tag in present})
    font = reloaded(instance)
    options = Options()
    options.flavor, options.layout_features, options.hinting = "woff2", FEATURES, False
    options.name_IDs, options.notdef_outline = [0, 1, 2, 13, 14], True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    font.flavor = "woff2"
    path = TARGET / f"{family}-{script}.woff2"
    font.save(path)
    return path


def reloaded(font: TTFont) -> TTFont:
    """The font as read back: instancing leaves tables in a state the subsetter stumbles over."""
    memory = BytesIO()
    font.flavor = None
    font.save(memory)
    memory.seek(0)
    return TTFont(memory)


def average_width(font: TTFont) -> float:
    """Mean advance of English prose in this font, in em."""
    prose = "the quick brown fox jumps over the lazy dog and buys a ticket for the evening show "
    cmap, widths = font.getBestCmap(), font["hmtx"]
    total = sum(widths[cmap[ord(letter)]][0] for letter in prose)
    return total / len(prose) / font["head"].unitsPerEm


def metrics(path: Path) -> str:
    font = TTFont(path)
    em, line = font["head"].unitsPerEm, font["hhea"]
    return (
        f"{path.stem}: width {average_width(font):.4f} em, ascent {line.ascent / em:.4f}, "
        f"descent {-line.descent / em:.4f}, gap {line.lineGap / em:.4f}"
    )


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    paths = []
    for family in FAMILIES:
        paths.append(subset(family, "latin", LETTERS + MARKS + SIGNS))
        paths.append(subset(family, "latin-ext", FURTHER))
        print(metrics(paths[-2]))
    for path in paths:
        print(f"{path.name:28} {path.stat().st_size:6} bytes")
    total = sum(path.stat().st_size for path in paths)
    print(f"{'in all':28} {total:6} of {BUDGET}")
    return 0 if total <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
