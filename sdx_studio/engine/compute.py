"""CPU: how machines and guests share their cores, and the measures that follow from it; one pass for an instant."""

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import DEMAND
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.loads import interval, level, nominal, shares
from sdx_studio.engine.parts import Trace
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.report import Report
from sdx_studio.engine.roster import NOWHERE, Flags, Rows, added
from sdx_studio.engine.sharing.cpu import grants

OWN_WEIGHT = 1000.0
"""Weight of a guest's own processes beside the guests inside it."""

NO_TRACK = (np.zeros(0, np.intp), np.zeros((0, 0)))


class Compute:
    """Shares of the machines that the roster holds for stale."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._sampled: dict[int, list[str]] = {}
        self._busy: dict[int, list[int]] = {}
        """Guests (rows) whose disk requests follow a trace, by its interval."""
        self._tracks: dict[int, tuple[Rows, NDArray[np.float64]]] = {}
        self._report = Report(plant)
        self._rearranged = True

    def arrange(self) -> None:
        """Take over guests that were added and plan the sampling of loads that change."""
        plant = self._plant
        plant.roster.arrange(plant)
        plant.altered.clear()
        self._rearranged = True
        self._sampled, self._busy = {}, {}
        for id, guest in plant.parts.guests.items():
            plant.roster.level[plant.roster.guests[id]] = level(guest.load, plant.now, plant.seed, id)
            every = interval(guest.load)
            if every is not None:
                self._sampled.setdefault(every, []).append(id)
            if guest.io_load is not None:
                self._busy.setdefault(interval(guest.io_load) or 1, []).append(plant.roster.guests[id])
        self._tracks = {every: self._track(every) for every in self._sampled}
        self._report.arrange()
        for every in sorted(self._sampled.keys() | self._busy.keys()):
            self._plan(every)

    def _track(self, every: int) -> tuple[Rows, NDArray[np.float64]]:
        """Rows and values (one line for each sample) of the guests whose stepped, endless traces are of one length."""
        loads = ((id, self._plant.parts.guests[id].load) for id in self._sampled[every])
        found = [(id, load) for id, load in loads if isinstance(load, Trace) and load.loop and not load.smooth]
        lengths = [len(load.values) for _, load in found]
        alike = [(id, load) for id, load in found if len(load.values) == max(lengths)]
        rows = np.array([self._plant.roster.guests[id] for id, _ in alike], np.intp)
        return rows, np.array([shares(load) for _, load in alike]).T.copy()

    def sample(self, target: str, _payload: object) -> None:
        """Read the loads that are sampled every `target` microseconds."""
        plant, roster = self._plant, self._plant.roster
        every = int(target)
        busy = self._busy.get(every, [])
        if every not in self._sampled and not busy:
            return
        fresh = roster.level.copy()
        rows, values = self._tracks.get(every, NO_TRACK)
        if rows.size:
            fresh[rows] = values[plant.now // every % len(values)]
        tracked = set(rows.tolist())
        for id in self._sampled.get(every, ()):
            row = roster.guests[id]
            if row not in tracked:
                fresh[row] = level(plant.parts.guests[id].load, plant.now, plant.seed, id)
        changed = np.concatenate((roster.root[fresh != roster.level], roster.root[np.array(busy, np.intp)]))
        roster.level = fresh
        roster.stale[changed[changed != NOWHERE]] = True
        self._plan(every)

    def _plan(self, every: int) -> None:
        plant = self._plant
        plant.agenda.put((plant.now // every + 1) * every, DEMAND, "sample", str(every))

    def settle(self) -> Flags:
        """Compute stale machines anew; which ones those were, by row."""
        plant, roster = self._plant, self._plant.roster
        altered = plant.altered
        if altered:
            plant.altered = set()
            roster.update(plant, altered)
        stale = roster.stale
        roster.stale = np.zeros(len(stale), bool)
        if altered or self._rearranged:
            self._report.blank()
        if stale.any():
            self._settle(stale)
            self._report.settle(stale)
            if altered or self._rearranged or roster.carried:
                self._report.headcount(stale)
        self._rearranged = roster.carried = False
        return stale

    def free(self, machine: str) -> float:
        """Cores that nobody on `machine` asks for (negative when it is over-committed)."""
        plant, roster = self._plant, self._plant.roster
        asked = 0.0
        for id in plant.residents.get(machine, ()):
            row, guest = roster.guests[id], plant.parts.guests[id]
            if plant.guests[id].condition is Condition.STARTING:
                asked += nominal(guest.load) * guest.vcpus
            elif plant.guests[id].condition is Condition.UP:
                asked += float(roster.demand[row])
        return plant.cores(machine) - asked

    def _settle(self, stale: Flags) -> None:
        roster = self._plant.roster
        rows = roster.on_machines(stale)
        self._ask(rows)
        top = rows[roster.depth[rows] == 0]
        homes = roster.parent[top]
        caps = roster.most(top)
        wanted = added(homes, caps, len(stale))
        crowded = stale & (wanted > roster.cores)
        roster.taken[top] = caps
        for machine in np.flatnonzero(crowded):
            here = top[homes == machine]
            roster.taken[here] = self._divide(here, float(roster.cores[machine]))
        roster.grant[top] = roster.taken[top] * roster.factor[top] * roster.speed[top]
        if top.size < rows.size:
            for depth in range(1, int(roster.depth[rows].max()) + 1):
                self._divide_inside(rows[roster.depth[rows] == depth])
        used = added(homes, roster.taken[top], len(stale))
        roster.used[stale] = used[stale]

    def _ask(self, rows: Rows) -> None:
        """Demands of guests in cores, the innermost first."""
        roster = self._plant.roster
        own = roster.level[rows] * roster.vcpus[rows] + roster.extra[rows]
        roster.demand[rows] = np.where(roster.alive[rows], np.minimum(own, roster.vcpus[rows]), 0.0)
        deepest = int(roster.depth[rows].max(initial=0))
        for depth in range(deepest, 0, -1):
            inner = rows[roster.depth[rows] == depth]
            around = roster.parent[inner] - len(roster.machines)
            np.add.at(roster.demand, around, roster.demand[inner])
            around = np.unique(around)
            asked = np.minimum(roster.demand[around], roster.vcpus[around])
            roster.demand[around] = np.where(roster.alive[around], asked, 0.0)

    def _divide(self, rows: Rows, capacity: float, own: float = 0.0, weight: float = 0.0) -> list[float]:
        """Share `capacity` among guests and, beside them, processes with `weight` that ask for `own` cores."""
        roster = self._plant.roster
        caps = roster.most(rows)
        weights, floors = roster.shares[rows].tolist(), roster.reservation[rows].tolist()
        return grants(capacity, [*weights, weight], [*floors, 0.0], [*caps.tolist(), own])[: len(rows)]

    def _divide_inside(self, rows: Rows) -> None:
        """Share among guests what the guests around them get."""
        plant, roster = self._plant, self._plant.roster
        names = list(roster.guests)
        homes = roster.parent[rows] - len(roster.machines)
        for around in np.unique(homes):
            here = rows[homes == around]
            lost = sum(layer.cpu_overhead for layer in plant.parts.layers_on.get(names[around], ()))
            spare = float(roster.grant[around]) * max(0.0, 1.0 - lost)
            own = float(roster.level[around] * roster.vcpus[around] + roster.extra[around])
            roster.taken[here] = self._divide(here, spare, own, OWN_WEIGHT)
        roster.grant[rows] = roster.taken[rows] * roster.factor[rows]
