"""Plugging an end of a cable into something else: the end follows the pointer, what would take it glows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from sdx_studio.document import EditError
from sdx_studio.session import cabling
from sdx_studio.ui.canvas.tools.ends import Ends

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


class Replug:
    """End 0 or 1 of a link in the hand, from press to release."""

    def __init__(self, canvas: "Canvas", link: str, end: int) -> None:
        self.canvas = canvas
        self.link, self.end = link, end
        document = canvas.session.document
        record = document.links[link]
        self.was, self.stays = (record.a, record.b) if end == 0 else (record.b, record.a)
        self.ends = Ends(canvas, self.stays, lambda one: cabling.why_not_plug(document, link, end, one))
        path = canvas.scene.routes.paths[canvas.scene.routes.row[link]]
        plugs = [canvas.camera.to_screen(QPointF(*path[index])) for index in (0, -1)]
        self.point, self.fixed = (plugs[0], plugs[1]) if end == 0 else (plugs[1], plugs[0])
        canvas.scene.lift(frozenset({link}))
        canvas.redraw()

    def move(self, point: QPointF, _modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer."""
        self.point = point
        self.ends.aim(point)

    def finish(self, point: QPointF) -> None:
        """Plug it in there; let go elsewhere, nothing has changed, and the reason is said."""
        self.ends.aim(point)
        self.cancel()
        target, reason = self.ends.target, self.ends.reason
        if target is None or target == self.was or reason is not None:
            return
        try:
            cabling.plug(self.canvas.session, self.link, self.end, target)
        except EditError as refusal:
            self.canvas.host.say(str(refusal))

    def cancel(self) -> None:
        """The cable is back where it was."""
        self.canvas.scene.lift(frozenset())
        self.canvas.redraw()

    def paint(self, painter: QPainter) -> None:
        """The answers, and the cable with one end in the hand."""
        look = self.canvas.scene.look
        self.ends.paint(painter)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(look.colour("card.paper"))
        painter.drawLine(self.fixed, self.point)
        for spot in (self.fixed, self.point):
            painter.drawEllipse(spot, 5, 5)
