"""What some cards show besides marks, numbers and bars: screens that move, short memory, queues, causes. Canvas px."""

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from sdx_studio.session import describing
from sdx_studio.ui.canvas import brush, readouts, stacks
from sdx_studio.ui.canvas.columns import SHAPES, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.theme import Manner, Theme
from sdx_studio.words import _

TURN = 4.0
"""Seconds of simulated time in which the hand on a screen goes round."""
GAP = 1.5
SAYERS = frozenset({"crowd", "screen", "traffic", "headcount", "replication"})
"""Traits of leaves that have words of their own."""
NUMBER = 74.0
"""Px that a machine's state and number take at the right."""
COUNTED = 34.0
"""Px on the screen that a mark with its number needs."""
LEAST_HIGH = 36.0
"""Px on the screen from which a card seen from the middle has room for a line of its own."""


def paint(painter: QPainter, scene: Scene, row: int, shape: str, scale: float) -> None:
    """Whatever a card has to say besides; nothing for most."""
    kind, box = scene.columns.kind[row], scene.columns.box(row)
    if shape == "leaf" and ("crowd" in kind.traits or "screen" in kind.traits):
        screen(painter, scene, row, box)
    if shape == "leaf":
        _cause(painter, scene, row, box, scale)
        if "headcount" in kind.traits:
            _heads(painter, scene, row, box, scale)
    elif shape == "array":
        _queue(painter, scene, row, box, scale)
        stacks.paint(painter, scene, scene.columns.ids[row])
    elif shape == "machine":
        _short_of_memory(painter, scene, row, box, scale)
    elif shape == "guest" and box.height() <= 60 and readouts.swapped(scene, scene.columns.ids[row]):
        _swapped(painter, scene, row, box, scale)


# screens ---------------------------------------------------------------------------------------------------------


def hand(time: float, frozen: float | None) -> float:
    """Where the hand on a screen stands, in turns (0…1): it goes with simulated time and stops when that freezes."""
    moved = time - (frozen or 0.0)
    return 0.0 if Manner.still and frozen is None else (moved / TURN) % 1.0


def screen(painter: QPainter, scene: Scene, row: int, box: QRectF) -> None:
    """A small screen in the place of the icon; hatched while it stands still."""
    look, frozen = scene.look, readouts.frozen(scene, row)
    tile = QRectF(box.left() + 10, box.top() + 10, 28, 28)
    family = scene.columns.kind[row].family
    ink = look.colour(f"family.{family}.ink")
    brush.panel(painter, tile, 7, look.colour(f"family.{family}.tint"), None)
    glass = QRectF(tile.left() + 4, tile.top() + 4, 20, 15)
    stopped = frozen is not None
    brush.panel(painter, glass, 2, look.colour("card.paper"), look.colour("ink.2") if stopped else ink, 1.5)
    if stopped:
        painter.fillRect(glass.adjusted(2, 2, -2, -2), brush.hatch(look.colour("ink.3").name()))
    turn = hand(scene.time, frozen) * 2 * math.pi
    centre = glass.center()
    tip = centre + QPointF(math.sin(turn), -math.cos(turn)) * 5.0
    painter.setPen(QPen(look.colour("ink.1") if stopped else ink, 1.8, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(centre, tip)
    painter.setPen(QPen(look.colour("ink.2") if stopped else ink, 1.5, c=Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(centre.x(), glass.bottom()), QPointF(centre.x(), glass.bottom() + 4))
    painter.drawLine(QPointF(centre.x() - 5, glass.bottom() + 4.5), QPointF(centre.x() + 5, glass.bottom() + 4.5))


def _cause(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    """Why a card gets nothing, in the place of its bar, which would be empty."""
    words = readouts.cause(scene, row)
    if words:
        blank = QRectF(box.left() + 9, box.bottom() - 17, box.width() - 18, 14)
        painter.fillRect(blank, scene.look.colour("card.paper"))
        at = QPointF(box.left() + 10, box.bottom() - 10.5)
        brush.text(painter, words, at, "micro", scene.look.colour("ink.1"), room=box.width() - 18, scale=scale)


def _heads(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    """How many VMs there are in each state, in the place of the bar: the number above it says what that would."""
    counted, look = readouts.heads(scene, scene.columns.ids[row]), scene.look
    if not counted:
        return
    painter.fillRect(QRectF(box.left() + 6, box.bottom() - 19, box.width() - 12, 17), look.colour("card.paper"))
    _counts(painter, look, counted, QRectF(box.left() + 8, box.bottom() - 16, box.width() - 16, 10), scale)


def _counts(painter: QPainter, look: Theme, counted: tuple[readouts.Head, ...], room: QRectF, scale: float) -> None:
    """Marks with a number each, in equal parts of `room`."""
    wide, middle = room.width() / len(counted), room.center().y()
    for place, (state, count) in enumerate(counted):
        at = QPointF(room.left() + 5 + place * wide, middle)
        if state is None:
            _stone(painter, at, look.colour("ink.2"))
        else:
            brush.mark(painter, state, at, 8, look)
        words = QPointF(at.x() + 8, middle + 0.5)
        brush.text(painter, str(count), words, "micro", look.colour("ink.1"), room=wide - 13, scale=scale)


def _stone(painter: QPainter, at: QPointF, ink: QColor) -> None:
    """A gravestone: what is gone for good."""
    stone = QPainterPath(at + QPointF(-3.2, 4.0))
    stone.lineTo(at + QPointF(-3.2, -1.0))
    stone.cubicTo(at + QPointF(-3.2, -5.4), at + QPointF(3.2, -5.4), at + QPointF(3.2, -1.0))
    stone.lineTo(at + QPointF(3.2, 4.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.3, c=Qt.PenCapStyle.RoundCap))
    painter.drawPath(stone)
    painter.drawLine(at + QPointF(-4.8, 4.0), at + QPointF(4.8, 4.0))


# queues and memory -----------------------------------------------------------------------------------------------


def _queue(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    words = readouts.queue(scene, scene.columns.ids[row])
    if words:
        end, ink = QPointF(box.left() + 196, box.top() + 30.5), scene.look.colour("ink.1")
        brush.text(painter, words, end, "label", ink, align=brush.RIGHT, scale=scale)


def memory_parts(track: QRectF, value: float, pressed: readouts.Pressure) -> tuple[QRectF, QRectF, QRectF]:
    """Parts of a memory bar: what guests hold, what was taken back from them, and what is swapped at the right end."""
    end = track.left() + track.width() * min(1.0, max(0.0, value))
    swap = min(pressed.swap * track.width(), end - track.left())
    balloon = min(pressed.balloon * track.width(), end - track.left() - swap)
    edges = (track.left(), end - swap - balloon, end - swap, end)
    held, back, gone = (
        QRectF(left + (GAP if left > track.left() else 0.0), track.top(), max(0.0, right - left - GAP), track.height())
        for left, right in pairwise(edges)
    )
    return held, back, gone


def memory_bar(painter: QPainter, scene: Scene, track: QRectF, value: float, pressed: readouts.Pressure) -> None:
    """A memory bar under pressure: plain, hatched for the balloon, critical for what is swapped."""
    look = scene.look
    held, back, gone = memory_parts(track, value, pressed)
    brush.panel(painter, held, held.height() / 2, look.colour("state.busy"), None)
    if back.width() > 0.5:
        painter.fillRect(back, look.colour("card.paper"))
        painter.fillRect(back, brush.hatch(look.colour("ink.1").name()))
    if gone.width() > 0.5:
        brush.panel(painter, gone, 1.0, look.colour("state.critical"), None)


def _short_of_memory(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    pressed = readouts.pressure(scene, scene.columns.ids[row])
    if pressed is None:
        _newcomers(painter, scene, row, box, scale)
        return
    end = QPointF(box.right() - 12 - NUMBER * scale, box.top() + 30.5)
    subtitle = describing.figures(scene.document, scene.columns.ids[row])
    room = end.x() - box.left() - 68 - brush.width_of(subtitle, "micro", scale)
    words = next((one for one in pressed.words if brush.width_of(one, "label", scale) <= room), pressed.words[-1])
    if words == pressed.words[-1]:
        words, end = _in_place_of_size(painter, scene, box, pressed, scale)
    brush.text(painter, words, end, "label", scene.look.colour("ink.1"), align=brush.RIGHT, scale=scale)
    start = end.x() - brush.width_of(words, "label", scale)
    brush.mark(painter, pressed.state, QPointF(start - 9, end.y()), 9 * scale, scene.look)


def _in_place_of_size(
    painter: QPainter, scene: Scene, box: QRectF, pressed: readouts.Pressure, scale: float
) -> tuple[str, QPointF]:
    """Takes away what a machine's size is, where there is no room for both; the words, and where they end."""
    line = QRectF(box.left() + 42, box.top() + 23, box.width() - 54 - NUMBER * scale, 14)
    painter.fillRect(line, scene.look.colour("card.paper"))
    room = line.width() - 16 * scale
    words = next((one for one in pressed.words if brush.width_of(one, "label", scale) <= room), pressed.words[-1])
    wide = brush.width_of(words, "label", scale)
    return words, QPointF(line.left() + 16 * scale + wide, box.top() + 30.5)


def _newcomers(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    """How many VMs a machine has that nobody drew."""
    count = readouts.strangers(scene, scene.columns.ids[row])
    if count:
        end = QPointF(box.right() - 12 - NUMBER * scale, box.top() + 30.5)
        words = _("+{count} VMs", count=count)
        brush.text(painter, words, end, "label", scene.look.colour("ink.1"), align=brush.RIGHT, scale=scale)


def _swapped(painter: QPainter, scene: Scene, row: int, box: QRectF, scale: float) -> None:
    """A small mark at the right of a guest's number, with its word where there is room for it."""
    end, middle, look = box.right() - 5, box.top() + 31, scene.look
    number = brush.width_of(f"{scene.columns.lead[row] * 100:.0f}\u00a0%", "body", scale)
    word = _("swap")
    wide = brush.width_of(word, "micro", scale)
    if box.left() + 22 + number + 9 + wide <= end:
        at = QPointF(end, middle)
        brush.text(painter, word, at, "micro", look.colour("ink.1"), align=brush.RIGHT, scale=scale)
        end -= wide + 1
    brush.mark(painter, State.CRITICAL, QPointF(end - 4, middle), 7, look)


# from the middle -----------------------------------------------------------------------------------------------------


def talkers(scene: Scene) -> NDArray[np.bool_]:
    """Rows whose cards may have words of their own."""
    known: NDArray[np.bool_] | None = scene.columns.memo.get("talkers")
    if known is None:
        known = np.array([_talks(kind.shape, kind.traits) for kind in scene.columns.kind], dtype=bool)
        scene.columns.memo["talkers"] = known
    return known


def _talks(shape: str, traits: Iterable[str]) -> bool:
    return shape in ("array", "machine") or not SAYERS.isdisjoint(traits)


def line(scene: Scene, row: int, room: float = 0.0) -> str:
    """The one thing that a card says from the middle, as long as there is `room` (px) for it; empty for most."""
    id, shape = scene.columns.ids[row], SHAPES[scene.columns.shape[row]]
    if shape == "array":
        return readouts.queue(scene, id)
    if shape == "machine":
        pressed, more = readouts.pressure(scene, id), readouts.strangers(scene, id)
        if pressed is None:
            return _("+{count} VMs", count=more) if more else ""
        fitting = (one for one in pressed.words[:-1] if brush.width_of(one, "micro") <= room)
        return next(fitting, pressed.words[max(0, len(pressed.words) - 2)])
    said = readouts.words(scene, row)
    return said[-1] if said else ""


def afar(
    painter: QPainter, scene: Scene, rows: NDArray[np.int64], rects: NDArray[np.float64], sides: NDArray[np.int64]
) -> None:
    """Words under the names of cards that are high enough, beside their icons (of `sides` px), in widget px."""
    chosen = talkers(scene)[rows] & (rects[:, 3] >= LEAST_HIGH)
    ink = scene.look.colour("ink.1")
    for row, (x, y, wide, high), side in zip(
        rows[chosen].tolist(), rects[chosen].tolist(), sides[chosen].tolist(), strict=True
    ):
        counted = readouts.heads(scene, scene.columns.ids[row]) if "headcount" in scene.columns.kind[row].traits else ()
        if counted and wide >= COUNTED * len(counted):
            middle = min(y + 27.0, y + high - 13.0)
            _counts(painter, scene.look, counted, QRectF(x + 6, middle - 5, wide - 12, 10), 1.0)
        words = "" if counted else line(scene, row, wide - side - 10)
        if words:
            beside = brush.width_of(words, "micro") <= wide - side - 10
            left, middle = x + (side + 8 if beside else 6), min(y + 27.0, y + high - 13.0)
            brush.text(painter, words, QPointF(left, middle), "micro", ink, room=wide - 10)
