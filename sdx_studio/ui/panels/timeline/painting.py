"""How the time line looks: a filled past, marks in discs, spans, ribbons, diamonds with words, the playhead's flag."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from sdx_studio import units
from sdx_studio.document import Act, Document
from sdx_studio.session import planning
from sdx_studio.session.moments import Moment, moments
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.timeline.axis import EVENTS, LANE, LEFT, PLAN, RIBBONS, RULER, Axis
from sdx_studio.ui.panels.timeline.chronicle import Chronicle, Crowd
from sdx_studio.ui.theme import Manner, Theme
from sdx_studio.words import _

FOOT = 3.0
FAINT = 0.42
"""How strong what is still to come is drawn."""
LEAST = 26.0
"""Words with less room (px) are left out."""


@dataclass
class Sight:
    """What is to be painted; moments in simulated seconds."""

    axis: Axis
    now: float
    chronicle: Chronicle
    document: Document
    look: Theme
    lifted: tuple[str, float] | None = None
    """An act that is being dragged, and where it is just now."""
    focus: QPointF | None = None
    """What the keys are on."""
    words: list[QRectF] = field(default_factory=list)
    """Where there are words that the playhead must not cross."""

    def at(self, act: Act) -> float:
        """When an act is shown."""
        return self.lifted[1] if self.lifted is not None and self.lifted[0] == act.id else act.at

    def acts(self) -> list[Act]:
        """The acts by the time at which they are shown."""
        return sorted(self.document.scenario.values(), key=lambda act: (self.at(act), act.id))


class Portrait:
    """Paints a sight; marks are kept as pixels."""

    def __init__(self) -> None:
        self._stamps: dict[tuple[State, str, float], QPixmap] = {}

    def paint(self, painter: QPainter, sight: Sight) -> None:
        """Everything, back to front."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, axis = sight.look, sight.axis
        painter.fillRect(QRectF(0, 0, axis.wide, 1), look.colour("line.1"))
        brush.text(painter, _("Timeline"), QPointF(12, RULER), "guest", look.colour("ink.1"), room=LEFT - 18)
        flag = _flag(sight)
        _ruler(painter, sight, flag)
        for words, y in ((_("Events"), EVENTS), (_("Scenario"), PLAN)):
            brush.text(painter, words, QPointF(12, y), "micro", look.colour("ink.2"), room=LEFT - 18)
            _lane(painter, sight, y)
        _spans(painter, sight)
        sight.words = []
        _plan_words(painter, sight)
        _ribbons(painter, sight)
        _line(painter, sight)
        self._marks(painter, sight)
        _diamonds(painter, sight)
        words = units.clock(sight.now)
        brush.panel(painter, flag, 4, look.colour("accent"), None)
        brush.text(painter, words, flag.center(), "guest", look.colour("accent.ink"), align=brush.CENTRE)
        if sight.focus is not None:
            overlay.focus(painter, QRectF(sight.focus.x() - 2, sight.focus.y() - 2, 4, 4), look)

    def _marks(self, painter: QPainter, sight: Sight) -> None:
        look, chronicle = sight.look, sight.chronicle
        ratio = painter.device().devicePixelRatioF() * Manner.scale
        for crowd in chronicle.crowds(sight.axis):
            if chronicle.times[crowd.first] > sight.now:
                painter.setOpacity(FAINT)
            stamp = self._stamp(crowd.state, look, ratio)
            painter.drawPixmap(QRectF(crowd.x - 9, EVENTS - 9, 18, 18), stamp, QRectF(stamp.rect()))
            if crowd.count > 1:
                _count(painter, crowd, look)
        painter.setOpacity(1.0)

    def _stamp(self, state: State, look: Theme, ratio: float) -> QPixmap:
        """A mark in its disc, 18 px wide."""
        key = (state, look.name, ratio)
        if key not in self._stamps:
            made = QPixmap(round(18 * ratio), round(18 * ratio))
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(ratio, ratio)
            brush.solid(painter, look.colour("surface.panel"))
            painter.drawEllipse(QPointF(9, 9), 8, 8)
            brush.mark(painter, state, QPointF(9, 9), 10, look)
            painter.end()
            self._stamps[key] = made
        return self._stamps[key]


def _count(painter: QPainter, crowd: Crowd, look: Theme) -> None:
    words = f"{crowd.count}"
    box = QRectF(crowd.x + 6, EVENTS - 6, brush.width_of(words, "micro") + 5, 12)
    brush.panel(painter, box, 4, look.colour("surface.panel"), None)
    brush.text(painter, words, QPointF(box.left() + 2, EVENTS), "micro", look.colour("ink.2"))


def _flag(sight: Sight) -> QRectF:
    """Where the playhead's time stands."""
    x, wide = sight.axis.x(sight.now), brush.width_of(units.clock(sight.now), "guest") + 12
    return QRectF(min(max(x - wide / 2, LEFT - 4), sight.axis.wide - wide), 2, wide, 18)


def _ruler(painter: QPainter, sight: Sight, flag: QRectF) -> None:
    look, axis = sight.look, sight.axis
    for time in axis.ticks():
        x, words = axis.x(time), units.tick(time)
        painter.fillRect(QRectF(x, RULER - 4, 1, 8), look.colour("line.3"))
        end = x + 4 + brush.width_of(words, "micro")
        if end < axis.wide - 2 and (end < flag.left() - 3 or x + 4 > flag.right() + 3):
            brush.text(painter, words, QPointF(x + 4, RULER), "micro", look.colour("ink.2"))


def _lane(painter: QPainter, sight: Sight, y: float) -> None:
    look, axis = sight.look, sight.axis
    lane = QRectF(LEFT, y - LANE / 2, axis.end - LEFT, LANE)
    brush.panel(painter, lane, 3, look.colour("surface.panel"), look.colour("line.1"))
    past = QRectF(lane.left(), lane.top(), max(0.0, min(axis.end, axis.x(sight.now)) - LEFT), LANE)
    brush.panel(painter, past, 3, look.colour("surface.hover"), None)


def _spans(painter: QPainter, sight: Sight) -> None:
    """Migrations: a tint with a foot up to now, an outline for what is known to come; those that overlap are one."""
    axis, look, now = sight.axis, sight.look, sight.now
    under_way = [(since, max(now, since)) for since in sight.chronicle.moving.values()]
    spans = sorted([*((start, end) for start, end, _id in sight.chronicle.spans), *under_way])
    joined: list[list[float]] = []
    for start, end in spans:
        if joined and axis.x(start) <= axis.x(joined[-1][1]) + 1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    top = EVENTS - LANE / 2
    for start, end in joined:
        left, right, here = axis.x(start), max(axis.x(end), axis.x(start) + 2), axis.x(now)
        if right > here:
            rest = QRectF(max(left, here), top, right - max(left, here), LANE)
            brush.panel(painter, rest, 2, look.colour("surface.panel"), look.colour("line.2"))
        if left < here:
            done = QRectF(left, top, min(right, here) - left, LANE)
            painter.fillRect(done, look.colour("state.moving", 0.2))
            painter.fillRect(QRectF(left, top + LANE - FOOT, done.width(), FOOT), look.colour("state.moving"))


def _ribbons(painter: QPainter, sight: Sight) -> None:
    """Bookmarks hang from the ruler; their names stand beside them where there is room."""
    axis, look, kept = sight.axis, sight.look, moments(sight.document)
    for place, moment in enumerate(kept):
        x = axis.x(moment.time)
        after = axis.x(kept[place + 1].time) if place + 1 < len(kept) else axis.end
        ribbon = [QPointF(x + dx, RIBBONS + dy) for dx, dy in ((-4, -6), (4, -6), (4, 6), (0, 2.5), (-4, 6))]
        brush.solid(painter, look.colour("accent.text"))
        painter.drawPolygon(QPolygonF(ribbon))
        _words(painter, sight, moment.name, x + 8, after - 8, RIBBONS, "ink.2")


def _plan_words(painter: QPainter, sight: Sight) -> None:
    acts = sight.acts()
    for place, act in enumerate(acts):
        after = sight.axis.x(sight.at(acts[place + 1])) - 8 if place + 1 < len(acts) else sight.axis.end - 2
        start = sight.axis.x(sight.at(act)) + 9
        _words(painter, sight, planning.words(act, sight.document), start, after, PLAN, "ink.1")


def _words(painter: QPainter, sight: Sight, words: str, start: float, end: float, y: float, ink: str) -> None:
    """One line between two places, shortened if need be, or nothing where there is no room."""
    wide = brush.width_of(words, "micro")
    if end - start < min(wide, LEAST):
        return
    brush.text(painter, words, QPointF(start, y), "micro", sight.look.colour(ink), room=end - start)
    sight.words.append(QRectF(start - 2, y - 7, min(wide, end - start) + 4, 14))


def _line(painter: QPainter, sight: Sight) -> None:
    """The playhead's line; it leaves out where there are words."""
    x = sight.axis.x(sight.now)
    tops = sorted((box.top(), box.bottom()) for box in sight.words if box.left() - 2 <= x <= box.right() + 2)
    y = 8.0
    for top, bottom in [*tops, (PLAN + 10, PLAN + 10)]:
        if top > y:
            painter.fillRect(QRectF(x - 1, y, 2, top - y), sight.look.colour("accent"))
        y = max(y, bottom)


def _diamonds(painter: QPainter, sight: Sight) -> None:
    look = sight.look
    for act in sight.acts():
        lifted = sight.lifted is not None and sight.lifted[0] == act.id
        x, size = sight.axis.x(sight.at(act)), 6.0 if lifted else 5.0
        painter.setPen(QPen(look.colour("accent" if lifted else "ink.2"), 1.5))
        painter.setBrush(look.colour("surface.panel"))
        corners = ((0.0, -size), (size, 0.0), (0.0, size), (-size, 0.0))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, PLAN + dy) for dx, dy in corners]))
        if lifted:
            words, look_at = units.clock(sight.at(act)), sight.axis.wide - 60
            place = QPointF(min(x - brush.width_of(words, "micro") / 2, look_at), PLAN - 14)
            box = QRectF(place.x() - 4, place.y() - 7, brush.width_of(words, "micro") + 8, 14)
            brush.panel(painter, box, 4, look.colour("accent"), None)
            brush.text(painter, words, place, "micro", look.colour("accent.ink"))


def ribbon_at(sight: Sight, x: float) -> Moment | None:
    """The bookmark near `x`."""
    near = [one for one in moments(sight.document) if abs(sight.axis.x(one.time) - x) < 7]
    return min(near, key=lambda one: abs(sight.axis.x(one.time) - x), default=None)


def diamond_at(sight: Sight, x: float) -> Act | None:
    """The act near `x`."""
    near = [act for act in sight.document.scenario.values() if abs(sight.axis.x(sight.at(act)) - x) < 8]
    return min(near, key=lambda act: abs(sight.axis.x(sight.at(act)) - x), default=None)


def crowd_at(sight: Sight, x: float) -> Crowd | None:
    """The mark near `x`."""
    near = [one for one in sight.chronicle.crowds(sight.axis) if abs(one.x - x) < 9]
    return min(near, key=lambda one: abs(one.x - x), default=None)
