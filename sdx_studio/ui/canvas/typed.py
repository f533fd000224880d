"""Outlines that say where something real appears as something else: one as many, many as one, one as another."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.session.virtualizing import Virtual, Way, everything
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import SHAPES
from sdx_studio.ui.canvas.scene import Scene

COLOURS: dict[Way, str] = {"partition": "series.4", "aggregate": "series.5", "emulate": "series.3"}
LINES: dict[Way, list[float]] = {"partition": [], "aggregate": [6.0, 2.0], "emulate": [2.0, 2.0]}
"""Dashes, so that colour is not all that tells them apart; none is an unbroken line."""
ROOM = 50.0
"""Px on the screen from which an element has room for the words."""
SMALL = (SHAPES.index("slot"), SHAPES.index("block"))
"""Shapes of what is drawn only close up."""
CLOSE = 1 / 0.75
"""Canvas px in one of the screen up to which they are."""
MOST = 400
"""Outlines that are drawn at once."""


def elements(scene: Scene) -> dict[str, Virtual]:
    """What is outlined; read once for each edit."""
    known: dict[str, Virtual] | None = scene.columns.memo.get("types")
    if known is None:
        known = scene.columns.memo["types"] = everything(scene.document)
    return known


def paint(painter: QPainter, scene: Scene, rows: NDArray[np.int64], pixel: float) -> None:
    """An outline and a tag at its lower edge; `pixel` is one px of the screen."""
    if not scene.types:
        return
    found, columns = elements(scene), scene.columns
    seen = rows if pixel <= CLOSE else rows[~np.isin(columns.shape[rows], SMALL)]
    for row in [row for row in seen.tolist() if columns.ids[row] in found][:MOST]:
        _outline(painter, scene, scene.columns.box(row), found[scene.columns.ids[row]], pixel)


def _outline(painter: QPainter, scene: Scene, box: QRectF, one: Virtual, pixel: float) -> None:
    look, colour = scene.look, scene.look.colour(COLOURS[one.way])
    outer = box.adjusted(-1.5, -1.5, 1.5, 1.5)
    radius = min(9.0, outer.height() / 3)
    pen = QPen(colour, max(2.0, 2.0 * pixel))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if LINES[one.way]:
        pen.setDashPattern(LINES[one.way])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(outer, radius, radius)
    if box.width() < ROOM * pixel:
        return
    scale = min(max(1.0, pixel), 1.6)
    wide, high = brush.width_of(one.words, "label", scale) + 14 * scale, 16.0 * scale
    left = {
        "partition": outer.right() - wide - 8,
        "aggregate": outer.left() + 8,
        "emulate": outer.center().x() - wide / 2,
    }
    tag = QRectF(left[one.way], outer.bottom() + 1.5, wide, high)
    brush.panel(painter, tag, high / 2, look.colour("card.paper"), colour, 1.5)
    at = QPointF(tag.left() + 7 * scale, tag.center().y())
    brush.text(painter, one.words, at, "label", look.colour("ink.1"), scale=scale)
