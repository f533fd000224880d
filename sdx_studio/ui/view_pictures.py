"""Still pictures of the views beside the canvas: a page as it stands in the window, as large as what it shows."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QSize, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from sdx_studio.cli import Picture
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.ui import pictures
from sdx_studio.ui.views import Page
from sdx_studio.ui.window import Window
from sdx_studio.words import _

USUAL = (1440, 900)
"""Px of a page when nobody says how large; it grows by what does not fit."""
FORMATS = (".png", ".pdf")
ROUNDS = 4
"""Times that a page is told of the model, so that it can ask for more and hear the answer."""


def made(wish: Picture) -> bytes:
    """The picture as the bytes of a file; raises ValueError for a format in which views are not drawn."""
    suffix = pictures.suffix_of(wish.target)
    if suffix not in FORMATS:
        words = _("this view can be drawn as {types}, not as {suffix}")
        raise ValueError(words.format(types=", ".join(FORMATS), suffix=suffix))
    window = Window(wish.session, lambda: InlinePlayer(lambda: 0.0), wish.theme)
    window.follower.stop()
    try:
        page = _page(window, wish)
        drawn = _png(page, wish.scale) if suffix == ".png" else _pdf(page)
        page.deleteLater()
        return drawn
    finally:
        window.live.close()
        window.canvas.release()
        window.deleteLater()


def _page(window: Window, wish: Picture) -> Page:
    """The page of the view at the moment, out of the window and laid out in the size it needs."""
    window.resize(*USUAL)
    window.show()
    if wish.at is not None:
        window.live.seek(wish.at)
        window.follower.follow()
    window.board.show_view(wish.view)
    for _round in range(ROUNDS):
        window.follower.follow()
        QApplication.processEvents()
    page = window.board.page
    if page is None:
        raise ValueError(wish.view)
    page.setParent(None)
    page.resize(*(wish.size or USUAL))
    page.show()
    QApplication.processEvents()
    if wish.size is None:
        page.resize(page.size() + _hidden(page))
        QApplication.processEvents()
    if wish.at is not None:
        page.catch_up()
        QApplication.processEvents()
    return page


def _hidden(page: Page) -> QSize:
    """What does not fit: the longest ways that anything in it can be scrolled."""
    areas = page.findChildren(QAbstractScrollArea)
    across = max((one.horizontalScrollBar().maximum() for one in areas), default=0)
    down = max((one.verticalScrollBar().maximum() for one in areas), default=0)
    return QSize(across, down)


def _png(page: Page, scale: float) -> bytes:
    pictures.check_pixels(QSizeF(page.size()), scale)
    drawn = QImage(page.size() * scale, QImage.Format.Format_RGB32)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(page.palette().window().color())
    page.render(drawn, QPoint(0, 0))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def _pdf(page: Page) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QPdfWriter(buffer)
    size = QPageSize(QSizeF(page.size()) * (72 / pictures.DPI), QPageSize.Unit.Point)
    made.setPageSize(size)
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    made.setResolution(pictures.DPI)
    painter = QPainter(made)
    page.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(held.data())
