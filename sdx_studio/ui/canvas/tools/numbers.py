"""Numbers on cards: while a model runs, Alt and a drag carry the one under the pointer to a plot."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from sdx_studio.session.plotting import Series
from sdx_studio.ui import carrying
from sdx_studio.ui.canvas.bars import meter_boxes, sign_spot
from sdx_studio.ui.canvas.columns import SHAPES
from sdx_studio.ui.canvas.scene import MIDDLE
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

ABOVE = 18.0
"""Px over a bar that belong to it: there stand its words."""
AROUND = 4.0
SIGN = (64.0, 11.0)
"""Width, and half the height, of a card's number with its mark."""


def number_at(canvas: "Canvas", point: QPointF) -> tuple[Series, str] | None:
    """The number under a widget point, and what it is called; far away a whole card stands for its leading one."""
    row = canvas.row_at(point)
    if row is None or not canvas.scene.running:
        return None
    columns = canvas.scene.columns
    what, shape, id = columns.kind[row], SHAPES[columns.shape[row]], columns.ids[row]
    spot, box = canvas.camera.to_canvas(point), columns.box(row)
    name = canvas.session.document.elements[id].name
    if canvas.camera.zoom >= MIDDLE:
        high = ABOVE if shape in ("machine", "array") else AROUND
        tracks = meter_boxes(shape, max(len(what.meters), 1), box)
        for meter, track in zip(what.meters, tracks, strict=False):
            if track.adjusted(-AROUND, -high, AROUND, AROUND).contains(spot):
                return Series(id, meter.measure), f"{name} {_(meter.label)}"
    close = canvas.camera.zoom >= MIDDLE
    if what.lead is None or (close and not _sign(shape, box).contains(spot)):
        return None
    label = next((_(meter.label) for meter in what.meters if meter.measure == what.lead), "")
    return Series(id, what.lead), f"{name} {label}".strip()


def _sign(shape: str, box: QRectF) -> QRectF:
    """Where a card's mark and number are."""
    spot = sign_spot(shape, box)
    if spot is None:
        return QRectF()
    x, y, right = spot
    wide, half = SIGN
    return QRectF(x - wide if right else x - 8.0, y - half, wide + 8.0, 2 * half)


class Carry:
    """A number that was pressed; once it is drawn it is carried."""

    def __init__(self, canvas: "Canvas", number: tuple[Series, str], start: QPointF) -> None:
        self._canvas, self._number, self._start = canvas, number, start

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Begin to carry it."""
        if (point - self._start).manhattanLength() >= carrying.START_DISTANCE:
            canvas, (series, words) = self._canvas, self._number
            canvas.tool.cancel()
            carrying.carry(canvas, (series,), words, canvas.scene.look)

    def finish(self, _point: QPointF) -> None:
        """It was only pressed."""

    def cancel(self) -> None:
        """Leave no trace."""

    def paint(self, _painter: QPainter) -> None:
        """Nothing to see before it is carried."""
