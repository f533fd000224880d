"""Placing parts: dragged in from the palette, or armed and put down by click (Shift keeps it armed)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from sdx_studio.document import EditError, Element
from sdx_studio.document.layout import GUEST, LEAF, MACHINE_WIDTH
from sdx_studio.kinds import kind
from sdx_studio.session import templates
from sdx_studio.session.many import MOST, place_many
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.tools.snapping import Snapping
from sdx_studio.ui.canvas.tools.targets import Targets
from sdx_studio.ui.canvas.tools.tool import Tool
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

_SIZES = {
    "machine": (MACHINE_WIDTH, 80.0), "guest": GUEST, "ground": (320.0, 180.0), "cabinet": (MACHINE_WIDTH + 16, 106.0),
}  # fmt: skip


def size_of(key: str) -> tuple[float, float]:
    """Width and height of a new, empty part of kind `key`, in canvas px."""
    return _SIZES.get(kind(key).shape, LEAF)


class Incoming:
    """A new part of one kind over the canvas, until it is put down."""

    def __init__(self, canvas: "Canvas", key: str, count: int = 1) -> None:
        self.canvas = canvas
        self.key = key
        document = canvas.session.document
        self.template = templates.of_key(document, key)
        self.count = count
        self.point = QPointF(-100, -100)
        child = Element("", key, "") if self.template is None else document.element(self.template).but(id="")
        self.kind = child.kind
        self.targets = Targets(canvas, child)
        self.snapping = Snapping(canvas)
        self._corner: QPointF | None = None

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer, drawn to guides and the grid where things stand free unless Alt is held."""
        self.point = point
        target, answer = self.targets.aim(point)
        self.snapping.guides = ()
        self._corner = None
        if answer.allowed and not answer.insert and self.snapping.stands_free(target):
            self._corner = self._at_pointer()
            if not modifiers & Qt.KeyboardModifier.AltModifier:
                box = (self._corner.x(), self._corner.y(), *size_of(self.kind))
                self._corner += self.snapping.step(box, target, onto_grid=True)

    def finish(self, point: QPointF) -> None:
        """Put it down; it arrives selected. A refusal changes nothing and says why."""
        target, answer = self.targets.aim(point)
        if not answer.allowed:
            return
        try:
            ids = self._put(target, answer.parent)
        except EditError as reason:
            self.canvas.host.say(str(reason))
            return
        self.canvas.select(ids)
        self.canvas.setFocus()

    def cancel(self) -> None:
        """Nothing has changed yet."""

    def _put(self, target: str | None, parent: str | None) -> tuple[str, ...]:
        session, size = self.canvas.session, size_of(self.kind)
        corner = self._corner or self._at_pointer()
        if self.template is not None:
            middle = (corner.x() + size[0] / 2, corner.y() + size[1] / 2)
            return templates.use(session, self.template, self.count, middle, target, size=size)
        columns = self.canvas.scene.columns
        if parent is not None and parent in columns.row:
            corner = corner - columns.box(columns.row[parent]).topLeft()
        return place_many(session, self.key, self.count, on=target, x=corner.x(), y=corner.y(), size=size)

    def _at_pointer(self) -> QPointF:
        """The corner when the head of the part is at the pointer, in canvas px."""
        wide, high = size_of(self.kind)
        return self.canvas.camera.to_canvas(self.point) - QPointF(wide / 2, min(high / 2, 40.0))

    def paint(self, painter: QPainter) -> None:
        """Answers of the candidates, where the part would stand, and its tile at the pointer."""
        self.targets.paint(painter)
        if self._corner is not None:
            self._outline(painter, self._corner)
        self.snapping.paint(painter)
        what, look = kind(self.kind), self.canvas.scene.look
        named = _(what.label) if self.template is None else self.canvas.session.document.element(self.template).name
        label = named + (f" × {self.count}" if self.count > 1 else "")
        box = QRectF(self.point.x() + 10, self.point.y() + 10, brush.width_of(label, "guest") + 44, 32)
        brush.shadow(painter, box, 7, look, 2)
        brush.panel(painter, box, 7, look.colour("card.paper"), look.colour("line.2"))
        tile = QRectF(box.left() + 5, box.top() + 5, 22, 22)
        brush.panel(painter, tile, 5, look.colour(f"family.{what.family}.tint"), None)
        ink = look.colour(f"family.{what.family}.ink")
        icons.paint(painter, icons.drawing(self.kind, 16), tile.adjusted(4, 4, -4, -4), ink)
        brush.text(painter, label, QPointF(box.left() + 34, box.center().y()), "guest", look.colour("ink.1"))

    def _outline(self, painter: QPainter, corner: QPointF) -> None:
        camera, look = self.canvas.camera, self.canvas.scene.look
        wide, high = size_of(self.kind)
        box = QRectF(camera.to_screen(corner), camera.to_screen(corner + QPointF(wide, high)))
        painter.setBrush(look.colour("accent", 0.08))
        painter.setPen(QPen(look.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, 6, 6)


class PlaceTool(Tool):
    """Click puts the armed part down; a number typed before says how many, Shift keeps it in the hand."""

    id = "tool.place"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: "Canvas", key: str = "") -> None:
        super().__init__(canvas)
        self.incoming = Incoming(canvas, key)
        self.typed = ""
        canvas.setFocus()

    def key(self, event: QKeyEvent) -> bool:
        """Digits are how many; Backspace takes the last one back; Enter puts it where it belongs."""
        typed = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.canvas.use(None)
            self.canvas.host.put(self.incoming.key, self.incoming.count)
            return True
        if event.key() == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
        elif typed.isascii() and typed.isdecimal():
            self.typed = str(min(MOST, int(self.typed + typed)))
        else:
            return super().key(event)
        self.incoming.count = max(1, int(self.typed or "1"))
        self.canvas.host.say(_("a click places {count}", count=self.incoming.count))
        self.canvas.update()
        return True

    def move(self, event: QMouseEvent) -> None:
        """The part follows."""
        self.incoming.move(event.position(), event.modifiers())
        self.canvas.update()

    def press(self, event: QMouseEvent) -> None:
        """Left puts it down; right gives up."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.incoming.move(event.position(), event.modifiers())
            self.incoming.finish(event.position())
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.incoming = Incoming(self.canvas, self.incoming.key, self.incoming.count)
                return
        self.canvas.use(None)

    def paint(self, painter: QPainter) -> None:
        """Answers and the part."""
        self.incoming.paint(painter)
