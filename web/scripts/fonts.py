"""Make the web fonts in src/shared/theme/fonts from the npm sources: run it in web/.

Two families, each as one file for everyday Latin and one small file of further Latin letters that
browsers only fetch when a page shows one. The axes nobody uses are pinned. Fails above 65 KB in
all. Tells the metrics that the fallback faces in fonts.css are fitted to.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCES = Path("node_modules/@fontsource-variable")
TARGET = Path("src/shared/theme/fonts")
BUDGET = 65 * 1024
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153]
MARKS = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2212]
SIGNS = [0x20AC, 0x2190, 0x2192, 0x2197, 0x2713, 0x202F]
SCRIPTS = {
    "latin": LETTERS + MARKS + SIGNS,
    "latin-ext": [*range(0x100, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x20B9, 0x20BA, 0x20BD],
}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]
PROSE = "the quick brown fox jumps over the lazy dog and buys a ticket for the evening show "
# Where the sources are, and where on their axes we stand.
FAMILIES: dict[str, tuple[str, dict[str, Any]]] = {
    "bricolage": (
        "bricolage-grotesque/files/bricolage-grotesque-{}-standard-normal.woff2",
        {"opsz": 48, "wdth": 94, "wght": 740},
    ),
    "inter": ("inter/files/inter-{}-wght-normal.woff2", {"wght": (400, 700)}),
}


def instance(family: str, script: str) -> TTFont:
    """The source with our axes, read back: instancing leaves tables subsetting trips over."""
    pattern, axes = FAMILIES[family]
    font = TTFont(SOURCES / pattern.format(script), recalcTimestamp=False)
    present = {tag.axisTag for tag in font["fvar"].axes}
    font = instantiateVariableFont(font, {tag: axes[tag] for tag in axes if tag in present})
    font.flavor = None
    memory = BytesIO()
    font.save(memory)
    memory.seek(0)
    return TTFont(memory, recalcTimestamp=False)


def subset(family: str, script: str) -> Path:
    """The written file."""
    font = instance(family, script)
    options = Options()
    options.flavor, options.layout_features, options.hinting = "woff2", FEATURES, False
    options.name_IDs, options.notdef_outline = [0, 1, 2, 13, 14], True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=SCRIPTS[script])
    subsetter.subset(font)
    font.flavor = "woff2"
    path = TARGET / f"{family}-{script}.woff2"
    font.save(path)
    return path


def metrics(path: Path) -> str:
    """Mean advance of prose and line metrics, in em."""
    font = TTFont(path)
    em, line = font["head"].unitsPerEm, font["hhea"]
    cmap, widths = font.getBestCmap(), font["hmtx"]
    width = sum(widths[cmap[ord(letter)]][0] for letter in PROSE) / len(PROSE) / em
    return f"width {width:.4f}, ascent {line.ascent / em:.4f}, descent {-line.descent / em:.4f}"


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    paths = [subset(family, script) for family in FAMILIES for script in SCRIPTS]
    for path in paths:
        about = "" if path.stem.endswith("ext") else metrics(path)
        sys.stdout.write(f"{path.name:28} {path.stat().st_size:6} bytes  {about}\n")
    total = sum(path.stat().st_size for path in paths)
    sys.stdout.write(f"{'in all':28} {total:6} of {BUDGET}\n")
    return 0 if total <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
