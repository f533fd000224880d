"""The clipboard of the window system: elements as text for other windows, as pictures and words for other programs."""

import atexit
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMetaType, QMimeData, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu

from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import Theme

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ELEMENTS = "application/x-sdx-elements+json"
SVG, PNG, WORDS = "image/svg+xml", "image/png", "text/plain"
LARGE = 2000.0
"""Pixels; a smaller picture is made at twice its size."""


class Cutting(QMimeData):
    """Elements that were cut out. Pictures and words are made only when somebody asks for them."""

    def __init__(self, text: str, look: Theme) -> None:
        super().__init__()
        self._text = text
        self._look = look
        self._made: dict[str, object] = {}

    def formats(self) -> list[str]:
        """What can be had."""
        return [ELEMENTS, SVG, PNG, WORDS]

    def hasFormat(self, mimetype: str) -> bool:
        """Whether it can be had in this way."""
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, _wanted: QMetaType | QMetaType.Type) -> object:
        """One of them; nothing for any other."""
        if mimetype not in self._made and self.hasFormat(mimetype):
            self._made[mimetype] = self._make(mimetype)
        return self._made.get(mimetype)

    def _make(self, mimetype: str) -> object:
        if mimetype == ELEMENTS:
            return QByteArray(self._text.encode())
        if mimetype == WORDS:
            from sdx_studio.document.clipboard import addresses  # a window starts without

            return "\n".join(addresses(self._text))
        return picture(self._text, self._look, mimetype)


def picture(text: str, look: Theme, mimetype: str) -> QByteArray:
    """Nothing but the elements in `text`, as PNG or SVG."""
    from sdx_studio.document.clipboard import drawn  # a window starts without
    from sdx_studio.ui import pictures

    scene = Scene(drawn(text), look)
    camera, size = pictures.frame_of(scene, None, (0, 0))
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if mimetype == SVG:
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        pictures.svg(made, scene, camera, size)
    else:
        scale = 1.0 if max(size.width(), size.height()) > LARGE else 2.0
        pictures.image(scene, camera, size, scale).save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return held


def _lying() -> QMimeData | None:
    """What lies on the clipboard; some platforms have none for a window in the background."""
    return QGuiApplication.clipboard().mimeData()


def hand_over() -> None:
    """Leave on the clipboard what needs no Python any more: the window system asks for it to the very end.

    Without a screen nobody will ask, and Qt's stand-in for one falls over what still lies there at the end.
    """
    held = _lying() if QGuiApplication.instance() is not None else None
    if not isinstance(held, Cutting):
        return
    board = QGuiApplication.clipboard()
    if QGuiApplication.platformName() == "offscreen":
        board.clear()
        return
    lasting = QMimeData()
    for mimetype in held.formats():
        lasting.setData(mimetype, held.data(mimetype))
    board.setMimeData(lasting)


class Clipboard(QObject):
    """What one window puts on the clipboard and finds there, and where it would put it."""

    changed = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._holds: bool | None = None
        self._menu_point: QPointF | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._other)

    def _other(self) -> None:
        """Something else lies there: what it is, is asked when somebody wants to know."""
        self._holds = None
        self.changed.emit()

    def keep(self, text: str) -> None:
        """Put elements that were cut out there."""
        QGuiApplication.clipboard().setMimeData(Cutting(text, self._window.look))
        atexit.unregister(hand_over)
        atexit.register(hand_over)

    def holds(self) -> bool:
        """Whether there is something that may be elements: ours, or a text."""
        if self._holds is None:
            found = _lying()
            self._holds = found is not None and (found.hasFormat(ELEMENTS) or found.hasText())
        return self._holds

    def kept(self) -> str:
        """The text that lies there; empty without any."""
        found = _lying()
        if found is None:
            return ""
        if found.hasFormat(ELEMENTS):
            return bytes(found.data(ELEMENTS).data()).decode("utf-8", errors="replace")
        return found.text()

    # where to ----------------------------------------------------------------------------------------------------

    def point(self) -> QPointF | None:
        """Where the pointer is on the canvas widget, or was when the open context menu was asked for."""
        if self._menu_point is not None:
            return self._menu_point
        window, canvas = self._window, self._window.canvas
        pointer = QCursor.pos()
        bare = window.isActiveWindow() and window.childAt(window.mapFromGlobal(pointer)) is canvas
        return canvas.mapFromGlobal(QPointF(pointer)) if bare else None

    def opened(self, menu: QMenu, at: QPointF) -> None:
        """A context menu opens at a global point; what is chosen from it happens there."""
        self._menu_point = self._window.canvas.mapFromGlobal(at)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._closed))

    def _closed(self) -> None:
        self._menu_point = None
