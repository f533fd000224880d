"""Select: click, rubber band, drag what is selected to where it shall be, pull a cable out of a border."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from sdx_studio.document.locks import why_fixed
from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.canvas.tools.bend import Bend
from sdx_studio.ui.canvas.tools.connect import Pull
from sdx_studio.ui.canvas.tools.drag import Drag
from sdx_studio.ui.canvas.tools.handles import Handles
from sdx_studio.ui.canvas.tools.numbers import Carry, number_at
from sdx_studio.ui.canvas.tools.picking import inside, ports, thing_at
from sdx_studio.ui.canvas.tools.place import Incoming, PlaceTool
from sdx_studio.ui.canvas.tools.replug import Replug
from sdx_studio.ui.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

START_DISTANCE = 4.0
PORT_REACH = 9.0
STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class SelectTool(Tool):
    """The tool at home. At most one gesture is under way: `gesture` is a drag, a pull or a part from the palette."""

    id = "tool.select"

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.pressed: QPointF | None = None
        self.band: QRectF | None = None
        self.gesture: Drag | Pull | Incoming | Bend | Replug | Carry | None = None
        self.handles = Handles(canvas)
        self.hovered: str | None = None
        self._base: tuple[str, ...] = ()
        self._before: tuple[str, ...] = ()

    def press(self, event: QMouseEvent) -> None:
        """Left selects or starts something, right opens the menu."""
        point = event.position()
        if event.button() == Qt.MouseButton.RightButton:
            self._menu(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._before = self.canvas.selection
            self.gesture = self.handles.grasp(event)
            number = number_at(self.canvas, point) if event.modifiers() & Qt.KeyboardModifier.AltModifier else None
            if self.gesture is None and number is not None:
                self.gesture = Carry(self.canvas, number, point)
            if self.gesture is not None:
                return
            port = self._port_at(point)
            if port is not None:
                self.gesture = Pull(self.canvas, port)
                return
            self.pressed = point
            self._choose(event)

    def _choose(self, event: QMouseEvent) -> None:
        id = thing_at(self.canvas, event.position())
        toggling = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        chosen = self.canvas.selection
        if id is None:
            self._base = chosen if toggling else ()
            self.band = QRectF(event.position(), event.position())
            self.canvas.select(self._base)
        elif toggling:
            self.canvas.select(tuple(one for one in chosen if one != id) if id in chosen else (*chosen, id))
        elif id not in chosen:
            self.canvas.select((id,))

    def _port_at(self, point: QPointF) -> str | None:
        """The element whose middle of a side is under the point and takes a cable."""
        id = self.hovered
        if id is None or not self.canvas.session.document.kind_of(id).carries:
            return None
        for port in ports(self.canvas.screen_box(id)):
            if (port - point).manhattanLength() < PORT_REACH:
                return id
        return None

    def _menu(self, event: QMouseEvent) -> None:
        id = thing_at(self.canvas, event.position())
        if id is None:
            self.canvas.select(())
        elif id not in self.canvas.selection:
            self.canvas.select((id,))
        self.canvas.host.menu_for(self.canvas.selection, event.globalPosition())

    def move(self, event: QMouseEvent) -> None:
        """Goes on with what was started, or shows what is under the pointer."""
        point = event.position()
        if self.gesture is not None:
            self.gesture.move(point, event.modifiers())
        elif self.band is not None and self.pressed is not None:
            self.band = QRectF(self.pressed, point).normalized()
            self.canvas.select(tuple(dict.fromkeys((*self._base, *inside(self.canvas, self.band)))))
        elif self.pressed is not None and (point - self.pressed).manhattanLength() > START_DISTANCE:
            self._lift(event)
        else:
            self._hover(point)
        self.canvas.update()

    def _lift(self, event: QMouseEvent) -> None:
        """Begin to drag what is selected, unless something of it is locked."""
        document = self.canvas.session.document
        reason = why_fixed(document, self.canvas.selection)
        if reason is not None:
            self.canvas.host.say(reason)
            self.pressed = None
        elif self.pressed is not None and any(id in document.elements for id in self.canvas.selection):
            self.gesture = Drag(self.canvas, self.pressed)
            self.gesture.move(event.position(), event.modifiers())

    def _hover(self, point: QPointF) -> None:
        if self.hovered is not None and self._port_at(point) is not None:
            return
        id = self.canvas.id_at(point)
        if id is not None and self.canvas.session.document.kind_of(id).shape in ("ground", "cabinet", "layer"):
            id = None
        self.hovered = id

    def release(self, event: QMouseEvent) -> None:
        """Ends what was started."""
        gesture, self.gesture = self.gesture, None
        self.pressed = self.band = None
        if gesture is not None:
            gesture.finish(event.position())
        self.canvas.update()

    def double_click(self, event: QMouseEvent) -> None:
        """Take a way-point out, or rename what is under the pointer."""
        if self.handles.erase_at(event.position()):
            return
        id = thing_at(self.canvas, event.position())
        if id is not None and id in self.canvas.session.document.elements:
            self.canvas.host.rename(id)

    def key(self, event: QKeyEvent) -> bool:
        """Esc cancels, arrows nudge, Tab walks."""
        if event.key() == Qt.Key.Key_Escape:
            busy = self.gesture is not None or self.pressed is not None
            self.cancel()
            self.canvas.select(self._before if busy else ())
            return True
        if self.handles.key(event) or self.canvas.walker.key(event):
            return True
        if event.key() in STEPS and self.canvas.selection:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            dx, dy = STEPS[Qt.Key(event.key())]
            self.canvas.host.nudge(dx * far, dy * far)
            return True
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Delete, while a way-point is chosen."""
        return self.handles.wants(event)

    def overtaken(self) -> None:
        """A gesture that is under way ends without a trace."""
        if self.gesture is not None:
            self.cancel()

    def drag_enter(self, key: str) -> None:
        """A part comes from the palette."""
        self._before = self.canvas.selection
        self.gesture = Incoming(self.canvas, key)

    def drag_move(self, point: QPointF) -> None:
        """It moves over the canvas."""
        if self.gesture is not None:
            self.gesture.move(point, QApplication.keyboardModifiers())
        self.canvas.update()

    def drop(self, key: str, point: QPointF, again: bool = False) -> None:
        """It is put down; `again` keeps another one in the hand."""
        gesture = self.gesture or Incoming(self.canvas, key)
        self.gesture = None
        gesture.move(point, QApplication.keyboardModifiers())
        gesture.finish(point)
        if again:
            self.canvas.use(PlaceTool(self.canvas, key))
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """Hover with its ports, the band, the gesture."""
        look = self.canvas.scene.look
        if self.gesture is not None:
            self.gesture.paint(painter)
        elif self.band is not None:
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(look.colour("accent", 0.1))
            painter.drawRect(self.band)
        elif self.hovered is not None and self.canvas.camera.zoom >= 0.25:
            self._paint_hover(painter, self.hovered)
        if self.gesture is None:
            self.handles.paint(painter)

    def _paint_hover(self, painter: QPainter, id: str) -> None:
        box = self.canvas.screen_box(id)
        if box.isEmpty():
            return
        look = self.canvas.scene.look
        overlay.hover(painter, box, look)
        if self.canvas.session.document.kind_of(id).carries:
            painter.setPen(QPen(look.colour("accent"), 1.5))
            painter.setBrush(look.colour("card.paper"))
            for port in ports(box):
                painter.drawEllipse(port, 4.5, 4.5)

    def cancel(self) -> None:
        """Forget the gesture; nothing has changed yet."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.cancel()
        self.pressed = self.band = None
        self.canvas.update()
