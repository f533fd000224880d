"""The hosts of a round as columns: what is placed on them so far, and which of them takes one more guest best."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.policies.overload import Detector
from sdx_studio.engine.policies.placement import power_aware
from sdx_studio.engine.policies.records import Flags, Floats

Rows = NDArray[np.intp]
Columns = dict[str, Floats]

CLOSED = -1.0
"""Room of a host that takes nobody any more."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Machines at the start of a round; loads in thousandths of a core, bytes, watts at 0, 10 … 100 %."""

    capacity: Floats
    core: Floats
    """What one vCPU can get at most on it."""
    free: Floats
    """Memory that nobody has."""
    tables: Floats
    alike: Rows
    """Hosts of one number are interchangeable while they are empty."""
    asleep: Flags
    shut: Flags
    """Those that can neither take nor be emptied: failed, or somebody is on the way to them."""


@dataclass(frozen=True, slots=True)
class Guests:
    """Running guests on those machines, sorted by machine, those that came first before the others."""

    host: Rows
    demand: Floats
    width: Floats
    """vCPUs."""
    size: Floats
    """The most that it can ask for."""
    memory: Floats
    movable: Flags
    history: Floats
    """Rows of shares of its size, newest first."""
    known: int
    """Samples in the histories so far."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a round decides."""

    detector: Detector
    parameter: float
    plain: bool = False
    stale: bool = False
    whole: bool = False


class Board:
    """Placing and taking back. Columns stand for the hosts that are looked at (`rows`, ascending), not for all."""

    def __init__(self, hosts: Hosts, guests: Guests, rules: Rules) -> None:
        count = len(hosts.capacity)
        self._guests, self._rules = guests, rules
        self._demands: list[float] = guests.demand.tolist()
        self._widths: list[float] = guests.width.tolist()
        here = np.minimum(guests.demand, guests.width * hosts.core[guests.host])
        used = np.bincount(guests.host, here, count).astype(np.float64)
        self.rows: Rows = np.arange(count)
        self._columns: Columns = {
            "capacity": hosts.capacity,
            "core": hosts.core,
            "used": used,
            "asked": np.bincount(guests.host, guests.demand, count).astype(np.float64),
            "room": np.where(hosts.shut, CLOSED, np.maximum(0.0, hosts.capacity - used)),
            "free": hosts.free,
            "history": self._histories(hosts),
            "tables": hosts.tables,
        }
        self.load = self._loads(hosts, here, used)
        """Utilisation of all hosts before the round."""
        base = power_aware.watts(power_aware.steps(hosts.tables), np.minimum(1.0, self.load))
        self._columns["base"] = base if rules.stale else np.where(hosts.asleep, 0.0, base)
        self._undo: list[tuple[int, tuple[float, ...], Floats]] = []
        self.narrow(self.rows)

    def _histories(self, hosts: Hosts) -> Floats:
        guests, count = self._guests, len(hosts.capacity)
        length = guests.history.shape[1] if self._rules.detector.REMEMBERS else 0
        found = np.zeros((count, length))
        for sample in range(min(length, guests.known)):
            shares = guests.history[:, sample] * guests.size / hosts.capacity[guests.host]
            found[:, sample] = np.bincount(guests.host, shares, count)
        return found

    def _loads(self, hosts: Hosts, here: Floats, used: Floats) -> Floats:
        """Shares of the capacities in use; with whole shares, what is left of them when everybody is cut alike."""
        full = used > hosts.capacity
        if self._rules.whole and full.any():
            cut = np.where(full, hosts.capacity / np.maximum(used, 1e-12), 1.0)[self._guests.host]
            here = np.where(full[self._guests.host], np.floor(here * cut), here)
            used = np.bincount(self._guests.host, here, len(used)).astype(np.float64)
        return used / hosts.capacity

    def narrow(self, rows: Rows) -> None:
        """Look only at these hosts from now on (ascending, all of them among those looked at so far)."""
        places = np.searchsorted(self.rows, rows)
        self.rows = rows
        self._columns = {name: column[places] for name, column in self._columns.items()}
        columns = self._columns
        self._capacity, self._core = columns["capacity"], columns["core"]
        self._used, self._asked, self._room = columns["used"], columns["asked"], columns["room"]
        self._free, self._base, self._history = columns["free"], columns["base"], columns["history"]
        self._busy: Flags = self._used > 0
        self._slowest = float(self._core.min(initial=np.inf))
        self._heavy = bool(np.isfinite(self._free).any())
        self._steps = power_aware.steps(columns["tables"])
        self._place = {row: place for place, row in enumerate(rows.tolist())}

    def close(self, host: int) -> None:
        """No guest goes to `host` any more."""
        self._room[self._place[host]] = CLOSED

    def opened(self, rows: Rows) -> Rows:
        """Those of `rows` that can still be given guests."""
        return rows[self._room[np.searchsorted(self.rows, rows)] >= 0]

    def crowded(self, rows: Rows) -> Flags:
        """Which of these hosts are overloaded as things stand on the board."""
        at = np.searchsorted(self.rows, rows)
        return self._overloaded(self._asked[at], self._capacity[at], self._history[at])

    def overloaded(self, capacity: float, left: list[int]) -> bool:
        """Whether a host of this capacity is overloaded with the guests `left` on it."""
        guests = self._guests
        asked = np.array([sum(guests.demand[left].tolist())])
        history = np.zeros((1, 0))
        if self._rules.detector.REMEMBERS:
            history = (guests.history[left] * guests.size[left, np.newaxis] / capacity).sum(axis=0, keepdims=True)
        return bool(self._overloaded(asked, np.array([capacity]), history)[0])

    def _overloaded(self, asked: Floats, capacity: Floats, history: Floats) -> Flags:
        rules = self._rules
        return rules.detector.overloaded(asked, capacity, history, rules.parameter, rules.plain)

    def hopeless(self, guests: list[int]) -> bool:
        """Whether one of them surely needs more memory than any host has, which is quicker to see than to try."""
        return self._heavy and bool(self._guests.memory[guests].max() > self._free[self._room >= 0].max(initial=0.0))

    def find(self, guest: int) -> int:
        """The host that takes `guest` with the least rise in power and is not overloaded by it; −1 when none can."""
        guests = self._guests
        demand, width = self._demands[guest], self._widths[guest]
        fits = self._room >= demand
        if self._heavy:
            fits &= self._free >= guests.memory[guest]
        if demand > self._slowest * width:
            fits &= self._core * width >= demand
        self._refuse(guest, demand, fits)
        load = np.minimum((self._used + demand) / self._capacity, 1.0)
        rise = power_aware.watts(self._steps, load) - self._base
        found = power_aware.best(rise, load, fits, self._rules.stale)
        return int(self.rows[found]) if found >= 0 else -1

    def _refuse(self, guest: int, demand: float, fits: Flags) -> None:
        """Take those out of `fits` that `guest` would overload; empty hosts take every guest."""
        if not self._rules.detector.REMEMBERS:
            full = self._overloaded(self._asked + demand, self._capacity, self._history)
            fits &= ~(full & self._busy)
            return
        guests, busy = self._guests, (fits & self._busy).nonzero()[0]
        if busy.size:
            shares = guests.history[guest] * guests.size[guest] / self._capacity[busy, np.newaxis]
            full = self._overloaded(self._asked[busy] + demand, self._capacity[busy], self._history[busy] + shares)
            fits[busy[full]] = False

    def put(self, guest: int, host: int) -> None:
        """Place `guest` on `host`, until `keep` or `take_back`."""
        guests, at = self._guests, self._place[host]
        demand = self._demands[guest]
        before = (self._used[at], self._asked[at], self._room[at], self._free[at], self._base[at])
        self._undo.append((at, before, self._history[at].copy()))
        self._used[at] += demand
        self._busy[at] = True
        self._asked[at] += demand
        self._room[at] -= demand
        self._free[at] -= guests.memory[guest]
        if self._history.size:
            self._history[at] += guests.history[guest] * guests.size[guest] / self._capacity[at]
        if not self._rules.stale:
            load = np.minimum(1.0, self._used[at : at + 1] / self._capacity[at])
            self._base[at] = power_aware.watts(self._steps.of(at), load)[0]

    def keep(self) -> None:
        """What was placed so far stays."""
        self._undo.clear()

    def take_back(self) -> None:
        """Undo what was placed since the last `keep`."""
        for at, before, history in reversed(self._undo):
            self._used[at], self._asked[at], self._room[at], self._free[at], self._base[at] = before
            self._history[at] = history
            self._busy[at] = self._used[at] > 0
        self._undo.clear()
