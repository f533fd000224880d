"""The roster: machines and guests as columns in order of their ids, so that all shares of an instant are one pass.

What changes at every sample (levels, demands, grants) stands only here. What changes seldom (places, conditions) is
the plant's; `update` reads it again for the ids that were altered.
"""

from collections.abc import Callable, Iterable
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.emulation import burden
from sdx_studio.engine.reclaim import reclaim

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]

NOWHERE = -1
LARGEST = 1e6
"""Burden beyond which nothing is told apart; what cannot run at all is hindered anyway."""
DEEPEST = 16
"""Guests inside guests that are followed; guests that contain each other get nothing."""


def added(homes: Rows, amounts: Floats, count: int) -> Floats:
    """Amounts added up by `homes` (0 … count − 1); unlike NumPy's own also floats when there are none."""
    return np.bincount(homes, amounts, minlength=count).astype(np.float64, copy=False)


class Roster:
    """Columns; cores, bytes, shares. `parent` of a guest is a machine's row, or machines + row of the guest around."""

    def __init__(self) -> None:
        self.machines: dict[str, int] = {}
        self.guests: dict[str, int] = {}
        self.members: dict[str, Rows] = {}
        """Group → rows of its machines."""
        self.switched = True
        """Whether guests may have begun or ceased to work since somebody looked (`meters.outage`)."""
        self.carried = False
        """Whether guests were put elsewhere in the columns themselves, without `update`."""
        self.tables: Floats = np.zeros((0, 11))
        self._machine_columns(0)
        self._guest_columns(0)

    def _machine_columns(self, count: int) -> None:
        self.up: Flags = np.zeros(count, bool)
        self.stale: Flags = np.zeros(count, bool)
        """Machines whose shares are to be computed anew."""
        self.cores: Floats = np.zeros(count)
        self.memory: Floats = np.zeros(count)
        self.memory_used: Floats = np.zeros(count)
        self.running: Rows = np.zeros(count, np.intp)
        """Guests directly on a machine that are up."""
        self.used: Floats = np.zeros(count)
        """Cores in use."""
        self.core: Floats = np.ones(count)
        """Speed of one core: what a vCPU gets at most."""
        self.dark: Flags = np.zeros(count, bool)
        """Machines whose power is not counted yet."""
        self.balloon, self.swap = np.zeros(count), np.zeros(count)
        """Bytes of idle pages taken back from guests, and of pages that had to be swapped."""
        self.shared: Floats = np.zeros(count)
        """Bytes saved because guests share the pages that are the same in them."""
        self.state_of_memory: Rows = np.zeros(count, np.intp)
        """By `formulas.memory.STATES`: 0 (high) … 4 (low)."""
        self.reclaimed = True  # whether any of this may have changed since `meters.memory` looked

    def _guest_columns(self, count: int) -> None:
        self.vcpus, self.limit, self.shares, self.reservation, self.active = (np.zeros(count) for _ in range(5))
        self.width: Floats = np.full(count, inf)
        self.narrow = self.tasked = self.foreign = False
        """Whether any guest has a width, a job, or was built for processors of its own."""
        self.level, self.demand, self.taken, self.grant, self.extra = (np.zeros(count) for _ in range(5))
        """`extra` is cores that sessions on a guest ask for beside its own load."""
        self.surge: Floats = np.zeros(count)
        """Share of its vCPUs that a guest asks for beside its load, because somebody said so while it runs."""
        self.task: Floats = np.zeros(count)
        """Share of its vCPUs that a guest's job keeps busy; 0 without one."""
        self.burden: Floats = np.ones(count)
        """How many times the CPU of a native machine a guest needs where it sits, because it is emulated there."""
        self.factor: Floats = np.ones(count)
        """What a migration leaves of a guest's CPU: 1, 0.9, or 0 in the pause."""
        self.swapped, self.ballooned, self.sharing = (np.zeros(count) for _ in range(3))
        """Bytes of each guest that are swapped, taken back as idle, and shared with guests that have the same."""
        self.speed: Floats = np.ones(count)
        """What reclaimed memory leaves of a guest's CPU: 1 when nothing is swapped."""
        self.parent: Rows = np.full(count, NOWHERE, np.intp)
        self.root: Rows = np.full(count, NOWHERE, np.intp)
        self.depth: Rows = np.zeros(count, np.intp)
        self.on: Flags = np.zeros(count, bool)
        """Guests that run, with all around them."""
        self.alive: Flags = np.zeros(count, bool)
        """Those of them that do not wait for storage, with all around them."""
        self.promised: Flags = np.zeros(count, bool)
        """Guests that have been running and that nobody switched off."""

    def arrange(self, plant: "Plant") -> None:
        """Take over machines and guests as the parts now are; levels and grants of those that stay are kept."""
        parts = plant.parts
        before, lasting = self.guests, self._lasting()
        columns = (self.balloon, self.swap, self.shared, self.state_of_memory)
        held = {id: [column[row] for column in columns] for id, row in self.machines.items()}
        self.machines = {id: row for row, id in enumerate(parts.machines)}
        self.guests = {id: row for row, id in enumerate(parts.guests)}
        self.members = {
            id: np.array([self.machines[one] for one in group.members if one in self.machines], np.intp)
            for id, group in parts.groups.items()
        }
        self._machine_columns(len(self.machines))
        self._guest_columns(len(self.guests))
        self.memory = np.array([one.memory for one in parts.machines.values()], float)
        self.core = np.array([one.speed for one in parts.machines.values()], float)
        self.tables = np.array([one.watts for one in parts.machines.values()], float).reshape(-1, 11)
        guests = parts.guests.values()
        self.vcpus = np.array([max(one.vcpus, 1e-12) for one in guests], float)
        self.limit = np.array([inf if one.limit is None else one.limit for one in guests], float)
        self.shares = np.array([one.shares for one in guests], float)
        self.width = np.array([one.width for one in guests], float)
        self.narrow = bool(np.isfinite(self.width).any())
        self.foreign = any(one.family for one in guests)
        self.reservation = np.array([one.reservation for one in guests], float)
        self.active = np.array(
            [min(1.0, one.working_set / one.memory) if one.working_set and one.memory else 1.0 for one in guests], float
        )
        kept = [(before[id], row) for id, row in self.guests.items() if id in before]
        if kept:
            old, new = np.array(kept, np.intp).T
            for column, earlier in zip(self._lasting(), lasting, strict=True):
                column[new] = earlier[old]
        for id, row in self.machines.items():
            self.balloon[row], self.swap[row], self.shared[row], self.state_of_memory[row] = held.get(id, (0.0,) * 4)
        self.update(plant, parts.machines.keys() | parts.guests.keys())

    def _lasting(self) -> tuple[Floats, ...]:
        return (self.level, self.factor, self.extra, self.surge, self.demand, self.taken, self.grant)

    def update(self, plant: "Plant", altered: Iterable[str]) -> None:
        """Read again where altered guests sit and whether they run, and how altered machines are."""
        machines: set[str] = set()
        for id in altered:
            if id in self.guests and id in plant.guests:
                self._seat(plant, id)
                machine = plant.machine_of(id)
                if machine is not None:
                    machines.add(machine)
            elif id in self.machines:
                machines.add(id)
                if plant.up(id) != self.up[self.machines[id]]:
                    for resident in plant.residents.get(id, ()):
                        self._seat(plant, resident)
        for id in sorted(machines):
            row = self.machines[id]
            self.stale[row], self.up[row] = True, plant.up(id)
            self.cores[row], self.memory_used[row] = plant.cores(id), plant.memory_used(id)
            reclaim(plant, id)
            here = (plant.guests[one].condition for one in plant.residents.get(id, ()))
            self.running[row] = self.up[row] and sum(one is Condition.UP for one in here)

    def _seat(self, plant: "Plant", id: str) -> None:
        """Row of guest `id` and of those inside it."""
        row, tenancy = self.guests[id], plant.guests[id]
        place = tenancy.place
        if place in self.machines:
            self.parent[row] = self.root[row] = self.machines[place]
            self.depth[row], on, alive = 0, plant.up(place), True
            self.burden[row] = min(burden(plant.parts, plant.parts.guests[id], place), LARGEST)
        elif place in self.guests and self.depth[self.guests[place]] < DEEPEST:
            around = self.guests[place]
            self.parent[row], self.root[row] = len(self.machines) + around, self.root[around]
            self.depth[row], on, alive = self.depth[around] + 1, bool(self.on[around]), bool(self.alive[around])
            self.burden[row] = self.burden[around]
        else:
            self.parent[row] = self.root[row] = NOWHERE
            self.depth[row], on, alive = 0, False, False
        self.on[row] = on and tenancy.condition is Condition.UP
        self.alive[row] = self.on[row] and alive and id not in plant.stalled and id not in plant.impossible
        if self.on[row]:
            plant.promised.add(id)
        self.promised[row] = id in plant.promised
        self.switched = True
        if self.root[row] == NOWHERE:
            self.demand[row] = self.taken[row] = self.grant[row] = 0.0
        for inner in plant.residents.get(id, ()) if self.depth[row] < DEEPEST and id not in self.machines else ():
            self._seat(plant, inner)

    def home(self, id: str | None) -> int:
        """What sits on `id` has this for its parent; NOWHERE when it is neither machine nor guest."""
        if id in self.machines:
            return self.machines[id]
        return len(self.machines) + self.guests[id] if id in self.guests else NOWHERE

    def machine_rows(self, homes: Rows) -> Rows:
        """Row of the machine below each home (a guest that sits nowhere counts to the last machine)."""
        inner = homes >= len(self.machines)
        return np.where(inner, self.root[np.where(inner, homes - len(self.machines), 0)] if self.guests else 0, homes)

    def on_machines(self, which: Flags) -> Rows:
        """Rows of all guests that sit, however deep, on the machines `which`."""
        return np.flatnonzero((self.root != NOWHERE) & which[self.root])

    def most(self, rows: Rows | slice) -> Floats:
        """Cores that guests can use: within their limits, what single cores do, and what swapping leaves them."""
        asked = np.minimum(self.demand[rows], self.limit[rows]) * self.speed[rows]
        if not self.narrow:
            return asked
        wide = self.width[rows] * self.core[self.root[rows]]
        if self.tasked:
            wide *= np.where(self.task[rows] > 0, self.task[rows], 1.0)
        return np.minimum(asked, wide)

    def watts(self, power: Callable[[Floats, Floats], Floats]) -> Floats:
        """Watts of all machines by `power(tables, utilisation)`; 0 where one is down."""
        return power(self.tables, self.utilisation()) * (self.up > self.dark)

    def utilisation(self) -> Floats:
        """Share of each machine's cores that is in use, at most 1."""
        return np.minimum(1.0, self.used / np.maximum(self.cores, 1e-12))

    def fullness(self) -> Floats:
        """Share of each machine's memory that is in use, at most 1."""
        return np.minimum(1.0, self.memory_used / np.maximum(self.memory, 1e-12))

    def state(self) -> tuple[Floats, ...]:
        """Everything that later results depend on."""
        return (
            self.level, self.demand, self.taken, self.grant, self.factor, self.speed,
            self.extra, self.surge, self.balloon, self.swap, self.shared,
        )  # fmt: skip
