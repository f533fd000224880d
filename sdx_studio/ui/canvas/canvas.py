"""The canvas widget: caches the standing picture, paints the moving one each frame, hands gestures to its tool."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QSizePolicy, QWidget

from sdx_studio.document import Change
from sdx_studio.session import Session
from sdx_studio.ui.canvas import access, overlay, picture, sparks
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.frames import Frames
from sdx_studio.ui.canvas.glide import Glider
from sdx_studio.ui.canvas.panning import Panner
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.standing import Standing
from sdx_studio.ui.canvas.tools.tool import Tool
from sdx_studio.ui.canvas.walker import Walker
from sdx_studio.ui.theme import Theme

FOOT = 44
"""Px at the lower edge that fitting leaves free: there lie the path and the map."""
KIND_MIME = "application/x-sdx-kind"


class Host(Protocol):
    """What the canvas asks of the window around it."""

    def say(self, words: str) -> None:
        """Show words in the status bar."""

    def rename(self, id: str) -> None:
        """Let the person type a new name in place."""

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selection a little."""

    def carry_over(self, ids: list[str], target: str | None) -> bool:
        """In a running model a drop may mean a live migration; True when it was taken so."""

    def offer(self, source: str, spot: tuple[float, float]) -> None:
        """A cable from `source` was let go at an empty spot of the canvas: offer what it could go to."""

    def start_or_pause(self) -> None:
        """The space bar was tapped."""

    def menu_for(self, ids: tuple[str, ...], at: QPointF) -> None:
        """Open the context menu of some elements at a global point."""

    def inspect(self) -> None:
        """Go to the first property of what is selected."""

    def put(self, key: str, count: int = 1) -> None:
        """Place new parts into what is selected, or in the middle of what is seen."""


class Canvas(QWidget):
    """Shows one session. Selection is a tuple of ids of elements and links, in the order of selecting."""

    selection_changed = Signal()
    camera_changed = Signal()

    def __init__(self, session: Session, look: Theme, host: Host, tool: Callable[["Canvas"], Tool]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 200)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.session = session
        self.host = host
        self.scene = Scene(session.document, look)
        self.camera = Camera(-40, -40)
        self.selection: tuple[str, ...] = ()
        self.sparks: sparks.Sparks = {}
        self.standing = Standing(self.scene)
        self.frames = Frames(self)
        self.panner = Panner(self)
        self.walker = Walker(self)
        self.glider = Glider(self, self.scene, self.standing)
        self._sharpen = QTimer(self, singleShot=True, interval=120)
        self._sharpen.timeout.connect(self.redraw)
        self._home_tool = tool
        self.tool: Tool = tool(self)
        self._stop_listening = session.document.on_change(self.follow)

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(1600, 1000)

    def follow(self, changes: tuple[Change, ...]) -> None:
        """The document has changed: mirror it."""
        self.tool.overtaken()
        self.scene.follow(changes)
        access.changed(self, changes)
        known = self.session.document
        kept = tuple(id for id in self.selection if id in known.elements or id in known.links)
        if kept != self.selection:
            self.select(kept)
        self.redraw()

    def release(self) -> None:
        """Stop listening to the document; the canvas is going away."""
        self._stop_listening()
        self.frames.stop()
        self.glider.stop()
        self._sharpen.stop()

    def redraw(self) -> None:
        """The standing picture is out of date."""
        self.standing.forget()
        self.update()

    def set_theme(self, look: Theme) -> None:
        """Paint with another palette."""
        self.scene.look = look
        self.redraw()

    # selection and camera ----------------------------------------------------------------------------------------

    def select(self, ids: tuple[str, ...]) -> None:
        """Make `ids` the selection."""
        if ids != self.selection:
            self.selection = self.scene.picked = ids
            self.selection_changed.emit()
            self.update()

    def use(self, tool: Tool | None) -> None:
        """Take another tool into the hand, or the one at home."""
        self.tool.cancel()
        self.tool = tool or self._home_tool(self)
        self.setCursor(self.tool.cursor)
        self.update()

    def fit(self, ids: tuple[str, ...] = ()) -> None:
        """Show everything, or some elements."""
        bounds = self.scene.columns.bounds(list(ids) or None)
        if not bounds.isEmpty():
            foot = FOOT if self.height() > 6 * FOOT else 0
            self.camera.fit(bounds, QSizeF(self.width(), self.height() - foot))
        self._moved()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom at a widget point or the middle; shows the old picture scaled until the zoom rests."""
        self.camera.zoom_at(at or QPointF(self.width() / 2, self.height() / 2), factor)
        self._sharpen.start()
        self.camera_changed.emit()
        self.update()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by widget px."""
        self.camera.pan(dx, dy)
        self.camera_changed.emit()
        self.update()

    def _moved(self) -> None:
        self.camera_changed.emit()
        self.redraw()

    def row_at(self, point: QPointF) -> int | None:
        """Row of the topmost element under a widget point that is not out of reach."""
        spot, columns = self.camera.to_canvas(point), self.scene.columns
        rows = columns.all_at(spot.x(), spot.y())
        return next((row for row in rows if columns.kind[row].family not in columns.fixed), None)

    def id_at(self, point: QPointF) -> str | None:
        """Id of the topmost element under a widget point."""
        return None if (row := self.row_at(point)) is None else self.scene.columns.ids[row]

    def screen_box(self, id: str) -> QRectF:
        """Where an element is on the widget; empty when it is not drawn."""
        row = self.scene.columns.row.get(id)
        return QRectF() if row is None else self.camera.rect_to_screen(self.scene.columns.box(row))

    # painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy the standing layer, paint what moves on top."""
        watch = self.frames.begin()
        with self.glider.painted():
            painter = QPainter(self)
            resting = not self._sharpen.isActive()
            self.standing.paint(painter, self.camera, self.rect(), self.devicePixelRatioF(), resting)
            size = QSizeF(self.size())
            picture.moving(painter, self.scene, self.camera, size, self.frames.phase)
            overlay.paint(painter, self)
            self.tool.paint(painter)
            painter.end()
        self.frames.end(watch)

    # events ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new size needs a new layer."""
        super().resizeEvent(event)
        self._moved()

    def event(self, event: QEvent) -> bool:
        """Show and hide decide whether frames are painted; pinch zooms."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.frames.tick()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To the tool."""
        self.tool.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """To the tool."""
        self.tool.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """To the tool."""
        self.tool.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the tool."""
        self.tool.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; with Shift or a trackpad's sideways motion, pan."""
        delta = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(delta.y() / 2 or delta.x() / 2, 0)
        else:
            self.zoom(1.0015 ** delta.y(), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """To the tool; what it does not want goes on."""
        if not self.tool.key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Parts from the palette are welcome."""
        if event.mimeData().hasFormat(KIND_MIME):
            key = event.mimeData().data(KIND_MIME).toStdString()
            self.tool.drag_enter(key)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the part would go."""
        self.tool.drag_move(event.position())
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The part has left."""
        self.tool.cancel()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the part down."""
        key = event.mimeData().data(KIND_MIME).toStdString()
        self.tool.drop(key, event.position(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.acceptProposedAction()
