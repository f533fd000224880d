"""The machine room as it would be: racks with their machines, filled as they are used, dark where they are off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sdx_studio import units
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

RACK, HEAD, CELL, GAP, PAD, BESIDE = 148.0, 26.0, 30.0, 5.0, 6.0, 10.0


@dataclass(frozen=True, slots=True)
class Room:
    """Machines by rack ("" for none), their use (share of cores), which are off, and what the last step touched."""

    racks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    use: Mapping[str, float] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    emptied: str = ""
    targets: frozenset[str] = frozenset()


class PlanFloor(QWidget):
    """Racks in rows, as many beside each other as there is room for."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self._room = Room()
        self.setObjectName("plan_floor")

    def show_room(self, room: Room) -> None:
        """The machine room after the steps that are chosen."""
        self._room = room
        dark = sum(all(one in room.off for one in machines) for rack, machines in room.racks.items() if rack)
        self.setAccessibleName(_("Machine room"))
        self.setAccessibleDescription(_("{off} machines off, {dark} racks dark", off=len(room.off), dark=dark))
        self._resize()
        self.update()

    def retell(self) -> None:
        """Another language, palette or size of words."""
        self._resize()
        self.update()

    def _across(self, wide: float) -> int:
        return max(1, int((wide + BESIDE) / (RACK + BESIDE)))

    def _boxes(self, wide: float) -> list[tuple[str, QRectF]]:
        """Each rack's place, row after row."""
        found, across, y = [], self._across(wide), 0.0
        ids = list(self._room.racks)
        for first in range(0, len(ids), across):
            row = ids[first : first + across]
            high = HEAD + max(len(self._room.racks[id]) for id in row) * (CELL + GAP) + PAD
            for place, id in enumerate(row):
                own = HEAD + len(self._room.racks[id]) * (CELL + GAP) + PAD
                found.append((id, QRectF(place * (RACK + BESIDE), y, RACK, own)))
            y += high + BESIDE
        return found

    def _resize(self) -> None:
        boxes = self._boxes(max(RACK, self.width() / Manner.scale))
        self.setMinimumHeight(px(max((box.bottom() for _id, box in boxes), default=0.0) + 2))

    def resizeEvent(self, _event: object) -> None:
        """Another width may need another height."""
        self._resize()

    def sizeHint(self) -> QSize:
        """Room for a few racks."""
        return QSize(px(4 * RACK), px(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The racks that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(Manner.scale, Manner.scale)
        seen = QRectF(event.rect())
        seen = QRectF(seen.topLeft() / Manner.scale, seen.size() / Manner.scale)
        for id, box in self._boxes(self.width() / Manner.scale):
            if box.intersects(seen):
                self._rack(painter, id, box.adjusted(0.5, 0.5, 0, 0))
        painter.end()

    def _rack(self, painter: QPainter, id: str, box: QRectF) -> None:
        look, room = self._window.look, self._room
        machines = room.racks[id]
        dark = all(one in room.off for one in machines)
        brush.panel(painter, box, 8, self._paper("card.well", dark), look.colour("line.2"))
        name = name_of(id, self._window.session.document) if id else _("Not in a rack")
        ink = look.colour("ink.3" if dark else "ink.1")
        brush.text(painter, name, QPointF(box.left() + 10, box.top() + 14), "label", ink, room=box.width() - 60)
        on = sum(one not in room.off for one in machines)
        words = _("dark") if dark else f"{on} / {len(machines)}"
        at = QPointF(box.right() - 10, box.top() + 14)
        brush.text(painter, words, at, "micro", look.colour("ink.3"), align=brush.RIGHT)
        for place, machine in enumerate(machines):
            y = box.top() + HEAD + place * (CELL + GAP)
            self._machine(painter, machine, QRectF(box.left() + PAD, y, box.width() - 2 * PAD, CELL))

    def _paper(self, lit: str, dark: bool) -> QColor:
        """What is switched off is darker than the room around it, in every palette."""
        look = self._window.look
        return look.colour(("surface.canvas" if look.dark else "surface.pressed") if dark else lit)

    def _machine(self, painter: QPainter, id: str, box: QRectF) -> None:
        look, room = self._window.look, self._room
        if id in room.off:
            brush.panel(painter, box, 5, self._paper("card.well", True), look.colour("line.2"))
        else:
            brush.panel(painter, box, 5, look.colour("card.paper"), look.colour("line.2"))
            use = min(1.0, room.use.get(id, 0.0))
            bar = QRectF(box.left() + 8, box.bottom() - 9, box.width() - 16, 5)
            brush.panel(painter, bar, 2.5, look.colour("card.track"), None)
            colour = "state.critical" if use > 0.95 else "state.busy" if use > 0.8 else "state.ok"
            done = QRectF(bar.left(), bar.top(), bar.width() * use, bar.height())
            brush.panel(painter, done, 2.5, look.colour(colour), None)
        if id == room.emptied or id in room.targets:
            pen = QPen(look.colour("accent" if id in room.targets else "state.moving"), 2)
            if id == room.emptied:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        self._words(painter, id, box)

    def _words(self, painter: QPainter, id: str, box: QRectF) -> None:
        look, room = self._window.look, self._room
        off = id in room.off
        y = box.center().y() if off else box.top() + 11
        if off:
            brush.mark(painter, State.OFF, QPointF(box.left() + 13, y), 8, look)
        name = name_of(id, self._window.session.document)
        ink = look.colour("ink.3" if off else "ink.1")
        left = box.left() + (24 if off else 8)
        brush.text(painter, name, QPointF(left, y), "micro", ink, room=box.width() - 62)
        if not off:
            words = units.show(round(room.use.get(id, 0.0), 2), "1")
            brush.text(painter, words, QPointF(box.right() - 8, y), "micro", ink, align=brush.RIGHT)
