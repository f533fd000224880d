"""The label beside a migration's tube: route, round, seconds left and one bar a round. Canvas px."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from sdx_studio import units
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.moves import Move

SETUP, PAUSE, DISK, PULL = 0, 2, 4, 5
BEATS = {SETUP: mark("Set-up"), PAUSE: mark("Pause"), DISK: mark("Volume"), PULL: mark("Pages follow")}
"""What stands in the place of the round, by phase."""
WIDE, HEAD, ROW = 146.0, 52.0, 13.0
MOST_ROUNDS = 4
CRAMPED = 1.25
"""How large it is at most where it has no room between the machines."""
BESIDE = 22.0
"""From the middle of the tube to the label."""


def paint(move: "Move", machines: tuple[QRectF, QRectF], middle: QPointF, vertical: bool) -> None:
    """Draw it beside the `middle` of the tube between two machines, `move.label` times as large as close up."""
    rounds = move.scene.doings.rounds.get(move.guest) or [move.size]
    sizes = rounds[-MOST_ROUNDS:]
    place = _place(move, machines, middle, vertical, HEAD + ROW * len(sizes))
    if not vertical and any(place.intersects(one) for one in move.labels):
        place.moveTop(middle.y() + BESIDE)
    move.labels.append(place)
    box = QRectF(0, 0, place.width() / move.label, place.height() / move.label)
    painter = move.painter
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(move.label, move.label)
    brush.shadow(painter, box, 8, move.look, 2)
    brush.panel(painter, box, 8, move.look.colour("card.paper"), move.look.colour("line.2"))
    _head(move, box)
    first = len(rounds) - len(sizes) + 1
    for index, size in enumerate(sizes):
        _round(move, box, (index, index == len(sizes) - 1), first + index, size)
    painter.restore()


def _place(move: "Move", machines: tuple[QRectF, QRectF], middle: QPointF, vertical: bool, high: float) -> QRectF:
    """Between machines side by side above the tube, right of an upright one, or where it hides least."""
    source, target = machines
    edges = sorted((source.left(), source.right(), target.left(), target.right()))
    fits = edges[2] - edges[1] >= WIDE * move.label
    if not vertical and not fits:
        move.label = min(move.label, CRAMPED)
    wide, high = WIDE * move.label, high * move.label
    if vertical:
        return QRectF(middle.x() + BESIDE + 2, middle.y() - high / 2, wide, high)
    box = QRectF((edges[1] + edges[2] - wide) / 2, middle.y() - BESIDE - high, wide, high)
    return box if fits else free_of(move.scene, box, source, target)


def free_of(scene: Scene, box: QRectF, source: QRectF, target: QRectF) -> QRectF:
    """Machines too near to one another for the label: above or below them, where it hides least."""
    columns = scene.columns
    tops = (min(source.top(), target.top()) - box.height() - 12, max(source.bottom(), target.bottom()) + 12)
    places = [QRectF(QPointF(box.left(), top), box.size()) for top in tops]
    others = [columns.box(int(row)) for row in np.flatnonzero(columns.outer)]

    def hidden(place: QRectF) -> float:
        covered = (place.intersected(one).size() for one in others)
        return sum(max(0.0, one.width()) * max(0.0, one.height()) for one in covered)

    return min(places, key=hidden)


def _head(move: "Move", box: QRectF) -> None:
    """Route, round, and seconds left."""
    brush.mark(move.painter, State.MOVING, QPointF(15, 15), 10, move.look)
    names = [move.scene.document.elements[id].name for id in (move.guest, move.target)]
    if move.company > 1:
        names[0] = _("{count} VMs", count=move.company)
    _words(move, " → ".join(names), QPointF(27, 15), "guest", box.width() - 34)
    beat = _(BEATS.get(move.phase, "")) or _("Round {number}", number=move.number)
    _words(move, beat, QPointF(10, 34), "guest", 70)
    left = _("{time} left", time=units.show(round(move.eta, 1), "s")) if np.isfinite(move.eta) else ""
    at = QPointF(box.right() - 10, 34)
    brush.text(move.painter, left, at, "label", move.look.colour("ink.1"), align=brush.RIGHT)


def _round(move: "Move", box: QRectF, place: tuple[int, bool], number: int, size: float) -> None:
    """A bar as long as the round is large; the last one is filled as far as it is over."""
    index, last = place
    y = HEAD - 1 + index * ROW
    _words(move, str(number), QPointF(10, y), "micro", 12)
    track = QRectF(22, y - 3, 56 * max(0.04, min(1.0, size / move.memory)), 6)
    edge = move.look.colour("state.moving")
    brush.panel(move.painter, track, 1, move.look.colour("card.paper") if last else edge, edge)
    if last:
        track.setWidth(track.width() * move.done)
        brush.panel(move.painter, track, 1, edge, None)
    at = QPointF(box.right() - 10, y)
    brush.text(move.painter, units.show(size, "B"), at, "micro", move.look.colour("ink.1"), align=brush.RIGHT)


def _words(move: "Move", words: str, at: QPointF, token: str, room: float) -> None:
    brush.text(move.painter, words, at, token, move.look.colour("ink.1"), room=room)
