"""Words at cables: names of ports along each end, numbers of VLANs, and one chip a cable, kept off cards and chips."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from sdx_studio.document.layout import RACK_HEAD, SITE_HEAD
from sdx_studio.kinds.links import link_values
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import GROUNDS, State
from sdx_studio.ui.canvas.readouts import waiting
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom on the canvas in px."""
_Place = tuple[float, float, QPointF | None]
"""Scale and width for which a chip's place was found, and its middle; None where there is none."""
PORTS_FROM = 0.5
"""Zoom from which names of ports are drawn."""
AWAY = 10.0
"""Px from a port to its name."""
ABOVE = 6.2
"""Px from a line to the middle of the words that run along it: between two parallels there is room for them."""
TRIES = 4
MOST_BANDS = 4
MOST = 400
SHARES = tuple(0.5 + step * sign for step in (0.0, 0.07, 0.14, 0.21, 0.28, 0.35, 0.42) for sign in (-1, 1))
LONGEST = 3
"""Pieces of a cable that are tried for its chip, the longest first."""
SLACK = 18.0
"""Px by which words may become shorter before their chip moves."""
HIGH = 18.0
TOLERATED = 0.2
"""Share of a chip that may lie on something else."""
BESIDE = 8.0
"""Px between a cable and a chip that finds no room on it, taken twice."""


class Labels:
    """Writes them; `scale` is the size of one px of words on the canvas."""

    def __init__(self, painter: QPainter, scene: Scene, scale: float) -> None:
        self._painter, self._scene, self._scale = painter, scene, scale

    def ports(self, rows: NDArray[np.int64]) -> None:
        """Names of ports, along the first and the last piece of their cable."""
        seen = set(rows.tolist())
        for name in names(self._scene, self._scale):
            if name.row in seen:
                self._port(name)

    def _port(self, name: "Name") -> None:
        step = name.way[1] - name.way[0]
        flipped = step[0] < -1e-6 or (abs(step[0]) <= 1e-6 and step[1] > 0)
        painter, scale = self._painter, self._scale
        painter.save()
        painter.translate(float(name.way[0][0]), float(name.way[0][1]))
        painter.rotate(math.degrees(math.atan2(step[1], step[0])) + (180.0 if flipped else 0.0))
        at = QPointF(-name.away if flipped else name.away, -ABOVE * scale)
        align, ink = brush.RIGHT if flipped else brush.LEFT, self._scene.look.colour("ink.2")
        brush.text(painter, name.words, at, "label", ink, room=name.wide + 1.0, align=align, scale=scale)
        painter.restore()

    def numbers(self, rows: NDArray[np.int64]) -> None:
        """The numbers of the VLANs on chips near the first end of their cables."""
        for row in rows.tolist():
            spot = number_spot(self._scene, row)
            if spot is not None:
                words = number_words(self._scene, row)
                brush.chip(self._painter, words, spot, self._scene.look, State.NONE, self._scale)

    def chips(self, rows: NDArray[np.int64]) -> None:
        """One chip a cable that has something to say."""
        told = {row: words for row in rows[:MOST].tolist() if (words := fitting(self._scene, row, self._scale))}
        for row, spot in spots(self._scene, told, self._scale).items():
            state = self._scene.link_state(row)
            if self._scene.cut[row]:
                spot = spot + QPointF(0.0, 24.0 * self._scale)
            brush.chip(self._painter, told[row], spot, self._scene.look, state, self._scale)


def said(scene: Scene, row: int) -> str:
    """What stands on a link's chip: its words, a busy link's use, how many wait at a full one; empty for none."""
    return " · ".join(_parts(scene, row))


def _parts(scene: Scene, row: int) -> list[str]:
    label, state = link_values(scene.routes.links[row])["label"], scene.link_state(row)
    words = [str(label)] if label else []
    if state in (State.BUSY, State.CRITICAL):
        words.append(f"{np.nanmax(scene.use[row]) * 100:.0f}\u00a0%")
    if state == State.CRITICAL and (count := waiting(scene, row)):
        words.append(_("queue {count}", count=count))
    return words


def fitting(scene: Scene, row: int, scale: float) -> str:
    """The same without what a short link has no room for; what happens on it stays to the last."""
    words, room = _parts(scene, row), float(scene.routes.length[row])
    while len(words) > 1 and brush.width_of(" · ".join(words), "label", scale) + 25.0 * scale > room:
        del words[0]
    return " · ".join(words)


def port_names(scene: Scene, row: int) -> tuple[str, str]:
    """Names of the ports at a link's first and second end; empty for none."""
    fields = scene.routes.links[row].fields
    return str(fields.get("port_a") or ""), str(fields.get("port_b") or "")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a port: at the beginning of which way, `away` px along it, `wide` px, and the box it takes."""

    row: int
    words: str
    way: Points
    away: float
    wide: float
    box: Box


def names(scene: Scene, scale: float) -> list[Name]:
    """All names of ports with their places; one that would lie on another is written further along its cable."""
    kept: tuple[float, list[Name]] | None = scene.columns.memo.get("names")
    if kept is not None and kept[0] == scale:
        return kept[1]
    found: list[Name] = []
    for row in np.flatnonzero(scene.routes.named)[:MOST].tolist():
        path = scene.routes.paths[row]
        for words, way in zip(port_names(scene, row), (path, path[::-1]), strict=True):
            if words:
                found.append(_placed(row, words, way, scale, [name.box for name in found]))
    scene.columns.memo["names"] = (scale, found)
    return found


def _placed(row: int, words: str, way: Points, scale: float, taken: list[Box]) -> Name:
    """A name at the first place along the first piece of `way` where it covers no other."""
    step = way[1] - way[0]
    length = max(1e-9, float(np.hypot(*step)))
    room = max(48.0, length - AWAY) if len(way) > 2 else max(24.0, length / 2 - AWAY)
    wide = min(brush.width_of(words, "label", scale), room)
    tries = [AWAY + index * (wide + 8.0) for index in range(TRIES)]
    every = [Name(row, words, way, away, wide, _name_box(way[0], step / length, away, wide, scale)) for away in tries]
    fitting = [name for name in every[1:] if name.away + wide <= length - AWAY]
    free = (name for name in (every[0], *fitting) if not any(_overlap(name.box, other) for other in taken))
    return next(free, every[0])


def _name_box(start: Points, unit: Points, away: float, wide: float, scale: float) -> Box:
    """What words take that run along a line, above it when one reads them."""
    up = np.array([unit[1], -unit[0]]) * (-1.0 if unit[0] < -1e-6 or (abs(unit[0]) <= 1e-6 and unit[1] > 0) else 1.0)
    ends = np.array([start + unit * at + up * high * scale for at in (away, away + wide) for high in (1.5, 11.0)])
    (left, top), (right, bottom) = ends.min(axis=0).tolist(), ends.max(axis=0).tolist()
    return left, top, right, bottom


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def number_words(scene: Scene, row: int) -> str:
    """Numbers of a link's VLANs."""
    return " ".join(str(number) for _series, number in scene.routes.vlans[row][:MOST_BANDS])


def number_spot(scene: Scene, row: int) -> QPointF | None:
    """Middle of the chip with a link's VLANs; None when it is tied to none."""
    if not scene.routes.vlans[row]:
        return None
    path = scene.routes.paths[row]
    step = path[1] - path[0]
    x, y = path[0] + step * min(0.5, 30.0 / max(1.0, float(np.hypot(*step))))
    return QPointF(float(x), float(y))


def spots(scene: Scene, told: Mapping[int, str], scale: float) -> dict[int, QPointF]:
    """Middles of the chips of some links. A chip stays where it is while its words fit there and nothing moves.

    One that says no more than the colours of its link is left out where it would lie on something else.
    """
    kept: dict[int, _Place] = scene.columns.memo.setdefault("chips", {})
    wide = {row: brush.width_of(words, "label", scale) + 25.0 * scale for row, words in told.items()}
    high = HIGH * scale
    known = [row for row in told if _still(kept.get(row), scale, wide[row])]
    taken = [_around(spot, kept[row][1], high) for row in known if (spot := kept[row][2]) is not None]
    for row in told:
        spot = number_spot(scene, row)
        if spot is not None:
            taken.append(_around(spot, brush.width_of(number_words(scene, row), "label", scale) + 12 * scale, high))
    taken.extend(name.box for name in names(scene, scale))
    cards = fixed(scene) if len(known) < len(told) else np.empty((0, 4))
    for row in told:
        if row not in known:
            every = np.vstack([cards, np.array(taken).reshape(-1, 4)])
            centre, covered = best_spot(scene.routes.paths[row], wide[row], high, every)
            lone = covered > wide[row] * high * TOLERATED and not link_values(scene.routes.links[row])["label"]
            kept[row] = (scale, wide[row], None if lone else centre)
            if not lone:
                taken.append(_around(centre, wide[row], high))
    return {row: spot for row in told if (spot := kept[row][2]) is not None}


def chips(scene: Scene, scale: float) -> Points:
    """Left, top, right, bottom (n × 4) of the chips that are drawn."""
    kept: dict[int, _Place] = scene.columns.memo.get("chips", {})
    boxes = [_around(spot, wide, HIGH * scale) for _scale, wide, spot in kept.values() if spot is not None]
    return np.array(boxes).reshape(-1, 4)


def fixed(scene: Scene) -> Points:
    """What chips keep off: cards, and the words above what stands in a rack or a site."""
    columns = scene.columns
    cards, heads = columns.rect[columns.outer], columns.rect[np.isin(columns.shape, GROUNDS)].copy()
    heads[:, 3] = np.minimum(heads[:, 3], min(RACK_HEAD, SITE_HEAD))
    boxes = np.vstack([cards, heads])
    return np.column_stack([boxes[:, :2] - 2, boxes[:, :2] + boxes[:, 2:] + 2])


def _still(known: _Place | None, scale: float, wide: float) -> bool:
    """Whether words `wide` px fit into a chip's place without leaving too much of it empty."""
    return known is not None and known[0] == scale and known[1] - SLACK * scale <= wide <= known[1]


def _around(centre: QPointF, wide: float, high: float) -> Box:
    """Left, top, right, bottom of a chip."""
    box = QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)
    return box.left(), box.top(), box.right(), box.bottom()


def free_spot(path: Points, wide: float, high: float, taken: Points) -> QPointF:
    """The point alone of `best_spot`."""
    return best_spot(path, wide, high, taken)[0]


def best_spot(path: Points, wide: float, high: float, taken: Points) -> tuple[QPointF, float]:
    """Where on a way a chip covers least of what is taken (n × 4: left, top, right, bottom), and how much (px²).

    It is the first free place; where none on the way is free, places close beside it count too.
    """
    step = np.diff(path, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    pieces = np.argsort(-length, kind="stable")[:LONGEST]
    if length.max() * 4 < length.sum():
        along = np.concatenate([[0.0], np.cumsum(length)])
        shares = np.array(SHARES) * along[-1]
        centres = np.column_stack([np.interp(shares, along, path[:, axis]) for axis in (0, 1)])
    else:
        centres = np.array([path[piece] + step[piece] * share for piece in pieces.tolist() for share in SHARES])
    margin = np.array([wide, high + BESIDE])
    near = ((taken[:, :2] < centres.max(axis=0) + margin) & (taken[:, 2:] > centres.min(axis=0) - margin)).all(axis=1)
    covered = _covered(centres, wide, high, taken[near])
    if covered.min() > 0:
        half = np.array([(wide + BESIDE) / 2, (high + BESIDE) / 2])
        aside = [half * way for way in ((0, -1), (0, 1), (1, 0), (-1, 0))]
        centres = np.vstack([centres, *(centres + one for one in aside)])
        covered = _covered(centres, wide, high, taken[near])
    best = int(np.argmin(covered))
    return QPointF(float(centres[best, 0]), float(centres[best, 1])), float(covered[best])


def _covered(centres: Points, wide: float, high: float, taken: Points) -> Points:
    """How much (px²) of what is taken a chip at each of the centres would cover."""
    low, up = centres - np.array([wide / 2, high / 2]), centres + np.array([wide / 2, high / 2])
    across = np.minimum(up[:, None, 0], taken[None, :, 2]) - np.maximum(low[:, None, 0], taken[None, :, 0])
    down = np.minimum(up[:, None, 1], taken[None, :, 3]) - np.maximum(low[:, None, 1], taken[None, :, 1])
    covered: Points = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1).round(3)
    return covered
