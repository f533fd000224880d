"""Rings around what has drifted from its policy group's standard. Canvas px."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.document.drifting import drift
from sdx_studio.ui.canvas.scene import Scene

BADGED = 60.0
"""Px on the screen from which a card has room for the sign."""
MOST = 400
"""Rings that are drawn at once; beyond, the outline and the list say more."""


def elements(scene: Scene) -> frozenset[str]:
    """What has drifted; read once for each edit."""
    known: frozenset[str] | None = scene.columns.memo.get("drift")
    if known is None:
        known = frozenset(one.element for one in drift(scene.document))
        scene.columns.memo["drift"] = known
    return known


def paint(painter: QPainter, scene: Scene, rows: NDArray[np.int64], pixel: float) -> None:
    """A dotted ring, and where there is room a sign; `pixel` is one px of the screen."""
    found = elements(scene)
    if not found:
        return
    chosen = [row for row in rows.tolist() if scene.columns.ids[row] in found][:MOST]
    for row in chosen:
        box = scene.columns.box(row)
        _ring(painter, scene, box, pixel)
        if box.width() >= BADGED * pixel:
            _sign(painter, scene, QPointF(box.left(), box.top()), max(1.0, pixel))


def _ring(painter: QPainter, scene: Scene, box: QRectF, pixel: float) -> None:
    """On a band of the canvas's colour, so that it is seen on anything."""
    outer = box.adjusted(-2.5 * pixel, -2.5 * pixel, 2.5 * pixel, 2.5 * pixel)
    radius = min(9.0, outer.height() / 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.look.colour("card.paper"), 4.5 * pixel))
    painter.drawRoundedRect(outer, radius, radius)
    pen = QPen(scene.look.colour("state.busy"), 2.5 * pixel)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.1, 1.9])
    painter.setPen(pen)
    painter.drawRoundedRect(outer, radius, radius)


def _sign(painter: QPainter, scene: Scene, at: QPointF, scale: float) -> None:
    """An unequal sign in a disc at the upper left corner."""
    look = scene.look
    painter.setPen(QPen(look.colour("state.busy"), 1.5 * scale))
    painter.setBrush(look.colour("card.paper"))
    painter.drawEllipse(at, 7.5 * scale, 7.5 * scale)
    pen = QPen(look.colour("ink.1"), 1.4 * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for high in (-1.6, 1.6):
        painter.drawLine(at + QPointF(-3.4, high) * scale, at + QPointF(3.4, high) * scale)
    painter.drawLine(at + QPointF(-1.9, 4.2) * scale, at + QPointF(1.9, -4.2) * scale)
