"""A cluster at work: heartbeats that are missed, the moment it notices, and guests that start again elsewhere."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.session.doings import Doings, Lost, Moved
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

MOST_BEATS = 15
"""Heartbeats that are drawn; a longer time of detection has fewer of them than seconds."""
HIGH, DOT, GAP = 46.0, 7.0, 5.0
LARGEST = 1.9
"""How many times larger than close up a label is drawn at most when one looks from afar."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What a cluster does about one lost machine: seconds until it notices and until it has found places."""

    detect: float
    place: float


@dataclass(frozen=True, slots=True)
class Beats:
    """The heartbeats of a lost machine: how many are missed, of how many, and what is said beside them."""

    missed: int
    count: int
    title: str
    line: str


def watch_of(document: Document, machine: str) -> Watch | None:
    """How the cluster of a machine works; None when nobody starts its guests elsewhere."""
    for id in document.having("group"):
        values = document.values(id)
        if values.get("restart") and machine in (values.get("members") or ()):
            return Watch(float(values["detect"]), float(values["place"]))
    return None


def beats(lost: Lost, watch: Watch | None, now: float, after: str = "") -> Beats:
    """What is to be told about a lost machine at `now` (s); `after` is what became of its guests."""
    gone = max(0.0, now - lost.at)
    if watch is None:
        return Beats(1, 1, _("No heartbeat"), _("no cluster starts its guests elsewhere"))
    count = max(1, min(MOST_BEATS, math.ceil(watch.detect)))
    if lost.noticed is None:
        missed = min(count, int(gone / watch.detect * count))
        left = _("noticed in {time}", time=_seconds(max(0.0, watch.detect - gone)))
        return Beats(missed, count, _("No heartbeat for {time}", time=_seconds(gone)), left)
    since, title = now - lost.noticed, _("Noticed after {time}", time=_seconds(lost.noticed - lost.at))
    if since < watch.place:
        return Beats(count, count, title, _("new places in {time}", time=_seconds(watch.place - since)))
    return Beats(count, count, title, after)


def outcome(doings: Doings, machine: str) -> str:
    """What has become of the guests of a lost machine."""
    reasons = [reason for place, reason in doings.stuck.values() if place == machine]
    if reasons:
        return _("{count} guests find no place: {reason}", count=len(reasons), reason=_(reasons[0]))
    starting = any(one.source == machine for one in doings.moved.values())
    return _("its guests start elsewhere") if starting else _("its guests run elsewhere")


def _seconds(value: float) -> str:
    return units.show(float(math.ceil(value)) if value < 100 else round(value), "s")


def progress(document: Document, id: str, moved: Moved, now: float) -> tuple[float, float]:
    """Share of its start that is over, at least, and seconds that are left of it; reading may take longer."""
    whole = float(document.values(id).get("start_time") or 0.0)
    gone = max(0.0, now - moved.at)
    return (1.0 if whole <= 0 else min(1.0, gone / whole)), max(0.0, whole - gone)


def paint(painter: QPainter, scene: Scene, scale: float, pixel: float) -> None:
    """Everything that clusters do just now; the painter is in canvas px, of which `pixel` are one on the screen."""
    if not scene.doings.lost and not scene.doings.moved:
        return
    for id, moved in scene.doings.moved.items():
        if id in scene.columns.row and id in scene.document.elements:
            _start(painter, scene, id, moved, scale)
    for id, lost in scene.doings.lost.items():
        if id in scene.columns.row and "machine" in scene.document.traits(id):
            told = beats(lost, watch_of(scene.document, id), scene.time, outcome(scene.doings, id))
            _beats(painter, scene, id, told, min(max(1.0, pixel), LARGEST))


def _beats(painter: QPainter, scene: Scene, id: str, told: Beats, scale: float) -> None:
    """A label at the upper edge of the machine: missed beats hollow, those to come filled."""
    columns, look = scene.columns, scene.look
    machine = columns.box(columns.row[id])
    line = brush.width_of(told.line, "label", scale)
    dots = (told.count * (DOT + GAP) - GAP) * scale if told.count > 1 else 0.0
    wide = max(brush.width_of(told.title, "guest", scale) + 36 * scale, line + 20 * scale, dots + 20 * scale)
    high = (HIGH + (14 if dots else 0)) * scale
    box = QRectF(machine.center().x() - wide / 2, machine.center().y() - high / 2 + 8, wide, high)
    brush.shadow(painter, box, 8, look, 2)
    brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("line.2"))
    left = box.left() + 10 * scale
    brush.mark(painter, State.FAILED, QPointF(left + 5 * scale, box.top() + 15 * scale), 9 * scale, look)
    at = QPointF(left + 16 * scale, box.top() + 15 * scale)
    brush.text(painter, told.title, at, "guest", look.colour("ink.1"), scale=scale)
    if dots:
        _dots(painter, scene, QPointF(left, box.top() + 31 * scale), told, scale)
    at = QPointF(left, box.bottom() - 12 * scale)
    brush.text(painter, told.line, at, "label", look.colour("ink.2"), scale=scale)


def _dots(painter: QPainter, scene: Scene, start: QPointF, told: Beats, scale: float) -> None:
    look, size = scene.look, DOT * scale
    for place in range(told.count):
        spot = start + QPointF(size / 2 + place * (size + GAP * scale), 0)
        missed = place < told.missed
        painter.setPen(QPen(look.colour("state.critical" if missed else "state.idle"), 1.5 * scale))
        painter.setBrush(look.colour("card.paper" if missed else "state.idle"))
        painter.drawEllipse(spot, size / 2, size / 2)


def _start(painter: QPainter, scene: Scene, id: str, moved: Moved, scale: float) -> None:
    """A dashed way from the lost machine to the guest's new place, and how far its start is."""
    columns, look = scene.columns, scene.look
    box = columns.box(columns.row[id])
    if moved.source in columns.row:
        machine = columns.box(columns.row[moved.target]) if moved.target in columns.row else box
        _way(painter, scene, columns.box(columns.row[moved.source]), box, machine)
    share, left = progress(scene.document, id, moved, scene.time)
    brush.panel(painter, box, 6, look.colour("card.paper"), look.colour("state.moving"), 1.5)
    name = scene.document.elements[id].name
    at = QPointF(box.left() + 8, box.top() + 14)
    brush.text(painter, name, at, "guest", look.colour("ink.1"), room=box.width() - 16, scale=scale)
    words = _("starts in {time}", time=_seconds(left)) if left > 0 else _("is reading")
    if left > 0 and brush.width_of(words, "micro", scale) > box.width() - 12:
        words = _seconds(left)
    at = QPointF(box.left() + 8, box.top() + 31)
    brush.text(painter, words, at, "micro", look.colour("ink.1"), room=box.width() - 12, scale=scale)
    track = QRectF(box.left() + 8, box.bottom() - 14, box.width() - 16, 6)
    brush.panel(painter, track, 3, look.colour("card.track"), look.colour("line.2"))
    done = QRectF(track.left(), track.top(), track.width() * share, track.height())
    brush.panel(painter, done, 3, look.colour("state.moving"), None)


def _way(painter: QPainter, scene: Scene, source: QRectF, target: QRectF, machine: QRectF) -> None:
    """From the edge of the lost machine to the guest: down before its new machine, or around what lies between."""
    leftward = machine.right() < source.left()
    start = QPointF(source.left() if leftward else source.right(), source.center().y())
    end = QPointF(target.center().x(), target.top() if target.center().y() > source.center().y() else target.bottom())
    reach = max(source.right(), target.right()) + 18
    if leftward or machine.left() > source.right():
        reach = machine.right() + 18 if leftward else machine.left() - 18
    corners = [start, QPointF(reach, start.y()), QPointF(reach, end.y() + _lift(source, target)),
               QPointF(end.x(), end.y() + _lift(source, target)), end]  # fmt: skip
    path: QPainterPath = brush.rounded(corners, 8)
    pen = QPen(scene.look.colour("state.moving"), 2)
    pen.setDashPattern([3, 2])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.look.colour("card.paper"), 5))
    painter.drawPath(path)
    painter.setPen(pen)
    painter.drawPath(path)
    brush.mark(painter, State.MOVING, QPointF(reach, (start.y() + end.y()) / 2), 10, scene.look)


def _lift(source: QRectF, target: QRectF) -> float:
    """How far beside its end a way turns towards it."""
    return -8.0 if target.center().y() > source.center().y() else 8.0
