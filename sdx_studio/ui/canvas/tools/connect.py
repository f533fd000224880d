"""Connecting: pull a cable from one element to another; legal ends glow, the others say why not."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from sdx_studio.document import EditError
from sdx_studio.kinds.links import why_not
from sdx_studio.ui.canvas.tools.ends import Ends
from sdx_studio.ui.canvas.tools.stepping import STEPS, source_of, step
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
        self.plug(point)

    def hold(self, target: str) -> None:
        """Have the end at an element without a pointer."""
        self.point = self.canvas.screen_box(target).center()
        self.ends.hold(target, self.point)

    def plug(self, point: QPointF) -> None:
        """Plug the end in where it is aimed at; the cable is not selected, so that the next pull is not for its end."""
        target, reason = self.ends.target, self.ends.reason
        if reason is not None:
            return
        if target is None:
            if not self.canvas.screen_box(self.source).contains(point):
                spot = self.canvas.camera.to_canvas(point)
                self.canvas.host.offer(self.source, (spot.x(), spot.y()))
            return
        try:
            self.canvas.session.connect(self.source, target)
        except EditError as refusal:
            self.canvas.host.say(str(refusal))

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
        self._last: str | None = None
        """Where the last cable was plugged in by keys."""

    def key(self, event: QKeyEvent) -> bool:
        """Tab and arrows take the end of a cable from what is selected to others, Enter plugs it in; Esc leaves."""
        source = source_of(self.canvas.session.document, self.canvas.walker.focus)
        if self.pull is None and event.key() in STEPS:
            if source is None:
                return self.canvas.walker.key(event)
            self.pull = Pull(self.canvas, source)
        if self.pull is None:
            return super().key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._plug(self.pull)
            return True
        return step(self.canvas, self.pull, event, self._last) or super().key(event)

    def _plug(self, pull: Pull) -> None:
        """Plug in, and have the keys at the first end again for the next cable."""
        chosen = self.canvas.selection
        if pull.ends.target is not None and pull.ends.reason is None:
            self._last = pull.ends.target
            pull.plug(pull.point)
            self.canvas.select(chosen)
            self.pull = None

    def press(self, event: QMouseEvent) -> None:
        """Takes hold of the element under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        source = source_of(self.canvas.session.document, self.canvas.id_at(event.position()))
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
