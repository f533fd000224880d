"""Cables of what is being dragged: taken out of the standing picture and drawn straight and pale, as they follow."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.ui.canvas.vectors import draw_lines

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

MOST = 2000
"""Cables above which only those are drawn that lead out of what is dragged."""
SMOOTH = 400
"""Cables up to which they are drawn with smooth edges."""


class Trailing:
    """The cables between something of `ids` (with what is inside) and something outside it or another of `ids`."""

    def __init__(self, canvas: "Canvas", ids: Iterable[str]) -> None:
        self._canvas = canvas
        columns, routes, document = canvas.scene.columns, canvas.scene.routes, canvas.session.document
        owner = np.full(len(columns.ids), -1, dtype=np.int64)
        for number, id in enumerate(ids):
            inside = [columns.row[one] for one in (id, *document.below(id)) if one in columns.row]
            owner[inside] = number
        ends = owner[routes.ends]
        self._rows = np.flatnonzero((ends[:, 0] != ends[:, 1]) & (ends >= 0).any(axis=1))
        lifted = self._rows
        if len(lifted) > MOST:
            self._rows = lifted[(ends[lifted] < 0).any(axis=1)]
        self._moved = ends[self._rows] >= 0
        canvas.scene.lift(frozenset(routes.ids[row] for row in lifted.tolist()))
        canvas.redraw()

    def __len__(self) -> int:
        return len(self._rows)

    def drop(self) -> None:
        """Put them back into the picture."""
        self._canvas.scene.lift(frozenset())
        self._canvas.redraw()

    def lines(self, offset: QPointF) -> NDArray[np.float64]:
        """From border to border, n × 4 in widget px, when what moves is `offset` widget px from where it was."""
        camera, scene = self._canvas.camera, self._canvas.scene
        rect = scene.columns.rect[scene.routes.ends[self._rows]] * camera.zoom
        half = rect[:, :, 2:] / 2
        centre = rect[:, :, :2] + half - np.array([camera.x, camera.y]) * camera.zoom
        centre += self._moved[:, :, None] * np.array([offset.x(), offset.y()])
        step = centre[:, 1] - centre[:, 0]
        away = np.maximum(np.abs(step), 1e-9)[:, None, :]
        share = np.minimum((half / away).min(axis=2), 0.5)
        start, end = centre[:, 0] + step * share[:, :1], centre[:, 1] - step * share[:, 1:]
        found: NDArray[np.float64] = np.hstack([start, end])
        return found

    def paint(self, painter: QPainter, offset: QPointF) -> None:
        """As far as they have come."""
        smooth = QPainter.RenderHint.Antialiasing
        painter.setRenderHint(smooth, on=len(self._rows) <= SMOOTH)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._canvas.scene.look.colour("line.link", 0.7), 1.5))
        draw_lines(painter, self.lines(offset))
        painter.setRenderHint(smooth)
