"""What smart guides mean for something that moves over the canvas: how far it is drawn to them, and their lines."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QSizeF
from PySide6.QtGui import QPainter

from sdx_studio.document.arrange import on_grid
from sdx_studio.ui.canvas import overlay
from sdx_studio.ui.canvas.tools.guides import REACH, Guide, Rects, snaps

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

NONE: NDArray[np.int64] = np.zeros(0, np.int64)


class Snapping:
    """For one gesture; `rows` are those of the columns that move themselves."""

    def __init__(self, canvas: "Canvas", rows: NDArray[np.int64] = NONE) -> None:
        self._canvas = canvas
        self._rows = rows
        self.guides: tuple[Guide, ...] = ()

    def stands_free(self, target: str | None) -> bool:
        """Whether things keep the spot where they are put down in `target`."""
        return target is None or self._canvas.session.document.kind_of(target).shape == "ground"

    def step(self, box: tuple[float, float, float, float], ground: str | None, onto_grid: bool) -> QPointF:
        """How far `box` (canvas px) is drawn to guides, or along an axis without any onto the grid."""
        columns, camera = self._canvas.scene.columns, self._canvas.camera
        found = snaps(box, self._near(ground), REACH / camera.zoom)
        corner = columns.rect[columns.row[ground], :2] if ground is not None else (0.0, 0.0)
        steps = []
        for axis, snap in enumerate(found):
            inside = box[axis] - corner[axis]
            off_grid = on_grid(inside) - inside if onto_grid else 0.0
            steps.append(float(snap.move if snap.guides else off_grid))
        self.guides = (*found[0].guides, *found[1].guides)
        return QPointF(*steps)

    def _near(self, ground: str | None) -> Rects:
        """Rectangles in view that stand on the same ground and do not move."""
        columns, canvas = self._canvas.scene.columns, self._canvas
        rows = columns.inside(canvas.camera.visible(QSizeF(canvas.size())))
        holder = -1 if ground is None else columns.row[ground]
        same = rows[columns.parent[rows] == holder]
        near: Rects = columns.rect[same[~np.isin(same, self._rows)]]
        return near

    def paint(self, painter: QPainter) -> None:
        """The lines."""
        to_screen, look = self._canvas.camera.to_screen, self._canvas.scene.look
        for guide in self.guides:
            x1, y1, x2, y2 = guide.line
            start, end = (to_screen(QPointF(*point)).toPoint() for point in ((x1, y1), (x2, y2)))
            words = "" if guide.gap is None else f"{guide.gap:.0f}"
            overlay.guide(painter, QLineF(start, end), look, words)
