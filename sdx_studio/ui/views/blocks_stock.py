"""What the blocks view knows of one array: its drawing, its squares now, what has just changed, and what moves."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from sdx_studio.document import Document
from sdx_studio.engine.events import Event
from sdx_studio.engine.parts import Replica
from sdx_studio.session import blocking
from sdx_studio.session.blocking import Filling, Grid, Pool
from sdx_studio.ui.views.rack_readings import Readings

FRESH = 2.0
"""Seconds for which a square that was just written keeps its ring."""
BEGUN, ENDED = "storage.rebalancing", "storage.rebalanced"


@dataclass
class Stock:
    """One array; `fresh` is (device, square) → when it was written, on the clock of whoever watches."""

    pool: Pool
    users: dict[str, tuple[str, ...]]
    replicas: dict[str, Replica]
    start: Filling = field(init=False)
    now: Filling = field(init=False)
    grid: Grid = field(init=False)
    fresh: dict[tuple[int, int], float] = field(default_factory=dict)
    levelling: bool = False
    pace: float = math.nan
    """Bytes/s that levelling moves; NaN while it is not known."""
    _time: float = math.nan
    _squares: object = None

    def __post_init__(self) -> None:
        self.start = self.now = blocking.at_rest(self.pool)
        self.grid = blocking.grid(self.pool, self.start, self.now)
        self._squares = blocking.counts(self.pool, self.now)

    def rest(self) -> None:
        """Nothing runs any more."""
        self.fresh.clear()
        self.levelling, self.pace, self._time = False, math.nan, math.nan
        self._take(self.start, None)

    def follow(self, readings: Readings, events: Sequence[Event], clock: Callable[[], float]) -> None:
        """Take in a newer picture of the running model."""
        ids = [(one.id, "storage.used") for one in self.pool.volumes]
        ids += [(one.id, "storage.fill") for one in self.pool.devices]
        fill = blocking.measured(self.pool, {key: readings.value(*key) for key in ids})
        forward = readings.time - self._time
        self.levelling = _levelling(self.pool.id, events, readings.time)
        if forward > 0:
            gone = sum(max(0.0, old - new) for old, new in zip(self.now.raw, fill.raw, strict=True))
            self.pace = gone / forward if self.levelling and gone > 0 else math.nan
        self._time = readings.time
        now = clock()
        self.fresh = {spot: at for spot, at in self.fresh.items() if now - at < FRESH}
        self._take(fill, now if forward > 0 else None)

    def _take(self, filling: Filling, now: float | None) -> None:
        """Squares anew if there are more or fewer; those that came are fresh when time has gone forward."""
        self.now = filling
        squares = blocking.counts(self.pool, filling)
        if squares == self._squares:
            return
        self._squares, old = squares, self.grid
        self.grid = blocking.grid(self.pool, self.start, filling)
        self.fresh = {(device, square): at for (device, square), at in self.fresh.items()
                      if self.grid.owners[device][square] != blocking.FREE}  # fmt: skip
        for device, (before, after) in enumerate(zip(old.owners, self.grid.owners, strict=True)):
            for square in np.flatnonzero((before == blocking.FREE) & (after != blocking.FREE)).tolist():
                if now is not None:
                    self.fresh[device, square] = now

    @property
    def used(self) -> float:
        """Bytes of data."""
        return min(sum(self.now.used), self.pool.capacity)

    @property
    def fill(self) -> float:
        """Share of the capacity that holds data."""
        return self.used / self.pool.capacity if self.pool.capacity > 0 else math.nan

    def alarm(self, share: float) -> float | None:
        """Seconds until this share of the capacity is used; 0 when it is, None when it never will be."""
        return blocking.until(self.used, sum(self.now.growth), share * self.pool.capacity)


def stocks(document: Document) -> list[Stock]:
    """All arrays of the drawing."""
    copied, users = blocking.replicas(document), blocking.users(document)
    return [
        Stock(pool, users, {one.id: copied[one.id] for one in pool.volumes if one.id in copied})
        for pool in blocking.pools(document)
    ]


def _levelling(store: str, events: Sequence[Event], time: float) -> bool:
    """Whether the array is levelling its devices at a moment of the run (s), by what has been told of it."""
    for event in reversed(events):
        if event.element == store and event.kind in (BEGUN, ENDED) and event.time / 1e6 <= time:
            return event.kind == BEGUN
    return False
