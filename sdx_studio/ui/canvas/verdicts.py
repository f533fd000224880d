"""Rings and badges on all candidates at once: one by one while they are few, in batches when they are many."""

import functools
import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.canvas.vectors import draw_rects, draw_sprites
from sdx_studio.ui.theme import Theme, theme

FEW = 80
"""Candidates up to which each has its own round ring."""
DASHED = 800
"""Refused candidates up to which their rings are dashed; beyond, the cross alone is the second channel."""
BADGED = 18.0
"""Px of width and height from which a candidate has room for a badge."""
SMALL = 6.0
BADGE = 18


def paint(painter: QPainter, rects: NDArray[np.float64], allowed: NDArray[np.bool_], look: Theme) -> None:
    """Candidates as n × 4 rectangles in widget px, and which of them would take it."""
    if len(rects) <= FEW:
        for rect, yes in zip(rects.tolist(), allowed.tolist(), strict=True):
            overlay.verdict(painter, QRectF(*rect), look, yes)
        return
    ratio = painter.device().devicePixelRatioF()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for yes in (False, True):
        here = rects[allowed == yes]
        pen = QPen(look.colour("drop.allow" if yes else "drop.refuse"), 2)
        if not yes and len(here) <= DASHED:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        draw_rects(painter, here)
        large = here[(here[:, 2] >= SMALL) & (here[:, 3] >= SMALL)]
        roomy = np.minimum(large[:, 2], large[:, 3]) >= BADGED
        for chosen, size in ((large[roomy], BADGE), (large[~roomy], BADGE // 2)):
            spots = np.column_stack([chosen[:, 0] + chosen[:, 2], chosen[:, 1]])
            draw_sprites(painter, badge(yes, size, look.name, ratio), spots, np.zeros(len(spots)), 1.0 / ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


@functools.lru_cache(maxsize=64)
def badge(allowed: bool, size: int, look: str, ratio: float) -> QPixmap:
    """The check or the no-entry sign in its disc, `size` px wide."""
    edge = max(1, math.ceil(size * ratio))
    made = QPixmap(edge, edge)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(edge / BADGE, edge / BADGE)
    overlay.badge(painter, QPointF(BADGE / 2, BADGE / 2), theme(look), allowed)
    painter.end()
    return made
