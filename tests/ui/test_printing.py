"""On paper: one page in light colours, turned as the drawing lies, all fonts with it."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget

from sdx_studio import Session, assets
from sdx_studio.document import Document, Element
from sdx_studio.ui import printing, theme
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.exports import Exports

FIRST = assets.listing("samples", ".sdx")[0]


def printed(scene: Scene, target: Path) -> bytes:
    printer = printing.printer_for(scene)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printing.draw(printer, scene)
    return target.read_bytes()


@pytest.mark.parametrize("look", theme.THEMES)
def test_paper_is_light_whatever_the_window_is(bench, look: str) -> None:
    bench.window.take(Session.open(FIRST))
    bench.window.appearance.choose("look", look)
    assert Exports(bench.window).paper().look.name == "light"
    bench.window.appearance.choose("look", "light")


def test_one_page_with_all_its_fonts(bench, tmp_path: Path) -> None:
    bench.window.take(Session.open(FIRST))
    data = printed(Exports(bench.window).paper(), tmp_path / "a.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    fonts = len(re.findall(rb"/Type\s*/FontDescriptor", data))
    assert fonts >= 2
    assert len(re.findall(rb"/FontFile2?3?\s", data)) == fonts


@pytest.mark.parametrize(("wide", "across"), [(900.0, True), (0.0, False)])
def test_the_page_lies_as_the_drawing_does(wide: float, across: bool) -> None:
    document = Document([Element("a", "host", "a"), Element("b", "host", "b", None, wide, 900.0 - wide)])
    scene = Scene(document, theme.theme("light"))
    orientation = printing.printer_for(scene).pageLayout().orientation()
    assert (orientation == QPageLayout.Orientation.Landscape) == across


def test_everything_lies_between_the_margins(bench) -> None:
    bench.window.take(Session.open(FIRST))
    scene = Exports(bench.window).paper()
    room = QSizeF(700, 900)
    paper = QImage(900, 1100, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.translate(100, 100)
    printing._fitted(painter, scene, room)
    painter.end()
    ink = [(x, y) for x in range(paper.width()) for y in range(paper.height())
           if paper.pixelColor(x, y) != QColor("white")]  # fmt: skip
    assert len(ink) > 5000
    assert min(x for x, _y in ink) >= 100
    assert max(x for x, _y in ink) <= 800
    assert min(y for _x, y in ink) >= 100
    assert max(y for _x, y in ink) <= 1000


def test_the_preview_shows_the_page(bench, qtbot) -> None:
    bench.window.take(Session.open(FIRST))
    dialog = printing.preview_of(Exports(bench.window).paper(), bench.window)
    dialog.show()
    [shown] = dialog.findChildren(QPrintPreviewWidget)
    qtbot.waitUntil(lambda: shown.pageCount() == 1)
    assert shown.orientation() == QPageLayout.Orientation.Landscape
    dialog.close()


def test_the_command_opens_the_preview(bench, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(printing, "preview", lambda scene, parent: seen.append((scene.look.name, parent)))
    bench.trigger("file.print")
    assert seen == [("light", bench.window)]
    assert bench.window.actions_by_id["file.print"].shortcut().toString() == "Ctrl+P"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told(bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Exports(bench.window).paper()
    printer = printing.printer_for(scene)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no folder" / "a.pdf"))
    with pytest.raises(OSError, match="does not take the page"):
        printing.draw(printer, scene)

    def refuse(_scene: Scene, _parent: object) -> None:
        raise OSError("no")

    told = []
    bench.window.files.complain = lambda title, words: told.append((title, words))
    monkeypatch.setattr(printing, "preview", refuse)
    bench.trigger("file.print")
    assert told == [("Cannot print", "no")]


def test_another_paper_is_filled_too(bench, tmp_path: Path) -> None:
    bench.window.take(Session.open(FIRST))
    scene = Exports(bench.window).paper()
    printer = printing.printer_for(scene)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a3.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    printing.draw(printer, scene)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", (tmp_path / "a3.pdf").read_bytes())
    assert box is not None
    assert float(box[1]) == pytest.approx(1191, abs=2)
