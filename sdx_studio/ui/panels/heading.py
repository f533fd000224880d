"""The head of the inspector: tile, name, state, and the leading numbers with their short curves."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from sdx_studio.document import Document
from sdx_studio.session.plotting import Series
from sdx_studio.session.wording import name_of
from sdx_studio.ui import carrying, icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import COLOUR_OF, State
from sdx_studio.ui.theme import Manner, Theme, px
from sdx_studio.words import _, mark

STATE_WORDS = {
    State.OK: mark("ok"), State.BUSY: mark("busy"), State.CRITICAL: mark("critical"), State.MOVING: mark("moving"),
    State.IDLE: mark("idle"), State.OFF: mark("off"), State.FAILED: mark("failed"),
    State.MAINTENANCE: mark("maintenance"), State.NONE: "",
}  # fmt: skip
Curve = tuple[str, float, NDArray[np.float64]]


class Heading(QWidget):
    """Painted as one; `show_state` and `show_curves` come with every snapshot."""

    def __init__(self, document: Document, ids: tuple[str, ...], look: Theme) -> None:
        super().__init__()
        self._document = document
        self._ids = ids
        self._look = look
        self._state = State.NONE
        meters = document.kind_of(ids[0]).meters if len(ids) == 1 and ids[0] in document.elements else ()
        none = np.zeros(0)
        self._curves: list[Curve] = [(_(meter.label), float("nan"), none) for meter in meters[:3]]
        self._measures = tuple(meter.measure for meter in meters[:3])
        self._pressed: int | None = None
        """The box that was pressed."""
        self.setFixedHeight(px(116 if self._curves else 48))
        self.setMouseTracking(bool(self._curves))

    def show_state(self, state: State) -> None:
        """The state of the one selected element."""
        if state != self._state:
            self._state = state
            self.update()

    def show_curves(self, curves: list[Curve]) -> None:
        """Up to three (label, last value, values) to draw as boxes under the name."""
        self._curves = curves[:3]
        self.update()

    @property
    def _wide(self) -> float:
        """Width at font scale 100 %, at which everything is painted."""
        return self.width() / Manner.scale

    # numbers that are dragged ------------------------------------------------------------------------------------

    def _box(self, index: int) -> QRectF:
        """Where a number is (px at scale 1)."""
        wide = (self._wide - 16) / 3
        return QRectF(index * (wide + 8), 50, wide, 60)

    def box_at(self, position: QPointF) -> int | None:
        """The number under a point of the widget."""
        at = position / Manner.scale
        return next((index for index in range(len(self._measures)) if self._box(index).contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a number."""
        self._pressed = self.box_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the number to a plot."""
        over = self.box_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.OpenHandCursor)
        self.setToolTip("" if over is None else _("Drag this number into the plots below"))
        if self._pressed is not None and event.buttons() and over != self._pressed:
            index, self._pressed = self._pressed, None
            words = f"{name_of(self._ids[0], self._document)} {self._curves[index][0]}"
            carrying.carry(self, (Series(self._ids[0], self._measures[index]),), words, self._look)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._pressed = None

    # painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        look, single = self._look, len(self._ids) == 1
        id = self._ids[0]
        if id in self._document.elements:
            what = self._document.kind_of(id)
            brush.panel(painter, QRectF(0, 2, 36, 36), 8, look.colour(f"family.{what.family}.tint"), None)
            ink = look.colour(f"family.{what.family}.ink")
            icons.paint(painter, icons.drawing(what.key, 16), QRectF(8, 10, 20, 20), ink)
            title = self._document.elements[id].name if single else _("{count} selected", count=len(self._ids))
            above = self._document.elements[id].parent if single else None
            under = _(what.label) + (f" · {name_of(above, self._document)}" if above else "")
        else:
            title, under = name_of(id, self._document), _("Link")
        room = self._wide - 130.0
        brush.text(painter, title, QPointF(46, 12), "value", look.colour("ink.1"), room=room)
        brush.text(painter, under if single else "", QPointF(46, 30), "body", look.colour("ink.2"), room=room)
        self._paint_state(painter)
        for index, curve in enumerate(self._curves):
            self._paint_curve(painter, index, curve)
        painter.end()

    def _paint_state(self, painter: QPainter) -> None:
        words = _(STATE_WORDS[self._state]) if self._state else ""
        if words:
            wide = brush.width_of(words, "label") + 25
            brush.chip(painter, words, QPointF(self._wide - wide / 2 - 2, 14), self._look, self._state)

    def _paint_curve(self, painter: QPainter, index: int, curve: Curve) -> None:
        label, value, values = curve
        box, look = self._box(index), self._look
        wide = box.width()
        brush.panel(painter, box, 6, look.colour("surface.raised"), look.colour("line.2"))
        brush.text(painter, label, box.topLeft() + QPointF(8, 12), "micro", look.colour("ink.2"), room=wide - 14)
        shown = "–" if value != value else f"{value * 100:.0f}\u00a0%"
        brush.text(painter, shown, box.topLeft() + QPointF(8, 29), "value", look.colour("ink.1"))
        seen = values[np.isfinite(values)][-60:]
        if len(seen) > 1:
            xs = np.linspace(box.left() + 8, box.right() - 8, len(seen))
            ys = box.bottom() - 6 - np.clip(seen, 0, 1) * 14
            painter.setPen(QPen(look.colour(COLOUR_OF[State.OK]), 1.5, Qt.PenStyle.SolidLine))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
