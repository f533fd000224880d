"""Traffic as marks that move along the cables: density and speed follow the rate."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import draw_rects, draw_sprites
from sdx_studio.ui.theme import Theme

# From which use (share of the link) on: px between marks, px a second.
STEPS = ((0.0, 56.0, 40.0), (0.2, 28.0, 80.0), (0.8, 18.0, 120.0), (0.97, 10.0, 160.0))
KEYS = ("state.ok", "state.ok", "state.busy", "state.critical")
LENGTH, WIDTH = 9.0, 5.0
SHAPED_LIMIT = 3000
MOST_MARKS = 8_000
"""Above this many the same links get fewer marks: nobody can follow more."""


def marks(
    scene: Scene, area: QRectF, phase: float, pixel: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Positions (n × 2), directions (n × 2) and step of every mark in `area`; `phase` is seconds of animation."""
    rows, way, use = _carrying(scene)
    if not len(rows):
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, dtype=np.int64)
    step = np.digitize(use, [one[0] for one in STEPS[1:]])
    gap = np.array([one[1] for one in STEPS])[step] * max(1.0, pixel)
    speed = np.array([one[2] for one in STEPS])[step] * max(1.0, pixel)
    length = scene.routes.length[rows]
    count = np.maximum(1, (length // gap).astype(np.int64))
    if count.sum() > MOST_MARKS:
        count = np.maximum(1, (count * (MOST_MARKS / count.sum())).astype(np.int64))
    owner = np.repeat(np.arange(len(rows)), count)
    index = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    distance = (index * (length / count)[owner] + (phase * speed)[owner]) % length[owner]
    distance = np.where(way[owner] == 0, distance, length[owner] - distance)
    points, direction = _along(scene, rows[owner], distance)
    direction = np.where(way[owner][:, None] == 0, direction, -direction)
    seen = (
        (points[:, 0] >= area.left()) & (points[:, 0] <= area.right())
        & (points[:, 1] >= area.top()) & (points[:, 1] <= area.bottom())
    )  # fmt: skip
    return points[seen], direction[seen], step[owner][seen]


def _carrying(scene: Scene) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Links that carry something: row, fuller direction (0 forward), use."""
    if not len(scene.use):
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    use = np.nan_to_num(scene.use, nan=0.0)
    way = np.argmax(use, axis=1)
    best = use[np.arange(len(use)), way]
    rows = np.flatnonzero((best > 1e-4) & ~scene.cut & (scene.routes.length > 4.0))
    return rows, way[rows], best[rows]


def _along(
    scene: Scene, rows: NDArray[np.int64], distance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Point and direction at a distance along each row's polyline."""
    if scene.routes.points.shape[1] == 2:
        start, end = scene.routes.points[rows, 0], scene.routes.points[rows, 1]
        length = scene.routes.length[rows][:, None]
        delta = (end - start) / length
        return start + delta * distance[:, None], delta
    along, points = scene.routes.along[rows], scene.routes.points[rows]
    piece = np.minimum((along[:, 1:] <= distance[:, None]).sum(axis=1), along.shape[1] - 2)
    each = np.arange(len(rows))
    start, end = points[each, piece], points[each, piece + 1]
    span = along[each, piece + 1] - along[each, piece]
    share = np.where(span > 0, (distance - along[each, piece]) / np.maximum(span, 1e-9), 0.0)
    delta = end - start
    return start + delta * share[:, None], delta / np.maximum(np.hypot(delta[:, 0], delta[:, 1]), 1e-9)[:, None]


_sprites: dict[tuple[str, str, float], QPixmap] = {}


def _sprite(key: str, look: Theme, ratio: float) -> QPixmap:
    """A mark that points right, with its casing, at `ratio` px a canvas px."""
    known = _sprites.get((key, look.name, ratio))
    if known is not None:
        return known
    made = QPixmap(round((LENGTH + 4) * ratio), round((WIDTH + 4) * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.translate(2, 2)
    painter.setPen(QPen(look.colour("surface.canvas"), 2.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(look.colour(key))
    shape = [(0.0, 0.0), (LENGTH - 3, 0.0), (LENGTH, WIDTH / 2), (LENGTH - 3, WIDTH), (0.0, WIDTH)]
    painter.drawPolygon([QPointF(x, y) for x, y in shape])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon([QPointF(x, y) for x, y in shape])
    painter.end()
    _sprites[(key, look.name, ratio)] = made
    return made


def paint(painter: QPainter, scene: Scene, area: QRectF, phase: float, pixel: float, ratio: float) -> None:
    """Draw all marks in `area`; the painter is in canvas px."""
    points, direction, step = marks(scene, area, phase, pixel)
    for index, key in enumerate(KEYS):
        chosen = step == index
        if not chosen.any():
            continue
        if pixel <= 1.35 and len(points) < SHAPED_LIMIT:
            _shaped(painter, points[chosen], direction[chosen], _sprite(key, scene.look, ratio / pixel))
        else:
            _dots(painter, points[chosen], scene.look.colour(key), 3.0 * pixel)


def _dots(painter: QPainter, points: NDArray[np.float64], colour: QColor, size: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    draw_rects(painter, np.column_stack([points - size / 2, np.full((len(points), 2), size)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _shaped(painter: QPainter, points: NDArray[np.float64], direction: NDArray[np.float64], sprite: QPixmap) -> None:
    angles = np.degrees(np.arctan2(direction[:, 1], direction[:, 0]))
    scale = (LENGTH + 4) / sprite.width()
    draw_sprites(painter, sprite, points, angles, scale)
