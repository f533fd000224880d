"""Squares of volumes: colour, pattern and frame of each, and sheets of them that are kept as pixels, without holes."""

import functools
from collections.abc import Callable
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from sdx_studio.session import blocking
from sdx_studio.session.blocking import FREE, Owners
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Theme, theme
from sdx_studio.ui.views.blocks_plan import SIDE, STEP, Card

SERIES = 6
EDGE = 4.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Codes = NDArray[np.int32]


def letter(volume: int) -> str:
    """The sign of a volume beside its colour: A, B, C …, and numbers after Z."""
    return LETTERS[volume] if volume < len(LETTERS) else str(volume + 1)


def colour(volume: int, look: Theme) -> QColor:
    """Colour of a volume; from the seventh on the same ones come again."""
    return look.colour(f"series.{volume % SERIES + 1}")


def _clear_free(painter: QPainter, box: QRectF, look: Theme) -> None:
    painter.setPen(QPen(look.colour("plot.grid"), 1))
    painter.setBrush(look.colour("card.paper"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def fill(painter: QPainter, box: QRectF, volume: int, look: Theme, radius: float = 2.0) -> None:
    """A box in a volume's colour with its pattern: plain, stripes, dots, then the same with a frame."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(volume, look))
    painter.drawRoundedRect(box, radius, radius)
    if volume >= SERIES:
        return
    pattern = volume % 3
    if pattern:
        path = QPainterPath()
        path.addRoundedRect(box, radius, radius)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        (_stripes if pattern == 1 else _dots)(painter, box, look.colour("card.paper"))
        painter.restore()
    if volume >= 3:
        painter.setPen(QPen(look.colour("ink.1"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _stripes(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1.6))
    high = box.height()
    step = SIDE if high <= SIDE + 6 and box.width() <= SIDE + 6 else 8.0
    x = box.left() - (0.0 if step == SIDE else high)
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + high, box.top()))
        x += max(step, high) if step == SIDE else step


def _dots(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if box.width() <= SIDE + 6:
        painter.drawEllipse(box.center(), box.width() / 6.5, box.width() / 6.5)
        return
    y = box.top() + 4
    while y < box.bottom():
        x = box.left() + 4
        while x < box.right():
            painter.drawEllipse(QPointF(x, y), 1.2, 1.2)
            x += 8
        y += 7


def protection(painter: QPainter, box: QRectF, volume: int, look: Theme) -> None:
    """A square that holds no data but what protects them: an edge and hatching in the volume's colour, on paper."""
    tone = colour(volume, look)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("card.paper"))
    painter.drawRoundedRect(box, 2, 2)
    path = QPainterPath()
    path.addRoundedRect(box, 2, 2)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(tone, 1.3))
    for x in (-8.0, -3.5, 1.0, 5.5):
        start = QPointF(box.left() + x, box.top())
        painter.drawLine(start, start + QPointF(box.height(), box.height()))
    painter.restore()
    painter.setPen(QPen(tone, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 2, 2)


def codes(pool: blocking.Pool, device: int, owners: Owners) -> Codes:
    """What each square of a device looks like: 0 free, 1 + twice the volume, one more for what protects."""
    found = owners.astype(np.int32) * 2 + 1 + blocking.protecting(pool, device, len(owners))
    found[owners == FREE] = 0
    return found


@functools.lru_cache(maxsize=512)
def sprite(code: int, look: str, ratio: float) -> QPixmap:
    """One square as pixels."""
    edge = ceil(SIDE * ratio)
    made = QPixmap(edge, edge)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    box = QRectF(0, 0, SIDE, SIDE)
    draw(code)(painter, box, theme(look))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def draw(code: int) -> Callable[[QPainter, QRectF, Theme], None]:
    """What draws a square of this look."""
    if code == 0:
        return _clear_free
    volume = (code - 1) // 2
    if code % 2:
        return lambda painter, box, look: fill(painter, box, volume, look)
    return lambda painter, box, look: protection(painter, box, volume, look)


@functools.lru_cache(maxsize=64)
def card_sprite(wide: float, high: float, well: tuple[float, float, float, float], look: str, ratio: float) -> QPixmap:
    """An empty card with its shadow and its well (counted from the card's corner), EDGE px larger on every side."""
    made = QPixmap(ceil((wide + 2 * EDGE) * ratio), ceil((high + 2 * EDGE) * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.translate(EDGE, EDGE)
    tones, box = theme(look), QRectF(0, 0, wide, high)
    brush.shadow(painter, box, 8, tones)
    brush.panel(painter, box, 8, tones.colour("card.paper"), tones.colour("line.2"))
    brush.panel(painter, QRectF(*well), 6, tones.colour("card.well"), tones.colour("line.1"))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


class Sheet:
    """The squares of one device as pixels; only those that have changed are drawn again."""

    def __init__(self) -> None:
        self._pixels = QPixmap()
        self._codes: Codes = np.zeros(0, np.int32)
        self._key: tuple[object, ...] = ()

    def pixels(self, card: Card, wanted: Codes, look: Theme, ratio: float) -> QPixmap:
        """The sheet as it is to look now."""
        key = (card.columns, card.cells, look.name, ratio)
        if key != self._key:
            self._key, self._codes = key, np.full(card.cells, -1, np.int32)
            self._pixels = QPixmap(ceil(card.columns * STEP * ratio), ceil(card.rows * STEP * ratio))
            self._pixels.setDevicePixelRatio(ratio)
            self._pixels.fill(look.colour("card.well"))
        changed = np.flatnonzero(self._codes != wanted)
        if changed.size:
            self._redraw(changed, card, wanted, look, ratio)
            self._codes = wanted.copy()
        return self._pixels

    def _redraw(self, changed: NDArray[np.int64], card: Card, wanted: Codes, look: Theme, ratio: float) -> None:
        painter = QPainter(self._pixels)
        ground = look.colour("card.well")
        for square, code in zip(changed.tolist(), wanted[changed].tolist(), strict=True):
            row, column = divmod(square, card.columns)
            painter.fillRect(QRectF(column * STEP, row * STEP, SIDE, SIDE), ground)
            painter.drawPixmap(QPointF(column * STEP, row * STEP), sprite(code, look.name, ratio))
        painter.end()
