"""The way that a migration really takes: its pages fly beside the cables that carry them, in the colour of moving."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from sdx_studio.engine.snapshot import MOVE_COLUMNS
from sdx_studio.ui.canvas.choices import Points, beside
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import draw_rects

AT = {name: index for index, name in enumerate(MOVE_COLUMNS)}
ASIDE, PAGE, PITCH, SPEED = 9.0, 5.0, 10.0, 60.0
"""Px: pages' middles beside the cable, their size, from one to the next; and px a second."""
MOST = 40
"""Migrations whose ways are drawn; of more nobody could follow the pages."""


def paint(painter: QPainter, scene: Scene, phase: float) -> None:
    """Draw the pages of every migration that sends just now; the painter is in canvas px."""
    fill = scene.look.colour("state.moving")
    for way in ways(scene):
        spots = _spots(way, phase)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scene.look.colour("card.paper"))
        draw_rects(painter, np.insert(spots - PAGE / 2 - 1, [2, 2], PAGE + 2, axis=1))
        painter.setBrush(fill)
        draw_rects(painter, np.insert(spots - PAGE / 2, [2, 2], PAGE, axis=1))


def ways(scene: Scene) -> list[Points]:
    """For each cable of each way one polyline from where its pages come to where they go; a way that many take once."""
    if scene.layout is None:
        return []
    found: dict[tuple[str, str], Points] = {}
    for move in scene.moves[:MOST]:
        guest, source = (scene.layout.elements[int(move[AT[end]])] for end in ("guest", "source"))
        near = source
        for id in scene.doings.ways.get(guest, ()) if move[AT["rate"]] > 0 else ():
            row = scene.routes.row.get(id)
            if row is None:
                break
            link = scene.routes.links[row]
            path = scene.routes.paths[row] if link.a == near else scene.routes.paths[row][::-1]
            found[id, near] = beside(path, -ASIDE)
            near = link.b if link.a == near else link.a
    return list(found.values())


def _spots(way: Points, phase: float) -> Points:
    """Where pages are on a polyline at `phase` seconds."""
    steps = np.diff(way, axis=0)
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    far = np.arange((phase * SPEED) % PITCH, reached[-1], PITCH)
    return np.column_stack([np.interp(far, reached, way[:, axis]) for axis in (0, 1)])
