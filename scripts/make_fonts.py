"""Make the font subsets of tickets: `python scripts/make_fonts.py`.

Needs npm, the development requirements, and two Debian packages: `fonts-noto-cjk` (the Han, kana
and Hangul outlines) and `unicode-data` (Unihan, which says what characters people are named with).
The other fonts are fetched by npm, at the versions pinned below. Same inputs, same bytes; the
result and the OFL texts are committed in `boxoffice/assets/fonts`, so few ever need this script.
"""

import bz2
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "boxoffice" / "assets" / "fonts"
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
UNIHAN = Path("/usr/share/unicode")
JAPANESE, CHINESE = 0, 2  # faces of the collection
BUDGET_BYTES = 8_000_000

LATIN_GREEK_CYRILLIC = "0020-024F 0259 02B0-02FF 0300-036F 0370-052F 1E00-20CF 2100-214F 2190-21FF 2212 2215 2219 221E 2248 2260 2264 2265 25CA FB00-FB04 FEFF FFFD"  # noqa: E501 - one list
EVERYTHING = "0000-10FFFF"
TEXT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "zero", "case", "calt"]
SCRIPT_FEATURES = ["*"]  # Arabic, Devanagari and Thai are unreadable without theirs


class Source(NamedTuple):
    """One static font of an npm package."""

    package: str
    version: str
    file: str
    characters: str
    features: list[str]


def _noto(script: str, version: str, weight: str) -> Source:
    package = f"noto-sans-{script.lower()}"
    file = f"{weight}/NotoSans{script}_{weight}.ttf"
    return Source(package, version, file, EVERYTHING, SCRIPT_FEATURES)


SOURCES = [
    *(
        Source("inter", "0.4.2", f"{w}/Inter_{w}.ttf", LATIN_GREEK_CYRILLIC, TEXT_FEATURES)
        for w in ("400Regular", "600SemiBold", "800ExtraBold")
    ),
    Source(
        "bricolage-grotesque",
        "0.4.1",
        "800ExtraBold/BricolageGrotesque_800ExtraBold.ttf",
        LATIN_GREEK_CYRILLIC,
        TEXT_FEATURES,
    ),
    *(_noto("Arabic", "0.4.3", weight) for weight in ("400Regular", "700Bold")),
    *(_noto("Hebrew", "0.4.1", weight) for weight in ("400Regular", "700Bold")),
    *(_noto("Devanagari", "0.4.1", weight) for weight in ("400Regular", "700Bold")),
    *(_noto("Thai", "0.4.2", weight) for weight in ("400Regular", "700Bold")),
    Source("noto-emoji", "0.4.7", "500Medium/NotoEmoji_500Medium.ttf", EVERYTHING, []),
]


def main() -> int:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            _make(source, Path(folder))
    _make_cjk()
    size = sum(file.stat().st_size for file in TARGET.iterdir())
    print(f"{size:,} bytes of {BUDGET_BYTES:,}")
    return 0 if size <= BUDGET_BYTES else 1


def _make(source: Source, folder: Path) -> None:
    package = _fetch(f"@expo-google-fonts/{source.package}@{source.version}", folder)
    name = re.sub(r"_\d+", "-", Path(source.file).name)
    font = TTFont(package / source.file, recalcTimestamp=False)
    _cut(font, _ranges(source.characters), source.features).save(TARGET / name)
    shutil.copy(package / "LICENSE_FONT", TARGET / f"OFL-{source.package}.txt")


def _fetch(package: str, folder: Path) -> Path:
    target = folder / package.replace("/", "-")
    if not target.exists():
        target.mkdir()
        command = ["npm", "pack", "--silent", "--pack-destination", str(target), package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(target.glob("*.tgz"))) as archive:
            archive.extractall(target, filter="data")
    return target / "package"


def _make_cjk() -> None:
    """All Han in its Chinese form, and the kana and kanji that Japanese draws otherwise."""
    chinese, japanese = (_face(face).getBestCmap() or {} for face in (CHINESE, JAPANESE))
    kana = _ranges("3000-30FF 3130-318F FF00-FFEF")
    kanji = _encodable("shift_jis")
    differing = {c for c in kanji | kana if chinese.get(c) != japanese.get(c, chinese.get(c))}
    for face, name, characters in (
        (CHINESE, "NotoSansCJKsc-Regular.otf", _han() | kana | _encodable("euc_kr", "AC00-D7A3")),
        (JAPANESE, "NotoSansCJKjp-Regular.otf", differing),
    ):
        _cut(_face(face), characters, ["kern", "mark", "ccmp"]).save(TARGET / name)
    _write_cjk_licence()


def _face(face: int) -> TTFont:
    return TTFont(CJK, fontNumber=face, recalcTimestamp=False)


def _write_cjk_licence() -> None:
    """The collection brings only a copyright line; its terms are the OFL 1.1 of the others."""
    copyright_line = _face(CHINESE)["name"].getDebugName(0)
    terms = (TARGET / "OFL-noto-sans-thai.txt").read_text().partition("\n")[2]
    (TARGET / "OFL-noto-sans-cjk.txt").write_text(f"{copyright_line}\n{terms}")


def _han() -> set[int]:
    """Everyday Han of China, Taiwan, Japan and Korea, and what Chinese names are written with."""
    common_big5 = {c for c in _encodable("big5") if chr(c).encode("big5")[0] < 0xC9}
    everyday = _encodable("gb2312") | _encodable("shift_jis") | _encodable("euc_kr") | common_big5
    return everyday | set(_unihan("kTGH", "kIICore"))


def _encodable(codec: str, characters: str = "4E00-9FFF") -> set[int]:
    return {c for c in _ranges(characters) if _length(chr(c), codec) == 2}


def _length(character: str, codec: str) -> int:
    try:
        return len(character.encode(codec))
    except UnicodeEncodeError:
        return 0


def _unihan(*fields: str) -> Iterable[int]:
    for file in sorted(UNIHAN.glob("Unihan_*.bz2")):
        for line in bz2.decompress(file.read_bytes()).decode().splitlines():
            code, _, rest = line.partition("\t")
            if code.startswith("U+") and rest.startswith(fields):
                yield int(code.removeprefix("U+"), 16)


def _cut(font: TTFont, characters: set[int], features: list[str]) -> TTFont:
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14, 16, 17]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT"]
    subsetter: Any = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _ranges(text: str) -> set[int]:
    bounds = (item.partition("-") for item in text.split())
    return {
        character
        for first, _, last in bounds
        for character in range(int(first, 16), int(last or first, 16) + 1)
    }


if __name__ == "__main__":
    sys.exit(main())
