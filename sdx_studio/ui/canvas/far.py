"""Seen from far away and from the middle: heat, icons and one number instead of cards. In widget px."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from sdx_studio.ui import icons
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import COLOUR_OF, SHAPES, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.vectors import draw_rects, draw_sprites
from sdx_studio.ui.theme import Theme

Rows = NDArray[np.int64]
TOP = [SHAPES.index(shape) for shape in ("machine", "leaf", "array")]
CELLS = [SHAPES.index(shape) for shape in ("guest", "chip")]
GROUND = {0: ("ground.site", "line.2"), 1: ("ground.rack", "line.1")}
_marks: dict[tuple[int, str, float, float], QPixmap] = {}


def on_screen(scene: Scene, rows: Rows, camera: Camera) -> NDArray[np.float64]:
    """Rectangles of rows in widget px."""
    rect = scene.columns.rect[rows] * camera.zoom
    rect[:, 0] -= camera.x * camera.zoom
    rect[:, 1] -= camera.y * camera.zoom
    return rect


def of_shapes(scene: Scene, rows: Rows, shapes: list[int]) -> Rows:
    """Those of `rows` that have one of `shapes`; loose disks and volumes count as leaves."""
    shape = scene.columns.shape[rows]
    loose = np.isin(shape, [SHAPES.index("slot"), SHAPES.index("block")]) & (scene.columns.parent[rows] < 0)
    wanted = np.isin(shape, shapes) | (loose if shapes is TOP else False)
    return rows[wanted]


def grounds(painter: QPainter, scene: Scene, rows: Rows, camera: Camera) -> None:
    """Sites and racks as outlines with their names where there is room."""
    for row in of_shapes(scene, rows, list(GROUND)):
        box = QRectF(*on_screen(scene, np.array([row]), camera)[0])
        fill, edge = GROUND[int(scene.columns.shape[row])]
        brush.panel(painter, box, 10 * camera.zoom, scene.look.colour(fill), scene.look.colour(edge))
        if camera.zoom >= 0.12 and 30 * camera.zoom > 8:
            name = scene.document.elements[scene.columns.ids[row]].name
            at = QPointF(box.left() + 6, box.top() + max(9.0, 15 * camera.zoom))
            token = "label" if camera.zoom >= 0.4 else "micro"
            brush.text(painter, name, at, token, scene.look.colour("ink.1"), room=box.width() - 12)


def heat_ground(painter: QPainter, scene: Scene, rows: Rows, camera: Camera) -> None:
    """The standing part from far away: a paper rectangle with an edge for every machine, switch and array."""
    rects = on_screen(scene, of_shapes(scene, rows, TOP), camera)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(scene.look.colour("line.2"), 1))
    painter.setBrush(scene.look.colour("card.paper"))
    draw_rects(painter, np.maximum(rects, [[-1e7, -1e7, 1.0, 1.0]]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def heat(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The moving part from far away: tint, fill by the leading measure, and a shape where there is room."""
    rows = of_shapes(scene, rows, TOP)
    rects = on_screen(scene, rows, camera)
    state, lead = scene.columns.state[rows], np.nan_to_num(scene.columns.lead[rows], nan=0.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    for code in np.unique(state):
        if code == State.NONE:
            continue
        chosen = state == code
        colour = scene.look.colour(COLOUR_OF[State(int(code))], 0.28)
        painter.setBrush(colour)
        draw_rects(painter, rects[chosen])
        full = rects[chosen].copy()
        full[:, 2] *= np.clip(lead[chosen], 0.0, 1.0)
        painter.setBrush(scene.look.colour(COLOUR_OF[State(int(code))], 0.75))
        draw_rects(painter, full)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = (rects[:, 3] >= 11) & (rects[:, 2] >= 16) & (state != State.NONE)
    for code in np.unique(state[shown]):
        here = rects[shown & (state == code)]
        sprite = mark_sprite(int(code), scene.look, 8.0, ratio, disc=True)
        spots = np.column_stack([here[:, 0] + here[:, 2] - 9.0, here[:, 1] + here[:, 3] / 2])
        draw_sprites(painter, sprite, spots, np.zeros(len(spots)), 1.0 / ratio)


def mark_sprite(state: int, look: Theme, size: float, ratio: float, disc: bool = False) -> QPixmap:
    """A state's shape as pixels, on a paper disc if wanted."""
    key = (state * 2 + disc, look.name, round(size, 1), ratio)
    if key not in _marks:
        edge = size * (1.45 if disc else 1.2)
        made = QPixmap(max(1, round(edge * ratio)), max(1, round(edge * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if disc:
            brush.solid(painter, look.colour("card.paper"))
            painter.drawEllipse(QRectF(0, 0, edge, edge))
        brush.mark(painter, state, QPointF(edge / 2, edge / 2), size * (0.8 if disc else 1.0), look)
        painter.end()
        _marks[key] = made
    return _marks[key]


def tiles(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The standing part from the middle: paper, icon tile, name from zoom 0.4, cells for guests."""
    look, names = scene.look, camera.zoom >= 0.4
    for row in of_shapes(scene, rows, TOP):
        box = QRectF(*on_screen(scene, np.array([row]), camera)[0])
        brush.panel(painter, box, 8 * camera.zoom, look.colour("card.paper"), look.colour("line.2"))
        size = min(20.0, box.height() - 4, 28 * camera.zoom * 1.4)
        tile = QRectF(box.left() + 3, box.top() + 3, size, size)
        kind = scene.columns.kind[row]
        brush.panel(painter, tile, 4, look.colour(f"family.{kind.family}.tint"), None)
        ink = look.colour(f"family.{kind.family}.ink").name()
        icon = icons.pixmap(icons.drawing(kind.key, 16), max(6, round(size * 0.66)), ink, ink, ratio)
        painter.drawPixmap(QPointF(tile.center().x() - size * 0.33, tile.center().y() - size * 0.33), icon)
        if names:
            name = scene.document.elements[scene.columns.ids[row]].name
            room = box.width() - size - 10 - (0 if not scene.running else 46 if box.width() > 120 else 12)
            at = QPointF(tile.right() + 5, tile.center().y())
            brush.text(painter, name, at, "guest", look.colour("ink.1"), room=room)
    cells = on_screen(scene, of_shapes(scene, rows, CELLS), camera)
    painter.setPen(QPen(look.colour("line.2"), 1))
    painter.setBrush(look.colour("card.paper"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    draw_rects(painter, cells)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def signs(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The moving part from the middle: shape and number, the leading bar, marks in the guests' cells."""
    columns, look = scene.columns, scene.look
    for row in of_shapes(scene, rows, TOP):
        state = int(columns.state[row])
        if state == State.NONE:
            continue
        box = QRectF(*on_screen(scene, np.array([row]), camera)[0])
        _bar(painter, scene, int(row), box, camera)
        if box.width() > 120 and camera.zoom >= 0.4:
            words = number(columns.lead[row], state)
            at = QPointF(box.right() - 6, box.top() + 13)
            brush.text(painter, words, at, "guest", look.colour("ink.1"), align=brush.RIGHT)
            left = box.right() - 6 - brush.width_of(words, "guest") - 14
            painter.drawPixmap(QPointF(left, box.top() + 8), mark_sprite(state, look, 9, ratio))
        else:
            painter.drawPixmap(QPointF(box.right() - 13, box.top() + 4), mark_sprite(state, look, 8, ratio))
    for row in of_shapes(scene, rows, CELLS):
        state = int(columns.state[row])
        if state != State.NONE:
            x, y, wide, high = on_screen(scene, np.array([row]), camera)[0]
            size = min(9.0, high * 0.6, wide * 0.6)
            sprite = mark_sprite(state, look, size, ratio)
            painter.drawPixmap(QPointF(x + (wide - size) / 2, y + (high - size) / 2), sprite)


def number(lead: float, state: int) -> str:
    """The leading number as words; none for what is down or has no measure."""
    return "" if lead != lead or state in (State.OFF, State.FAILED) else f"{lead * 100:.0f}\u00a0%"


def _bar(painter: QPainter, scene: Scene, row: int, box: QRectF, camera: Camera) -> None:
    lead = scene.columns.lead[row]
    if lead != lead or box.height() < 26:
        return
    track = QRectF(box.left() + 5, box.top() + min(box.height() - 7, 62 * camera.zoom + 4), box.width() - 10, 4)
    brush.panel(painter, track, 2, scene.look.colour("card.track"), scene.look.colour("line.2"))
    track.setWidth(max(2.0, track.width() * min(1.0, lead)))
    brush.panel(painter, track, 2, scene.look.colour(COLOUR_OF[State(int(scene.columns.state[row]))]), None)
