"""A machine in somebody's hand: every rack answers, the units under it turn green or red and say why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.document import EditError
from sdx_studio.session import racking
from sdx_studio.session.racking import Slot
from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.views.rack_painting import RackPainter
from sdx_studio.ui.views.rack_plan import Frame, rooms_of
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.views.rack_floor import Floor


class Lift:
    """One drag from press to release; nothing changes until it is let go where it may stand."""

    def __init__(self, floor: "Floor", id: str, start: QPointF) -> None:
        self.floor, self.id = floor, id
        self.point = start
        self.units = racking.height(floor.document, id)
        berth = floor.plan.berths[id]
        self._grip = start - berth.box.topLeft()
        self._size = berth.box.size()
        self._room = rooms_of(floor.plan.frames, self.units)
        self.target: tuple[Frame, int] | None = None
        self.reason: str | None = None

    def move(self, point: QPointF) -> None:
        """Follow the pointer and ask what is under it."""
        self.point = point
        frame = self.floor.plan.frame_at(point)
        if frame is None:
            self.target = self.reason = None
            return
        high = self.units * frame.unit * self._grip.y() / self._size.height()
        place = round((point.y() - high - frame.opening.top()) / frame.unit)
        self.target = frame, max(1, min(frame.rack.units, frame.rack.units - place) - self.units + 1)
        self.reason = racking.why_not(self.floor.document, self.id, frame.rack.id, self.target[1])

    def finish(self) -> None:
        """Let go: stand there, or nowhere else and say why."""
        if self.target is None:
            return
        frame, unit = self.target
        berth = self.floor.plan.berths.get(self.id)
        if berth is not None and berth.rack == frame.rack.id and berth.slot is not None and berth.slot.unit == unit:
            return
        try:
            racking.mount(self.floor.owner.session, self.id, frame.rack.id, unit)
        except EditError as reason:
            self.floor.owner.desk.say(str(reason))

    def paint(self, painter: QPainter, page: RackPainter, seen: QRectF) -> None:
        """Racks with and without room, the units under the pointer, the machine in the hand, the answer."""
        look = self.floor.owner.look
        for id, frame in self.floor.plan.frames.items():
            key = "drop.allow" if self._room[id] else "drop.refuse"
            pen = QPen(look.colour(key), 1.5)
            if not self._room[id]:
                pen.setDashPattern([4 / 1.5, 3 / 1.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.box.adjusted(-2, -2, 2, 2), 11, 11)
        box = QRectF(self.point - self._grip, self._size)
        spot = QRectF()
        if self.target is not None:
            frame, unit = self.target
            spot = frame.slot(unit, self.units)
            overlay.verdict(painter, spot, look, self.reason is None)
        painter.setOpacity(0.85)
        page.machines.paint(self.floor.plan.berths[self.id], box)
        painter.setOpacity(1.0)
        if self.target is not None:
            overlay.bubble(painter, spot, look, self.reason is None, *self._words(*self.target), seen)

    def _words(self, frame: Frame, unit: int) -> tuple[str, str]:
        if self.reason is not None:
            return self.reason[0].upper() + self.reason[1:], _("nothing changes if you drop it here")
        units = Slot(self.id, unit, self.units).words
        return _("Put into {units}", units=units), self.floor.document.element(frame.rack.id).name
