"""The widget: follows a run, is dragged along it, and lets the scenario be moved in time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from sdx_studio.document import EditError
from sdx_studio.engine.events import Event
from sdx_studio.session import Session, planning
from sdx_studio.ui.panels.timeline.axis import EVENTS, HEIGHT, LANE, LEFT, PLAN, RULER, Axis, span
from sdx_studio.ui.panels.timeline.chronicle import Chronicle
from sdx_studio.ui.panels.timeline.host import Host
from sdx_studio.ui.panels.timeline.keys import Keys
from sdx_studio.ui.panels.timeline.painting import Portrait, Sight, crowd_at, diamond_at, ribbon_at
from sdx_studio.ui.panels.timeline.telling import on, told_at
from sdx_studio.ui.theme import Manner, Theme, px
from sdx_studio.words import _

THRESHOLD = 4.0
"""Px that a diamond must be drawn before it moves."""


class Timeline(QWidget):
    """Ruler and two lanes; dragging goes to any moment of the run, a mark selects what it is about."""

    def __init__(self, session: Session, look: Theme, select: Callable[[str], None], host: Host) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.host, self.select = host, select
        self._session, self._look = session, look
        self._time = 0.0
        self._portrait = Portrait()
        self.chronicle = Chronicle()
        self.keys = Keys(self)
        self._scrubbing: float | None = None
        """The moment to which somebody drags just now."""
        self._before = 0.0
        self._lifted: tuple[str, float] | None = None
        self._pressed: tuple[str, float] | None = None
        """A diamond that was pressed, and where (px)."""
        self.retell(session, look)

    def retell(self, session: Session, look: Theme) -> None:
        """Another session, palette or language."""
        self._session, self._look = session, look
        self.setFixedHeight(px(HEIGHT))
        self.setAccessibleName(_("Timeline"))
        self.update()

    def follow(self, time: float, events: list[Event], ahead: list[Event] | None = None) -> None:
        """Show this moment, the events up to it, and those that are known to come."""
        self._time = time
        self.chronicle.follow(events, ahead or [])
        if self._scrubbing is None:
            self.keys.followed(time)
        self.update()

    @property
    def now(self) -> float:
        """Where the playhead is: where somebody drags it, or where the run is."""
        return self._time if self._scrubbing is None else self._scrubbing

    @property
    def _dragging(self) -> bool:
        """Whether the playhead or a diamond is in somebody's hand."""
        return self._lifted is not None or self._scrubbing is not None

    @property
    def session(self) -> Session:
        """The project that is shown."""
        return self._session

    @property
    def axis(self) -> Axis:
        """The axis as it is just now; what it shows does not jump while one goes back and forth."""
        times = self.chronicle.times
        known = max(self._time, self.host.live.story.reached, float(times[-1]) if len(times) else 0.0)
        return Axis(self.width() / Manner.scale, span(self._session.document.properties.duration, known))

    @property
    def sight(self) -> Sight:
        """What is seen."""
        focus = self.keys.spot() if self.hasFocus() else None
        return Sight(self.axis, self.now, self.chronicle, self._session.document, self._look, self._lifted, focus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("surface.panel"))
        painter.scale(Manner.scale, Manner.scale)
        self._portrait.paint(painter, self.sight)
        painter.end()

    # mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what a mark is about, take hold of a diamond, go to a bookmark; anywhere else take the playhead."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at, sight = self._place(event.position()), self.sight
        act = diamond_at(sight, at.x()) if on(at, PLAN) else None
        crowd = crowd_at(sight, at.x()) if on(at, EVENTS) else None
        moment = ribbon_at(sight, at.x()) if RULER + 5 < at.y() < EVENTS - LANE / 2 else None
        if act is not None:
            self._pressed = (act.id, at.x())
            self.keys.on_act(act.id)
            self.select(act.target)
        elif crowd is not None:
            self.keys.on_event(crowd.first)
            self._select_event(self.chronicle.known[crowd.first])
        elif moment is not None:
            self.go(moment.time)
        elif at.x() >= LEFT - 8 and self.host.live.started:
            self._before = self._time
            self.scrub(sight.axis.time(at.x()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead or a diamond; otherwise say what a mark stands for."""
        at = self._place(event.position())
        if self._scrubbing is not None:
            self.scrub(self.axis.time(at.x()))
        elif self._pressed is not None and (self._lifted is not None or abs(at.x() - self._pressed[1]) >= THRESHOLD):
            exact = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._lifted = (self._pressed[0], planning.snapped(self.axis.time(at.x()), exact))
            self.update()
        elif not event.buttons():
            QToolTip.showText(event.globalPosition().toPoint(), told_at(self.sight, at), self)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave the playhead where it is, or plan the act for where its diamond is."""
        self._scrubbing = None
        lifted, self._lifted, self._pressed = self._lifted, None, None
        if lifted is not None:
            self.move_act(*lifted)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to just the moment of an event; change an act."""
        at, sight = self._place(event.position()), self.sight
        crowd = crowd_at(sight, at.x()) if on(at, EVENTS) else None
        act = diamond_at(sight, at.x()) if on(at, PLAN) else None
        if crowd is not None:
            self.go(float(self.chronicle.times[crowd.first]))
        elif act is not None:
            self._pressed = None
            self.host.edit_act(act.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What one can do here."""
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        spot = self.keys.spot() if by_keys else None
        at = self._place(QPointF(event.pos())) if spot is None else spot
        sight, menu = self.sight, QMenu(self)
        menu.setObjectName("timeline_menu")
        act = diamond_at(sight, at.x()) if on(at, PLAN) else None
        moment = ribbon_at(sight, at.x()) if at.y() < EVENTS - LANE / 2 else None
        self.host.offer(menu, act, moment, planning.snapped(sight.axis.time(at.x())), on(at, PLAN))
        if not menu.isEmpty():
            menu.popup(event.globalPos() if spot is None else self.mapToGlobal((spot * Manner.scale).toPoint()))

    # keys --------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys that are the time line's own are not shortcuts while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        return self.keys.wants(event) or (event.key() == Qt.Key.Key_Escape and self._dragging)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along a row and from row to row; Esc puts back what is being dragged."""
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._cancel()
        elif not self.keys.press(event):
            super().keyPressEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keys are on."""
        super().focusInEvent(event)
        self.update()

    # doing -------------------------------------------------------------------------------------------------------

    def scrub(self, time: float) -> None:
        """Have the playhead at a moment of the run so far; the window follows as quickly as the model does."""
        live = self.host.live
        self._scrubbing = min(max(0.0, time), live.story.reached)
        live.scrub(self._scrubbing)
        self.update()

    def go(self, time: float) -> None:
        """Go to a moment and hold."""
        if self.host.live.started:
            self.host.live.seek(time)

    def move_act(self, id: str, at: float) -> None:
        """Plan an act for another moment."""
        try:
            planning.reschedule(self._session, id, at)
        except EditError as reason:
            self.host.say(str(reason))

    def _select_event(self, event: Event) -> None:
        if event.element:
            self.select(event.element)

    def _cancel(self) -> None:
        scrubbed, self._scrubbing = self._scrubbing, None
        self._lifted = self._pressed = None
        if scrubbed is not None:
            self.host.live.scrub(self._before)

    def _place(self, at: QPointF) -> QPointF:
        return at / Manner.scale
