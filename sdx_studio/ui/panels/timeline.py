"""The time axis under the canvas: what happened as marks, what the scenario plans as diamonds, the playhead."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from sdx_studio import units
from sdx_studio.engine.events import Event
from sdx_studio.session import Session
from sdx_studio.session.acts import ACTS
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.ui.canvas import brush, overlay
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.theme import Manner, Theme, px
from sdx_studio.words import _

LEFT = 112.0
STEPS_BY_KEY = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1_000_000_000, Qt.Key.Key_End: 1_000_000_000,
}  # fmt: skip
LANES = 44.0
"""Where the lane of events ends."""
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400)
MARKS = (
    ("migration", State.MOVING), ("element.failed", State.FAILED), ("guest.stopped", State.OFF),
    ("ha.", State.OK), ("traffic.blocked", State.CRITICAL), ("element.hindered", State.CRITICAL),
    ("storage.", State.BUSY), ("command.", State.BUSY),
)  # fmt: skip


class Timeline(QWidget):
    """Ruler and two lanes; a click on a mark selects its element."""

    def __init__(self, session: Session, look: Theme, select: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._on: Event | None = None
        """The event the keys are on."""
        self._session = session
        self._look = look
        self._select = select
        self._events: list[Event] = []
        self._time = 0.0
        self.retell(session, look)

    def retell(self, session: Session, look: Theme) -> None:
        """Another session, palette or language."""
        self._session, self._look = session, look
        self.setFixedHeight(px(64))
        self.setAccessibleName(_("Timeline"))
        self.update()

    def follow(self, time: float, events: list[Event]) -> None:
        """Show this moment and these events."""
        self._time, self._events = time, events
        self.update()

    @property
    def _span(self) -> float:
        return max(self._session.document.properties.duration, self._time * 1.02, 1.0)

    @property
    def _wide(self) -> float:
        """Width at font scale 100 %, at which everything is painted."""
        return self.width() / Manner.scale

    def _x(self, time: float) -> float:
        return LEFT + (self._wide - LEFT - 16) * time / self._span

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        painter.fillRect(self.rect(), look.colour("surface.panel"))
        painter.scale(Manner.scale, Manner.scale)
        painter.fillRect(QRectF(0, 0, self._wide, 1), look.colour("line.1"))
        brush.text(painter, _("Timeline"), QPointF(12, 13), "guest", look.colour("ink.1"))
        self._ruler(painter)
        for index, words in enumerate((_("Events"), _("Scenario"))):
            y = 34.0 + index * 18
            brush.text(painter, words, QPointF(12, y), "micro", look.colour("ink.2"), room=LEFT - 18)
            self._lane(painter, y)
        self._marks(painter)
        self._scenario(painter)
        self._playhead(painter)
        if self.hasFocus():
            x = LEFT if self._on is None else self._x(self._on.time / 1e6)
            overlay.focus(painter, QRectF(x - 4, 30, 8, 8), look)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from event to event, Home and End to the first and the last: each is selected and said."""
        if event.key() not in STEPS_BY_KEY or not self._events:
            super().keyPressEvent(event)
            return
        by, count = STEPS_BY_KEY[Qt.Key(event.key())], len(self._events)
        place = self._events.index(self._on) if self._on in self._events else -1 if by > 0 else count
        self._on = self._events[min(count - 1, max(0, place + by))]
        words = sentence(self._on, self._session.document)
        self.setAccessibleDescription(f"{units.clock(self._on.time / 1e6)} {words}")
        if self._on.element:
            self._select(self._on.element)
        self.update()

    def _ruler(self, painter: QPainter) -> None:
        room = (self._wide - LEFT - 16) / self._span
        step = next((one for one in STEPS if one * room >= 64), STEPS[-1])
        time = 0.0
        while time <= self._span:
            x = self._x(time)
            painter.fillRect(QRectF(x, 9, 1, 8), self._look.colour("line.3"))
            words = units.clock(time)[:-2]
            if x + 8 + brush.width_of(words, "micro") < self._wide:
                brush.text(painter, words, QPointF(x + 4, 13), "micro", self._look.colour("ink.2"))
            time += step

    def _lane(self, painter: QPainter, y: float) -> None:
        lane = QRectF(LEFT, y - 7, self._wide - LEFT - 16, 14)
        brush.panel(painter, lane, 3, self._look.colour("surface.panel"), self._look.colour("line.1"))
        past = QRectF(lane.left(), lane.top(), max(0.0, self._x(self._time) - LEFT), 14)
        brush.panel(painter, past, 3, self._look.colour("surface.hover"), None)

    def _marks(self, painter: QPainter) -> None:
        last = -100.0
        for event in self._events[-2000:]:
            x = self._x(event.time / 1e6)
            if x - last < 5:
                continue
            last = x
            brush.solid(painter, self._look.colour("surface.panel"))
            painter.drawEllipse(QPointF(x, 34), 8, 8)
            brush.mark(painter, state_of(event), QPointF(x, 34), 10, self._look)

    def _scenario(self, painter: QPainter) -> None:
        acts = sorted(self._session.document.scenario.values(), key=lambda act: act.at)
        for index, act in enumerate(acts):
            x = self._x(act.at)
            painter.setPen(QPen(self._look.colour("ink.2"), 1.5))
            painter.setBrush(self._look.colour("surface.panel"))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, 52 + dy) for dx, dy in ((0, -5), (5, 0), (0, 5), (-5, 0))]))
            verb = _(ACTS[act.verb].label) if act.verb in ACTS else act.verb
            words = f"{verb} {name_of(act.target, self._session.document)}"
            after = self._x(acts[index + 1].at) if index + 1 < len(acts) else self._wide
            brush.text(painter, words, QPointF(x + 9, 52), "micro", self._look.colour("ink.1"), room=after - x - 18)

    def _playhead(self, painter: QPainter) -> None:
        x = self._x(self._time)
        painter.fillRect(QRectF(x - 1, 8, 2, 54), self._look.colour("accent"))
        words = units.clock(self._time)
        wide = brush.width_of(words, "guest") + 12
        flag = QRectF(min(max(x - wide / 2, LEFT), self._wide - wide), 3, wide, 19)
        brush.panel(painter, flag, 4, self._look.colour("accent"), None)
        at = flag.center()
        brush.text(painter, words, at, "guest", self._look.colour("accent.ink"), align=brush.CENTRE)

    def _event_at(self, at: QPointF) -> Event | None:
        x, y = at.x() / Manner.scale, at.y() / Manner.scale
        if y >= LANES:
            return None
        near = [event for event in self._events if abs(self._x(event.time / 1e6) - x) < 7]
        return near[0] if near else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a mark stands for."""
        found = self._event_at(event.position())
        words = sentence(found, self._session.document) if found else ""
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what an event is about."""
        found = self._event_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._select(found.element)


def state_of(event: Event) -> State:
    """The mark that stands for an event."""
    return next((state for start, state in MARKS if event.kind.startswith(start)), State.OK)
