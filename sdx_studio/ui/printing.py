"""The drawing on paper: one page, light colours, upright or across by its shape, with its name and moment above it."""

import functools

from PySide6.QtCore import QLibraryInfo, QPointF, QSizeF, QTranslator
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QWidget

from sdx_studio import units
from sdx_studio.ui import pictures
from sdx_studio.ui.canvas import brush, picture
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import px
from sdx_studio.words import _, dictionary

HEADING = 28.0
"""Px at 96 px an inch that the line above the drawing takes."""
LARGEST = 1.5
"""A small drawing is enlarged up to this many times its size on the screen."""


def printer_for(scene: Scene) -> QPrinter:
    """The person's printer (a PDF file where there is none), its page turned as the drawing lies."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setDocName(pictures.title_of(scene))
    made.setCreator("SDx Studio")
    size = _size(scene)
    across = size.width() >= size.height()
    made.setPageOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    return made


def _size(scene: Scene) -> QSizeF:
    return pictures.frame_of(scene, None, (0, 0), pictures.longest(scene, ".pdf"))[1]


def draw(printer: QPrinter, scene: Scene) -> None:
    """Put the scene on one page, as large as fits between its margins; raises OSError when it cannot be printed."""
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(_("the printer does not take the page"))
    try:
        inch = printer.resolution() / pictures.DPI
        page = printer.pageLayout().paintRectPixels(printer.resolution())
        room = QSizeF(page.width() / inch, page.height() / inch)
        painter.scale(inch, inch)
        _heading(painter, scene, room.width())
        painter.translate(0, HEADING)
        _fitted(painter, scene, QSizeF(room.width(), max(1.0, room.height() - HEADING)))
    finally:
        painter.end()


def _heading(painter: QPainter, scene: Scene, wide: float) -> None:
    ink = scene.look.colour("ink.1")
    moment = _("at {time}", time=units.clock(scene.time)) if scene.running else ""
    brush.text(painter, moment, QPointF(wide, 10), "body", ink, align=brush.RIGHT)
    free = wide - brush.width_of(moment, "body") - 16
    brush.text(painter, pictures.title_of(scene), QPointF(0, 10), "value", ink, room=free)


def _fitted(painter: QPainter, scene: Scene, room: QSizeF) -> None:
    camera, size = pictures.frame_of(scene, None, (0, 0), pictures.longest(scene, ".pdf"))
    scale = min(room.width() / size.width(), room.height() / size.height(), LARGEST)
    painter.translate((room.width() - size.width() * scale) / 2, 0)
    painter.scale(scale, scale)
    picture.standing(painter, scene, camera, size)
    picture.moving(painter, scene, camera, size, scene.time)


def preview_of(scene: Scene, parent: QWidget | None) -> QPrintPreviewDialog:
    """A dialog that shows the page and prints it."""
    printer = printer_for(scene)
    made = QPrintPreviewDialog(printer, parent)
    made.setObjectName("print_preview")
    made.setWindowTitle(_("Print"))
    made.resize(px(1000), px(760))
    made.paintRequested.connect(lambda wanted: draw(wanted, scene))
    made.destroyed.connect(functools.partial(_let_go, printer))
    return made


def _let_go(_printer: QPrinter, *_dialog: object) -> None:
    """The dialog does not own its printer: this keeps it as long as the dialog lives."""


def preview(scene: Scene, parent: QWidget | None) -> None:
    """Let the person look at the page, change paper and margins, and print."""
    words = QTranslator()
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    known = dictionary.language != "en" and words.load(f"qtbase_{dictionary.language}", place)
    if known:
        QApplication.installTranslator(words)
    try:
        dialog = preview_of(scene, parent)
        dialog.exec()
        dialog.deleteLater()
    finally:
        if known:
            QApplication.removeTranslator(words)
