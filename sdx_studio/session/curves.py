"""Samples of every measure of a run, for plots: up to now, and what is known of later while the future is the same."""

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.snapshot import Layout, Snapshot

MOST_SAMPLES = 600
MOST_VALUES = 20_000

Row = NDArray[np.float32]


@dataclass
class Curves:
    """Samples of every measure since the start; thinned to every second one whenever there are too many."""

    layout: Layout | None = None
    times: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    spacing: float = 0.0
    ahead: list[tuple[float, Row, Layout]] = field(default_factory=list)
    """Samples that were taken after this moment before somebody went back, by time."""
    _columns: dict[int, list[float]] = field(default_factory=dict)
    """What was asked for, by slot: these values of the rows so far."""

    def add(self, layout: Layout, snapshot: Snapshot) -> None:
        """Keep a sample if enough simulated time has passed since the last one."""
        if self.layout is not None and not _same(self.layout, layout):
            self._rearrange(self.layout, layout)
        self.layout = layout
        now = snapshot.time / 1e6
        self._catch_up(now, layout)
        if len(snapshot.values) > MOST_VALUES or (self.times and now < self.times[-1] + max(self.spacing, 1e-6)):
            return
        self.times.append(now)
        self.rows.append(snapshot.values.astype(np.float32))
        if len(self.times) > MOST_SAMPLES:
            self.times, self.rows, self.ahead = self.times[::2], self.rows[::2], self.ahead[::2]
            self._columns = {}
            self.spacing = 1.5 * (self.times[-1] - self.times[0]) / len(self.times)

    def back(self, time: float) -> None:
        """The run is at `time` (s) again: what comes after it is kept aside."""
        kept = bisect_right(self.times, time)
        if self.layout is not None:
            late = [(at, row, self.layout) for at, row in zip(self.times[kept:], self.rows[kept:], strict=True)]
            self.ahead = late + self.ahead
        del self.times[kept:], self.rows[kept:]
        self._columns = {}

    def branch(self) -> None:
        """What comes after now will be otherwise."""
        self.ahead = []

    def _catch_up(self, now: float, layout: Layout) -> None:
        """Samples that lie in the past again."""
        count = bisect_right(self.ahead, now, key=_time)
        for time, row, old in self.ahead[:count]:
            if not self.times or time > self.times[-1]:
                self.times.append(time)
                self.rows.append(row if _same(old, layout) else _arranged(row, old, layout))
        del self.ahead[:count]

    def _rearrange(self, old: Layout, new: Layout) -> None:
        """Put the samples so far where `new` wants them; what was not there yet has no value."""
        self.rows = [_arranged(row, old, new) for row in self.rows]
        self._columns = {}

    def of(self, id: str, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times (s) and values of one measure from its first value on; empty when there is none."""
        slot = None if self.layout is None else self.layout.index.get((id, measure))
        if slot is None:
            return np.zeros(0), np.zeros(0)
        column = self._columns.setdefault(slot, [])
        column.extend(float(row[slot]) for row in self.rows[len(column) :])
        values = np.array(column)
        known = np.flatnonzero(~np.isnan(values))
        first = int(known[0]) if len(known) else len(values)
        return np.array(self.times)[first:], values[first:]


def _time(sample: tuple[float, Row, Layout]) -> float:
    return sample[0]


def _same(one: Layout, other: Layout) -> bool:
    return one is other or (one.elements, one.slots) == (other.elements, other.slots)


def _arranged(row: Row, old: Layout, new: Layout) -> Row:
    """A row of `old` where `new` wants its values."""
    pairs = [(old.index[key], slot) for key, slot in new.index.items() if key in old.index]
    fresh = np.full(len(new.slots), np.nan, dtype=np.float32)
    before, after = np.array(pairs, np.intp).reshape(-1, 2).T
    fresh[after] = row[before]
    return fresh
