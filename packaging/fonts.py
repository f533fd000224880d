"""Makes resources/fonts from Debian's fonts-inter and fonts-noto-cjk: `python packaging/fonts.py`.

Inter: Latin, Greek, punctuation, arrows. Noto Sans JP: kana, punctuation and the kanji of JIS X 0208 level 1, which
covers the interface, the lessons and nearly every name that a class types. Needs fonttools.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

OUT = Path(__file__).resolve().parent.parent / "resources" / "fonts"
INTER = Path("/usr/share/fonts/opentype/inter")
NOTO = Path("/usr/share/fonts/opentype/noto")
LATIN = [
    *range(0x20, 0x250),
    *range(0x370, 0x400),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2200),
]


def japanese() -> list[int]:
    """Code points of JIS X 0208 rows 1–8 and 16–47."""
    found = []
    for row in (*range(1, 9), *range(16, 48)):
        for cell in range(1, 95):
            try:
                found.append(ord(bytes((row + 0xA0, cell + 0xA0)).decode("euc_jp")))
            except UnicodeDecodeError:
                continue
    return [*found, *range(0xFF01, 0xFF5F), 0x2082]


def cut(font: TTFont, characters: list[int], name: str) -> None:
    """Save `font` with only `characters`, layout features kept, hints dropped."""
    options = subset.Options(
        layout_features=["*"], hinting=False, name_IDs=["*"], desubroutinize=True, notdef_outline=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.save(OUT / name)


def main() -> None:
    """Write all font files."""
    OUT.mkdir(parents=True, exist_ok=True)
    for weight in ("Regular", "Medium", "SemiBold"):
        cut(TTFont(INTER / f"Inter-{weight}.otf"), [*LATIN, 0x2082], f"Inter-{weight}.otf")
    for weight in ("Regular", "Bold"):
        faces = TTCollection(NOTO / f"NotoSansCJK-{weight}.ttc").fonts
        cut(
            next(face for face in faces if " JP" in face["name"].getDebugName(1)),
            japanese(),
            f"NotoSansJP-{weight}.otf",
        )


if __name__ == "__main__":
    main()
