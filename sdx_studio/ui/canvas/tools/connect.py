"""Connecting: pull a cable from one element to another; legal ends glow, the others say why not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from sdx_studio.document import EditError
from sdx_studio.kinds.links import why_not
from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


class Pull:
    """A cable with one end plugged in."""

    def __init__(self, canvas: "Canvas", source: str) -> None:
        self.canvas = canvas
        self.source = source
        self.point = canvas.screen_box(source).center()
        self.target: str | None = None
        self.reason: str | None = None

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer; the end snaps to the element that would take it."""
        self.point = point
        self.target, self.reason = self._aim(point)
        self.canvas.host.say(self.reason or "")

    def _aim(self, point: QPointF) -> tuple[str | None, str | None]:
        document = self.canvas.session.document
        spot = self.canvas.camera.to_canvas(point)
        columns = self.canvas.scene.columns
        refused: tuple[str | None, str | None] = (None, None)
        for row in columns.all_at(spot.x(), spot.y()):
            id = columns.ids[row]
            if id == self.source or columns.kind[row].shape in ("ground", "cabinet"):
                continue
            reason = why_not(document.kind_of(self.source), document.kind_of(id))
            if reason is None:
                return id, None
            if refused[0] is None:
                refused = (id, reason)
        return refused

    def finish(self, point: QPointF) -> None:
        """Plug the other end in, or let go and say why."""
        target, reason = self._aim(point)
        if target is None or reason is not None:
            self.canvas.host.say(reason or "")
            return
        try:
            link = self.canvas.session.connect(self.source, target)
        except EditError as refusal:
            self.canvas.host.say(str(refusal))
            return
        self.canvas.select((link,))

    def paint(self, painter: QPainter) -> None:
        """The cable so far and the answer of what is under its end."""
        canvas, look = self.canvas, self.canvas.scene.look
        start = canvas.screen_box(self.source)
        if self.target is not None:
            box = canvas.screen_box(self.target)
            overlay.verdict(painter, box, look, self.reason is None)
            if self.reason is not None:
                overlay.bubble(
                    painter, QRectF(self.point, self.point), look, False, self.reason, "", QRectF(canvas.rect())
                )
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

    def cancel(self) -> None:
        """Drop the cable."""
        self.pull = None
