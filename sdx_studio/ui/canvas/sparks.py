"""Short curves of the leading measure on cards: close up, on what is selected or pointed at, beside its number."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sdx_studio.session.curves import Curves
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import COLOUR_OF, SHAPES, State
from sdx_studio.ui.canvas.scene import MIDDLE, Scene

MOST = 24
"""Cards that have one at the same time."""
POINTS = 60
NUMBER, LEAST = 40.0, 12.0
"""Widget px that a number takes, and that a curve needs."""
Sparks = dict[str, NDArray[np.float64]]
_QUIET = (State.NONE, State.OFF, State.FAILED, State.MOVING)


def gather(scene: Scene, curves: Curves, ids: Iterable[str]) -> Sparks:
    """The last samples of the leading measure of some elements."""
    found: Sparks = {}
    for id in ids:
        row = scene.columns.row.get(id)
        lead = None if row is None else scene.columns.kind[row].lead
        if lead is not None and len(found) < MOST:
            values = curves.of(id, lead)[1][-POINTS:]
            found[id] = values[np.isfinite(values)]
    return found


def spot(shape: str, box: QRectF, zoom: float) -> QRectF:
    """Where a card whose box on the widget is `box` has room for its curve; empty for shapes without, or too little.

    The number beside it does not shrink with the zoom.
    """
    if shape == "machine":
        right = box.right() - 12 * zoom - NUMBER - 30
        return QRectF(right - 72 * zoom, box.top() + 13 * zoom, 72 * zoom, 18 * zoom)
    if shape == "guest" and box.height() <= 60 * zoom:
        left, top = box.left() + 21 * zoom + NUMBER, box.top() + 25 * zoom
    elif shape == "leaf":
        left, top = box.left() + 60 * zoom + NUMBER, box.top() + 26 * zoom
    else:
        return QRectF()
    wide = min(40 * zoom, box.right() - 7 * zoom - left)
    return QRectF(left, top, wide, 12 * zoom) if wide >= LEAST else QRectF()


def paint(painter: QPainter, scene: Scene, camera: Camera, sparks: Sparks) -> None:
    """Draw them, in widget px."""
    if not scene.running or camera.zoom < MIDDLE:
        return
    columns = scene.columns
    for id, values in sparks.items():
        row = columns.row.get(id)
        if row is None or len(values) < 2 or State(int(columns.state[row])) in _QUIET:
            continue
        box = spot(SHAPES[columns.shape[row]], camera.rect_to_screen(columns.box(row)), camera.zoom)
        if not box.isEmpty():
            colour = scene.look.colour(COLOUR_OF[State(int(columns.state[row]))])
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            xs = np.linspace(box.left(), box.right(), len(values))
            ys = box.bottom() - np.clip(values, 0.0, 1.0) * box.height()
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]))
