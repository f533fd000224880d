"""Idleness: guests that hardly did anything over a window of time.

A guest is idle when the 95th percentile over time of its load and that of its network rate are below their limits and
nobody was logged in. That is so when it was at or above a limit for at most 5 % of the window: loads are constant
between events, so adding up the spans in which it was busy is exact.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND, micros
from sdx_studio.engine.formulas.sprawl import Limits, is_idle, rarely
from sdx_studio.engine.parts import Lease
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags, Rows
from sdx_studio.engine.statistics import Slots

Span = tuple[int, int]


class Busy:
    """When guests (by place) were at or above one limit: spans that are over, and since when it is so now (µs)."""

    def __init__(self, count: int) -> None:
        self.now: Flags = np.zeros(count, bool)
        self.since: NDArray[np.int64] = np.zeros(count, np.int64)
        self.spans: dict[int, list[Span]] = {}

    def settle(self, busy: Flags, windows: NDArray[np.int64], now: int) -> None:
        """Who is busy from `now` on; spans that have left their guest's window are forgotten."""
        for place in np.flatnonzero(busy != self.now).tolist():
            if busy[place]:
                self.since[place] = now
                continue
            spans = self.spans.setdefault(place, [])
            spans.append((int(self.since[place]), now))
            while spans and spans[0][1] <= now - int(windows[place]):
                del spans[0]
        self.now = busy

    def forget(self, places: Flags) -> None:
        """These begin anew."""
        self.now &= ~places
        for place in [one for one in self.spans if places[one]]:
            del self.spans[place]

    def within(self, place: int, window: int, now: int) -> int:
        """For how long (µs) of the last `window` it was busy."""
        spans = [*self.spans.get(place, ()), *([(int(self.since[place]), now)] if self.now[place] else ())]
        return sum(max(0, end - max(begin, now - window)) for begin, end in spans)

    def taken(self, before: "Busy", places: Mapping[int, int]) -> None:
        """Go on with what stood at `before`, from its places to these."""
        for old, new in places.items():
            self.now[new], self.since[new] = before.now[old], before.since[old]
            if old in before.spans:
                self.spans[new] = before.spans[old]


class Idleness:
    """Guests that somebody watches, as columns; one that does not run is not idle, it is off."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._place: dict[str, int] = {}
        self._rows: Rows = np.zeros(0, np.intp)
        self._slots: Slots = np.zeros(0, np.intp)
        self._limits: NDArray[np.float64] = np.zeros((2, 0))
        """Share of the vCPUs and bit/s below which each is idle."""
        self._windows: NDArray[np.int64] = np.zeros(0, np.int64)
        self._since: NDArray[np.int64] = np.zeros(0, np.int64)
        """Since when each runs and nobody was logged in."""
        self._busy = (Busy(0), Busy(0))

    def watch(self, rules: Mapping[str, Lease]) -> None:
        """Watch exactly these guests, each by its rule; new ones from now on."""
        plant, before, since = self._plant, self._place, self._since
        self._place = {id: place for place, id in enumerate(sorted(rules))}
        ids = list(self._place)
        self._rows = np.array([plant.roster.guests[id] for id in ids], np.intp)
        self._slots = plant.gauges.slots(ids, "net.rate")
        self._limits = np.array([(rules[id].load, rules[id].net) for id in ids], float).reshape(-1, 2).T
        self._windows = np.array([micros(rules[id].idle_for or 0.0) for id in ids], np.int64)
        kept = {before[id]: place for id, place in self._place.items() if id in before}
        self._since = np.full(len(ids), plant.now, np.int64)
        self._since[list(kept.values())] = since[list(kept)]
        former, self._busy = self._busy, (Busy(len(ids)), Busy(len(ids)))
        for one, earlier in zip(self._busy, former, strict=True):
            one.taken(earlier, kept)

    def settle(self) -> None:
        """Note who is busy from now on; one that does not run, or to which somebody is logged in, begins anew."""
        if not self._rows.size:
            return
        plant, roster, rows = self._plant, self._plant.roster, self._rows
        load, net = self._busy
        load.settle(roster.demand[rows] >= self._limits[0] * roster.vcpus[rows], self._windows, plant.now)
        net.settle(plant.gauges.read(self._slots, plant.now) >= self._limits[1], self._windows, plant.now)
        anew = (roster.extra[rows] > 0) | ~roster.on[rows]
        if anew.any():
            self._since[anew] = plant.now
            load.forget(anew)
            net.forget(anew)

    def busy(self, rule: Lease, id: str) -> float:
        """Share of the rule's window (0…1) in which guest `id` was at or above one of the limits."""
        place, window = self._place[id], max(1, micros(rule.idle_for or 0.0))
        return max(one.within(place, window, self._plant.now) for one in self._busy) / window

    def load(self, id: str) -> float:
        """Share of its vCPUs that guest `id` asks for."""
        roster = self._plant.roster
        row = roster.guests[id]
        return float(roster.demand[row] / roster.vcpus[row])

    def idle(self, rule: Lease, id: str) -> bool:
        """Whether guest `id` was watched for the rule's window, was hardly busy in it, and is not busy just now."""
        if rule.idle_for is None or not self._below(rule, id):
            return False
        seen = (self._plant.now - int(self._since[self._place[id]])) / SECOND
        return rarely(self.busy(rule, id) * rule.idle_for, rule.idle_for, seen)

    def used(self, rule: Lease, id: str) -> bool:
        """Whether guest `id` runs and is not idle just now."""
        return self._plant.running(id) and not self._below(rule, id)

    def _below(self, rule: Lease, id: str) -> bool:
        plant = self._plant
        logins = float(plant.roster.extra[plant.roster.guests[id]] > 0)
        net = plant.gauges.value(id, "net.rate", plant.now)
        return is_idle(self.load(id), 0.0 if net != net else net, logins, 0.0, Limits(rule.load, rule.net, 0.0))

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self._place, self._since, [(one.now, one.since, one.spans) for one in self._busy])
