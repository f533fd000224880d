"""Moving a way-point of a cable, or pulling a new one out of a piece, with the way drawn anew at every step."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.document.arrange import on_grid
from sdx_studio.session import cabling
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.tools.guides import REACH
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

STILL = 3.0
"""Px of the pointer below which nothing was moved."""


class Bend:
    """Way-point `index` of a link in the hand; `fresh` ones come into being where they are pulled out."""

    def __init__(self, canvas: "Canvas", link: str, index: int, start: QPointF, fresh: bool) -> None:
        self.canvas = canvas
        self.index, self.start, self.fresh = index, start, fresh
        self.link = canvas.session.document.links[link]
        spot = canvas.camera.to_canvas(start)
        points = list(self.link.points)
        if fresh:
            points.insert(index, (spot.x(), spot.y()))
        self.points = points
        self.moved = False
        self.erasing = False
        self.level: list[QLineF] = []
        canvas.scene.lift(frozenset({link}))
        canvas.redraw()
        self.path = canvas.scene.routes.paths[canvas.scene.routes.row[link]]

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer: level with the neighbours or on the grid, unless Alt is held."""
        if not self.moved and (point - self.start).manhattanLength() < STILL:
            return
        self.moved = True
        spot = self.canvas.camera.to_canvas(point)
        free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self.points[self.index] = (spot.x(), spot.y()) if free else self._snapped(spot)
        self.level = [] if free else self._guides()
        self.path = self.canvas.scene.routes.trial(self.link.but(points=tuple(self.points)))

    def _neighbours(self) -> list[tuple[float, float]]:
        """The points before and after: other way-points, or the plugs."""
        ends = self.canvas.scene.routes.paths[self.canvas.scene.routes.row[self.link.id]]
        row = [tuple(ends[0].tolist()), *self.points, tuple(ends[-1].tolist())]
        return [row[self.index], row[self.index + 2]]

    def _snapped(self, spot: QPointF) -> tuple[float, float]:
        """Each axis to the nearest neighbour's within reach, else to the grid if there is one."""
        reach = REACH / self.canvas.camera.zoom
        found = []
        for axis, at in enumerate((spot.x(), spot.y())):
            near = min((one[axis] for one in self._neighbours()), key=lambda other: abs(other - at))
            if abs(near - at) <= reach:
                found.append(near)
            else:
                found.append(on_grid(at) if self.canvas.scene.grid else at)
        return found[0], found[1]

    def _guides(self) -> list[QLineF]:
        """Lines in widget px to the neighbours with which the point is level."""
        here, to_screen = self.points[self.index], self.canvas.camera.to_screen
        return [
            QLineF(to_screen(QPointF(*one)), to_screen(QPointF(*here)))
            for one in self._neighbours()
            if any(abs(one[axis] - here[axis]) < 0.01 for axis in (0, 1)) and one != here
        ]

    def finish(self, _point: QPointF) -> None:
        """Keep the way; a press with Alt that moved nothing takes the way-point out."""
        self.cancel()
        if self.moved:
            label = _("Add a way-point") if self.fresh else _("Move a way-point")
            cabling.lead(self.canvas.session, self.link.id, self.points, label)
        elif self.erasing and not self.fresh:
            erase(self.canvas, self.link.id, self.index)

    def cancel(self) -> None:
        """The cable is back as it was."""
        self.canvas.scene.lift(frozenset())
        self.canvas.redraw()

    def paint(self, painter: QPainter) -> None:
        """The way as it would be, with its points, and what it is level with."""
        canvas, look = self.canvas, self.canvas.scene.look
        spots = [canvas.camera.to_screen(QPointF(x, y)) for x, y in np.asarray(self.path)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for guide in self.level:
            overlay.guide(painter, QLineF(guide.p1().toPoint(), guide.p2().toPoint()), look)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(brush.rounded(spots, 8 * canvas.camera.zoom))
        for index, point in enumerate(self.points):
            overlay.way_point(painter, canvas.camera.to_screen(QPointF(*point)), look, filled=index == self.index)


def erase(canvas: "Canvas", link: str, index: int) -> None:
    """Take a way-point out."""
    points = list(canvas.session.document.links[link].points)
    del points[index]
    cabling.lead(canvas.session, link, points, _("Remove a way-point"))
