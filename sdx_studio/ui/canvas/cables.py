"""Cables: the standing lines and the marks that flow along them."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.labels import MOST_BANDS, PORTS_FROM, Labels
from sdx_studio.ui.canvas.readouts import waiting
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import draw_lines, draw_rects

_DASHES = {"wan": [7.0, 2.0, 1.5, 2.0], "control": [1.3, 2.6]}
CASING = 3.0
TELLING = 0.8
"""From this use on a link says how full it is."""
MOST_TICKS, TICKS_ASIDE = 8, 11.0
"""Ticks at most of what queues at a full link, and how far (px) they are beside it."""
ROUNDED_LIMIT = 400
SMOOTH_LIMIT = 3000
"""Above this many cables far-away ones are drawn without smooth edges: they cost a quarter."""


def wave(points: NDArray[np.float64]) -> QPainterPath:
    """A fine wave along a polyline: 3 px high, 12 px long, flat at both ends."""
    steps = np.diff(points, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    reached = np.concatenate([[0.0], np.cumsum(lengths)])
    along = np.linspace(0.0, reached[-1], max(2, int(reached[-1] / 1.5)))
    piece = np.clip(np.searchsorted(reached, along, side="right") - 1, 0, len(steps) - 1)
    unit = steps[piece] / lengths[piece][:, None]
    calm = np.minimum(1.0, np.minimum(along, reached[-1] - along) / 12.0)
    swing = 3.0 * calm * np.sin(along * 2 * np.pi / 12.0)
    spots = points[piece] + unit * (along - reached[piece])[:, None]
    spots = spots + np.column_stack([-unit[:, 1], unit[:, 0]]) * swing[:, None]
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in spots]))
    return path


def ticks(scene: Scene, row: int) -> NDArray[np.float64]:
    """Rectangles (x, y, width, height) of what queues at the sender of a full link, one for each flow that waits."""
    path = scene.routes.paths[row]
    use = np.nan_to_num(scene.use[row], nan=0.0)
    start, following = (path[-1], path[-2]) if use[1] > use[0] else (path[0], path[1])
    step = following - start
    length = max(1e-9, float(np.hypot(*step)))
    unit = step / length
    count = min(waiting(scene, row), MOST_TICKS, int(max(0.0, length - 8.0) / 6.0))
    wide, high = (3.0, 7.0) if abs(unit[0]) >= abs(unit[1]) else (7.0, 3.0)
    aside = np.array([-abs(unit[1]), -abs(unit[0])]) * TICKS_ASIDE
    spots = start + unit * (8.0 + 6.0 * np.arange(count))[:, None] + aside - np.array([wide, high]) / 2
    return np.column_stack([spots, np.full(count, wide), np.full(count, high)])


class CablePainter:
    """Draws links; `pixel` is the size of one screen px on the canvas."""

    def __init__(self, painter: QPainter, scene: Scene, pixel: float) -> None:
        self.painter = painter
        self.scene = scene
        self.look = scene.look
        self.pixel = pixel

    def paint(self, area: QRectF, far: bool) -> None:
        """The standing lines of all links that touch `area`."""
        seen = self.scene.routes.touching(area)
        if far or len(seen) > ROUNDED_LIMIT:
            self._plain(seen, far)
            return
        for row in seen:
            self._line(int(row))

    def ports(self, area: QRectF) -> None:
        """The plugs at both ends and the VLANs' numbers, on top of the cards' borders."""
        seen = self.scene.routes.touching(area)
        if len(seen) <= ROUNDED_LIMIT:
            for row in seen:
                self._ports(int(row))
            self.words(area)

    def words(self, area: QRectF) -> None:
        """Names of ports and numbers of VLANs; while nothing runs, what stands on the chips as well."""
        if self.pixel * PORTS_FROM > 1.0:
            return
        rows = self.scene.routes.touching(area)
        labels = Labels(self.painter, self.scene, max(1.0, self.pixel))
        labels.ports(rows[self.scene.routes.named[rows]])
        labels.numbers(rows)
        if not self.scene.running:
            labels.chips(rows[self.scene.routes.labelled[rows]])

    def _plain(self, rows: NDArray[np.int64], far: bool) -> None:
        """Thin lines for all; without smooth edges when there are very many of them."""
        points = self.scene.routes.points[rows]
        lines = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
        if points.shape[1] > 2:
            lines = lines[np.abs(lines[:, :2] - lines[:, 2:]).sum(axis=1) > 0]
        pen = QPen(self.look.colour("line.link"), (1.0 if far else 1.5) * self.pixel)
        pen.setCosmetic(False)
        self.painter.setPen(pen)
        smooth = QPainter.RenderHint.Antialiasing
        self.painter.setRenderHint(smooth, on=not far or len(self.scene.routes.ids) <= SMOOTH_LIMIT)
        draw_lines(self.painter, lines)
        self.painter.setRenderHint(smooth)

    def _line(self, row: int) -> None:
        path = brush.rounded([QPointF(x, y) for x, y in self.scene.routes.paths[row]])
        painter, look, medium = self.painter, self.look, self.scene.routes.medium[row]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide = 6.0 if medium == "storage" else 2.0
        painter.setPen(QPen(look.colour("surface.canvas"), wide + 2 * CASING))
        painter.drawPath(path)
        self._bands(row, path)
        if medium == "wireless":
            path = wave(self.scene.routes.paths[row])
        pen = QPen(look.colour("line.link"), 1.5 if medium == "control" else 2.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if medium == "storage":
            pen.setWidthF(6.0)
            painter.setPen(pen)
            painter.drawPath(path)
            pen = QPen(look.colour("surface.canvas"), 2.0)
        elif medium in _DASHES:
            pen.setDashPattern(_DASHES[medium])
        painter.setPen(pen)
        painter.drawPath(path)

    def _bands(self, row: int, path: QPainterPath) -> None:
        """A casing in its series colour for the VLAN of an access port, one band each for a trunk's."""
        bands = self.scene.routes.vlans[row][:MOST_BANDS]
        share = 0.6 if self.look.dark else 0.38
        for index, (series, _number) in reversed(list(enumerate(bands))):
            width = 10.0 + 8.0 * index
            colour = self.look.mixed(f"series.{series}", "surface.canvas", share)
            self.painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.FlatCap))
            self.painter.drawPath(path)

    def _ports(self, row: int) -> None:
        medium = self.scene.routes.medium[row]
        if medium in ("wireless", "control"):
            return
        self.painter.setPen(QPen(self.look.colour("line.link"), 2.0))
        self.painter.setBrush(self.look.colour("card.paper"))
        path = self.scene.routes.paths[row]
        for x, y in (path[0], path[-1]):
            if medium == "storage":
                self.painter.drawRect(QRectF(x - 3, y - 3, 6, 6))
            else:
                self.painter.drawEllipse(QPointF(x, y), 3.2, 3.2)

    def conditions(self, area: QRectF) -> None:
        """Cuts, blocked ports, full pipes and labels, on top of everything."""
        scene, rows = self.scene, self.scene.routes.touching(area)
        labels = Labels(self.painter, scene, max(1.0, self.pixel))
        fullest = np.nan_to_num(scene.use[rows], nan=0.0).max(axis=1, initial=0.0)
        telling = scene.cut[rows] | scene.blocked[rows] | scene.routes.labelled[rows] | (fullest >= TELLING)
        for row in rows[telling][:ROUNDED_LIMIT]:
            row = int(row)
            if self.scene.cut[row]:
                self._cut(row)
            elif self.scene.blocked[row]:
                self._blocked(row)
            elif self.scene.link_state(row) == State.CRITICAL:
                self._full(row)
        labels.numbers(rows)
        labels.chips(rows[telling])

    def _full(self, row: int) -> None:
        path = brush.rounded([QPointF(x, y) for x, y in self.scene.routes.paths[row]])
        colour = QColor(self.look.colour("state.critical"))
        colour.setAlphaF(0.35)
        brush.stroke(self.painter, colour, 9.0)
        self.painter.drawPath(path)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.look.colour("state.critical"))
        draw_rects(self.painter, ticks(self.scene, row))

    def _middle(self, row: int) -> QPointF:
        """Middle of the longest straight piece."""
        path = self.scene.routes.paths[row]
        longest = int(np.argmax(np.hypot(*np.diff(path, axis=0).T)))
        x, y = (path[longest] + path[longest + 1]) / 2
        return QPointF(x, y)

    def _cut(self, row: int) -> None:
        path = brush.rounded([QPointF(x, y) for x, y in self.scene.routes.paths[row]])
        brush.stroke(self.painter, self.look.colour("surface.canvas"), 8.0)
        self.painter.drawPath(path)
        brush.stroke(self.painter, self.look.colour("state.critical"), 2.0)
        self.painter.drawPath(path)
        middle = self._middle(row)
        brush.solid(self.painter, self.look.colour("surface.canvas"))
        self.painter.drawEllipse(middle, 18, 18)
        brush.mark(self.painter, State.FAILED, middle, 12, self.look)
        step = self._along(row) * 18
        stop = QPointF(-step.y(), step.x()) * (7 / 18)
        brush.stroke(self.painter, self.look.colour("state.critical"), 2.0)
        for end in (middle - step, middle + step):
            self.painter.drawLine(end - stop, end + stop)

    def _along(self, row: int) -> QPointF:
        """Unit vector along the longest straight piece."""
        steps = np.diff(self.scene.routes.paths[row], axis=0)
        x, y = max(steps.tolist(), key=lambda step: math.hypot(*step))
        return QPointF(x, y) / max(1e-9, math.hypot(x, y))

    def _blocked(self, row: int) -> None:
        path = brush.rounded([QPointF(x, y) for x, y in self.scene.routes.paths[row]])
        brush.stroke(self.painter, self.look.colour("surface.canvas"), 4.0)
        self.painter.drawPath(path)
        pen = QPen(self.look.colour("line.link"), 1.5)
        pen.setDashPattern([6.0, 4.0])
        self.painter.setPen(pen)
        self.painter.drawPath(path)
        x, y = self.scene.routes.paths[row][-1]
        step = self.scene.routes.paths[row][-2] - self.scene.routes.paths[row][-1]
        step = step / max(1e-9, float(np.hypot(*step)))
        disc = QPointF(x + step[0] * 16, y + step[1] * 16)
        self.painter.setPen(QPen(self.look.colour("ink.2"), 1.5))
        self.painter.setBrush(self.look.colour("card.paper"))
        self.painter.drawEllipse(disc, 8, 8)
        brush.stroke(self.painter, self.look.colour("ink.2"), 2.5)
        self.painter.drawLine(QLineF(disc.x() - 4, disc.y(), disc.x() + 4, disc.y()))
