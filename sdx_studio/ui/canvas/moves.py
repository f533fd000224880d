"""A live migration one can read: pages leave the source, cross a tube and fill the target, round by round."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from sdx_studio.engine.snapshot import MOVE_COLUMNS
from sdx_studio.ui.canvas import beats, brush, move_labels
from sdx_studio.ui.canvas.scene import Scene

AT = {name: index for index, name in enumerate(MOVE_COLUMNS)}
PAUSE, QUEUED = 2, 6
FROM_AFAR = 1.335
"""Text scale at which volumes are no longer drawn one by one."""
TUBE = 24.0
PAGE, PAGE_GAP = 6.0, 3.0


LARGEST = 1.6
"""How many times larger than close up a label is drawn at most when one looks from afar."""


def paint(painter: QPainter, scene: Scene, scale: float, phase: float, pixel: float = 1.0) -> None:
    """Draw every migration under way; the painter is in canvas px, of which `pixel` are one on the screen."""
    labels: list[QRectF] = []
    for one in sorted(_under_way(painter, scene, scale), key=lambda one: one.leads):
        one.label, one.labels = min(max(1.0, pixel), LARGEST), labels
        one.paint(phase)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a migration is drawn: the guest's own box, the one it will take, the tube; and how far it is."""

    guest: str
    home: QRectF
    ghost: QRectF
    start: QPointF
    end: QPointF
    number: int
    """Of the round."""
    done: float
    """Share of the round that is over."""
    left: float
    """Seconds until it is there; not finite when nobody can tell."""
    pausing: bool


def ways(scene: Scene) -> list[Way]:
    """Every migration under way, for somebody who draws it in another manner."""
    return [one.way() for one in _under_way(QPainter(), scene, 1.0)]


def _under_way(painter: QPainter, scene: Scene, scale: float) -> list["Move"]:
    """Migrations that do not wait; of those with the same way the first one stands for all."""
    found: list[Move] = []
    first: dict[tuple[str, str], Move] = {}
    if scene.layout is None:
        return []
    for move in scene.moves:
        ids = [scene.layout.elements[int(move[AT[end]])] for end in ("guest", "source", "target")]
        if move[AT["phase"]] == QUEUED or not all(id in scene.columns.row for id in ids):
            continue
        one = Move(painter, scene, move, ids, scale)
        one.place = sum(other.target == one.target for other in found)
        leader = first.setdefault((one.source, one.target), one)
        leader.company += 1
        one.leads = leader is one
        found.append(one)
    return found


class Move:
    """One migration: where its guest is, where it goes, how far it has come."""

    def __init__(self, painter: QPainter, scene: Scene, move: Any, ids: list[str], scale: float) -> None:
        self.painter, self.scene, self.look, self.scale = painter, scene, scene.look, scale
        self.guest, self.source, self.target = ids
        self.number = int(move[AT["round"]])
        self.phase = int(move[AT["phase"]])
        self.pausing = self.phase == PAUSE
        self.left, self.size = float(move[AT["left"]]), max(1.0, float(move[AT["round_bytes"]]))
        self.memory = max(1.0, float(move[AT["memory"]]))
        self.eta = max(0.0, float(move[AT["eta"]]) - scene.time)
        self.done = min(1.0, max(0.0, 1.0 - self.left / self.size))
        self.place, self.company, self.leads = 0, 0, True
        self.label, self.labels = 1.0, list[QRectF]()

    def paint(self, phase: float) -> None:
        """Source pages, ghost at the target, tube, label."""
        columns = self.scene.columns
        home = columns.box(columns.row[self.guest])
        ghost = self._ghost(columns.box(columns.row[self.target]), home)
        self._slot(ghost)
        self._pages(home, arriving=False)
        self._pages(ghost, arriving=True)
        machines = [columns.box(columns.row[id]) for id in (self.source, self.target)]
        start, end, vertical = _between(home, ghost, machines[0], machines[1])
        if self.leads:
            self._tube(start, end, phase)
        if self.leads and self.pausing:
            beats.processor(self.painter, start + (end - start) * (0.2 + 0.6 * (phase % 1.0)), self.look)
        beats.running(self.painter, QPointF(home.right() - 12, home.top() + 14), self.pausing, self.look)
        if self.scale < FROM_AFAR:
            beats.anchor(self.painter, self.scene, self.guest)
        if self.leads:
            move_labels.paint(self, (machines[0], machines[1]), (start + end) / 2, vertical)

    def way(self) -> Way:
        """Where it is drawn and how far it is."""
        columns = self.scene.columns
        home, source, target = (columns.box(columns.row[id]) for id in (self.guest, self.source, self.target))
        ghost = self._ghost(target, home)
        start, end, _upright = _between(home, ghost, source, target)
        return Way(self.guest, home, ghost, start, end, self.number, self.done, self.eta, bool(self.pausing))

    def _ghost(self, machine: QRectF, home: QRectF) -> QRectF:
        """The place that the guest will take: after the last guest in the target."""
        columns = self.scene.columns
        inner = [row for row in columns.below(columns.row[self.target])[1:] if "mobile" in columns.kind[row].traits]
        if not inner:
            high = min(home.height(), 58.0)
            top = min(machine.top() + 104, machine.bottom() - high - 4)
            box = QRectF(machine.left() + 16, top, min(home.width(), 88.0), high)
            return _further(box, self.place, machine, box.left())
        last = columns.box(max(inner, key=lambda row: (columns.rect[row, 1], columns.rect[row, 0])))
        box = QRectF(last.right() + 8, last.top(), 88, 58)
        if box.right() > machine.right() - 12:
            box.moveTopLeft(QPointF(columns.box(min(inner)).left(), last.bottom() + 8))
        return _further(box, self.place, machine, columns.box(min(inner)).left())

    def _slot(self, ghost: QRectF) -> None:
        pen = QPen(self.look.colour("state.moving"), 1.5)
        pen.setDashPattern([2.7, 2.0])
        self.painter.setPen(pen)
        self.painter.setBrush(self.look.colour("card.paper"))
        self.painter.drawRoundedRect(ghost, 6, 6)
        name = self.scene.document.elements[self.guest].name
        at = QPointF(ghost.left() + 8, ghost.top() + 14)
        brush.text(
            self.painter, name, at, "guest", self.look.colour("ink.2"), room=ghost.width() - 16, scale=self.scale
        )
        there = self.memory if self.number > 1 else self.memory * self.done
        words = f"{there / 2**30:.1f}/{self.memory / 2**30:.3g} GiB"
        at = QPointF(ghost.left() + 8, ghost.top() + 29)
        brush.text(
            self.painter, words, at, "micro", self.look.colour("ink.2"), room=ghost.width() - 16, scale=self.scale
        )

    def _pages(self, box: QRectF, arriving: bool) -> None:
        """The guest's memory as a grid: dark is a valid copy, pale was sent, busy with a paper core is dirty again."""
        columns = int((box.width() - 16) // (PAGE + 2))
        total = columns * 2
        if box.height() > 60 or total <= 0:
            return
        dirty = round(min(1.0, self.left / self.memory) * total) if self.number > 1 else 0
        sent = round(self.done * total) if self.number == 1 else total
        strip = QRectF(box.left() + 6, box.bottom() - 21, box.width() - 12, 18)
        self.painter.fillRect(strip, self.look.colour("card.paper"))
        rank = np.argsort(np.random.default_rng(self.number).permutation(total))
        for index in range(total):
            x = box.left() + 8 + (index % columns) * (PAGE + 2)
            y = box.bottom() - 19 + (index // columns) * (PAGE + 2)
            cell = QRectF(x, y, PAGE, PAGE)
            again = self.number > 1 and bool(rank[index] < dirty)
            if arriving:
                self._page(cell, "hollow" if again or index >= sent else "dark")
            else:
                self._page(cell, "dirty" if again else "pale" if index < sent else "dark")

    def _page(self, cell: QRectF, look: str) -> None:
        if look == "hollow":
            brush.panel(self.painter, cell, 1, self.look.colour("card.paper"), self.look.colour("line.2"))
            return
        key = "state.busy" if look == "dirty" else "state.moving"
        brush.panel(self.painter, cell, 1, self.look.colour(key, 0.22 if look == "pale" else 1.0), None)
        if look == "dirty":
            self.painter.fillRect(cell.adjusted(2, 2, -2, -2), self.look.colour("card.paper"))

    def _tube(self, start: QPointF, end: QPointF, phase: float) -> None:
        line = end - start
        length = max(1.0, (line.x() ** 2 + line.y() ** 2) ** 0.5)
        painter = self.painter
        painter.save()
        painter.translate(start)
        painter.rotate(float(np.degrees(np.arctan2(line.y(), line.x()))))
        tube = QRectF(0, -TUBE / 2, length - 9, TUBE)
        painter.setPen(QPen(self.look.colour("state.moving", 0.5), 1))
        painter.setBrush(self.look.mixed("state.moving", "card.paper", 0.1))
        painter.drawRect(tube)
        brush.solid(painter, self.look.colour("state.moving"))
        painter.drawPolygon(QPolygonF([QPointF(length - 9, -16), QPointF(length, 0), QPointF(length - 9, 16)]))
        if not self.pausing:
            self._stream(length, phase)
        painter.restore()

    def _stream(self, length: float, phase: float) -> None:
        """Rows of pages, 3 in round 1, then 2, then 1, moving to the target."""
        rows = max(1, 4 - self.number)
        pitch = PAGE + PAGE_GAP
        for row in range(rows):
            y = (row - (rows - 1) / 2) * (PAGE + 1.5)
            x = 6 + (phase * 60 + row * 4) % pitch
            while x < length - 18:
                if (int((x - phase * 60) // pitch) + row) % 7 != 0:
                    self._page(QRectF(x, y - PAGE / 2, PAGE, PAGE), "dark" if self.number <= 1 else "dirty")
                x += pitch


def _further(box: QRectF, places: int, machine: QRectF, left: float) -> QRectF:
    """The place for a guest so many places after `box` in a machine, or the last one there is room for."""
    for _place in range(places):
        after = box.translated(box.width() + 8, 0)
        if after.right() > machine.right() - 12:
            after.moveTopLeft(QPointF(left, box.bottom() + 8))
        if after.bottom() > machine.bottom():
            break
        box = after
    return box


def _between(home: QRectF, ghost: QRectF, source: QRectF, target: QRectF) -> tuple[QPointF, QPointF, bool]:
    """Ends of the tube, level between machines side by side, upright between stacked ones; True when upright."""
    if target.left() > source.right() or target.right() < source.left():
        right = target.left() > source.right()
        y = min(max(home.center().y(), target.top() + 24), target.bottom() - 24)
        start_y = y if source.top() <= y <= source.bottom() else home.center().y()
        start = QPointF(home.right() if right else home.left(), start_y)
        return start, QPointF(target.left() + 10 if right else target.right() - 10, y), False
    down = target.center().y() > source.center().y()
    x = ghost.center().x()
    if abs(x - home.center().x()) < home.width() / 2 - TUBE / 2:
        start_y = home.bottom() if down else home.top()
    else:
        start_y = source.bottom() - 8 if down else source.top() + 8
    return QPointF(x, start_y), QPointF(x, ghost.top() if down else ghost.bottom()), True
