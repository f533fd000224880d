"""The time line by keys: up and down from row to row, left and right along it; what the keys are on is said."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from sdx_studio import units
from sdx_studio.document import Act
from sdx_studio.session import moments, planning
from sdx_studio.ui.panels.timeline.axis import EVENTS, PLAN, RIBBONS, RULER
from sdx_studio.ui.panels.timeline.telling import words_of
from sdx_studio.ui.speaking import announce
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.panels.timeline.widget import Timeline

HEAD, MOMENTS, HAPPENED, PLANNED = range(4)
"""Rows from above: playhead, bookmarks, events, scenario."""
YS = (RULER, RIBBONS, EVENTS, PLAN)
ALONG = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1_000_000_000, Qt.Key.Key_End: 1_000_000_000,
    Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10,
}  # fmt: skip
ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
HASTY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Keys:
    """The row and the place in it that the keys are on."""

    def __init__(self, line: "Timeline") -> None:
        self._line = line
        self._row = HAPPENED
        self._event: int | None = None
        self._act = ""
        self._moment = 0.0
        self._wish: float | None = None
        """Where the playhead was sent by keys, until the run is there."""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the time line's own."""
        key = event.key()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key in AWAY:
            return self._row in (PLANNED, MOMENTS)
        return key in ALONG or key in TAKE or (key in ACROSS and not alt)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False for a key that means nothing here."""
        key = Qt.Key(event.key())
        if key in ACROSS:
            self._row = min(PLANNED, max(HEAD, self._row + ACROSS[key]))
            self.say()
        elif key in ALONG:
            self._along(ALONG[key], event.modifiers())
        elif key in TAKE:
            self._take()
        elif key in AWAY and self._row in (PLANNED, MOMENTS):
            self._delete()
        else:
            return False
        return True

    def on_event(self, number: int) -> None:
        """The keys go on from this event."""
        self._row, self._event = HAPPENED, number

    def on_act(self, id: str) -> None:
        """The keys go on from this act."""
        self._row, self._act = PLANNED, id

    def followed(self, time: float) -> None:
        """The run is at `time` (s)."""
        if self._wish is not None and abs(time - self._wish) < 1e-6:
            self._wish = None

    def spot(self) -> QPointF:
        """Where on the time line the keys are (px at scale 1)."""
        line = self._line
        act = self._planned()
        moment = self._bookmarked()
        time = line.now
        if self._row == HAPPENED and self._event is not None and self._event < len(line.chronicle.times):
            crowds = line.chronicle.crowds(line.axis)
            x = next((one.x for one in reversed(crowds) if one.first <= self._event), 0.0)
            return QPointF(x, EVENTS)
        if self._row == PLANNED and act is not None:
            time = act.at
        elif self._row == MOMENTS and moment is not None:
            time = moment.time
        return QPointF(line.axis.x(time), YS[self._row])

    def say(self) -> None:
        """Tell a screen reader where the keys are."""
        words = self._words()
        self._line.setAccessibleDescription(words)
        announce(self._line, words, False)

    def _words(self) -> str:
        line = self._line
        act, moment = self._planned(), self._bookmarked()
        if self._row == HEAD:
            at = self._wish if self._wish is not None else line.now
            return _("Playhead at {time} of {end}", time=units.clock(at),
                     end=units.clock(line.host.live.story.reached))  # fmt: skip
        if self._row == MOMENTS:
            return f"{units.clock(moment.time)}  {moment.name}" if moment is not None else _("no bookmarks")
        if self._row == PLANNED:
            if act is None:
                return _("no acts planned")
            return f"{units.clock(act.at)}  {planning.words(act, line.session.document)}"
        known = line.chronicle.known
        if self._event is None or self._event >= len(known):
            return _("Events")
        return words_of(known[self._event], line.session.document)

    # rows --------------------------------------------------------------------------------------------------------

    def _planned(self) -> Act | None:
        return self._line.session.document.scenario.get(self._act)

    def _bookmarked(self) -> moments.Moment | None:
        kept = moments.moments(self._line.session.document)
        return next((one for one in kept if one.time == self._moment), None)

    def _along(self, by: int, held: Qt.KeyboardModifier) -> None:
        if self._row == HEAD:
            self._scrub(by * (10 if held & HASTY else 1))
        elif self._row == PLANNED and held & Qt.KeyboardModifier.AltModifier:
            self._shift(by, fine=bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif self._row == PLANNED:
            self._walk_acts(by)
        elif self._row == MOMENTS:
            self._walk_moments(by)
        else:
            self._walk_events(by)
        self.say()

    def _scrub(self, seconds: float) -> None:
        """The playhead by so many simulated seconds, within the run so far."""
        live = self._line.host.live
        if live.started:
            here = self._wish if self._wish is not None else self._line.now
            self._wish = min(live.story.reached, max(0.0, here + seconds))
            live.scrub(self._wish)

    def _shift(self, by: int, *, fine: bool) -> None:
        """Move the act under the keys by a second, or by a tenth."""
        act = self._planned()
        if act is not None and abs(by) == 1:
            self._line.move_act(act.id, planning.snapped(act.at + by * (0.1 if fine else 1.0)))

    def _walk_acts(self, by: int) -> None:
        acts = planning.planned(self._line.session.document)
        if acts:
            place = next((at for at, one in enumerate(acts) if one.id == self._act), None)
            act = acts[_next(place, by, len(acts))]
            self._act = act.id
            self._line.select(act.target)

    def _walk_moments(self, by: int) -> None:
        kept = moments.moments(self._line.session.document)
        if kept:
            place = next((at for at, one in enumerate(kept) if one.time == self._moment), None)
            self._moment = kept[_next(place, by, len(kept))].time

    def _walk_events(self, by: int) -> None:
        known = self._line.chronicle.known
        if not known:
            return
        self._event = _next(self._event, by, len(known))
        if known[self._event].element:
            self._line.select(known[self._event].element)

    def _take(self) -> None:
        """Go to an event or a bookmark; change an act."""
        act, moment, line = self._planned(), self._bookmarked(), self._line
        if self._row == PLANNED and act is not None:
            line.host.edit_act(act.id)
        elif self._row == MOMENTS and moment is not None:
            line.go(moment.time)
        elif self._row == HAPPENED and self._event is not None and self._event < len(line.chronicle.known):
            line.go(line.chronicle.known[self._event].seconds)

    def _delete(self) -> None:
        act, moment, session = self._planned(), self._bookmarked(), self._line.session
        if self._row == PLANNED and act is not None:
            planning.cancel(session, act.id)
        elif self._row == MOMENTS and moment is not None:
            moments.remove(session, moment)
        self.say()


def _next(place: int | None, by: int, count: int) -> int:
    """The place after `by` steps, at the ends the last one; from nowhere the first step comes to an end of the row."""
    start = (-1 if by > 0 else count) if place is None else place
    return min(count - 1, max(0, start + by))
