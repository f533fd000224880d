"""The page on which racks stand: painted, clicked, walked over with the keys, machines dragged from unit to unit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from sdx_studio.document import Document, EditError
from sdx_studio.document.locks import why_fixed
from sdx_studio.session import racking
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.theme import Manner
from sdx_studio.ui.views.rack_drag import Lift
from sdx_studio.ui.views.rack_painting import RackPainter, Sight
from sdx_studio.ui.views.rack_plan import Plan, plan
from sdx_studio.ui.views.rack_readings import Readings
from sdx_studio.ui.views.rack_telling import told
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

START_DISTANCE = 4.0
WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Floor(QWidget):
    """`walked` says that the keys are on another machine, `zoomed` that the wheel asks for another size."""

    walked = Signal()
    zoomed = Signal(float, QPointF)

    def __init__(self, owner: "Window") -> None:
        super().__init__()
        self.setObjectName("racks")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.owner = owner
        self.readings = Readings()
        self.plan = Plan()
        self.focus: str | None = None
        self.hovered: str | None = None
        self.lift: Lift | None = None
        self._pressed: tuple[str, QPointF] | None = None
        self._size = QSize(1, 1)

    @property
    def document(self) -> Document:
        """The drawing."""
        return self.owner.session.document

    def lay_out(self, room: QSize, zoom: float | None) -> None:
        """Place everything anew for a window of this size."""
        rooms, scale = racking.rooms(self.document), Manner.scale
        racks = any(one.racks for one in rooms)
        self.plan = plan(rooms, room.width() / scale, room.height() / scale, zoom) if racks else Plan()
        if self.focus not in self.plan.berths:
            self.focus = None
        self._pressed = self.lift = None
        size = QSize(round(self.plan.width * scale), round(self.plan.height * scale))
        self._size = size if racks else QSize(1, 1)
        self.setMinimumSize(self._size)
        self.tell()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as what stands on it."""
        return self._size

    # painting ----------------------------------------------------------------------------------------------------

    @property
    def sight(self) -> Sight:
        """What is seen."""
        keys = self.focus if self.hasFocus() else None
        chosen = frozenset(self.owner.canvas.selection)
        return Sight(self.document, self.owner.look, self.plan, self.readings, chosen, self.hovered, keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, look = QPainter(self), self.owner.look
        painter.fillRect(event.rect(), look.colour("surface.canvas"))
        if not self.plan.frames:
            self._nothing(painter)
            return
        scale = Manner.scale
        painter.scale(scale, scale)
        page = RackPainter(painter, self.sight, scale)
        page.paint(self._area(QRectF(event.rect())))
        if self.lift is not None:
            self.lift.paint(painter, page, self._area(QRectF(self.visibleRegion().boundingRect())))

    def _area(self, rect: QRectF) -> QRectF:
        scale = Manner.scale
        return QRectF(rect.x() / scale, rect.y() / scale, rect.width() / scale, rect.height() / scale)

    def _nothing(self, painter: QPainter) -> None:
        words = _("No rack in this project: put one into a site, and machines into the rack.")
        middle = QPointF(self.rect().center())
        ink, room = self.owner.look.colour("ink.2"), self.width() - 32.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.text(painter, words, middle, "body", ink, room=room, align=brush.CENTRE, scale=Manner.scale)

    # mouse -------------------------------------------------------------------------------------------------------

    def spot(self, point: QPointF) -> QPointF:
        """A point of the widget on the plan."""
        return point / Manner.scale

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left selects and takes hold, right opens the menu."""
        id, chosen = self.plan.at(self.spot(event.position())), self.owner.canvas.selection
        if event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() & (CONTROL | SHIFT):
                rest = tuple(one for one in chosen if one != id)
                self._choose(rest if id in chosen or id is None else (*chosen, id), id)
            elif id not in chosen or id is None:
                self._choose(() if id is None else (id,), id)
            self._pressed = (id, event.position()) if id in self.plan.berths and id is not None else None
        elif event.button() == Qt.MouseButton.RightButton:
            if id is None or id not in chosen:
                self._choose(() if id is None else (id,), id)
            self.owner.desk.menu_for(self.owner.canvas.selection, event.globalPosition())

    def _choose(self, ids: tuple[str, ...], focus: str | None) -> None:
        if focus in self.plan.berths:
            self.focus = focus
        self.owner.canvas.select(ids)
        self.tell()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what was pressed, or show what is under the pointer."""
        point = event.position()
        if self.lift is not None:
            self.lift.move(self.spot(point))
            self.update()
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (point - self._pressed[1]).manhattanLength() > START_DISTANCE:
                self._take(point)
        else:
            self.hovered = self.plan.at(self.spot(point))
            self.update()

    def _take(self, point: QPointF) -> None:
        """Lift a machine, unless it is locked."""
        if self._pressed is None:
            return
        id, start = self._pressed
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
        id = self.plan.at(self.spot(event.position()))
        self._pressed = None
        if id is not None:
            self.owner.desk.show_view("topology")
            self.owner.canvas.fit((id,))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self.hovered = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl zoom at the pointer; otherwise scroll."""
        if event.modifiers() & CONTROL:
            self.zoomed.emit(1.0015 ** event.angleDelta().y(), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    # keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Ctrl they move a machine by a unit; Enter goes to its properties, Esc lets go."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & CONTROL)
        if key == Qt.Key.Key_Escape and self.lift is not None:
            self.lift = None
            self.update()
        elif control and self.focus is not None and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._shift(self.focus, 1 if key == Qt.Key.Key_Up else -1)
        elif key in WAYS:
            self._walk(*WAYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focus is not None:
            self._choose((self.focus,), self.focus)
            self.owner.desk.inspect()
        elif key == Qt.Key.Key_Space:
            self.owner.desk.start_or_pause()
        else:
            super().keyPressEvent(event)

    def _walk(self, dx: int, dy: int) -> None:
        first = next(iter(self.plan.berths), None)
        there = first if self.focus is None else self.plan.beside(self.focus, dx, dy)
        if there is not None:
            self._choose((there,), there)
            self.walked.emit()

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keys are on."""
        super().focusInEvent(event)
        self.tell()
        self.update()

    # telling -----------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Name of the page, and as its description what the keys are on, for those who hear it."""
        self.setAccessibleName(_("Racks"))
        words = "" if self.focus is None else ", ".join(self._told(self.focus))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _told(self, id: str) -> list[str]:
        return told(self.document, self.plan, self.readings, id)

    def event(self, event: QEvent) -> bool:
        """What is under the pointer, in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            id = self.plan.at(self.spot(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), "\n".join(self._told(id)) if id is not None else "", self)
            return True
        return super().event(event)
