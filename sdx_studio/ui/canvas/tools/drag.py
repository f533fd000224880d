"""Dragging what is selected: candidates answer live, an illegal drop changes nothing and says why."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from sdx_studio.document import EditError
from sdx_studio.document.waypoints import carried
from sdx_studio.ui.canvas import far, picture
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.tools.snapping import Snapping
from sdx_studio.ui.canvas.tools.targets import Targets
from sdx_studio.ui.canvas.tools.trailing import Trailing
from sdx_studio.ui.canvas.vectors import draw_rects
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

LEGIBLE = 0.4
MOST_GHOSTS = 60
"""Elements up to which each is shown with its own picture while it is dragged."""


class Drag:
    """One drag from press to release. Only outer elements move; what is in them comes along."""

    def __init__(self, canvas: "Canvas", start: QPointF) -> None:
        self.canvas = canvas
        self.start = start
        self.offset = QPointF(0, 0)
        document = canvas.session.document
        chosen = [id for id in canvas.selection if id in document.elements]
        self.ids = [id for id in chosen if not set(document.above(id)) & set(chosen)]
        self.targets = Targets(canvas, *(document.element(id) for id in self.ids))
        self.free = False
        self._rows = np.array([canvas.scene.columns.row[id] for id in self.ids if id in canvas.scene.columns.row])
        self.snapping = Snapping(canvas, self._rows)
        few = len(self.ids) <= MOST_GHOSTS
        self._ghosts = [(canvas.screen_box(id), self._ghost(id)) for id in self.ids] if few else []
        self.trailing = Trailing(canvas, self.ids)

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
        """Follow the pointer, along guides and on the grid unless Alt is held."""
        self.offset = point - self.start
        self.free = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        target, answer = self.targets.aim(point)
        self.snapping.guides = ()
        if answer.allowed and not self.free and len(self._rows) and self.snapping.stands_free(target):
            self._snap(target)

    def _snap(self, ground: str | None) -> None:
        """Bring the offset to the closest guides, and to the grid along an axis that has none."""
        columns, camera = self.canvas.scene.columns, self.canvas.camera
        rects = columns.rect[self._rows]
        low, high = rects[:, :2].min(axis=0), (rects[:, :2] + rects[:, 2:]).max(axis=0)
        moved = (self.offset.x() / camera.zoom, self.offset.y() / camera.zoom)
        box = (low[0] + moved[0], low[1] + moved[1], high[0] - low[0], high[1] - low[1])
        self.offset += self.snapping.step(box, ground, self.canvas.scene.grid) * camera.zoom

    def finish(self, point: QPointF) -> None:
        """Let go: move into the target, or nowhere and say why."""
        self.cancel()
        target, answer = self.targets.aim(point)
        if not answer.allowed:
            return
        if self.canvas.host.carry_over(self.ids, target):
            return
        session = self.canvas.session
        try:
            with session.history.edit(_("Move {count} items", count=len(self.ids))) as edit, carried(edit, self.ids):
                for id in self.ids:
                    x, y = self._spot(id, answer.parent if not answer.insert else target)
                    session.move(id, to=target, x=x, y=y)
        except EditError as reason:
            self.canvas.host.say(str(reason))

    def cancel(self) -> None:
        """Nothing has changed; cables are back in the picture."""
        self.trailing.drop()

    def _spot(self, id: str, parent: str | None) -> tuple[float, float]:
        """New corner of an element, counted from its new parent's."""
        columns, zoom = self.canvas.scene.columns, self.canvas.camera.zoom
        box = columns.box(columns.row[id])
        corner = QPointF(box.left() + self.offset.x() / zoom, box.top() + self.offset.y() / zoom)
        if parent is not None and parent in columns.row:
            corner -= columns.box(columns.row[parent]).topLeft()
        return corner.x(), corner.y()

    def paint(self, painter: QPainter) -> None:
        """Pale originals, answers, lifted pictures at the pointer."""
        ground = self.canvas.scene.look.colour("surface.canvas", 0.6)
        for box, _picture in self._ghosts:
            painter.fillRect(box, ground)
        self.targets.paint(painter)
        self.trailing.paint(painter, self.offset)
        painter.setOpacity(0.9)
        for box, ghost in self._ghosts:
            painter.drawPixmap(box.topLeft() + self.offset - QPointF(4, 4), ghost)
        painter.setOpacity(1.0)
        if not self._ghosts:
            self._paint_many(painter)
        self.snapping.paint(painter)

    def _paint_many(self, painter: QPainter) -> None:
        """Plain rectangles where the elements would be."""
        canvas, look = self.canvas, self.canvas.scene.look
        rects = far.on_screen(canvas.scene, self._rows, canvas.camera)
        rects[:, :2] += self.offset.x(), self.offset.y()
        painter.setPen(QPen(look.colour("accent"), 1))
        painter.setBrush(look.colour("card.paper", 0.7))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        draw_rects(painter, rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
