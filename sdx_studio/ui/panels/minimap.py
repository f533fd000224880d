"""The whole drawing in a corner of the canvas, with a frame around what is seen; drag the frame, or click."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.canvas import Canvas
from sdx_studio.ui.canvas.columns import COLOUR_OF, GROUNDS, Columns, State
from sdx_studio.ui.canvas.vectors import draw_rects
from sdx_studio.ui.icons import ui_icon
from sdx_studio.ui.theme import Theme
from sdx_studio.words import _

BOX = QSize(172, 104)
MARGIN, PAD, RADIUS = 8, 8.0, 8.0
HEAT_MS = 250
"""How often the colours of alarming states follow a run."""
ALARMING = (State.BUSY, State.CRITICAL, State.FAILED, State.MOVING)
STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Minimap(QWidget):
    """Blocks are drawn once for each state of the document and palette; a frame costs two copies of pixels."""

    def __init__(self, parent: QWidget, canvas: Canvas) -> None:
        super().__init__(parent)
        self.setObjectName("minimap")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._wanted: bool | None = None
        """Whether it shall be open; None: as long as a part of the drawing is out of sight."""
        self._shown_folded = False
        self._stage = parent
        self.canvas = canvas
        self._held: QPointF | None = None
        self._blocks: QPixmap | None = None
        self._heat: QPixmap | None = None
        self._key: tuple[object, ...] = ()
        self._heat_version = -1
        self._watch = QElapsedTimer()
        self._watch.start()
        self._bounds = QRectF()
        self.button = QToolButton(self)
        self.button.setObjectName("minimap_fold")
        self.button.setStyleSheet("padding: 2px;")
        self.button.setFixedSize(22, 22)
        self.button.clicked.connect(self.fold)
        self.follow(canvas)

    def follow(self, canvas: Canvas) -> None:
        """Show another canvas."""
        self.canvas = canvas
        self._key = ()
        canvas.camera_changed.connect(self.look_again)
        self.retell()

    def retell(self) -> None:
        """In another language or palette."""
        look = self.canvas.scene.look
        self._shown_folded = self.folded
        self.setAccessibleName(_("Minimap"))
        self.setAccessibleDescription(_("The whole drawing; the arrow keys move the view"))
        words = _("Open the minimap") if self.folded else _("Fold the minimap")
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        self.button.setIcon(ui_icon("ui-chev_r" if self.folded else "ui-chev_d", look, "ink.2"))
        room = QSize(30, 30) if self.folded else BOX
        self.setFixedSize(room + QSize(2 * MARGIN, 2 * MARGIN))
        self.button.move(self.width() - MARGIN - 26, MARGIN + 4)
        self.stand()

    def fold(self) -> None:
        """Make it small, or open it again."""
        self._wanted = self.folded
        self.retell()

    @property
    def folded(self) -> bool:
        """Whether only its button is shown: folded by hand, or everything is in sight anyway."""
        if self._wanted is not None:
            return not self._wanted
        seen = self.canvas.camera.visible(QSizeF(self.canvas.size()))
        return bool(seen.contains(self.canvas.scene.columns.bounds()))

    def look_again(self) -> None:
        """The drawing or the view has changed."""
        if self.folded != self._shown_folded:
            self.retell()
        self.update()

    def stand(self) -> None:
        """In the lower right corner of what it lies on."""
        area = self._stage.rect()
        self.move(area.right() - self.width() - 4, area.bottom() - self.height() - 4)
        self.update()

    # places ------------------------------------------------------------------------------------------------------

    @property
    def box(self) -> QRectF:
        """Where the paper is, in own px."""
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _scale(self) -> tuple[float, QPointF]:
        """Own px for a canvas px, and where the canvas's origin is."""
        room = self.box.adjusted(PAD, PAD, -PAD, -PAD)
        bounds = self._bounds
        scale = min(room.width() / max(bounds.width(), 1.0), room.height() / max(bounds.height(), 1.0), 0.25)
        return scale, room.center() - bounds.center() * scale

    def to_canvas(self, point: QPointF) -> QPointF:
        """Canvas point under an own point."""
        scale, origin = self._scale()
        return (point - origin) / scale

    def frame(self) -> QRectF:
        """What is seen of the canvas, in own px."""
        scale, origin = self._scale()
        seen = self.canvas.camera.visible(QSizeF(self.canvas.size()))
        return QRectF(seen.topLeft() * scale + origin, seen.size() * scale)

    def look_at(self, middle: QPointF) -> None:
        """Bring a canvas point to the middle of the view."""
        camera = self.canvas.camera
        seen = camera.visible(QSizeF(self.canvas.size())).center()
        self.canvas.pan((seen.x() - middle.x()) * camera.zoom, (seen.y() - middle.y()) * camera.zoom)

    # painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Blocks, alarming states, the frame."""
        look = self.canvas.scene.look
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn(look))
        if not self.folded:
            heat = self._hot(look)
            if heat is not None:
                painter.drawPixmap(0, 0, heat)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paper = self.box.adjusted(2.5, 2.5, -2.5, -2.5)
            seen = self.frame().intersected(paper)
            if not seen.isEmpty() and self.canvas.scene.columns.ids:
                painter.setPen(QPen(look.colour("accent"), 1.5))
                painter.setBrush(look.colour("accent", 0.08))
                painter.drawRoundedRect(seen, 3, 3)
        painter.end()

    def _drawn(self, look: Theme) -> QPixmap:
        """Paper with blocks, kept until the drawing, the palette or the size changes."""
        columns = self.canvas.scene.columns
        key = (columns.edition, look.name, self.folded, self.devicePixelRatioF(), self.hasFocus())
        if self._blocks is None or key != self._key:
            self._key = key
            self._bounds = columns.bounds()
            self._heat_version = -1
            self._blocks = self._blank()
            painter = QPainter(self._blocks)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            brush.shadow(painter, self.box, RADIUS, look, 2)
            edge = look.colour("accent" if self.hasFocus() else "line.2")
            brush.panel(painter, self.box, RADIUS, look.colour("surface.raised"), edge)
            if not self.folded:
                _paint_blocks(painter, columns, self._scale(), look)
            painter.end()
        return self._blocks

    def _blank(self) -> QPixmap:
        made = QPixmap(self.size() * self.devicePixelRatioF())
        made.setDevicePixelRatio(self.devicePixelRatioF())
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _hot(self, look: Theme) -> QPixmap | None:
        """Alarming states in their colours, brought up to date a few times a second."""
        columns = self.canvas.scene.columns
        if not self.canvas.scene.running:
            self._heat = None
        elif self._heat is None or (columns.version != self._heat_version and self._watch.elapsed() >= HEAT_MS):
            self._watch.restart()
            self._heat_version = columns.version
            self._heat = self._blank()
            painter = QPainter(self._heat)
            painter.setPen(Qt.PenStyle.NoPen)
            for state in ALARMING:
                painter.setBrush(look.colour(COLOUR_OF[state]))
                rows = np.flatnonzero(columns.outer & (columns.state == state))
                draw_rects(painter, _placed(columns, rows, self._scale()))
            painter.end()
        return self._heat

    # gestures ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Inside the frame it is taken in the hand; elsewhere the view comes there."""
        if event.button() != Qt.MouseButton.LeftButton or self.folded:
            return
        point = event.position()
        if not self.frame().contains(point):
            self.look_at(self.to_canvas(point))
        self._held = point - self.frame().center()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame follows."""
        if self._held is not None:
            self.look_at(self.to_canvas(event.position() - self._held))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the view by a quarter."""
        if event.key() in STEPS:
            dx, dy = STEPS[Qt.Key(event.key())]
            self.canvas.pan(-dx * self.canvas.width() / 4, -dy * self.canvas.height() / 4)
        else:
            super().keyPressEvent(event)


def _paint_blocks(painter: QPainter, columns: Columns, way: tuple[float, QPointF], look: Theme) -> None:
    """Edges of grounds and a block for each card."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("line.2"), 1))
    draw_rects(painter, _placed(columns, np.flatnonzero(np.isin(columns.shape, GROUNDS)), way))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("minimap.block"))
    draw_rects(painter, _placed(columns, np.flatnonzero(columns.outer), way))


def _placed(columns: Columns, rows: NDArray[np.int64], way: tuple[float, QPointF]) -> NDArray[np.float64]:
    """Rectangles of rows in the map's px, none smaller than 2 px."""
    scale, origin = way
    rects: NDArray[np.float64] = columns.rect[rows] * scale
    rects[:, 0] += origin.x()
    rects[:, 1] += origin.y()
    rects[:, 2:] = np.maximum(rects[:, 2:], 2.0)
    return rects
