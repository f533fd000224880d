"""Little pictures that are drawn once and copied thousands of times: marks, signs, cells, tiles."""

import functools
import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from sdx_studio.kinds import Kind
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Theme, theme

SIGN_HIGH = 16


def _blank(wide: float, high: float, ratio: float) -> tuple[QPixmap, QPainter]:
    """A clear pixmap and a painter on it."""
    made = QPixmap(max(1, math.ceil(wide * ratio)), max(1, math.ceil(high * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return made, painter


@functools.lru_cache(maxsize=512)
def mark_sprite(state: int, look: str, size: float, ratio: float, disc: bool = False) -> QPixmap:
    """A state's shape as pixels, on a paper disc if wanted."""
    edge = math.ceil(size * (1.45 if disc else 1.2))
    made, painter = _blank(edge, edge, ratio)
    if disc:
        brush.solid(painter, theme(look).colour("card.paper"))
        painter.drawEllipse(QRectF(0, 0, edge, edge))
    brush.mark(painter, state, QPointF(edge / 2, edge / 2), size * (0.8 if disc else 1.0), theme(look))
    painter.end()
    return made


@functools.lru_cache(maxsize=2048)
def sign_sprite(words: str, state: int, look: str, ratio: float) -> QPixmap:
    """A state's shape and its number as pixels."""
    wide = brush.width_of(words, "guest")
    made, painter = _blank(wide + 15, SIGN_HIGH, ratio)
    brush.mark(painter, state, QPointF(5.5, SIGN_HIGH / 2), 9, theme(look))
    brush.text(painter, words, QPointF(15, SIGN_HIGH / 2), "guest", theme(look).colour("ink.1"))
    painter.end()
    return made


@functools.lru_cache(maxsize=512)
def cell_sprite(wide: int, high: int, radius: float, look: str, ratio: float) -> QPixmap:
    """An empty paper cell with round corners as pixels."""
    made, painter = _blank(wide, high, ratio)
    colour = theme(look).colour
    brush.panel(painter, QRectF(0, 0, wide, high), radius, colour("card.paper"), colour("line.2"))
    painter.end()
    return made


@functools.lru_cache(maxsize=512)
def tile_sprite(kind: Kind, size: int, look: str, ratio: float) -> QPixmap:
    """A kind's icon on its tile as pixels."""
    made, painter = _blank(size, size, ratio)
    tile(painter, kind, QRectF(0, 0, size, size), theme(look))
    painter.end()
    return made


def tile(painter: QPainter, kind: Kind, box: QRectF, look: Theme) -> None:
    """A kind's icon on its tile."""
    brush.panel(painter, box, box.width() / 4, look.colour(f"family.{kind.family}.tint"), None)
    edge = box.width() * 0.17
    ink = look.colour(f"family.{kind.family}.ink")
    icons.paint(painter, icons.drawing(kind.key, 16), box.adjusted(edge, edge, -edge, -edge), ink)
