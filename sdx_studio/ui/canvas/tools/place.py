"""Placing parts: dragged in from the palette, or armed and put down by click (Shift keeps it armed)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from sdx_studio.document import EditError, Element
from sdx_studio.document.layout import GUEST, LEAF, MACHINE_WIDTH
from sdx_studio.kinds import kind
from sdx_studio.session.many import MOST, place_many
from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.tools.targets import Targets
from sdx_studio.ui.canvas.tools.tool import Tool
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

_SIZES = {
    "machine": (MACHINE_WIDTH, 80.0), "guest": GUEST, "ground": (320.0, 180.0), "cabinet": (MACHINE_WIDTH + 16, 106.0),
}  # fmt: skip
GRID = 8.0


def size_of(key: str) -> tuple[float, float]:
    """Width and height of a new, empty part of kind `key`, in canvas px."""
    return _SIZES.get(kind(key).shape, LEAF)


class Incoming:
    """A new part of one kind over the canvas, until it is put down."""

    def __init__(self, canvas: "Canvas", key: str, count: int = 1) -> None:
        self.canvas = canvas
        self.key = key
        self.count = count
        self.point = QPointF(-100, -100)
        self.targets = Targets(canvas, Element("", key, ""))

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        self.point = point
        self.targets.aim(point)

    def finish(self, point: QPointF) -> None:
        """Put it down; it arrives selected. A refusal changes nothing and says why."""
        target, answer = self.targets.aim(point)
        if not answer.allowed:
            return
        x, y = self._spot(point, answer.parent)
        try:
            ids = place_many(self.canvas.session, self.key, self.count, on=target, x=x, y=y, size=size_of(self.key))
        except EditError as reason:
            self.canvas.host.say(str(reason))
            return
        self.canvas.select(ids)
        self.canvas.setFocus()

    def cancel(self) -> None:
        """Nothing has changed yet."""

    def _spot(self, point: QPointF, parent: str | None) -> tuple[float, float]:
        wide, high = size_of(self.key)
        corner = self.canvas.camera.to_canvas(point) - QPointF(wide / 2, min(high / 2, 40.0))
        columns = self.canvas.scene.columns
        if parent is not None and parent in columns.row:
            corner -= columns.box(columns.row[parent]).topLeft()
        return round(corner.x() / GRID) * GRID, round(corner.y() / GRID) * GRID

    def paint(self, painter: QPainter) -> None:
        """Answers of the candidates, and the part's own tile at the pointer."""
        self.targets.paint(painter)
        what, look = kind(self.key), self.canvas.scene.look
        label = _(what.label) + (f" × {self.count}" if self.count > 1 else "")
        box = QRectF(self.point.x() + 10, self.point.y() + 10, brush.width_of(label, "guest") + 44, 32)
        brush.shadow(painter, box, 7, look, 2)
        brush.panel(painter, box, 7, look.colour("card.paper"), look.colour("line.2"))
        tile = QRectF(box.left() + 5, box.top() + 5, 22, 22)
        brush.panel(painter, tile, 5, look.colour(f"family.{what.family}.tint"), None)
        ink = look.colour(f"family.{what.family}.ink")
        icons.paint(painter, icons.drawing(self.key, 16), tile.adjusted(4, 4, -4, -4), ink)
        brush.text(painter, label, QPointF(box.left() + 34, box.center().y()), "guest", look.colour("ink.1"))


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
            self.incoming.finish(event.position())
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.incoming = Incoming(self.canvas, self.incoming.key, self.incoming.count)
                return
        self.canvas.use(None)

    def paint(self, painter: QPainter) -> None:
        """Answers and the part."""
        self.incoming.paint(painter)
