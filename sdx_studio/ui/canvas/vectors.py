"""Numpy arrays handed to QPainter without a copy."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import Shiboken

Array = NDArray[np.float64]


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
