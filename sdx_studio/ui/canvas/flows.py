"""Traffic as marks that move along the cables: density and speed follow the rate."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import draw_rects, draw_sprites, on_pixels
from sdx_studio.ui.theme import Theme

# From which use (share of the link) on: px between marks, px a second.
STEPS = ((0.0, 56.0, 40.0), (0.2, 28.0, 80.0), (0.8, 18.0, 120.0), (0.97, 10.0, 160.0))
KEYS = ("state.ok", "state.ok", "state.busy", "state.critical")
LENGTH, WIDTH = 9.0, 5.0
SHAPE = ((0.0, 0.0), (LENGTH - 3, 0.0), (LENGTH, WIDTH / 2), (LENGTH - 3, WIDTH), (0.0, WIDTH))
"""Corners of a mark that points right, px from its upper left one."""
DOT = 3.0
MOST_SPRITES = 64
SHAPED_LIMIT = 6000
SHAPED_UNTIL = 1.35
"""Canvas px a screen px up to which marks have a shape; farther out they are dots."""
MOST_MARKS = 8_000
"""Above this many the same links get fewer marks: nobody can follow more."""
ZOOM_STEP = 1.25
"""Spacing and speed follow the zoom in these steps, so that a turn of the wheel does not shuffle the marks."""
AROUND = 0.5
"""Marks are kept for what is seen and this share of it on every side, so that a pan finds them ready."""

Array = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(slots=True)
class Stream:
    """All marks of one snapshot around one view: everything but how far each has come. Links point as they flow."""

    key: tuple[int, float]
    around: QRectF
    step: Rows
    share: Array
    """Where on its link a mark is at phase 0, as a share of the link."""
    rate: Array
    """Shares of the link a second."""
    length: Array
    start: Array
    """First point and first piece of each mark's link (2 × n each): the whole of a straight one."""
    delta: Array
    along: Array
    points: Array
    """The links of bent ones; empty when all are straight."""

    def at(self, phase: float) -> tuple[Array, Array]:
        """Positions and directions (2 × n each) at `phase` seconds; directions are as long as their pieces."""
        share = self.share + phase * self.rate
        share -= np.floor(share)
        if not len(self.points):
            return self.start + self.delta * share, self.delta
        along, each, distance = self.along, np.arange(len(share)), share * self.length
        piece = np.minimum((along[:, 1:] <= distance[:, None]).sum(axis=1), along.shape[1] - 2)
        start, end, before = self.points[each, piece], self.points[each, piece + 1], along[each, piece]
        span = along[each, piece + 1] - before
        part = np.where(span > 0, (distance - before) / np.maximum(span, 1e-9), 0.0)
        return (start + (end - start) * part[:, None]).T, (end - start).T


def stream(scene: Scene, area: QRectF, pixel: float) -> Stream:
    """The marks around `area`: made anew only for another snapshot, another zoom or when the view has left them."""
    columns = scene.columns
    held = columns.memo.get("stream")
    pixel = ZOOM_STEP ** round(math.log(max(1.0, pixel), ZOOM_STEP))
    key = (columns.version, pixel)
    if isinstance(held, Stream) and held.key == key and held.around.contains(area):
        return held
    wide, high = area.width() * AROUND, area.height() * AROUND
    made = _stream(scene, area.adjusted(-wide, -high, wide, high), key, pixel)
    columns.memo["stream"] = made
    return made


def _stream(scene: Scene, around: QRectF, key: tuple[int, float], pixel: float) -> Stream:
    rows, way, use = _carrying(scene, around)
    step = np.digitize(use, [one[0] for one in STEPS[1:]])
    length = scene.routes.length[rows]
    gap = np.array([one[1] for one in STEPS])[step] * pixel
    speed = np.array([one[2] for one in STEPS])[step] * pixel
    count = np.maximum(1, (length // gap).astype(np.int64))
    if count.sum() > MOST_MARKS:
        count = np.maximum(1, (count * (MOST_MARKS / count.sum())).astype(np.int64))
    owner = np.repeat(np.arange(len(rows)), count)
    index = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    points, along = scene.routes.points[rows], scene.routes.along[rows]
    back = way == 1
    points[back], along[back] = points[back, ::-1], length[back, None] - along[back, ::-1]
    start = points[:, 0].T.take(owner, axis=1)
    delta = (points[:, 1] - points[:, 0]).T.take(owner, axis=1)
    bent = owner if points.shape[1] > 2 else owner[:0]
    return Stream(
        key, around, step[owner], index / count[owner], (speed / length)[owner], length[owner], start, delta,
        along[bent], points[bent],
    )  # fmt: skip


def marks(scene: Scene, area: QRectF, phase: float, pixel: float) -> tuple[Array, Array, Rows]:
    """Positions (n × 2), directions (n × 2) and step of every mark in `area`; `phase` is seconds of animation."""
    held = stream(scene, area, pixel)
    (x, y), direction = held.at(phase)
    seen = (x >= area.left()) & (x <= area.right()) & (y >= area.top()) & (y <= area.bottom())
    direction = direction[:, seen]
    direction = direction / np.maximum(np.hypot(*direction), 1e-9)
    return np.column_stack([x[seen], y[seen]]), direction.T, held.step[seen]


def _carrying(scene: Scene, area: QRectF) -> tuple[Rows, Rows, Array]:
    """Links near `area` that carry something: row, fuller direction (0 forward), use."""
    near = scene.routes.touching(area)
    use = np.nan_to_num(scene.use[near], nan=0.0)
    way = (use[:, 1] > use[:, 0]).astype(np.int64)
    best = np.maximum(use[:, 0], use[:, 1])
    chosen = (best > 1e-4) & ~scene.cut[near] & (scene.routes.length[near] > 4.0)
    return near[chosen], way[chosen], best[chosen]


_sprites: dict[tuple[str, str, float], QPixmap] = {}


def _sprite(key: str, look: Theme, ratio: float) -> QPixmap:
    """A mark that points right, with its casing, at `ratio` px a canvas px."""
    known = _sprites.get((key, look.name, ratio))
    if known is not None:
        return known
    if len(_sprites) >= MOST_SPRITES:
        _sprites.clear()
    made = QPixmap(round((LENGTH + 4) * ratio), round((WIDTH + 4) * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.translate(2, 2)
    painter.setPen(QPen(look.colour("surface.canvas"), 2.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(look.colour(key))
    painter.drawPolygon([QPointF(x, y) for x, y in SHAPE])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon([QPointF(x, y) for x, y in SHAPE])
    painter.end()
    _sprites[(key, look.name, ratio)] = made
    return made


def paint(painter: QPainter, scene: Scene, camera: Camera, size: QSizeF, phase: float, ratio: float) -> None:
    """Draw all marks that are seen; the painter is in widget px."""
    area, pixel = camera.visible(size), 1 / camera.zoom
    held = stream(scene, area, pixel)
    shaped = pixel <= SHAPED_UNTIL and len(held.step) <= SHAPED_LIMIT
    if not shaped and on_pixels(painter):
        points, _direction = held.at(phase)
        scale = camera.zoom * ratio
        x, y = points[0] * scale - camera.x * scale, points[1] * scale - camera.y * scale
        painter.drawImage(QPointF(0, 0), _dotted(scene, x, y, held.step, size, ratio))
        return
    spots, direction, step = marks(scene, area, phase, pixel)
    spots = (spots - np.array([camera.x, camera.y])) * camera.zoom
    for index, key in enumerate(KEYS):
        chosen = step == index
        if shaped and chosen.any() and not on_pixels(painter):
            _outlined(painter, spots[chosen], direction[chosen], scene.look, key, camera.zoom)
        elif shaped and chosen.any():
            _shaped(painter, spots[chosen], direction[chosen], _sprite(key, scene.look, ratio * camera.zoom), ratio)
        elif chosen.any():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(scene.look.colour(key))
            draw_rects(painter, np.column_stack([spots[chosen] - DOT / 2, np.full((int(chosen.sum()), 2), DOT)]))


@dataclass(slots=True)
class _Dots:
    """A clear image, the memory that it shows, and the first pixel of every dot in it."""

    key: tuple[int, int, float]
    image: QImage
    cells: NDArray[np.uint32]
    written: Rows


def _dotted(scene: Scene, x: Array, y: Array, step: Rows, size: QSizeF, ratio: float) -> QImage:
    """All marks as square dots, written straight into an image's memory: many times faster than drawing them."""
    held = _clear(scene, size, ratio)
    wide, high, _ratio = held.key
    side = max(1, round(DOT * ratio))
    left, top = ((one - (side / 2 - 0.5)).astype(np.int64) for one in (x, y))
    inside = (left >= 0) & (top >= 0) & (left <= wide - side) & (top <= high - side)
    first = (top * wide + left)[inside]
    colours = np.array([scene.look.colour(key).rgba() for key in KEYS], dtype=np.uint32)[step[inside]]
    for offset in _square(side, wide):
        held.cells[offset:][first] = colours
    held.written = first
    return held.image


def _square(side: int, wide: int) -> list[int]:
    """Distances of the pixels of a square from its first in an image `wide` pixels across."""
    return [line * wide + column for line in range(side) for column in range(side)]


def _clear(scene: Scene, size: QSizeF, ratio: float) -> _Dots:
    """The image for dots, with the last ones wiped off."""
    held = scene.columns.memo.get("dots")
    key = (max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)), ratio)
    if isinstance(held, _Dots) and held.key == key:
        for offset in _square(max(1, round(DOT * ratio)), key[0]):
            held.cells[offset:][held.written] = 0
        return held
    cells = np.zeros(key[0] * key[1], dtype=np.uint32)
    image = QImage(cells.data, key[0], key[1], key[0] * 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    made = _Dots(key, image, cells, np.zeros(0, dtype=np.int64))
    scene.columns.memo["dots"] = made
    return made


def _outlined(painter: QPainter, points: Array, direction: Array, look: Theme, key: str, zoom: float) -> None:
    """Marks as vectors with their casing, for an SVG, a PDF or paper."""
    corners = (np.array(SHAPE) - [LENGTH / 2, WIDTH / 2]) * zoom
    path = QPainterPath()
    for (x, y), (cos, sin) in zip(points, direction, strict=True):
        turned = corners @ np.array([[cos, sin], [-sin, cos]]) + (x, y)
        path.addPolygon(QPolygonF([QPointF(*corner) for corner in turned]))
        path.closeSubpath()
    painter.setPen(QPen(look.colour("surface.canvas"), 2.0 * zoom, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(look.colour(key))
    painter.drawPath(path)
    painter.fillPath(path, look.colour(key))


def _shaped(painter: QPainter, points: Array, direction: Array, sprite: QPixmap, ratio: float) -> None:
    angles = np.degrees(np.arctan2(direction[:, 1], direction[:, 0]))
    draw_sprites(painter, sprite, points, angles, 1.0 / ratio)
