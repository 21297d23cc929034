"""The fonts we ship cover the scripts we promise, small and with their licences."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from boxoffice.services.bookings.documents.pdf import FONTS

ALPHABETS = {
    "Latin": "AaÄäßÇçÉéĄąČčĐđĞğŁłŐőŘřŞşȘșŽžÞþÆæŒœÅåØøÑñƠơƯưẾếỘộ€£¥₹“”—…•→"
    "\N{LEFT SINGLE QUOTATION MARK}\N{EN DASH}",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΐΰ",
    "Cyrillic": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюяІіЇїЄєҐґЎўЂђЋћЏџҚқӨөҮү",  # noqa: E501 - Cyrillic
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْپچژگکیہےٹڈڑں٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛؟",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשתְִֵֶַָֹּ",
    "Devanagari": "अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह़ािीुूृेैोौ्ंःँ०१२३४५६७८९।",
    "Thai": "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะัาำิีึืุูเแโใไๅๆ็่้๊๋์๐๑๒๓๔๕๖๗๘๙฿",
    "Hiragana": "あいうえおかがさざただなはばぱまやゆよらりるれろわをんっーアイウヴエオカガサザタ",
    "Kana": "ダナハバパマヤユヨラワヲンッ「」、。・",
    "Emoji": "🎉🎸🎫❤🔥🚀",
}
CODECS = {"gb2312": 6763, "shift_jis": 6355, "big5": 5401, "euc_kr": 2350}


@pytest.fixture(scope="module")
def covered() -> set[int]:
    return set().union(*(characters(file) for file in fonts()))


def characters(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap() or {})


def fonts() -> list[Path]:
    return [file for file in FONTS.iterdir() if file.suffix in (".ttf", ".otf")]


@pytest.mark.parametrize("script", ALPHABETS)
def test_every_letter_of_a_promised_script_is_there(covered: set[int], script: str) -> None:
    assert not {c for c in ALPHABETS[script] if ord(c) not in covered}


@pytest.mark.parametrize("codec", CODECS)
def test_the_everyday_characters_of_east_asia_are_there(covered: set[int], codec: str) -> None:
    wanted = {c for c in range(0x4E00, 0xD7A4) if in_everyday_part(chr(c), codec)}
    assert len(wanted) >= CODECS[codec]
    assert wanted <= covered


def in_everyday_part(character: str, codec: str) -> bool:
    try:
        encoded = character.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and (codec != "big5" or encoded[0] < 0xC9)


def test_the_fonts_stay_within_eight_megabytes_with_a_licence_for_each_family() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir()) <= 8_000_000
    licences = [file.read_text() for file in FONTS.glob("OFL-*.txt")]
    assert len(licences) == 8
    assert all("SIL OPEN FONT LICENSE" in text for text in licences)
