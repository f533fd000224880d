"""Dragging what is selected: candidates answer live, an illegal drop changes nothing and says why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from sdx_studio.document import EditError
from sdx_studio.ui.canvas import picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.tools.targets import Targets
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

GRID = 8.0
LEGIBLE = 0.4


class Drag:
    """One drag from press to release. Only outer elements move; what is in them comes along."""

    def __init__(self, canvas: "Canvas", start: QPointF) -> None:
        self.canvas = canvas
        self.start = start
        self.offset = QPointF(0, 0)
        document = canvas.session.document
        chosen = [id for id in canvas.selection if id in document.elements]
        self.ids = [id for id in chosen if not set(document.above(id)) & set(chosen)]
        self.targets = Targets(canvas, document.element(self.ids[0]))
        for id in self.ids[1:]:
            self.targets.inside |= {id, *document.below(id)}
        self._ghosts = [(id, canvas.screen_box(id), self._ghost(id)) for id in self.ids]

    def _ghost(self, id: str) -> QPixmap:
        """The element's own picture, lifted."""
        box = self.canvas.screen_box(id)
        ratio = self.canvas.devicePixelRatioF()
        made = QPixmap(max(1, round((box.width() + 8) * ratio)), max(1, round((box.height() + 8) * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        camera = self.canvas.camera.copy()
        camera.pan(-box.left() + 4, -box.top() + 4)
        self._render(made, camera, QSizeF(box.width() + 8, box.height() + 8))
        return made

    def _render(self, made: QPixmap, camera: Camera, size: QSizeF) -> None:
        painter = QPainter(made)
        full = camera.zoom >= LEGIBLE
        picture.standing(painter, self.canvas.scene, camera, size, full=full)
        picture.moving(painter, self.canvas.scene, camera, size, 0.0, full=full)
        painter.end()

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the pointer, on the grid unless Alt is held."""
        self.offset = point - self.start
        self.free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self.targets.aim(point)

    def finish(self, point: QPointF) -> None:
        """Let go: move into the target, or nowhere and say why."""
        target, answer = self.targets.aim(point)
        if not answer.allowed:
            return
        if self.canvas.host.carry_over(self.ids, target):
            return
        session = self.canvas.session
        try:
            with session.history.edit(_("Move {count} items", count=len(self.ids))):
                for id in self.ids:
                    x, y = self._spot(id, answer.parent if not answer.insert else target)
                    session.move(id, to=target, x=x, y=y)
        except EditError as reason:
            self.canvas.host.say(str(reason))

    def _spot(self, id: str, parent: str | None) -> tuple[float, float]:
        """New corner of an element, counted from its new parent's."""
        columns, zoom = self.canvas.scene.columns, self.canvas.camera.zoom
        box = columns.box(columns.row[id])
        corner = QPointF(box.left() + self.offset.x() / zoom, box.top() + self.offset.y() / zoom)
        if parent is not None and parent in columns.row:
            corner -= columns.box(columns.row[parent]).topLeft()
        if not self.free:
            corner = QPointF(round(corner.x() / GRID) * GRID, round(corner.y() / GRID) * GRID)
        return corner.x(), corner.y()

    def paint(self, painter: QPainter) -> None:
        """Pale originals, answers, lifted pictures at the pointer."""
        ground = self.canvas.scene.look.colour("surface.canvas", 0.6)
        for _id, box, _ghost in self._ghosts:
            painter.fillRect(box, ground)
        self.targets.paint(painter)
        painter.setOpacity(0.9)
        for _id, box, ghost in self._ghosts:
            painter.drawPixmap(box.topLeft() + self.offset - QPointF(4, 4), ghost)
        painter.setOpacity(1.0)
