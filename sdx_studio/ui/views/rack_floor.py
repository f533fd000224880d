"""The page on which racks stand: painted, clicked, walked over with the keys, machines dragged from unit to unit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent

from sdx_studio.document import EditError
from sdx_studio.document.locks import why_fixed
from sdx_studio.session import racking
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.rack_drag import Lift
from sdx_studio.ui.views.rack_painting import RackPainter, Sight
from sdx_studio.ui.views.rack_plan import Plan, plan
from sdx_studio.ui.views.rack_surface import CONTROL, Surface
from sdx_studio.ui.views.rack_telling import told
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

START_DISTANCE = 4.0
WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Floor(Surface):
    """`zoomed` says that the wheel asks for another size, and at which point of the widget."""

    zoomed = Signal(float, QPointF)
    title = mark("Racks")

    def __init__(self, owner: "Window") -> None:
        super().__init__(owner)
        self.setObjectName("racks")
        self.plan = Plan()
        self.lift: Lift | None = None
        self._pressed: tuple[str, QPointF] | None = None

    def lay_out(self, room: QSize, zoom: float | None) -> None:
        """Place everything anew for a window of this size."""
        rooms, scale = racking.rooms(self.document), Manner.scale
        racks = any(one.racks for one in rooms)
        self.plan = plan(rooms, room.width() / scale, room.height() / scale, zoom) if racks else Plan()
        if self.focus not in self.plan.berths:
            self.focus = None
        self._pressed = self.lift = None
        self.grow(self.plan.width, self.plan.height)
        self.tell()
        self.update()

    def thing_at(self, spot: QPointF) -> str | None:
        """The machine, or else the rack, at a spot."""
        return self.plan.at(spot)

    def box(self, id: str) -> QRectF:
        """Where a machine or a rack is."""
        return self.plan.box(id)

    def told(self, id: str) -> list[str]:
        """Lines about a machine or a rack."""
        return told(self.document, self.plan, self.readings, id)

    @property
    def sight(self) -> Sight:
        """What is seen."""
        keys = self.focus if self.hasFocus() else None
        chosen = frozenset(self.owner.canvas.selection)
        return Sight(self.document, self.owner.look, self.plan, self.readings, chosen, self.hovered, keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.owner.look.colour("surface.canvas"))
        if not self.plan.frames:
            self.nothing(painter, _("No rack in this project: put one into a site, and machines into the rack."))
            return
        painter.scale(Manner.scale, Manner.scale)
        page = RackPainter(painter, self.sight, Manner.scale)
        page.paint(self.area(QRectF(event.rect())))
        if self.lift is not None:
            self.lift.paint(painter, page, self.area(QRectF(self.visibleRegion().boundingRect())))

    # mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and take hold of a machine."""
        super().mousePressEvent(event)
        id = self.thing_at(self.spot(event.position()))
        held = event.button() == Qt.MouseButton.LeftButton and id is not None and id in self.plan.berths
        self._pressed = (id, event.position()) if held and id is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was pressed, or show what is under the pointer."""
        point = event.position()
        if self.lift is not None:
            self.lift.move(self.spot(point))
            self.update()
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (point - self._pressed[1]).manhattanLength() > START_DISTANCE:
                self._take(*self._pressed, point)
        else:
            super().mouseMoveEvent(event)

    def _take(self, id: str, start: QPointF, point: QPointF) -> None:
        """Lift a machine, unless it is locked."""
        reason = why_fixed(self.document, (id,))
        self._pressed = None
        if reason is not None:
            self.owner.desk.say(reason)
            return
        self.lift = Lift(self, id, self.spot(start))
        self.lift.move(self.spot(point))
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Put down what is in the hand."""
        lift, self.lift, self._pressed = self.lift, None, None
        if lift is not None:
            lift.finish()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To where it is in the topology."""
        self._pressed = None
        super().mouseDoubleClickEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl zoom at the pointer; otherwise scroll."""
        if event.modifiers() & CONTROL:
            self.zoomed.emit(1.0015 ** event.angleDelta().y(), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    # keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Ctrl they move a machine by a unit; Esc puts back what is in the hand."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & CONTROL)
        if key == Qt.Key.Key_Escape and self.lift is not None:
            self.lift = None
            self.update()
        elif control and self.focus is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(self.focus, 1 if key == Qt.Key.Key_Up else -1)
        elif key in WAYS:
            first = next(iter(self.plan.berths), None)
            self.walk_to(first if self.focus is None else self.plan.beside(self.focus, *WAYS[key]))
        else:
            super().keyPressEvent(event)

    def _shift(self, id: str, by: int) -> None:
        """Move a machine by a unit; over others it goes to where there is room again."""
        berth = self.plan.berths[id]
        if berth.slot is None or berth.rack is None:
            return
        rack, unit = self.plan.frames[berth.rack].rack, berth.slot.unit + by
        while 1 <= unit <= rack.units - berth.slot.units + 1 and rack.over(unit, berth.slot.units, but=id):
            unit += by
        try:
            racking.mount(self.owner.session, id, rack.id, unit)
        except EditError as reason:
            self.owner.desk.say(str(reason))
