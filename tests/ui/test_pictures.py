"""Pictures and animations of every sample: alike in every format, and standing alone."""

import re
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PIL import Image
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from sdx_studio import Session, assets
from sdx_studio.cli import Picture
from sdx_studio.document import Document, Element
from sdx_studio.ui import pictures, theme
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.pictures import render
from sdx_studio.words import dictionary

SAMPLES = assets.listing("samples", ".sdx")
FIRST = SAMPLES[0]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_png_of_every_sample(sample: Path, theme: str, tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    render(Picture(Session.open(sample), target, at=10.0, theme=theme))
    drawn = QImage(str(target))
    assert drawn.width() >= 640
    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 7) for y in range(0, drawn.height(), 7)}
    assert len(colours) > 8


def test_scale_and_size(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.png", scale=2.0, size=(800, 500)))
    drawn = QImage(str(tmp_path / "a.png"))
    assert (drawn.width(), drawn.height()) == (1600, 1000)


def test_svg_stands_alone_and_looks_like_the_png(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.svg", at=30.0))
    text = (tmp_path / "a.svg").read_text()
    assert "<text" not in text
    assert not re.search(r"(href|src|url)\s*[=(]\s*[\"']?(https?:|file:)", text)
    assert QSvgRenderer(str(tmp_path / "a.svg")).isValid()


def test_pdf(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.pdf", at=30.0))
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("ending", ["gif", "webp"])
def test_animation_moves(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"a.{ending}"
    render(Picture(Session.open(FIRST), target, at=30.0, until=31.0, fps=8.0, size=(640, 400)))
    with Image.open(target) as film:
        assert film.n_frames == 8
        first = film.convert("RGB").tobytes()
        film.seek(5)
        assert film.convert("RGB").tobytes() != first


def test_unknown_ending_is_refused_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="\\.png, \\.svg"):
        render(Picture(Session.open(FIRST), tmp_path / "a.bmp"))


def test_too_long_an_animation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 600"):
        render(Picture(Session.open(FIRST), tmp_path / "a.gif", at=0.0, until=100.0))


def test_every_kind_of_event_leaves_the_later_states_their_colours(tmp_path: Path) -> None:
    """One palette for all frames: a state that comes later is not shown in some other colour."""
    target, alone = tmp_path / "a.gif", tmp_path / "a.png"
    wish = Picture(Session.open(FIRST), target, at=0.0, until=30.0, fps=1.0, size=(800, 500))
    render(wish)
    with Image.open(target) as film:
        film.seek(film.n_frames - 1)
        last = film.convert("RGB")
    render(Picture(Session.open(FIRST), alone, at=29.0, size=(800, 500)))
    truth = Image.open(alone).convert("RGB")
    off = [max(abs(one - other) for one, other in zip(a, b, strict=True))
           for a, b in zip(last.get_flattened_data(), truth.get_flattened_data(), strict=True)]  # fmt: skip
    assert sum(one > 40 for one in off) / len(off) < 0.002
    assert sum(one == 0 for one in off) / len(off) > 0.9, "flat areas have their very colour"


def test_webp_is_exact(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.webp", at=30.0, until=31.0, fps=4.0, size=(640, 400)))
    render(Picture(Session.open(FIRST), tmp_path / "a.png", at=30.0, size=(640, 400)))
    with Image.open(tmp_path / "a.webp") as film, Image.open(tmp_path / "a.png") as picture:
        assert film.convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def test_speed_shows_more_of_the_run_in_the_same_time(tmp_path: Path) -> None:
    target = tmp_path / "a.gif"
    render(Picture(Session.open(FIRST), target, at=0.0, until=60.0, fps=5.0, size=(640, 400), speed=30.0))
    with Image.open(target) as film:
        assert film.n_frames == 10


def japanese(session: Session) -> Session:
    """A project whose own words are Japanese too."""
    for number, id in enumerate(list(session.document.elements)[:6]):
        session.rename(id, f"仮想サーバ{number}")
    return session


@pytest.mark.parametrize(
    ("sample", "language"),
    [*((sample, "en") for sample in SAMPLES), *((sample, "ja") for sample in SAMPLES[:6])],
    ids=lambda one: one if isinstance(one, str) else one.stem,
)
def test_svg_needs_no_font_nor_anything_else(sample: Path, language: str, tmp_path: Path) -> None:
    target = tmp_path / "a.svg"
    with dictionary.speaking(language):
        render(Picture(japanese(Session.open(sample)), target, at=10.0))
    tree = ElementTree.parse(target)
    used = {one.tag.rpartition("}")[2] for one in tree.iter()}
    assert not used & {"text", "tspan", "style", "font", "foreignObject", "script", "image"}, "letters are outlines"
    assert not any("font" in key or "href" in key for one in tree.iter() for key in one.attrib)
    assert QSvgRenderer(str(target)).isValid()


def test_svg_looks_like_the_png(tmp_path: Path) -> None:
    session = japanese(Session.open(FIRST))
    render(Picture(session, tmp_path / "a.svg", at=30.0))
    render(Picture(session, tmp_path / "a.png", at=30.0))
    truth = QImage(str(tmp_path / "a.png"))
    drawn = QImage(truth.size(), QImage.Format.Format_RGB32)
    drawn.fill(0xFFFFFF)
    painter = QPainter(drawn)
    QSvgRenderer(str(tmp_path / "a.svg")).render(painter)
    painter.end()
    both = [(truth.pixelColor(x, y), drawn.pixelColor(x, y)) for x in range(0, truth.width(), 3)
            for y in range(0, truth.height(), 3)]  # fmt: skip
    apart = [abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) for a, b in both]
    assert sum(apart) / len(apart) < 6
    assert sum(one > 200 for one in apart) / len(apart) < 0.01


def test_svg_has_the_size_of_the_png(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.svg"))
    render(Picture(Session.open(FIRST), tmp_path / "a.png"))
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert float(root.attrib["width"].removesuffix("mm")) / 25.4 * 96 == pytest.approx(
        QImage(str(tmp_path / "a.png")).width(), abs=1
    )


def objects(data: bytes) -> dict[int, bytes]:
    """Objects of a PDF that are not inside compressed streams."""
    return {int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj\s(.*?)endobj", data, re.DOTALL)}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_pdf_has_every_font_in_it(sample: Path, language: str, tmp_path: Path) -> None:
    with dictionary.speaking(language):
        render(Picture(japanese(Session.open(sample)), tmp_path / "a.pdf", at=10.0))
    known = objects((tmp_path / "a.pdf").read_bytes())
    fonts = {one for one, text in known.items() if re.search(rb"/Type\s*/FontDescriptor", text)}
    assert any(b"NotoSans" in known[one] for one in fonts), "there are Japanese words"
    for one in fonts:
        file = re.search(rb"/FontFile[23]?\s+(\d+) 0 R", known[one])
        assert file is not None, known[one]
        assert b"stream" in known[int(file[1])]
        assert len(known[int(file[1])]) > 500
    needed = [text for text in known.values() if re.search(rb"/Type\s*/Font\b", text) and b"/Subtype /CIDFont" in text]
    assert needed
    for text in needed:
        described = re.search(rb"/FontDescriptor\s+(\d+) 0 R", text)
        assert described is not None
        assert int(described[1]) in fonts


def test_pdf_page_is_as_large_as_the_picture(tmp_path: Path) -> None:
    render(Picture(Session.open(FIRST), tmp_path / "a.pdf"))
    render(Picture(Session.open(FIRST), tmp_path / "a.png"))
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "a.pdf").read_bytes())
    assert box is not None
    assert float(box[1]) * 96 / 72 == pytest.approx(QImage(str(tmp_path / "a.png")).width(), abs=2)


@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_vectors_keep_their_details_however_large_the_drawing_is(ending: str) -> None:
    hosts = [Element(f"h{number:03d}", "host", f"host-{number}", None, number % 16 * 460.0, number // 16 * 200.0)
             for number in range(64)]  # fmt: skip
    scene = Scene(Document(hosts), theme.theme("light"))
    view = pictures.frame_of(scene, None, most=pictures.longest(scene, f".{ending}"))
    assert view[0].zoom == 1.0, "cards, not tiles"
    assert pictures.frame_of(scene, None)[0].zoom < 0.75
    assert len(pictures.still(scene, view, f".{ending}", 1.0, pictures.quiet)) > 10_000
