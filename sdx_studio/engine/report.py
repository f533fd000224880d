"""What machines, guests and layers show of their shares: measures of all that was computed anew, in one pass."""

import numpy as np

from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import NOWHERE, Flags, Floats, Rows, added
from sdx_studio.engine.statistics import Slots

_MACHINE = (
    "cpu.utilisation", "cpu.demand", "cpu.grant", "cpu.ready", "memory.used", "memory.utilisation", "guests",
    "memory.balloon", "memory.swap",
)  # fmt: skip
_GUEST = ("cpu.utilisation", "cpu.demand", "cpu.grant", "cpu.ready", "memory.utilisation", "memory.swap")


class Report:
    """Where the measures of the roster's columns stand."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._machine_slots: Slots = np.zeros((len(_MACHINE), 0), np.intp)
        self._guest_slots: Slots = np.zeros((len(_GUEST), 0), np.intp)
        """Rows of measures, columns of machines and guests."""
        self._layer_slots: Slots = np.zeros(0, np.intp)
        self._layer_counts: dict[str, Slots] = {}
        self._layer_rows: Rows = np.zeros(0, np.intp)
        """Where each layer sits, as the parent of a guest is said."""
        self._capacity: Floats = np.zeros(0)
        """Cores of machines, then of guests."""

    def arrange(self) -> None:
        """Take over machines, guests and layers as the parts now are."""
        plant, slots = self._plant, self._plant.gauges.slots
        self._machine_slots = np.array([slots(plant.roster.machines, name) for name in _MACHINE])
        self._guest_slots = np.array([slots(plant.roster.guests, name) for name in _GUEST])
        roster, parts = plant.roster, plant.parts
        seats = {id: parts.seat(layer.host) for id, layer in parts.layers.items()}
        homes = {id: roster.home(seat) for id, seat in seats.items()}
        on = {id: home for id, home in homes.items() if home != NOWHERE}
        self._layer_slots, self._layer_rows = slots(on, "cpu.utilisation"), np.array(list(on.values()), np.intp)
        self._capacity = np.maximum([one.cores for one in parts.machines.values()] + roster.vcpus.tolist(), 1e-12)
        loose = [id for id in homes if id not in on]
        plant.gauges.put_all(slots(loose, "cpu.utilisation"), np.zeros(len(loose)), plant.now)
        for name in ("guests", "vcpus"):
            self._layer_counts[name] = slots(on, name)
            plant.gauges.put_all(slots(loose, name), np.zeros(len(loose)), plant.now)

    def settle(self, stale: Flags) -> None:
        """Measures of stale machines and of the guests on them."""
        roster = self._plant.roster
        rows = roster.on_machines(stale)
        demand, vcpus = roster.demand[rows], roster.vcpus[rows]
        ready = np.maximum(0.0, np.minimum(demand, vcpus) * roster.speed[rows] - roster.taken[rows]) / vcpus
        active = np.where(roster.on[rows], roster.active[rows], 0.0)
        grant = roster.grant[rows]
        guests = (grant / vcpus, demand, grant, ready, active, roster.swapped[rows])
        machines = np.flatnonzero(stale)
        top = roster.depth[rows] == 0
        homes = roster.parent[rows][top]
        worst = np.zeros(len(stale))
        np.maximum.at(worst, homes, ready[top])
        asked = added(homes, demand[top], len(stale))
        columns = (
            roster.utilisation(), asked, roster.used, worst, np.minimum(roster.memory_used, roster.memory),
            roster.fullness(), roster.running.astype(float), roster.balloon, roster.swap,
        )  # fmt: skip
        inside = added(roster.parent[rows][~top], roster.taken[rows][~top], len(self._capacity))
        inside[: len(stale)] = roster.used
        busy = np.minimum(1.0, inside[self._layer_rows] / self._capacity[self._layer_rows])
        below = roster.machine_rows(self._layer_rows)
        concerned = (below != NOWHERE) & stale[below]
        layers, slots = self._layer_slots[concerned], self._machine_slots[:, machines].ravel()
        slots = np.concatenate((self._guest_slots[:, rows].ravel(), slots, layers))
        values = (*guests, np.array(columns)[:, machines].ravel(), busy[concerned])
        self._plant.gauges.put_all(slots, np.concatenate(values), self._plant.now)

    def headcount(self, stale: Flags) -> None:
        """Guests and vCPUs on the layers of stale machines, and of guests that hold guests."""
        roster, now = self._plant.roster, self._plant.now
        seated = np.flatnonzero(roster.parent != NOWHERE)
        homes, below = roster.parent[seated], roster.machine_rows(self._layer_rows)
        concerned = (below != NOWHERE) & stale[below]
        rows = self._layer_rows[concerned]
        vcpus = np.where(np.isfinite(roster.width), roster.width, roster.vcpus)
        sums = [np.bincount(homes, amounts[seated], len(self._capacity))[rows] for amounts in (roster.on, vcpus)]
        slots = np.concatenate([self._layer_counts[name][concerned] for name in ("guests", "vcpus")])
        self._plant.gauges.put_all(slots, np.concatenate(sums).astype(np.float64), now)

    def blank(self) -> None:
        """Guests that sit nowhere get nothing, nor do layers on them."""
        roster, gauges, now = self._plant.roster, self._plant.gauges, self._plant.now
        rows = np.flatnonzero(roster.root == NOWHERE)
        slots = self._guest_slots[:, rows].ravel()
        gauges.put_all(slots, np.zeros(len(slots)), now)
        lost = self._layer_slots[roster.machine_rows(self._layer_rows) == NOWHERE]
        gauges.put_all(lost, np.zeros(len(lost)), now)
