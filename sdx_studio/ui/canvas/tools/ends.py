"""Where an end of a cable may go: every port in view answers, asked once a kind, and the one under the pointer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from sdx_studio.ui.canvas import far, overlay, verdicts
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

GROUNDS = ("ground", "cabinet")


class Ends:
    """Answers for one loose end. `why_not` says why it does not go into an element, or None; kinds answer alike."""

    def __init__(self, canvas: "Canvas", stays: str, why_not: Callable[[str], str | None]) -> None:
        self._canvas = canvas
        self._stays = stays
        self._why_not = why_not
        self._known: dict[str, str | None] = {}
        self.target: str | None = None
        self.reason: str | None = None
        self.point = QPointF()
        self._kept: tuple[object, NDArray[np.float64], NDArray[np.bool_]] | None = None
        """Rectangles and answers of what is seen, as long as one looks at the same."""

    def ask(self, id: str) -> str | None:
        """Why the end does not go there, or None."""
        if id == self._stays:
            return self._why_not(id)
        key = self._canvas.session.document.kind_of(id).key
        if key not in self._known:
            self._known[key] = self._why_not(id)
        return self._known[key]

    def aim(self, point: QPointF) -> None:
        """Find what is under a widget point: the innermost that takes the end, else the innermost that does not."""
        self.point = point
        self.target = self.reason = None
        spot, columns = self._canvas.camera.to_canvas(point), self._canvas.scene.columns
        for row in columns.all_at(spot.x(), spot.y()):
            id = columns.ids[row]
            if columns.kind[row].shape in GROUNDS:
                continue
            reason = self.ask(id)
            if reason is None or self.target is None:
                self.target, self.reason = id, reason
            if reason is None:
                break
        self._canvas.host.say(self.reason or "")

    def hold(self, id: str, point: QPointF) -> None:
        """Aim at an element without a pointer; `point` is where words about it stand."""
        self.point, self.target, self.reason = point, id, self.ask(id)
        name = self._canvas.session.document.element(id).name
        self._canvas.host.say(self.reason or _("Connect to {name}", name=name))

    def paint(self, painter: QPainter) -> None:
        """Rings on all that have ports and are seen, and what the one under the pointer says."""
        canvas = self._canvas
        columns, look = canvas.scene.columns, canvas.scene.look
        key = (canvas.camera.copy(), canvas.size(), columns.version)
        if self._kept is None or self._kept[0] != key:
            seen = columns.inside(canvas.camera.visible(QSizeF(canvas.size()))).tolist()
            rows = [row for row in seen if columns.kind[row].carries and columns.ids[row] != self._stays]
            rects = far.on_screen(canvas.scene, np.array(rows, dtype=np.int64), canvas.camera)
            self._kept = (key, rects, np.array([self.ask(columns.ids[row]) is None for row in rows], dtype=bool))
        verdicts.paint(painter, self._kept[1], self._kept[2], look)
        if self.target is None:
            return
        allowed = self.reason is None
        overlay.verdict(painter, canvas.screen_box(self.target), look, allowed)
        words = self.reason or _("Connect to {name}", name=canvas.session.document.element(self.target).name)
        more = "" if allowed else _("nothing changes if you drop it here")
        overlay.bubble(painter, QRectF(self.point, QSizeF(1, 1)), look, allowed, words, more, QRectF(canvas.rect()))
