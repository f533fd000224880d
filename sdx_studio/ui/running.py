"""Keeps a window in step with its running model: 30 times a second the newest snapshot, every event, never waiting."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sdx_studio import units
from sdx_studio.engine.events import Event
from sdx_studio.session.control import News
from sdx_studio.session.players.messages import Busy, Caught, Crashed, Refused, Restarted, Rewound
from sdx_studio.session.wording import name_of, sentence
from sdx_studio.ui.canvas import sparks
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.sides import Side
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

POLL_MS = 33
TABLE_EVERY = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """News of one side, the events that are new, and after a rewind how many of those so far still hold."""

    news: list[News]
    fresh: list[Event]
    kept: int
    rewound: bool


class Follower(QObject):
    """Polls the model of one window and hands the news to canvas and panels."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._count = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.follow)
        self._timer.start(POLL_MS)

    def stop(self) -> None:
        """No more news."""
        self._timer.stop()

    def follow(self) -> None:
        """Take in what happened since the last time."""
        window = self._window
        window.desk.speaker.tick()
        for side in window.sides:
            if side is not window.side:
                self._watch(side)
        if not window.live.started:
            self._at_rest()
            return
        heard = self._watch(window.side)
        for one in heard.news:
            self._tell(one)
        window.comparison.tick()
        if heard.rewound:
            window.panels.events.cut(heard.kept)
        window.panels.events.add(heard.fresh, window.session)
        window.desk.speaker.hear([] if heard.rewound else heard.fresh, window.session.document)
        self._panels(bool(heard.fresh) or heard.rewound)

    def _watch(self, side: Side) -> Heard:
        """News of one side, and its newest picture on its canvas."""
        live, canvas = side.live, side.canvas
        news = live.poll()
        rewinds = [one.events for one in news if isinstance(one, Rewound)]
        kept = min(rewinds, default=len(live.events))
        fresh = live.events[kept:] if rewinds else [one for one in news if isinstance(one, Event)]
        latest = live.latest()
        if latest is not None:
            was_running = canvas.scene.running
            moved = canvas.scene.show(*latest)
            if moved or not was_running:
                canvas.redraw()
            elif not live.playing:
                canvas.update()
        elif canvas.scene.running and not live.started and side is not self._window.side:
            canvas.scene.clear_run()
            canvas.redraw()
        if rewinds:
            canvas.scene.doings.clear()
        canvas.scene.pace = live.speed
        canvas.scene.doings.note_all(live.events if rewinds else fresh, side.session.document)
        canvas.frames.play(live.playing)
        self._window.comparison.heard(side, news)
        return Heard(news, fresh, kept, bool(rewinds))

    def _at_rest(self) -> None:
        window = self._window
        if window.canvas.scene.running:
            window.canvas.scene.clear_run()
            window.canvas.frames.play(False)
            window.canvas.redraw()
            window.panels.clear_run()
            if window.panels.inspector.now is not None:
                window.panels.inspector.now.forget()
            window.board.at_rest()
            window.panels.plots.follow()
            window.refresh_actions()
        window.panels.transport.follow()

    def _tell(self, one: object) -> None:
        window = self._window
        if isinstance(one, Refused):
            window.desk.say(one.reason)
        elif isinstance(one, Caught):
            window.panels.timing.caught(one)
        elif isinstance(one, Crashed):
            words = one.text.strip().splitlines()[-1]
            window.desk.say(_("The simulation has stopped: {reason}", reason=_(words)))
        elif isinstance(one, Restarted):
            window.desk.say(_("The engine was lost ({reason}); it has been started again and goes on from {time}.",
                              reason=_(one.reason), time=units.clock(one.time / 1e6)))  # fmt: skip
        elif isinstance(one, Busy):
            window.desk.say(_("The engine is busy with one step for more than {seconds:.0f} s.", seconds=one.seconds))
        elif isinstance(one, Event) and one.kind in ("command.refused", "migration.failed", "element.failed"):
            document = window.session.document
            window.statusBar().showMessage(f"{name_of(one.element, document)}: {sentence(one, document)}")

    def _panels(self, fresh: bool) -> None:
        window = self._window
        self._count += 1
        window.panels.transport.follow()
        window.panels.gantt.follow()
        window.panels.timeline.follow(window.live.time, window.live.events, window.live.story.ahead)
        self._heading()
        if self._count % TABLE_EVERY == 0 or fresh:
            hovered = getattr(window.canvas.tool, "hovered", None)
            wanted = (*window.canvas.selection, *(() if hovered is None else (hovered,)))
            window.canvas.sparks = sparks.gather(window.canvas.scene, window.live.curves, dict.fromkeys(wanted))
            latest = window.live.player.latest() if window.live.player is not None else None
            if latest is not None:
                window.board.follow(*latest)
            if latest is not None and window.panels.measures.isVisible():
                window.panels.measures.follow(window.live, latest, window.canvas.selection)
            window.panels.plots.follow()
            window.tell_status()
        if fresh:
            window.refresh_actions()

    def _heading(self) -> None:
        window = self._window
        heading, chosen = window.panels.inspector.heading, window.canvas.selection
        if heading is None or len(chosen) != 1:
            return
        columns = window.canvas.scene.columns
        row = columns.row.get(chosen[0])
        if row is None:
            return
        heading.show_state(State(int(columns.state[row])))
        if window.panels.inspector.now is not None:
            apply = partial(window.live.act, "apply_recommendation", chosen[0])
            window.panels.inspector.now.follow(window.canvas.scene, chosen[0], apply)
        if self._count % TABLE_EVERY == 0:
            curves = []
            for meter in columns.kind[row].meters:
                _times, values = window.live.curves.of(chosen[0], meter.measure)
                curves.append((_(meter.label), float(values[-1]) if len(values) else float("nan"), values))
            heading.show_curves(curves)
