"""The canvas widget: caches the standing picture, paints the moving one each frame, hands gestures to its tool."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent,
    QResizeEvent, QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QSizePolicy, QWidget

from sdx_studio.session import Session
from sdx_studio.ui.canvas import overlay, picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.tools.tool import Tool
from sdx_studio.ui.theme import Theme

KIND_MIME = "application/x-sdx-kind"
FRAME_MS = 16
SLOW_FRAME_MS = 33


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

    def menu_for(self, ids: tuple[str, ...], at: QPointF) -> None:
        """Open the context menu of some elements at a global point."""


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
        self.hidden: frozenset[str] = frozenset()
        self._layer: QImage | None = None
        self._layer_camera = Camera()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._phase = 0.0
        self._playing = False
        self._frames: list[float] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.update)
        self._sharpen = QTimer(self, singleShot=True, interval=120)
        self._sharpen.timeout.connect(self.redraw)
        self._home_tool = tool
        self.tool: Tool = tool(self)
        self._stop_listening = session.document.on_change(lambda _changes: self.follow())

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(1600, 1000)

    # following ---------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """The document has changed: mirror it."""
        self.scene.rebuild()
        known = self.session.document
        kept = tuple(id for id in self.selection if id in known.elements or id in known.links)
        if kept != self.selection:
            self.select(kept)
        self.redraw()

    def release(self) -> None:
        """Stop listening to the document; the canvas is going away."""
        self._stop_listening()
        self._timer.stop()
        self._sharpen.stop()

    def redraw(self) -> None:
        """The standing picture is out of date."""
        self._layer = None
        self.update()

    def set_theme(self, look: Theme) -> None:
        """Paint with another palette."""
        self.scene.look = look
        self.redraw()

    def set_playing(self, playing: bool) -> None:
        """Whether simulated time moves; marks stand still otherwise."""
        if playing and not self._playing:
            self._clock.restart()
        self._playing = playing
        self._tick()

    def _tick(self) -> None:
        if self._playing and self.isVisible():
            slow = len(self._frames) > 5 and sorted(self._frames)[len(self._frames) // 2] > 12.0
            self._timer.start(SLOW_FRAME_MS if slow else FRAME_MS)
        else:
            self._timer.stop()

    # selection and camera ----------------------------------------------------------------------------------------

    def select(self, ids: tuple[str, ...]) -> None:
        """Make `ids` the selection."""
        if ids != self.selection:
            self.selection = ids
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
            self.camera.fit(bounds, QSizeF(self.size()))
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
        """Row of the topmost element under a widget point."""
        spot = self.camera.to_canvas(point)
        return self.scene.columns.at(spot.x(), spot.y())

    def id_at(self, point: QPointF) -> str | None:
        """Id of the topmost element under a widget point."""
        row = self.row_at(point)
        return None if row is None else self.scene.columns.ids[row]

    def screen_box(self, id: str) -> QRectF:
        """Where an element is on the widget; empty when it is not drawn."""
        row = self.scene.columns.row.get(id)
        return QRectF() if row is None else self.camera.rect_to_screen(self.scene.columns.box(row))

    # painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy the standing layer, paint what moves on top."""
        watch = QElapsedTimer()
        watch.start()
        if self._playing:
            self._phase += min(0.1, self._clock.restart() / 1000.0)
        layer = self._standing()
        painter = QPainter(self)
        if layer is not None:
            painter.drawImage(QPointF(0, 0), layer)
        else:
            self._scaled(painter)
        size = QSizeF(self.size())
        picture.moving(painter, self.scene, self.camera, size, self._phase)
        overlay.paint(painter, self)
        self.tool.paint(painter)
        painter.end()
        self._frames = [*self._frames[-29:], watch.nsecsElapsed() / 1e6]

    def frame_ms(self) -> float:
        """Median time of the last frames, in ms."""
        return sorted(self._frames)[len(self._frames) // 2] if self._frames else 0.0

    def _standing(self) -> QImage | None:
        """The layer for the camera as it is; None while a zoom has not come to rest."""
        same_zoom = self._layer is not None and self._layer_camera.zoom == self.camera.zoom
        if self._layer is not None and same_zoom:
            if (self._layer_camera.x, self._layer_camera.y) != (self.camera.x, self.camera.y):
                self._scroll()
            return self._layer
        if self._layer is not None and self._sharpen.isActive():
            return None
        self._layer = self._new_layer()
        painter = QPainter(self._layer)
        self._draw_standing(painter, self.camera, QSizeF(self.size()))
        painter.end()
        self._layer_camera = self.camera.copy()
        return self._layer

    def _new_layer(self) -> QImage:
        ratio = self.devicePixelRatioF()
        layer = QImage(
            max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)), QImage.Format.Format_RGB32
        )
        layer.setDevicePixelRatio(ratio)
        return layer

    def _draw_standing(self, painter: QPainter, camera: Camera, size: QSizeF) -> None:
        picture.background(painter, self.scene, camera, size)
        picture.standing(painter, self.scene, camera, size)

    def _scroll(self) -> None:
        """After a pan: keep what is still seen, draw only the strips that came into view."""
        old, layer = self._layer, self._new_layer()
        dx = (self._layer_camera.x - self.camera.x) * self.camera.zoom
        dy = (self._layer_camera.y - self.camera.y) * self.camera.zoom
        whole_x, whole_y = round(dx), round(dy)
        self.camera.x = self._layer_camera.x - whole_x / self.camera.zoom
        self.camera.y = self._layer_camera.y - whole_y / self.camera.zoom
        painter = QPainter(layer)
        if old is not None:
            painter.drawImage(QPointF(whole_x, whole_y), old)
        width, height = self.width(), self.height()
        strips = []
        if whole_x:
            strips.append(QRectF(0 if whole_x > 0 else width + whole_x, 0, abs(whole_x), height))
        if whole_y:
            strips.append(QRectF(0, 0 if whole_y > 0 else height + whole_y, width, abs(whole_y)))
        for strip in strips:
            painter.save()
            painter.setClipRect(strip)
            painter.translate(strip.topLeft())
            part = self.camera.copy()
            part.pan(-strip.left(), -strip.top())
            self._draw_standing(painter, part, strip.size())
            painter.restore()
        painter.end()
        self._layer, self._layer_camera = layer, self.camera.copy()

    def _scaled(self, painter: QPainter) -> None:
        """The old layer, scaled to the new camera, until it is drawn anew."""
        painter.fillRect(self.rect(), self.scene.look.colour("surface.canvas"))
        old, new = self._layer_camera, self.camera
        size = QSizeF(self.size()) * (new.zoom / old.zoom)
        if self._layer is not None:
            corner = QPointF((old.x - new.x) * new.zoom, (old.y - new.y) * new.zoom)
            painter.drawImage(QRectF(corner, size), self._layer)

    # events ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new size needs a new layer."""
        super().resizeEvent(event)
        self._moved()

    def event(self, event: QEvent) -> bool:
        """Show and hide decide whether frames are painted; pinch zooms."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._tick()
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
        self.tool.drop(key, event.position())
        event.acceptProposedAction()
