"""Draws racks with what stands in them; px at font scale 100 %."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.vectors import draw_rects
from sdx_studio.ui.theme import Theme
from sdx_studio.ui.views.rack_machine import MachinePainter, bar
from sdx_studio.ui.views.rack_plan import GUTTER, PATCH, Frame, Hall, Plan
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.words import _

EVERY = 5
"""Units between numbers where there is no room for all."""


@dataclass
class Sight:
    """What is to be drawn: the plan of the page, the readings, and what is selected, under the pointer, at the keys."""

    document: Document
    look: Theme
    plan: Plan
    readings: Readings
    selection: frozenset[str] = field(default_factory=frozenset)
    hovered: str | None = None
    focus: str | None = None


class RackPainter:
    """One page."""

    def __init__(self, painter: QPainter, sight: Sight, scale: float = 1.0) -> None:
        self.painter, self.sight = painter, sight
        self.look, self.document = sight.look, sight.document
        self.machines = MachinePainter(painter, sight.document, sight.look, sight.readings, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, seen: QRectF) -> None:
        """Everything that touches the area `seen`."""
        plan = self.sight.plan
        for hall in plan.halls:
            if hall.box.intersects(seen):
                self._hall(hall)
        for frame in plan.frames.values():
            if frame.box.intersects(seen):
                self._frame(frame)
        for berth in plan.berths.values():
            if berth.box.intersects(seen.adjusted(-PATCH, 0, PATCH, 0)):
                self.machines.paint(berth)
                self.machines.patch(berth, plan.frames.get(berth.rack or ""))
        self._rings()

    def _words(self, words: str, x: float, y: float, token: str, key: str, room: float | None = None,
               align: Qt.AlignmentFlag = brush.LEFT) -> None:  # fmt: skip
        ink = self.look.colour(key)
        brush.text(self.painter, words, QPointF(x, y), token, ink, room=room, align=align)

    # grounds -----------------------------------------------------------------------------------------------------

    def _hall(self, hall: Hall) -> None:
        room, box = hall.room, hall.box
        brush.panel(self.painter, box, 12, self.look.colour("ground.site"), self.look.colour("line.2"))
        name = _("No site") if room.site is None else self.document.element(room.site).name
        said = []
        if room.racks:
            taken, total = sum(rack.used for rack in room.racks), sum(rack.units for rack in room.racks)
            said.append(_("{used} of {total} U", used=taken, total=total))
        watts = self.sight.readings.value(room.site or "", "power")
        if watts == watts:
            said.append(units.show(watts, "W"))
        x, y, room_for = box.left() + 14, box.top() + 16, box.width() - 28
        self._words(name, x, y, "name", "ink.1", room_for)
        wide = brush.width_of(name, "name") + 10
        self._words(" · ".join(said), x + wide, y, "micro", "ink.2", max(0.0, room_for - wide))
        if hall.loose is not None:
            words = _("Not in a rack") + f" · {len(room.loose)}"
            self._words(words, hall.loose.left() + 2, hall.loose.top() + 10, "label", "ink.2", hall.loose.width())

    def _frame(self, frame: Frame) -> None:
        box, rack, look = frame.box, frame.rack, self.look
        brush.panel(self.painter, box, 10, look.colour("ground.rack"), look.colour("line.2"))
        watts = self.sight.readings.value(rack.id, "power")
        power = units.show(watts, "W") if watts == watts else ""
        taken = _("{used} of {total} U", used=rack.used, total=rack.units)
        left, right = box.left() + 10, box.right() - 10
        gap = brush.width_of(power, "guest") + 8
        self._words(self.document.element(rack.id).name, left, box.top() + 15, "name", "ink.1", right - left - gap)
        self._words(power, right, box.top() + 15, "guest", "ink.1", align=brush.RIGHT)
        wide = brush.width_of(taken, "micro") + 10
        self._words(taken, left, box.top() + 34, "micro", "ink.2", right - left)
        if right - left - wide >= 24:
            track = QRectF(left + wide, box.top() + 31, right - left - wide, 6)
            bar(self.painter, self.look, track, rack.used / max(1, rack.units), "line.3")
        self._opening(frame)

    def _opening(self, frame: Frame) -> None:
        """Numbers at the rail, and a faint slot for every unit."""
        opening, painter = frame.opening, self.painter
        brush.panel(painter, opening.adjusted(-1, -1, 1, 1), 3, self.look.colour("card.well"),
                    self.look.colour("line.2"))  # fmt: skip
        total = frame.rack.units
        tops = opening.top() + np.arange(total) * frame.unit
        free = [frame.rack.over(total - place, 1) is None for place in range(total)]
        slots = np.array([(opening.left() + 3.5, top + 1.5, opening.width() - 7, frame.unit - 3) for top in tops[free]])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self.look.colour("plot.grid"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_rects(painter, slots.reshape(-1, 4))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = 1 if frame.unit >= 12.5 else EVERY
        x = opening.left() - 5
        for unit in range(total, 0, -1):
            if unit % step == 0 or unit in (1, total):
                y = opening.top() + (total - unit + 0.5) * frame.unit
                self._words(str(unit), x, y, "micro", "ink.3", GUTTER, brush.RIGHT)

    # rings -------------------------------------------------------------------------------------------------------

    def _rings(self) -> None:
        sight = self.sight
        if sight.focus is not None and not sight.plan.box(sight.focus).isEmpty():
            overlay.focus(self.painter, sight.plan.box(sight.focus).adjusted(4, 4, -4, -4), self.look)
        if sight.hovered in sight.plan.berths and sight.hovered not in sight.selection:
            self._ring(sight.plan.box(str(sight.hovered)), "line.3", 1.5)
        for id in sight.selection:
            box = sight.plan.box(id)
            if not box.isEmpty():
                self._ring(box.adjusted(-1, -1, 1, 1), "accent", 2.0)

    def _ring(self, box: QRectF, key: str, width: float) -> None:
        self.painter.setPen(QPen(self.look.colour(key), width))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(box, 7, 7)
