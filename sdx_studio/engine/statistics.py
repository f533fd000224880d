"""Measures over time: each is a straight line between two events, so means and peaks never depend on who looks."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND

Floats = NDArray[np.float64]
Slots = NDArray[np.intp]
Key = tuple[str, str]


class Statistic(NamedTuple):
    """A measure now, its time-weighted mean since it exists, and its peak; NaN while it has no value."""

    last: float
    mean: float
    max: float


class Gauges:
    """All measures of a world as columns: value and slope (per second) since a moment, integral, peak."""

    def __init__(self) -> None:
        self.index: dict[Key, int] = {}
        self._columns: Floats = np.zeros((6, 0))
        self._pending: dict[int, tuple[float, float]] = {}
        self._fresh: list[Slots] = []
        self._kept: dict[str, Slots] = {}

    def declare(self, keys: Iterable[Key], now: int) -> None:
        """Have exactly these (id, measure) in this order; what was there before keeps its history."""
        self.settle(now)
        self._kept = {}
        old, before = self.index, self._columns
        self.index = {key: slot for slot, key in enumerate(keys)}
        columns = np.zeros((6, len(self.index)))
        columns[4] = np.nan
        columns[2] = now
        kept = [(slot, old[key]) for key, slot in self.index.items() if key in old]
        if kept:
            here, there = np.array(kept, dtype=np.intp).T
            columns[:, here] = before[:, there]
        self._columns = columns

    def put(self, id: str, measure: str, value: float, slope: float = 0.0) -> None:
        """From this instant on, `measure` of `id` is `value`, rising by `slope` per second."""
        self._pending[self.index[id, measure]] = (value, slope)

    def slots(self, ids: Iterable[str], measure: str) -> Slots:
        """Places of `measure` of each id, for `put_all` and `read`."""
        return np.array([self.index[id, measure] for id in ids], dtype=np.intp)

    def kept(self, measure: str, ids: Callable[[], Iterable[str]]) -> Slots:
        """The same as `slots`, asked once for each measure until measures are declared anew."""
        if measure not in self._kept:
            self._kept[measure] = self.slots(ids(), measure)
        return self._kept[measure]

    def put_all(self, slots: Slots, values: Floats, now: int, slopes: Floats | None = None) -> None:
        """Many measures at once from `now` (µs) on, none of them NaN.

        A measure is put either always like this or always by `put`, and either always with a slope or never.
        """
        news = values != self._columns[0].take(slots)
        if slopes is not None:
            news |= (slopes != self._columns[1].take(slots)) | (slopes != 0)
        if not news.all():
            slots, values = slots[news], values[news]
            slopes = None if slopes is None else slopes[news]
        if not slots.size:
            return
        columns = self._columns
        value, slope, since, integral, peak, known = columns.take(slots, axis=1)
        span = (now - since) / SECOND
        end = value if slopes is None else value + slope * span
        columns[3][slots] = integral + (value + end) * (0.5 * span)
        columns[4][slots] = np.where(span > 0, np.fmax(peak, end), peak)
        columns[5][slots] = known + span
        columns[0][slots] = values
        if slopes is not None:
            columns[1][slots] = slopes
        columns[2][slots] = now
        self._fresh.append(slots)

    def read(self, slots: Slots, now: int) -> Floats:
        """Measures that are put by `put_all`, at `now` (µs)."""
        value, slope, since = self._columns[:3].take(slots, axis=1)
        return np.asarray(value + slope * ((now - since) / SECOND))

    def settle(self, now: int) -> None:
        """Close the old lines of all that was put and begin the new ones at `now` (µs)."""
        for one in self._fresh:
            self._columns[4, one] = np.fmax(self._columns[4, one], self._columns[0, one])
        self._fresh.clear()
        if not self._pending:
            return
        slots = np.fromiter(self._pending, dtype=np.intp, count=len(self._pending))
        fresh = np.array(list(self._pending.values()))
        self._pending = {}
        integral, known, peak = self._extended(slots, now)
        self._columns[0, slots] = fresh[:, 0]
        self._columns[1, slots] = fresh[:, 1]
        self._columns[2, slots] = now
        self._columns[3, slots] = integral
        self._columns[4, slots] = np.fmax(peak, fresh[:, 0])
        self._columns[5, slots] = known

    def values(self, now: int) -> Floats:
        """All measures at `now`, in the order in which they were declared."""
        value, slope, since = self._columns[:3]
        return np.asarray(value + slope * ((now - since) / SECOND))

    def value(self, id: str, measure: str, now: int) -> float:
        """One measure at `now`, as it was put last even if that is not settled yet."""
        put = self._pending.get(self.index[id, measure])
        if put is not None:
            return put[0]
        value, slope, since = self._columns[:3, self.index[id, measure]]
        return float(value + slope * ((now - since) / SECOND))

    def statistics(self, now: int) -> list[Statistic]:
        """Last, mean and peak of all measures at `now`."""
        last, mean, peak = self.figures(now)
        return list(map(Statistic, last.tolist(), mean.tolist(), peak.tolist()))

    def figures(self, now: int) -> tuple[Floats, Floats, Floats]:
        """The same as columns, in the order in which measures were declared."""
        last = self.values(now)
        integral, known, peak = self._extended(slice(None), now)
        return last, np.where(known > 0, integral / np.where(known > 0, known, 1.0), last), peak

    def state(self) -> tuple[list[Key], Floats]:
        """Everything that later values depend on."""
        return list(self.index), self._columns

    def _extended(self, slots: "slice | NDArray[np.intp]", now: int) -> tuple[Floats, Floats, Floats]:
        value, slope, since, integral, peak, known = self._columns[:, slots]
        span = (now - since) / SECOND
        end = value + slope * span
        absent = np.isnan(value)
        area = np.where(absent, 0.0, (value + end) * 0.5 * span)
        return integral + area, known + np.where(absent, 0.0, span), np.fmax(peak, end)
