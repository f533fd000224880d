"""The events of a run as the time line shows them: crowded ones as one mark with a count, migrations as spans."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.events import Event
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.timeline.axis import Axis

DISC = 16.0
"""Px that a mark takes with its disc."""
DIGIT = 7.0
MARKS = (
    ("migration.failed", State.FAILED), ("migration.lost", State.FAILED), ("migration", State.MOVING),
    ("element.failed", State.FAILED), ("guest.stopped", State.OFF), ("guest.vanished", State.FAILED),
    ("element.off", State.OFF), ("kernel.crashed", State.FAILED), ("ha.unplaced", State.CRITICAL), ("ha.isolated",
    State.CRITICAL),
    ("ha.unreachable", State.BUSY), ("ha.", State.OK), ("cable.cut", State.FAILED), ("rule.", State.BUSY),
    ("admission.", State.BUSY), ("balancing.", State.MAINTENANCE), ("maintenance.", State.MAINTENANCE),
    ("traffic.blocked", State.CRITICAL), ("element.hindered", State.CRITICAL), ("storage.full", State.CRITICAL),
    ("storage.", State.BUSY), ("memory.", State.BUSY), ("command.", State.BUSY),
    ("consolidation.", State.MAINTENANCE), ("host.asleep", State.IDLE), ("load.", State.MAINTENANCE),
)  # fmt: skip
WEIGHT = (
    State.NONE, State.OK, State.IDLE, State.MAINTENANCE, State.OFF, State.MOVING, State.BUSY, State.CRITICAL,
    State.FAILED,
)  # fmt: skip
"""Of a crowd the last of these in it is shown."""
_RANK = {state: rank for rank, state in enumerate(WEIGHT)}
_ENDS = ("migration.finished", "migration.failed", "migration.lost")


def state_of(event: Event) -> State:
    """The mark that stands for an event."""
    return next((state for start, state in MARKS if event.kind.startswith(start)), State.OK)


@dataclass(frozen=True, slots=True)
class Crowd:
    """One mark at `x`: `count` events from number `first` on, of which the gravest is of this state."""

    x: float
    state: State
    first: int
    count: int


class Chronicle:
    """Takes events as they come; what was known before is not looked at again."""

    def __init__(self) -> None:
        self._version = 0
        self.clear()

    def clear(self) -> None:
        """Nothing has happened."""
        self.known: list[Event] = []
        self.times: NDArray[np.float64] = np.zeros(0)
        self._ranks: NDArray[np.int8] = np.zeros(0, np.int8)
        self._open: dict[str, float] = {}
        self.spans: list[tuple[float, float, str]] = []
        """Migrations that are over: from, to (s), and whose."""
        self._crowds: tuple[object, list[Crowd]] = (None, [])

    @property
    def moving(self) -> dict[str, float]:
        """Migrations under way at the last known event: guest → since when (s)."""
        return self._open

    def follow(self, events: list[Event], ahead: list[Event]) -> None:
        """Have these events, first those up to now, then those that are known to come."""
        count, had = len(events) + len(ahead), len(self.known)
        same = had <= count and (had == 0 or _at(had - 1, events, ahead) == self.known[-1])
        if same and count == had:
            return
        if not same:
            self.clear()
            had = 0
        fresh = [*events[had:], *ahead[max(0, had - len(events)) :]]
        self.known.extend(fresh)
        self.times = np.append(self.times, [one.time / SECOND for one in fresh])
        ranks = np.array([_RANK[state_of(one)] for one in fresh], np.int8)
        self._ranks = np.append(self._ranks, ranks)
        for one in fresh:
            self._note(one)
        self._version += 1

    def _note(self, event: Event) -> None:
        if event.kind == "migration.started":
            self._open[event.element] = event.time / SECOND
        elif event.kind in _ENDS and event.element in self._open:
            self.spans.append((self._open.pop(event.element), event.time / SECOND, event.element))

    def crowds(self, axis: Axis) -> list[Crowd]:
        """The marks for this axis, from left to right; no two of them touch."""
        key = (axis, self._version, len(self.known))
        if self._crowds[0] != key:
            self._crowds = (key, self._gather(axis))
        return self._crowds[1]

    def _gather(self, axis: Axis) -> list[Crowd]:
        if not len(self.times):
            return []
        columns = np.floor(axis.x(0.0) + (axis.x(1.0) - axis.x(0.0)) * self.times).astype(np.int64)
        firsts = np.concatenate(([0], np.flatnonzero(np.diff(columns)) + 1))
        ranks = np.maximum.reduceat(self._ranks, firsts)
        counts = np.diff(np.append(firsts, len(columns)))
        xs = axis.x(0.0) + (axis.x(1.0) - axis.x(0.0)) * self.times[firsts]
        found: list[list[float]] = []
        for x, rank, first, count in zip(xs.tolist(), ranks.tolist(), firsts.tolist(), counts.tolist(), strict=True):
            if found and x - found[-1][0] < room(int(found[-1][3])):
                found[-1][1] = max(found[-1][1], rank)
                found[-1][3] += count
            else:
                found.append([x, rank, first, count])
        return [Crowd(x, WEIGHT[int(rank)], int(first), int(count)) for x, rank, first, count in found]


def _at(number: int, events: list[Event], ahead: list[Event]) -> Event:
    return events[number] if number < len(events) else ahead[number - len(events)]


def room(count: int) -> float:
    """Px that a mark of so many events takes, with its number."""
    return DISC + (DIGIT * len(f"{count}") + 4.0 if count > 1 else 0.0)
