"""Handles of the one cable that is selected: its ends, its way-points, and pale ones from which new ones are pulled."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.canvas.tools.bend import Bend, erase
from sdx_studio.ui.canvas.tools.replug import Replug

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

Points = NDArray[np.float64]
REACH = 9.0
"""Px around a handle that belong to it."""
SHORT = 30.0
"""Px of a piece below which it has no pale handle."""
LEAST_ZOOM = 0.25


@dataclass(frozen=True, slots=True)
class Handle:
    """One handle in widget px. `index`: which end, which way-point, or which place a new one would have."""

    sort: Literal["end", "point", "middle"]
    index: int
    at: QPointF


class Handles:
    """Finds, paints and grasps them. `chosen` is the way-point pressed last, which Delete takes out."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._chosen: tuple[str, int] | None = None

    @property
    def link(self) -> str | None:
        """The one link that is selected and drawn."""
        canvas = self._canvas
        if len(canvas.selection) != 1 or canvas.camera.zoom < LEAST_ZOOM:
            return None
        id = canvas.selection[0]
        return id if id in canvas.scene.routes.row else None

    @property
    def chosen(self) -> int | None:
        """The way-point that a key would remove."""
        link = self.link
        if link is None or self._chosen is None or self._chosen[0] != link:
            return None
        index = self._chosen[1]
        return index if index < len(self._canvas.session.document.links[link].points) else None

    def all(self) -> list[Handle]:
        """Ends first, then way-points, then the pale ones."""
        id = self.link
        if id is None:
            return []
        record = self._canvas.session.document.links[id]
        path = self._canvas.scene.routes.paths[self._canvas.scene.routes.row[id]]
        found = [Handle("end", 0, self._screen(path[0])), Handle("end", 1, self._screen(path[-1]))]
        found += [Handle("point", index, self._screen(point)) for index, point in enumerate(record.points)]
        return found + self._middles(path, record.points, bool(record.route == "orthogonal"))

    def _screen(self, spot: Points | tuple[float, float]) -> QPointF:
        return self._canvas.camera.to_screen(QPointF(float(spot[0]), float(spot[1])))

    def _middles(self, path: Points, points: tuple[tuple[float, float], ...], square: bool) -> list[Handle]:
        """The middle of every piece that is long enough: of what is drawn, or of each way from point to point."""
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
        passed: list[float] = []
        for point in points:
            passed.append(_reached(path, along, point, passed[-1] if passed else 0.0))
        stops = along if square else np.array([0.0, *passed, along[-1]])
        found = []
        for start, end in pairwise(stops.tolist()):
            middle = (start + end) / 2
            spot = np.array([np.interp(middle, along, path[:, axis]) for axis in (0, 1)])
            taken = any(np.hypot(*(spot - point)) * self._canvas.camera.zoom < SHORT / 2 for point in points)
            if (end - start) * self._canvas.camera.zoom >= SHORT and not taken:
                found.append(Handle("middle", sum(one < middle for one in passed), self._screen(spot)))
        return found

    def at(self, point: QPointF) -> Handle | None:
        """The handle under a widget point; among several the nearest, pale ones last."""
        near = [one for one in self.all() if (one.at - point).manhattanLength() <= REACH * 1.4]
        return min(near, key=lambda one: (one.sort == "middle", (one.at - point).manhattanLength()), default=None)

    def grasp(self, event: QMouseEvent) -> Bend | Replug | None:
        """The gesture that a press begins, if it is on a handle."""
        handle, link = self.at(event.position()), self.link
        if handle is None or link is None:
            return None
        if handle.sort == "end":
            return Replug(self._canvas, link, handle.index)
        self._chosen = (link, handle.index)
        bend = Bend(self._canvas, link, handle.index, event.position(), fresh=handle.sort == "middle")
        bend.erasing = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return bend

    def erase_at(self, point: QPointF) -> bool:
        """Take out the way-point under a widget point; False when there is none."""
        handle, link = self.at(point), self.link
        if handle is None or link is None or handle.sort != "point":
            return False
        erase(self._canvas, link, handle.index)
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for the chosen way-point, before the command that it stands for."""
        return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen is not None

    def key(self, event: QKeyEvent) -> bool:
        """Take the chosen way-point out; the cable stays."""
        link, index = self.link, self.chosen
        if not self.wants(event) or link is None or index is None:
            return False
        self._chosen = None
        erase(self._canvas, link, index)
        return True

    def paint(self, painter: QPainter) -> None:
        """Round ends, square way-points, pale rounds in between."""
        look, chosen = self._canvas.scene.look, self.chosen
        for handle in reversed(self.all()):
            if handle.sort == "point":
                overlay.way_point(painter, handle.at, look, filled=handle.index == chosen)
                continue
            pale = 0.55 if handle.sort == "middle" else 1.0
            painter.setPen(QPen(look.colour("accent", pale), 1.5 if handle.sort == "middle" else 2))
            painter.setBrush(look.colour("card.paper", pale))
            size = 3.5 if handle.sort == "middle" else 5.0
            painter.drawEllipse(handle.at, size, size)


def _reached(path: Points, along: Points, point: tuple[float, float], after: float) -> float:
    """How far along a way (px) a point of it lies, at or beyond `after`."""
    start, step = path[:-1], np.diff(path, axis=0)
    length = np.maximum((step**2).sum(axis=1), 1e-9)
    share = np.clip(((np.array(point) - start) * step).sum(axis=1) / length, 0.0, 1.0)
    near = start + step * share[:, None]
    distance = np.hypot(*(near - np.array(point)).T)
    reached = along[:-1] + share * np.sqrt(length)
    distance[reached < after - 0.5] += 1e6
    return float(reached[int(np.argmin(distance))])
