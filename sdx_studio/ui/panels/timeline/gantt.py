"""Who works when on a processor that many share: one row a job, under the time line and on its axis."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from sdx_studio import units
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.panels.timeline.axis import LEFT, Axis
from sdx_studio.ui.panels.timeline.widget import Timeline
from sdx_studio.ui.theme import Manner, px
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

ROW, TOP, FOOT = 13.0, 3.0, 5.0
MOST = 10
"""Rows; of more jobs the first ones are shown."""
EVERY = 150
"""Milliseconds from one question to the model to the next."""
TRAITS = frozenset({"processor", "task"})


class Gantt(QWidget):
    """Hidden as long as nothing that is selected has anything to do with a shared processor, nor is there just one."""

    resized = Signal()
    """It needs more or less room."""

    def __init__(self, window: "Window", timeline: Timeline) -> None:
        super().__init__()
        self._window, self._timeline = window, timeline
        self._about = ""
        self._jobs: list[str] = []
        self._shifts: list[tuple[str, float, float]] = []
        self._clock = QElapsedTimer()
        self.setObjectName("gantt")
        self.setFixedHeight(0)
        self.hide()

    def retell(self) -> None:
        """Another session, palette, language or size of words."""
        self._jobs, self._shifts = [], []
        self._clock.invalidate()
        self.setAccessibleName(_("Work on the processor"))
        self.selected()

    def selected(self) -> None:
        """Something else is selected: whose work is shown follows it."""
        document = self._window.session.document
        chosen = [id for id in self._window.canvas.selection if id in document.elements]
        found = [id for id in chosen if TRAITS & document.traits(id)]
        every = document.having("processor")
        about = found[0] if found else every[0] if len(every) == 1 else ""
        if about != self._about:
            self._about, self._jobs, self._shifts = about, [], []
            self._clock.invalidate()
        self._fit()

    def _fit(self) -> None:
        shown, before = bool(self._about), self.height()
        rows = min(MOST, max(1, len(self._jobs)))
        self.setFixedHeight(px(TOP + rows * ROW + FOOT) if shown else 0)
        self.setVisible(shown)
        self.update()
        if self.height() != before:
            self.resized.emit()

    def follow(self) -> None:
        """Ask who worked when, and show the newest answer."""
        live = self._window.live
        if not self._about or not live.started:
            return
        if not self._clock.isValid() or self._clock.elapsed() >= EVERY:
            self._clock.start()
            live.ask("shifts", self._about)
        told = live.told.get("shifts")
        if told is not None and told.figures["shifts"] is not self._shifts:
            rows = len(self._jobs)
            self._jobs, self._shifts = told.figures["jobs"], told.figures["shifts"]
            self._tell()
            if rows != len(self._jobs):
                self._fit()
            self.update()

    def _tell(self) -> None:
        """The same in words, for those who do not see it."""
        document = self._window.session.document
        sums = {id: sum(end - start for job, start, end in self._shifts if job == id) for id in self._jobs}
        self.setAccessibleDescription(
            ", ".join(f"{name_of(id, document)} {units.show(round(sums[id], 1), 's')}" for id in self._jobs)
        )

    @property
    def _axis(self) -> Axis:
        return self._timeline.axis

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A row for each job: a block for each stretch in which it worked, and the playhead through all."""
        painter = QPainter(self)
        look, axis = self._window.look, self._axis
        painter.fillRect(self.rect(), look.colour("surface.panel"))
        painter.scale(Manner.scale, Manner.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        document = self._window.session.document
        rows = {id: place for place, id in enumerate(self._jobs[:MOST])}
        for id, place in rows.items():
            y = TOP + place * ROW
            lane = QRectF(LEFT, y + 1, axis.end - LEFT, ROW - 3)
            painter.fillRect(lane, look.colour("card.well"))
            at = QPointF(12, y + ROW / 2)
            brush.text(painter, name_of(id, document), at, "micro", look.colour("ink.2"), room=LEFT - 18)
        if not rows:
            at = QPointF(12, TOP + ROW / 2)
            words = _("Press play to see who works when.")
            brush.text(painter, words, at, "micro", look.colour("ink.3"), room=axis.end - 12)
        now = self._window.live.time
        for job, start, end in self._shifts:
            if job in rows and start <= now:
                x, place = axis.x(start), rows[job]
                wide = max(1.0, axis.x(min(end, now)) - x)
                painter.fillRect(
                    QRectF(x, TOP + place * ROW + 1, wide, ROW - 3), look.colour(f"series.{place % 6 + 1}")
                )
        painter.fillRect(QRectF(axis.x(now) - 0.75, 0, 1.5, self.height() / Manner.scale), look.colour("accent"))
        painter.end()

    def told_at(self, at: QPointF) -> str:
        """What is under a place (px at font scale 100 %): the job, and from when to when it worked."""
        place, time = int((at.y() - TOP) // ROW), self._axis.time(at.x())
        if not 0 <= place < len(self._jobs[:MOST]):
            return ""
        id = self._jobs[place]
        name = name_of(id, self._window.session.document)
        found = next((one for one in self._shifts if one[0] == id and one[1] <= time <= one[2]), None)
        return f"{name}: {units.clock(found[1])} – {units.clock(found[2])}" if found is not None else name

    def event(self, event: object) -> bool:
        """A tip says which stretch this is."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(QPointF(event.pos()) / Manner.scale), self)
            return True
        return super().event(event)  # type: ignore[arg-type]
