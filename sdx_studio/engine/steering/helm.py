"""One steering's memory: who came when, how loads went, and the columns that a round decides from."""

from typing import TYPE_CHECKING

import numpy as np

from sdx_studio.engine.clock import SECOND, micros
from sdx_studio.engine.formulas.moves import one_pass
from sdx_studio.engine.parts import Steering, Trace
from sdx_studio.engine.policies.records import LENGTH, Flags, Floats
from sdx_studio.engine.roster import NOWHERE, Rows
from sdx_studio.engine.steering.board import Guests, Hosts
from sdx_studio.engine.steering.quirks import LATE

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

MILLI = 1000.0
"""Loads are compared in thousandths of a core, which are whole numbers for most machines."""


class Helm:
    """What stays between rounds, as columns in the roster's order; a new one takes over from the one `before` it."""

    def __init__(self, plant: "Plant", part: Steering, before: "Helm | None") -> None:
        roster = plant.roster
        self.part = part
        members = frozenset(part.members)
        self.hosts = [id for id in roster.machines if id in members]
        self.order = {id: place for place, id in enumerate(self.hosts)}
        self.rows: Rows = np.array([roster.machines[id] for id in self.hosts], np.intp)
        self.place: Rows = np.full(len(roster.machines) + 1, NOWHERE)
        """Row of a machine → its place among the hosts."""
        self.place[self.rows] = np.arange(len(self.rows))
        self.guests, self.names = roster.guests, list(roster.guests)
        self.arrival: Rows = np.arange(len(roster.guests))
        self.past: Floats = np.zeros((len(roster.guests), LENGTH))
        self._times: dict[float, float] = {}
        self._last = len(roster.guests)
        self.known, self.asleep, self.rounds = 0, set[str](), 0
        self.clock = LATE
        """Seconds of the last round, added up one by one as the published simulator does."""
        if before is not None:
            self._take_over(before)
        self._read_machines(plant)
        self._read_guests(plant)

    def _read_machines(self, plant: "Plant") -> None:
        parts = plant.parts
        machines = [parts.machines[id] for id in self.hosts]
        layers = [parts.layers_on.get(id, ()) for id in self.hosts]
        lost = [max(0.0, 1.0 - sum(layer.cpu_overhead for layer in those)) for those in layers]
        cores = _milli([one.cores * left for one, left in zip(machines, lost, strict=True)])
        self._capacity = np.maximum(cores, 1e-9)
        self._core = _milli([one.speed for one in machines])
        self._memory = np.array([one.memory for one in machines], float)
        self._layers = np.array([sum(layer.memory for layer in those) for those in layers], float)
        self._tables = plant.roster.tables[self.rows]
        figures = np.column_stack((self._capacity, self._core, self._memory - self._layers, self._tables))
        self._alike = np.unique(figures, axis=0, return_inverse=True)[1].ravel()

    def _read_guests(self, plant: "Plant") -> None:
        roster, parts = plant.roster, plant.parts
        self._width = np.array([one.width for one in parts.guests.values()], float)
        self._size = roster.vcpus * MILLI
        self._weight = np.array([plant.footprint(one) for one in parts.guests.values()], float)
        self._copied = np.array([one.memory for one in parts.guests.values()], float)
        self._movable = np.array([one.migrates for one in parts.guests.values()], bool)
        self._traced, self._values, self._step = self._traces(plant)

    def _take_over(self, before: "Helm") -> None:
        """Keep what is known of guests that are still there."""
        kept = np.array([(before.guests[id], row) for id, row in self.guests.items() if id in before.guests], np.intp)
        if kept.size:
            self.past[kept[:, 1]] = before.past[kept[:, 0]]
            self.arrival += int(before.arrival.max(initial=0)) + 1
            self.arrival[kept[:, 1]] = before.arrival[kept[:, 0]]
            self._last = int(self.arrival.max()) + 1
        self.known, self.clock, self.rounds = before.known, before.clock, before.rounds
        self.asleep = before.asleep & set(self.hosts)

    def _traces(self, plant: "Plant") -> tuple[Rows, Floats, float]:
        """Guests with traces of one kind, their values by sample, and the seconds between samples."""
        found = [(self.guests[id], one.load) for id, one in plant.parts.guests.items() if isinstance(one.load, Trace)]
        shapes = {(len(load.values), load.step) for _, load in found}
        if len(shapes) != 1:
            return np.zeros(0, np.intp), np.zeros((0, 0)), 1.0
        values = np.array([np.frombuffer(load.values) for _, load in found])
        return np.array([row for row, _ in found], np.intp), np.clip(values, 0.0, 1.0).T.copy(), shapes.pop()[1]

    def came(self, guest: str) -> None:
        """`guest` has come to another host: it is the last there."""
        self.arrival[self.guests[guest]] = self._last
        self._last += 1

    def copy_time(self, memory: float) -> float:
        """Seconds that a copy of `memory` bytes takes."""
        if memory not in self._times:
            self._times[memory] = one_pass(memory, self.part.bandwidth, self.part.share)
        return self._times[memory]

    def next_round(self, now: int) -> int:
        """When the next round is due (µs)."""
        every = max(1, micros(self.part.every))
        late = micros(LATE) if "late" in self.part.quirks else 0
        return (max(0, now - late) // every + 1) * every + late

    def read(self, plant: "Plant") -> Floats:
        """Shares (0…1) of their vCPUs that guests ask for now."""
        shares = plant.roster.level
        if "late" not in self.part.quirks:
            return shares
        self.clock += self.part.every
        if self._traced.size:
            shares, last = shares.copy(), len(self._values) - 1
            sample = int(plant.now / SECOND // self._step)
            here, there = self._values[min(sample, last)], self._values[min(sample + 1, last)]
            shares[self._traced] = here + (there - here) / self._step * (self.clock - sample * self._step)
        return shares

    def silent(self, plant: "Plant", shares: Floats) -> Flags:
        """Guests that ask for nothing, now and (where it is recorded) at the next sample."""
        silent: Flags = np.asarray(shares == 0)
        if self._traced.size:
            here = int(plant.now / SECOND // self._step)
            rows = [min(sample, len(self._values) - 1) for sample in (here, here + 1)]
            silent[self._traced] = (self._values[rows] == 0).all(axis=0)
        return silent

    def remember(self, shares: Floats) -> None:
        """Put the loads of this round into the histories."""
        self.past[:, 1:] = self.past[:, :-1].copy()
        self.past[:, 0] = shares
        self.known = min(LENGTH, self.known + 1)
        self.rounds += 1

    def idle(self, plant: "Plant") -> list[str]:
        """Hosts that are up and on which nothing runs or will."""
        roster = plant.roster
        idle = roster.up & (roster.running == 0) & (plant.ledger.receiving == 0)
        return [self.hosts[place] for place in np.flatnonzero(idle[self.rows]).tolist()]

    def aboard(self, plant: "Plant") -> Rows:
        """Rows of guests that run directly on the hosts."""
        roster = plant.roster
        return np.flatnonzero(roster.on & (roster.depth == 0) & (self.place[roster.root] != NOWHERE))

    def guests_now(self, plant: "Plant", shares: Floats, flying: Flags) -> tuple[Rows, Guests]:
        """Rows and columns of running guests, sorted by host, those that came first before the others."""
        roster = plant.roster
        rows = self.aboard(plant)
        host = self.place[roster.root[rows]]
        order = np.lexsort((self.arrival[rows], host))
        rows, host = rows[order], host[order]
        demand = (shares * self._size + self._inside(plant, shares))[rows]
        size = self._size[rows]
        return rows, Guests(
            host, np.minimum(demand, size), self._width[rows], size, self._counted(rows),
            self._movable[rows] & ~flying[rows], self.past[rows], self.known,
        )  # fmt: skip

    def _counted(self, rows: Rows) -> Floats:
        """Memory that decides about places and about the time of a move."""
        return self._copied[rows] if "weightless" in self.part.quirks else self._weight[rows]

    def _inside(self, plant: "Plant", shares: Floats) -> Floats:
        """What guests inside guests add to the demand of the outermost."""
        roster = plant.roster
        added = np.zeros(len(shares))
        for row in np.flatnonzero(roster.on & (roster.depth > 0)).tolist():
            outer = row
            while roster.depth[outer] > 0:
                outer = int(roster.parent[outer]) - len(roster.machines)
            added[outer] += shares[row] * self._size[row]
        return added

    def hosts_now(self, plant: "Plant") -> Hosts:
        """Columns of the hosts."""
        roster, ledger = plant.roster, plant.ledger
        up = roster.up[self.rows]
        used = np.where(up, roster.memory_used[self.rows], self._layers)
        free = np.full(len(self.rows), np.inf) if "weightless" in self.part.quirks else self._memory - used
        asleep = np.zeros(len(self.hosts), bool)
        asleep[[self.order[id] for id in self.asleep]] = True
        shut = (~up & ~asleep) | (ledger.receiving[self.rows] > 0)
        closed = plant.clusters.closed | plant.clusters.leaving
        if closed:
            shut |= np.array([id in closed for id in self.hosts], bool)
        return Hosts(self._capacity, self._core, free, self._tables, self._alike, asleep, shut)


def _milli(cores: list[float]) -> Floats:
    """Cores in thousandths, free of the dust of multiplication."""
    return np.round(np.array(cores, float) * MILLI, 6)
