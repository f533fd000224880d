"""Guests at rest, seen from the middle: their kind's icon in the cell where a running one shows its state."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from sdx_studio.ui import icons
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.far import Rows, on_screen
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import on_pixels

LARGEST = 16.0
TALL = 60.0
"""A guest higher than this (px at zoom 1) holds others: its icon goes into its header."""


def paint(painter: QPainter, scene: Scene, rows: Rows, camera: Camera) -> None:
    """Draw the icons of all guests among `rows`; the painter is in widget px."""
    cells = rows[scene.columns.cell[rows]]
    ink, pixels = scene.look.colour("ink.3"), on_pixels(painter)
    for row, (x, y, wide, high) in zip(cells.tolist(), on_screen(scene, cells, camera).tolist(), strict=True):
        side = min(LARGEST, 0.7 * min(wide, high))
        centre = QPointF(x + wide / 2, y + high / 2)
        if scene.columns.rect[row, 3] > TALL:
            centre = QPointF(x + 4 + side / 2, y + 4 + side / 2)
        corner = QPointF(float(np.floor(centre.x() - side / 2)), float(np.floor(centre.y() - side / 2)))
        name = icons.drawing(scene.columns.kind[row].key, 16)
        if pixels:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(corner, icons.pixmap(name, max(4, round(side)), ink.name(), ink.name(), ratio))
        else:
            icons.paint(painter, name, QRectF(corner, QSizeF(side, side)), ink)
