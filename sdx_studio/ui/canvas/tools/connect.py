"""Connecting: pull a cable from one element to another; legal ends glow, the others say why not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from sdx_studio.document import EditError
from sdx_studio.kinds.links import why_not
from sdx_studio.ui.canvas.tools.ends import Ends
from sdx_studio.ui.canvas.tools.tool import Tool
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


class Pull:
    """A cable with one end plugged in."""

    def __init__(self, canvas: "Canvas", source: str) -> None:
        self.canvas = canvas
        self.source = source
        self.point = canvas.screen_box(source).center()
        self.ends = Ends(canvas, source, self._why_not)

    def _why_not(self, id: str) -> str | None:
        document = self.canvas.session.document
        if id == self.source:
            return _("a cable needs two different ends")
        return why_not(document.kind_of(self.source), document.kind_of(id))

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer; the end snaps to the element that would take it."""
        self.point = point
        self.ends.aim(point)

    def finish(self, point: QPointF) -> None:
        """Plug the other end in, or let go and say why; on an empty spot offer what could be there."""
        self.ends.aim(point)
        target, reason = self.ends.target, self.ends.reason
        if reason is not None:
            return
        if target is None:
            if not self.canvas.screen_box(self.source).contains(point):
                spot = self.canvas.camera.to_canvas(point)
                self.canvas.host.offer(self.source, (spot.x(), spot.y()))
            return
        try:
            link = self.canvas.session.connect(self.source, target)
        except EditError as refusal:
            self.canvas.host.say(str(refusal))
            return
        self.canvas.select((link,))

    def cancel(self) -> None:
        """Nothing has changed yet."""

    def paint(self, painter: QPainter) -> None:
        """The answers, and the cable so far."""
        canvas, look = self.canvas, self.canvas.scene.look
        start = canvas.screen_box(self.source)
        self.ends.paint(painter)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.drawLine(_border(start, self.point), self.point)
        painter.setBrush(look.colour("card.paper"))
        painter.drawEllipse(_border(start, self.point), 4, 4)
        painter.drawEllipse(self.point, 4, 4)


def _border(box: QRectF, toward: QPointF) -> QPointF:
    """Where a line from a box's centre leaves it."""
    centre = box.center()
    delta = toward - centre
    share = min(
        box.width() / 2 / abs(delta.x()) if delta.x() else 1e9, box.height() / 2 / abs(delta.y()) if delta.y() else 1e9
    )
    return centre + delta * min(share, 1.0)


class ConnectTool(Tool):
    """Press on an element, drag to another; stays in the hand until Esc."""

    id = "tool.connect"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self.pull: Pull | None = None

    def press(self, event: QMouseEvent) -> None:
        """Takes hold of the element under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        source = self.canvas.id_at(event.position())
        document = self.canvas.session.document
        while source is not None and not document.kind_of(source).carries:
            source = document.element(source).parent
        if source is not None:
            self.pull = Pull(self.canvas, source)

    def move(self, event: QMouseEvent) -> None:
        """The cable follows."""
        if self.pull is not None:
            self.pull.move(event.position(), event.modifiers())
            self.canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """Plugs it in."""
        pull, self.pull = self.pull, None
        if pull is not None:
            pull.finish(event.position())
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """The cable."""
        if self.pull is not None:
            self.pull.paint(painter)

    def overtaken(self) -> None:
        """Its source may be gone."""
        self.cancel()

    def cancel(self) -> None:
        """Drop the cable."""
        self.pull = None
        self.canvas.update()
