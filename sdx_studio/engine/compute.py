"""CPU: how machines and guests share their cores, and the measures that follow from it; one pass for an instant."""

import numpy as np

from sdx_studio.engine.chorus import Chorus
from sdx_studio.engine.clock import DEMAND
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.loads import interval, level, nominal
from sdx_studio.engine.parts import Guest
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.report import Report
from sdx_studio.engine.roster import NOWHERE, Flags, Rows, added
from sdx_studio.engine.sharing.cpu import grants

OWN_WEIGHT = 1000.0
"""Weight of a guest's own processes beside the guests inside it."""


class Compute:
    """Shares of the machines that the roster holds for stale."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._choirs: dict[int, Chorus] = {}
        self._busy: dict[int, list[int]] = {}
        """Guests (rows) whose disk requests follow a trace, by its interval."""
        self._report = Report(plant)
        self._rearranged = True

    def arrange(self) -> None:
        """Take over guests that were added and plan the sampling of loads that change."""
        plant = self._plant
        plant.roster.arrange(plant)
        plant.altered.clear()
        self._rearranged = True
        self._busy = {}
        sampled: dict[int, list[tuple[int, Guest]]] = {}
        for id, guest in plant.parts.guests.items():
            plant.roster.level[plant.roster.guests[id]] = level(guest.load, plant.now, plant.seed, id)
            every = interval(guest.load)
            if every is not None:
                sampled.setdefault(every, []).append((plant.roster.guests[id], guest))
            every = interval(guest.io_load) if guest.io_load is not None else None
            if every is not None:
                self._busy.setdefault(every, []).append(plant.roster.guests[id])
        self._choirs = {every: Chorus(every, guests, plant.seed) for every, guests in sampled.items()}
        self._report.arrange()
        for every in sorted(self._choirs.keys() | self._busy.keys()):
            self._plan(every)

    def sample(self, target: str, _payload: object) -> None:
        """Read the loads that are sampled every `target` microseconds."""
        plant, roster = self._plant, self._plant.roster
        every = int(target)
        busy, choir = self._busy.get(every, []), self._choirs.get(every)
        if choir is None and not busy:
            return
        fresh = roster.level.copy()
        if choir is not None:
            choir.sing(fresh, plant.now)
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
            self.share(stale)
            self._report.settle(stale)
            if altered or self._rearranged or roster.carried:
                self._report.headcount(stale)
        self._rearranged = roster.carried = False
        return stale

    def free(self, machine: str) -> float:
        """Cores that nobody on `machine` asks for (negative when it is over-committed)."""
        plant = self._plant
        on = [id for id in plant.residents.get(machine, ()) if plant.guests[id].condition is not Condition.OFF]
        return plant.cores(machine) - sum(map(self.asked, on))

    def asked(self, id: str) -> float:
        """Cores that guest `id` asks for; what it usually will while it is off or starts."""
        plant, guest = self._plant, self._plant.parts.guests[id]
        if plant.guests[id].condition is Condition.UP:
            return float(plant.roster.demand[plant.roster.guests[id]])
        return nominal(guest.load) * guest.vcpus

    def share(self, stale: Flags) -> None:
        """Share the cores of stale machines (by row) among their guests."""
        roster = self._plant.roster
        flat = bool(stale.all()) and not roster.depth.any() and bool((roster.root != NOWHERE).all())
        # All guests at once, as they stand, are several times as quick as the same rows picked one by one.
        rows = slice(None) if flat else roster.on_machines(stale)
        self._ask(rows)
        top = rows if isinstance(rows, slice) else rows[roster.depth[rows] == 0]
        homes = roster.parent[top]
        caps = roster.most(top)
        used = added(homes, caps, len(stale))
        crowded = np.flatnonzero(stale & (used > roster.cores))
        roster.taken[top] = caps
        if crowded.size:
            places = np.arange(len(roster.taken)) if isinstance(top, slice) else top
            for machine, here in zip(crowded, _grouped(homes, crowded), strict=True):
                roster.taken[places[here]] = self._divide(places[here], float(roster.cores[machine]))
            used = added(homes, roster.taken[top], len(stale))
        roster.grant[top] = roster.taken[top] * roster.factor[top]
        if not isinstance(rows, slice):
            for depth in range(1, int(roster.depth[rows].max(initial=0)) + 1):
                self._divide_inside(rows[roster.depth[rows] == depth])
        np.copyto(roster.used, used, where=stale)

    def _ask(self, rows: Rows | slice) -> None:
        """Demands of guests in cores, the innermost first."""
        roster = self._plant.roster
        own = np.maximum(0.0, roster.level[rows] + roster.surge[rows])
        if roster.tasked:
            own = np.where(roster.task[rows] > 0, roster.task[rows] / roster.burden[rows], own)
        own *= roster.vcpus[rows]
        own += roster.extra[rows]
        if roster.foreign:
            own *= roster.burden[rows]
        np.minimum(own, roster.vcpus[rows], out=own)
        own *= roster.alive[rows]
        roster.demand[rows] = own
        if isinstance(rows, slice):
            return
        for depth in range(int(roster.depth[rows].max(initial=0)), 0, -1):
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
            share = max(0.0, float(roster.level[around] + roster.surge[around]))
            own = float(share * roster.vcpus[around] + roster.extra[around]) * float(roster.burden[around])
            roster.taken[here] = self._divide(here, spare, own, OWN_WEIGHT)
        roster.grant[rows] = roster.taken[rows] * roster.factor[rows]


def _grouped(homes: Rows, wanted: Rows) -> list[Rows]:
    """Where in `homes` each of the `wanted` stands."""
    order = np.argsort(homes, kind="stable")
    first, last = (np.searchsorted(homes[order], wanted, side) for side in ("left", "right"))
    return [order[here:there] for here, there in zip(first, last, strict=True)]
