"""A controller at work: a first packet asks it, it tells the switches, and its way lies over the shortest one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from sdx_studio import units
from sdx_studio.session.doings import Chosen
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.labels import chips, fixed, free_spot
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

Points = NDArray[np.float64]
SHOWN = 3.0
"""Seconds of the canvas's own time for which a choice is shown; its steps are in shares of them."""
ASKS, DECIDES, TELLS = 0.27, 0.4, 0.75
"""When a packet-in has arrived, flow-mods leave, and they have arrived."""
BAND, FULL, ASIDE, DOT = 9.0, 17.0, 7.0, 3.2
"""Px: the band of a chosen way, the same under a full pipe, how far beside its cables the other way runs, its dots."""
BESIDE = 19.0
"""Px from a cable to the middle of words beside it."""
WIDE, HIGH = 18.0, 12.0
MOST_TOLD = 3
"""Flows whose ways have words when several are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A choice in the picture: how far it is (0…1; None while it is shown because of the selection)."""

    flow: str
    chosen: Chosen
    step: float | None

    @property
    def decided(self) -> bool:
        """Whether the controller has made up its mind."""
        return self.step is None or self.step >= ASKS or not self.chosen.asked


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope on a control cable: the way that it takes, how far it is (0…1), and whether it is a flow-mod."""

    cable: str
    way: Points
    share: float
    orders: bool


def shown(scene: Scene) -> list[Shown]:
    """Choices that are to be seen, oldest first: a controller's last for a moment, and those of the selection."""
    newest: dict[str, Shown] = {}
    found = []
    for flow, chosen in sorted(scene.doings.chosen.items(), key=lambda one: one[1].at):
        age = (scene.time - chosen.at) / (SHOWN * max(1.0, scene.pace))
        if scene.picked and not {flow, chosen.by, *switches(scene, chosen)}.isdisjoint(scene.picked):
            found.append(Shown(flow, chosen, age if 0 <= age < 1 else None))
        elif 0 <= age < 1:
            newest[chosen.by] = Shown(flow, chosen, age)
    return [*found, *newest.values()]


def switches(scene: Scene, chosen: Chosen) -> list[str]:
    """Programmed switches on a chosen way, from the sender on."""
    links = scene.document.links
    ends = [end for cable in chosen.way if cable in links for end in (links[cable].a, links[cable].b)]
    return [id for id in dict.fromkeys(ends) if "programmed" in scene.document.traits(id)]


def letters(scene: Scene, one: Shown) -> list[Letter]:
    """Envelopes under way: the first switch asks, then every switch on the way is told."""
    if one.step is None:
        return []
    on_way = switches(scene, one.chosen)
    if one.step < ASKS:
        asking = list(_control(scene, on_way[:1], one.chosen.by)) if one.chosen.asked else []
        return [Letter(cable, way, one.step / ASKS, False) for cable, way in asking]
    if not DECIDES <= one.step < TELLS:
        return []
    share = (one.step - DECIDES) / (TELLS - DECIDES)
    return [Letter(cable, way[::-1], share, True) for cable, way in _control(scene, on_way, one.chosen.by)]


def _control(scene: Scene, switches: list[str], controller: str) -> Iterator[tuple[str, Points]]:
    """Control cables from switches to their controller, each with its way from the switch on."""
    for row, link in enumerate(scene.routes.links):
        if scene.routes.medium[row] != "control" or controller not in (link.a, link.b):
            continue
        if (link.a if link.b == controller else link.b) in switches:
            path = scene.routes.paths[row]
            yield link.id, path[::-1] if link.a == controller else path


def bands(scene: Scene, found: list[Shown]) -> tuple[list[int], list[int]]:
    """Rows of the cables on chosen ways, and of those only on the shortest ways that were not taken."""
    rows = scene.routes.row
    chosen = {rows[id] for one in found if one.decided for id in one.chosen.way if id in rows}
    plain = {rows[id] for one in found for id in one.chosen.plain if id in rows and id not in one.chosen.way}
    return sorted(chosen), sorted(plain)


def under(painter: QPainter, scene: Scene, found: list[Shown]) -> None:
    """The ways, before anything that moves on them; the painter is in canvas px."""
    chosen, plain = bands(scene, found)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row in chosen:
        wide = FULL if scene.link_state(row) == State.CRITICAL else BAND
        painter.setPen(QPen(scene.look.mixed("accent", "surface.canvas", 0.4), wide, c=Qt.PenCapStyle.FlatCap))
        painter.drawPath(brush.rounded([QPointF(x, y) for x, y in scene.routes.paths[row]]))
    for row in plain:
        dotted(painter, scene, beside(scene.routes.paths[row], ASIDE))


def dotted(painter: QPainter, scene: Scene, way: Points) -> None:
    """A way as dots in the accent's colour."""
    path: QPainterPath = brush.rounded([QPointF(x, y) for x, y in way])
    pen = QPen(scene.look.colour("accent"), DOT, c=Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.4])
    painter.setPen(pen)
    painter.drawPath(path)


def beside(path: Points, away: float) -> Points:
    """A way `away` px to the left of another, as one goes along it (upwards when it goes to the right)."""
    steps = np.diff(path, axis=0)
    steps = steps[np.hypot(steps[:, 0], steps[:, 1]) > 1e-9]
    if not len(steps):
        return path
    kept = np.vstack([path[:1], path[:1] + np.cumsum(steps, axis=0)])
    unit = steps / np.hypot(steps[:, 0], steps[:, 1])[:, None]
    normal = np.column_stack([unit[:, 1], -unit[:, 0]])
    before, after = np.vstack([normal[:1], normal]), np.vstack([normal, normal[-1:]])
    lean = 1.0 + (before * after).sum(axis=1)
    made: Points = kept + (before + after) / np.maximum(lean, 0.5)[:, None] * away
    return made


def over(painter: QPainter, scene: Scene, found: list[Shown], scale: float) -> None:
    """Envelopes and words, on top of everything; the painter is in canvas px."""
    for one in found:
        sent = letters(scene, one)
        for letter in sent:
            _envelope(painter, scene, letter, scale)
        if sent:
            _named(painter, scene, sent[0], one.chosen.by, scale)
    taken = list[QRectF]()
    newest = {one.chosen.by: one for one in found if one.step is not None}
    for one in found[-MOST_TOLD:]:
        if newest.get(one.chosen.by) is one:
            taken.append(_bubble(painter, scene, one, scale))
        for place, (words, ways) in enumerate(told(scene, one)):
            away = BESIDE if place or not one.decided else -BESIDE
            taken.append(_chip(painter, scene, words, [beside(way, away * scale) for way in ways], taken, scale))


def told(scene: Scene, one: Shown) -> list[tuple[str, list[Points]]]:
    """What is written at the two ways: the words, and the cables that one of them has alone."""
    chosen, rows = one.chosen, scene.routes.row
    alone = [id for id in chosen.way if id not in chosen.plain] or list(chosen.way[1:-1]) or list(chosen.way)
    other = [id for id in chosen.plain if id not in chosen.way]
    found = []
    if one.decided:
        found.append((_("chosen: {rate}", rate=units.show(chosen.gets, "bit/s")), alone))
    if other:
        words = _("hop by hop: {rate}", rate=units.show(chosen.otherwise, "bit/s"))
        found.append((words, other))
    return [(words, [scene.routes.paths[rows[id]] for id in ids if id in rows]) for words, ids in found]


def _chip(painter: QPainter, scene: Scene, words: str, ways: list[Points], taken: list[QRectF], scale: float) -> QRectF:
    """Words along the longest of some ways, where they hide no card and no other words."""
    if not ways:
        return QRectF()
    wide, high = brush.width_of(words, "label", scale) + 12 * scale, 18 * scale
    boxes = [(box.left(), box.top(), box.right(), box.bottom()) for box in taken]
    every = np.vstack([fixed(scene), chips(scene, scale), np.array(boxes).reshape(-1, 4)])
    longest = max(ways, key=lambda way: float(np.hypot(*np.diff(way, axis=0).T).max()))
    spot = free_spot(longest, wide, high, every)
    return brush.chip(painter, words, spot, scene.look, scale=scale)


def _envelope(painter: QPainter, scene: Scene, letter: Letter, scale: float) -> None:
    """A letter where it is; a flow-mod is filled."""
    look, at = scene.look, along(letter.way, letter.share)
    size = QSizeF(WIDE, HIGH) * scale
    box = QRectF(at.x() - size.width() / 2, at.y() - size.height() / 2, size.width(), size.height())
    painter.setPen(QPen(look.colour("surface.canvas"), 4))
    painter.setBrush(look.colour("accent" if letter.orders else "card.paper"))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(QPen(look.colour("accent"), 1.5))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(QPen(look.colour("accent.ink" if letter.orders else "accent"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    flap = [box.topLeft() + QPointF(2, 2), at + QPointF(0, 1.5), box.topRight() + QPointF(-2, 2)]
    painter.drawPolyline(QPolygonF(flap))


def _named(painter: QPainter, scene: Scene, letter: Letter, controller: str, scale: float) -> None:
    """What the envelope is called in the protocol, on the side that is away from the controller."""
    words = "flow-mod" if letter.orders else "packet-in"
    at, row = along(letter.way, letter.share), scene.columns.row.get(controller)
    right = row is None or scene.columns.box(row).center().x() < at.x()
    away = (WIDE * scale + brush.width_of(words, "label", scale) + 12 * scale) / 2 + 4
    brush.chip(painter, words, at + QPointF(away if right else -away, 0), scene.look, scale=scale)


def along(way: Points, share: float) -> QPointF:
    """The point of a polyline after a share of its length."""
    steps = np.diff(way, axis=0)
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    x, y = (float(np.interp(share * reached[-1], reached, way[:, axis])) for axis in (0, 1))
    return QPointF(x, y)


def sentences(scene: Scene, one: Shown) -> tuple[str, str]:
    """What is said at the controller: who is concerned, and what happens just now."""
    name = scene.document.elements[one.flow].name if one.flow in scene.document.elements else one.flow
    chosen = one.chosen
    if not one.decided:
        return name, _("first packet: which way?")
    gets, otherwise = (units.show(rate, "bit/s") for rate in (chosen.gets, chosen.otherwise))
    if chosen.way == chosen.plain:
        return name, _("the shortest way: room for {rate}", rate=gets)
    return name, _("{count} cables: {rate}, not {otherwise}", count=len(chosen.way), rate=gets, otherwise=otherwise)


def _bubble(painter: QPainter, scene: Scene, one: Shown, scale: float) -> QRectF:
    """Above the controller: what it decides."""
    columns, look = scene.columns, scene.look
    row = columns.row.get(one.chosen.by)
    if row is None:
        return QRectF()
    card = columns.box(row)
    name, line = sentences(scene, one)
    wide = max(brush.width_of(name, "guest", scale), brush.width_of(line, "label", scale)) + 20
    box = QRectF(card.center().x() - wide / 2, card.top() - 52 * scale, wide, 42 * scale)
    brush.shadow(painter, box, 8, look, 2)
    brush.panel(painter, box, 8, look.colour("card.paper"), look.colour("accent"), 1.5)
    ink = look.colour("ink.1")
    brush.text(painter, name, QPointF(box.left() + 10, box.top() + 13 * scale), "guest", ink, scale=scale)
    brush.text(painter, line, QPointF(box.left() + 10, box.top() + 29 * scale), "label", ink, scale=scale)
    return box
