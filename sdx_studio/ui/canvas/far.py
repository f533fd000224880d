"""Seen from far away and from the middle: heat, icons and one number instead of cards. In widget px."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sdx_studio.ui.canvas import brush, extras
from sdx_studio.ui.canvas.camera import Camera
from sdx_studio.ui.canvas.columns import COLOUR_OF, GROUNDS, State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.ui.canvas.sprites import SIGN_HIGH, cell_sprite, mark_sprite, sign_sprite, tile, tile_sprite
from sdx_studio.ui.canvas.vectors import draw_rects, draw_sprites, on_pixels

Rows = NDArray[np.int64]
Rects = NDArray[np.float64]
GROUND = {0: ("ground.site", "line.2"), 1: ("ground.rack", "line.1")}
NAMES_FROM = 0.4
ROOM_FOR_NAME = {0: 8.0, 1: 12.0}
"""How high (px) the header of a site or rack must be to carry its name."""
ROUNDED_FROM = 7.0
"""Cells lower than this (px) are plain rectangles."""


def on_screen(scene: Scene, rows: Rows, camera: Camera) -> Rects:
    """Rectangles of rows in widget px."""
    rect = scene.columns.rect[rows] * camera.zoom
    rect[:, 0] -= camera.x * camera.zoom
    rect[:, 1] -= camera.y * camera.zoom
    return rect


def grounds(painter: QPainter, scene: Scene, rows: Rows, camera: Camera) -> None:
    """Sites and racks as outlines with their names where there is room."""
    for row in rows[np.isin(scene.columns.shape[rows], GROUNDS)]:
        box = QRectF(*on_screen(scene, np.array([row]), camera)[0])
        fill, edge = GROUND[int(scene.columns.shape[row])]
        brush.panel(painter, box, 10 * camera.zoom, scene.look.colour(fill), scene.look.colour(edge))
        if 30 * camera.zoom >= ROOM_FOR_NAME[int(scene.columns.shape[row])]:
            name = scene.document.elements[scene.columns.ids[row]].name
            at = QPointF(box.left() + 6, box.top() + max(9.0, 15 * camera.zoom))
            token = "label" if camera.zoom >= 0.4 else "micro"
            brush.text(painter, name, at, token, scene.look.colour("ink.1"), room=box.width() - 12)


def heat_ground(painter: QPainter, scene: Scene, rows: Rows, camera: Camera) -> None:
    """The standing part from far away: a paper rectangle with an edge for every machine, switch and array."""
    rects = on_screen(scene, rows[scene.columns.outer[rows]], camera)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(scene.look.colour("line.2"), 1))
    painter.setBrush(scene.look.colour("card.paper"))
    draw_rects(painter, np.maximum(rects, [[-1e7, -1e7, 1.0, 1.0]]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def heat(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The moving part from far away: tint, fill by the leading measure, and a shape where there is room."""
    rows = rows[scene.columns.outer[rows]]
    rects = on_screen(scene, rows, camera)
    state, lead = scene.columns.state[rows], np.nan_to_num(scene.columns.lead[rows], nan=0.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    for code in np.unique(state):
        if code == State.NONE:
            continue
        chosen = state == code
        full = rects[chosen]
        painter.setBrush(scene.look.colour(COLOUR_OF[State(int(code))], 0.28))
        draw_rects(painter, full)
        full[:, 2] *= np.clip(lead[chosen], 0.0, 1.0)
        painter.setBrush(scene.look.colour(COLOUR_OF[State(int(code))], 0.75))
        draw_rects(painter, full)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = (rects[:, 3] >= 11) & (rects[:, 2] >= 16) & (state != State.NONE)
    for code in np.unique(state[shown]):
        here = rects[shown & (state == code)]
        sprite = mark_sprite(int(code), scene.look.name, 8.0, ratio, disc=True)
        spots = np.column_stack([here[:, 0] + here[:, 2] - 9.0, here[:, 1] + here[:, 3] / 2])
        draw_sprites(painter, sprite, spots, np.zeros(len(spots)), 1.0 / ratio)


def _sides(rects: Rects, zoom: float) -> NDArray[np.int64]:
    """Side of the icon tile of each card."""
    sides: NDArray[np.int64] = np.maximum(3, np.minimum(min(20.0, 39.2 * zoom), rects[:, 3] - 4)).astype(np.int64)
    return sides


def _numbered(rects: Rects, zoom: float) -> NDArray[np.bool_]:
    """Which cards have room for a number beside their mark."""
    roomy: NDArray[np.bool_] = (rects[:, 2] >= (124 if zoom >= NAMES_FROM else 84)) & (rects[:, 3] >= 20)
    return roomy


def tiles(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The standing part from the middle: paper, icon tile, name from zoom 0.4, cells for guests."""
    look, outer = scene.look, rows[scene.columns.outer[rows]]
    rects = on_screen(scene, outer, camera)
    pixels = on_pixels(painter)
    _panels(painter, rects, 8 * camera.zoom, look.colour("card.paper"), look.colour("line.2"))
    sides = _sides(rects, camera.zoom)
    bare: set[int] = set()
    if camera.zoom >= NAMES_FROM:
        bare = _names(painter, scene, outer, rects, sides, camera.zoom)
    for row, (x, y, _wide, _high), side in zip(outer.tolist(), rects.tolist(), sides.tolist(), strict=True):
        if row in bare:
            continue
        kind = scene.columns.kind[row]
        if pixels:
            spot = QPointF(math.floor(x + 3.5), math.floor(y + 3.5))
            painter.drawPixmap(spot, tile_sprite(kind, side, look.name, ratio))
        else:
            tile(painter, kind, QRectF(x + 3, y + 3, side, side), look)
    _cells(painter, scene, on_screen(scene, rows[scene.columns.cell[rows]], camera), camera.zoom, ratio)


def _names(
    painter: QPainter, scene: Scene, rows: Rows, rects: Rects, sides: NDArray[np.int64], zoom: float
) -> set[int]:
    """Write names; rows whose icon gives way, because the name needs its room."""
    ink, bare = scene.look.colour("ink.1"), set[int]()
    taken = np.where(_numbered(rects, zoom), 60, 12) if scene.running else np.zeros(len(rows))
    rooms = rects[:, 2] - sides - 10 - taken
    for row, (x, y, _wide, _high), side, room in zip(
        rows.tolist(), rects.tolist(), sides.tolist(), rooms.tolist(), strict=True
    ):
        name, left, face = scene.document.elements[scene.columns.ids[row]].name, x + 8.0 + side, "guest"
        if brush.width_of(name, face) > room:
            face = "label"
            if brush.width_of(name, face) > room:
                bare.add(row)
                left, room = x + 6.0, room + side + 2
        brush.text(painter, name, QPointF(left, y + 3 + side / 2), face, ink, room=room)
    return bare


def _panels(painter: QPainter, rects: Rects, radius: float, fill: QColor, edge: QColor | None) -> None:
    """Many rounded rectangles of one look; their edges lie inside on half pixels."""
    painter.setPen(QPen(edge, 1.0) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    half = 0.5 if edge is not None else 0.0
    for x, y, wide, high in rects.tolist():
        painter.drawRoundedRect(QRectF(x + half, y + half, wide - 2 * half, high - 2 * half), radius, radius)


def _cells(painter: QPainter, scene: Scene, rects: Rects, zoom: float, ratio: float) -> None:
    """Paper cells of guests: round where that can be seen, one sprite for all of a size."""
    look = scene.look
    large, radius = rects[:, 3] >= ROUNDED_FROM, round(max(1.5, 6 * zoom), 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(look.colour("line.2"), 1))
    painter.setBrush(look.colour("card.paper"))
    draw_rects(painter, rects[~large])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not on_pixels(painter):
        _panels(painter, rects[large], radius, look.colour("card.paper"), look.colour("line.2"))
        return
    for (wide, high), here in _alike(rects[large]):
        spots = np.floor(here[:, :2] + 0.5) + np.array([wide / 2, high / 2])
        sprite = cell_sprite(wide, high, radius, look.name, ratio)
        draw_sprites(painter, sprite, spots, np.zeros(len(spots)), 1.0 / ratio)


def _alike(rects: Rects) -> Iterator[tuple[tuple[int, int], Rects]]:
    """Rectangles grouped by their size in whole px, wide ones first: they may hold the others."""
    sizes = np.maximum(2, np.round(rects[:, 2:])).astype(np.int64)
    codes = sizes[:, 0] * 100_000 + sizes[:, 1]
    for code in np.unique(codes)[::-1].tolist():
        yield divmod(code, 100_000), rects[codes == code]


def signs(painter: QPainter, scene: Scene, rows: Rows, camera: Camera, ratio: float) -> None:
    """The moving part from the middle: shape and number, the leading bar, marks in the guests' cells."""
    columns = scene.columns
    live = rows[columns.state[rows] != State.NONE]
    outer = live[columns.outer[live]]
    rects = on_screen(scene, outer, camera)
    _bars(painter, scene, outer, rects, camera.zoom)
    numbered = _numbered(rects, camera.zoom)
    tops = rects[:, 1] + 3 + _sides(rects, camera.zoom) / 2
    _numbers(painter, scene, outer[numbered], rects[numbered], tops[numbered], ratio)
    if camera.zoom >= NAMES_FROM:
        extras.afar(painter, scene, outer, rects, _sides(rects, camera.zoom))
    bare = ~numbered
    spots = np.column_stack([rects[:, 0] + rects[:, 2] - np.minimum(9.0, rects[:, 2] / 3), tops])
    _marks(painter, scene, outer[bare], spots[bare], np.full(int(bare.sum()), 8.0), ratio)
    cells = live[columns.cell[live]]
    inner = on_screen(scene, cells, camera)
    sizes = np.minimum(9.0, inner[:, 2:].min(axis=1, initial=np.inf) * 0.6)
    middles = inner[:, :2] + inner[:, 2:] / 2
    holding = inner[:, 3] > 60 * camera.zoom
    middles[holding] = inner[holding, :2] + np.column_stack(
        [inner[holding, 2] - 16 * camera.zoom, np.full(int(holding.sum()), 18 * camera.zoom)]
    )
    _marks(painter, scene, cells, middles, sizes, ratio)


def _numbers(painter: QPainter, scene: Scene, rows: Rows, rects: Rects, middles: Rects, ratio: float) -> None:
    """Mark and number at the right end of each card."""
    columns, look = scene.columns, scene.look
    states, leads = columns.state[rows].tolist(), columns.lead[rows].tolist()
    ends, pixels = (rects[:, 0] + rects[:, 2] - 6).tolist(), on_pixels(painter)
    for state, lead, end, middle in zip(states, leads, ends, middles.tolist(), strict=True):
        words = number(lead, state)
        if pixels and words:
            left = end - brush.width_of(words, "guest") - 15
            spot = QPointF(math.floor(left + 0.5), math.floor(middle - SIGN_HIGH / 2 + 0.5))
            painter.drawPixmap(spot, sign_sprite(words, state, look.name, ratio))
            continue
        gap = brush.width_of(words, "guest") + 9.5 if words else 5.0
        brush.mark(painter, state, QPointF(end - gap, middle), 9, look)
        if words:
            brush.text(painter, words, QPointF(end, middle), "guest", look.colour("ink.1"), align=brush.RIGHT)


def _marks(painter: QPainter, scene: Scene, rows: Rows, spots: Rects, sizes: Rects, ratio: float) -> None:
    """Marks of state, centred; one call for all of a state and size."""
    states = scene.columns.state[rows]
    if not on_pixels(painter):
        for state, (x, y), size in zip(states.tolist(), spots.tolist(), sizes.tolist(), strict=True):
            brush.mark(painter, state, QPointF(x, y), size, scene.look)
        return
    halves = np.maximum(1, np.round(sizes * 2)).astype(np.int64)
    codes = states.astype(np.int64) * 1000 + halves
    for code in np.unique(codes).tolist():
        state, half = divmod(code, 1000)
        here = spots[codes == code]
        sprite = mark_sprite(state, scene.look.name, half / 2, ratio)
        draw_sprites(painter, sprite, here, np.zeros(len(here)), 1.0 / ratio)


def number(lead: float, state: int) -> str:
    """The leading number as words; none for what is down or has no measure."""
    return "" if lead != lead or state in (State.OFF, State.FAILED) else f"{lead * 100:.0f}\u00a0%"


def _bars(painter: QPainter, scene: Scene, rows: Rows, rects: Rects, zoom: float) -> None:
    """The leading measure of each card that has one and is high enough."""
    leads, states = scene.columns.lead[rows], scene.columns.state[rows]
    shown = ~np.isnan(leads) & (rects[:, 3] >= 26)
    rects, leads, states = rects[shown], leads[shown], states[shown]
    tops = rects[:, 1] + np.minimum(rects[:, 3] - 7, 62 * zoom + 4)
    tracks = np.column_stack([rects[:, 0] + 5, tops, rects[:, 2] - 10, np.full(len(rects), 4.0)])
    _panels(painter, tracks, 2, scene.look.colour("card.track"), scene.look.colour("line.2"))
    tracks[:, 2] = np.maximum(2.0, tracks[:, 2] * np.minimum(1.0, leads))
    for code in np.unique(states):
        _panels(painter, tracks[states == code], 2, scene.look.colour(COLOUR_OF[State(int(code))]), None)
