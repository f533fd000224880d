"""Numpy arrays handed to QPainter without a copy."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPixmap
from shiboken6 import Shiboken

Array = NDArray[np.float64]


def on_pixels(painter: QPainter) -> bool:
    """Whether the painter draws pixels; in an SVG, a PDF or on paper vectors look better than sprites."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def scrolled(old: QImage, dx: float, dy: float, size: QSizeF, draw: Callable[[QPainter, QRectF], None]) -> QImage:
    """`old` moved by widget px, with `draw` called for each strip that came into view, its corner at the origin."""
    made = QImage(old.size(), old.format())
    made.setDevicePixelRatio(old.devicePixelRatio())
    if made.hasAlphaChannel():
        made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawImage(QPointF(dx, dy), old)
    width, height = size.width(), size.height()
    strips = [QRectF(0 if dx > 0 else width + dx, 0, abs(dx), height)] if dx else []
    strips += [QRectF(0, 0 if dy > 0 else height + dy, width, abs(dy))] if dy else []
    for strip in strips:
        painter.save()
        painter.setClipRect(strip)
        if made.hasAlphaChannel():
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(strip, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.translate(strip.topLeft())
        draw(painter, strip)
        painter.restore()
    painter.end()
    return made


def draw_lines(painter: QPainter, lines: Array) -> None:
    """Lines as n × 4 (x1, y1, x2, y2) with the painter's pen."""
    if len(lines):
        held = np.ascontiguousarray(lines, dtype=np.float64)
        first: Any = Shiboken.wrapInstance(held.ctypes.data, QLineF)
        painter.drawLines(first, len(held))


def draw_rects(painter: QPainter, rects: Array) -> None:
    """Rectangles as n × 4 (x, y, width, height) with the painter's pen and brush."""
    if len(rects):
        held = np.ascontiguousarray(rects, dtype=np.float64)
        first: Any = Shiboken.wrapInstance(held.ctypes.data, QRectF)
        painter.drawRects(first, len(held))


def draw_sprites(painter: QPainter, sprite: QPixmap, points: Array, angles: Array, scale: float) -> None:
    """`sprite` centred on every point (n × 2), turned by its angle (degrees)."""
    if not len(points):
        return
    held = np.zeros((len(points), 10))
    held[:, :2] = points
    held[:, 4:6] = sprite.width(), sprite.height()
    held[:, 6:8] = scale
    held[:, 8] = angles
    held[:, 9] = 1.0
    first: Any = Shiboken.wrapInstance(held.ctypes.data, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(held), sprite)
