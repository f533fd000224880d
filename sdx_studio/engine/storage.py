"""Storage: the work of stores, requests of guests as flows, response times, thin pools that fill up."""

from math import inf, nan

import numpy as np

from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.storage import FULL, cache, response_time
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.mirrors import Mirror, delay_of
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.parts import Guest, Volume
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.pools import Pools
from sdx_studio.engine.requests import asked, in_a_row, wire, work
from sdx_studio.engine.roster import Flags, Floats, Rows
from sdx_studio.words import mark


class Storage:
    """Requests of guests to their volumes, and how full stores are."""

    def __init__(self, plant: Plant, fabric: Fabric, jobs: Jobs) -> None:
        self._plant = plant
        self._fabric = fabric
        self.pools = Pools(plant, fabric, jobs, self._wake)
        self.cutoff: set[str] = set()
        """Guests that wait for storage which they cannot reach."""
        self._wants: dict[str, list[str]] = {}
        self._asking: list[str] = []
        self._rows: Rows = np.zeros(0, np.intp)
        self._shares: Floats = np.zeros(0)
        """What share of the CPU that it asks for each of them was seen to get."""
        self._traced: Flags = np.zeros(0, bool)
        self._streams: dict[str, int] = {}
        """Store → sequential streams at once."""
        self.saturated: set[str] = set()
        self.mirrors: dict[str, Mirror] = {}
        """Volumes of which every write waits for another store too."""
        self._again: set[str] = set()
        """Stores that have to be measured although nothing of what they do has changed."""

    def arrange(self) -> None:
        """Take over volumes and guests with disks as the parts now are."""
        plant, parts = self._plant, self._plant.parts
        self._wants = {}
        self.pools.take_over()
        for guest in parts.guests.values():
            if guest.disk in parts.volumes:
                self._wants.setdefault(plant.parts.volumes[guest.disk].store or "", []).append(guest.id)
                self._fabric.open(self._flow(guest, parts.volumes[guest.disk]))
        wanting = {id for ids in self._wants.values() for id in ids}
        self._asking = sorted(wanting)
        self._rows = np.array([plant.roster.guests[id] for id in self._asking], np.intp)
        self._shares = np.full(len(self._asking), nan)
        self._traced = np.array([parts.guests[id].io_load is not None for id in self._asking], bool)
        for id in parts.guests.keys() - wanting:
            plant.gauges.put(id, "io.rate", 0.0)
            plant.gauges.put(id, "io.response", 0.0)
        for key in [key for key in self._fabric.flows if key[0] == "io" and key[1] not in wanting]:
            self._fabric.close(key)
        self.cutoff &= wanting
        for id in sorted(wanting | (plant.stalled & parts.guests.keys())):
            self._stall(id)
        plant.stalled &= parts.guests.keys()
        self.pools.arrange()

    def _wake(self, store: str) -> None:
        """The guests of a store may ask for more or less than before."""
        self._shares[:] = nan
        for id in self._wants.get(store, ()):
            self._plant.refresh(id)
            self._stall(id)

    def mirror(self, volume: str, mirror: Mirror | None) -> None:
        """Let every write to `volume` wait for another store from now on, or no more."""
        if mirror != self.mirrors.get(volume):
            self.mirrors.pop(volume, None)
            if mirror is not None:
                self.mirrors[volume] = mirror
            part = self._plant.parts.volumes.get(volume)
            if part is not None and part.store is not None:
                self._again.add(part.store)
                self._wake(part.store)

    def _stall(self, id: str) -> None:
        """Let a guest stand still that cannot read or write its disk, and go on when it can."""
        plant = self._plant
        volume = plant.parts.volumes.get(plant.parts.guests[id].disk or "")
        stands = volume is not None and (id in self.cutoff or (volume.thin and volume.store in self.pools.full))
        if stands != (id in plant.stalled):
            (plant.stalled.add if stands else plant.stalled.discard)(id)
            plant.refresh(id)
            if stands and id not in self.cutoff and plant.running(id):
                plant.tell("guest.waiting", id, mark("{vm} waits: its volume cannot grow."), vm=Ref(id))

    def retune(self, machines: Flags) -> None:
        """Ask for as many requests as the CPU that each guest on `machines` (by row) gets allows."""
        blended: set[str] = set()
        for place in np.flatnonzero(self._altered(machines)):
            id = self._asking[place]
            self._fabric.retune(("io", id), self._wanted(id))
            if in_a_row(self._plant.parts, self._plant.parts.guests[id]):
                blended.add(self._plant.parts.volumes[self._plant.parts.guests[id].disk or ""].store or "")
        for store in sorted(blended):
            self._blend(store)

    def _altered(self, machines: Flags) -> Flags:
        """Which of the asking guests get another share of the CPU they ask for, or follow a trace."""
        roster, rows = self._plant.roster, self._rows
        if not rows.size:
            return np.zeros(0, bool)
        root, demand = roster.root[rows], roster.demand[rows]
        share = np.where(demand > 0, np.minimum(1.0, roster.grant[rows] / np.maximum(demand, 1e-300)), 0.0)
        altered: Flags = np.append(machines, True)[root] & ((share != self._shares) | self._traced)
        self._shares[altered] = share[altered]
        return altered

    def _blend(self, store: str) -> None:
        """Sequential streams cost more as soon as there are several at once."""
        parts = self._plant.parts
        ids = [id for id in self._wants.get(store, ()) if in_a_row(parts, parts.guests[id])]
        count = sum(self._fabric.flows["io", id].cap > 0 for id in ids)
        if count != self._streams.get(store, 0):
            self._streams[store] = count
            for id in ids:
                fresh = self._flow(parts.guests[id], parts.volumes[parts.guests[id].disk or ""])
                fresh.cap = self._fabric.flows["io", id].cap
                self._fabric.open(fresh)

    def settle(self, legs: set[int]) -> None:
        """Measures of the stores whose use may have changed, of their volumes, devices and guests."""
        for store, leg in self._fabric.stores.items():
            if leg in legs or store in self._again:
                self._measure(store, self._fabric.shares.load(leg))
        self._again.clear()

    def _wanted(self, id: str) -> float:
        plant = self._plant
        guest, row = plant.parts.guests[id], plant.roster.guests[id]
        volume, demand = plant.parts.volumes[guest.disk or ""], float(plant.roster.demand[row])
        if (
            self._fabric.flows["io", id].store is None
            or demand <= 0
            or (volume.thin and volume.store in self.pools.full)
        ):
            return 0.0
        rate = asked(guest, plant.now) * min(1.0, float(plant.roster.grant[row]) / demand)
        mirror = self.mirrors.get(volume.id)
        if mirror is None:
            return rate
        most = mirror.most(guest, response(plant, volume.store or "", 0.0))
        return min(rate * mirror.pace, most * wire(guest.io_size))

    def _flow(self, guest: Guest, volume: Volume) -> Flow:
        store = volume.store or ""
        cost = work(self._plant.parts, guest, store, self._streams.get(store, 0))
        known = store in self._fabric.stores and cost < inf
        return Flow(
            ("io", guest.id), guest.id, volume.id, cap=0.0, store=store if known else None,
            work=cost if known else 0.0, read_share=guest.read_share,
        )  # fmt: skip

    def _measure(self, store: str, load: float) -> None:
        plant = self._plant
        put = plant.gauges.put
        devices = plant.parts.devices_of.get(store, [])
        load = min(1.0, load)
        wait = response(plant, store, load)
        self._saturation(store, load)
        per_volume: dict[str, tuple[float, float, float]] = {}
        behind = 0.0
        for id in self._wants.get(store, ()):
            guest, flow = plant.parts.guests[id], self._fabric.flows["io", id]
            rate = flow.rate / wire(guest.io_size)
            put(id, "io.rate", rate)
            delay = delay_of(self.mirrors, guest)
            put(id, "io.response", wait + delay)
            count, share, waited = per_volume.get(guest.disk or "", (0.0, 0.0, 0.0))
            per_volume[guest.disk or ""] = (count + rate, share + flow.rate * flow.work, waited + rate * delay)
            penalty = plant.parts.stores[store].penalty if store in plant.parts.stores else 1.0
            behind += rate * (guest.read_share + (1 - guest.read_share) * penalty)
        for volume in plant.parts.volumes_of.get(store, ()):
            count, share, waited = per_volume.get(volume.id, (0.0, 0.0, 0.0))
            put(volume.id, "storage.iops", count)
            put(volume.id, "storage.response", wait + waited / count if count > 0 else wait)
            put(volume.id, "storage.utilisation", min(1.0, share))
        for device in devices:
            put(device.id, "storage.utilisation", load)
            put(device.id, "storage.iops", behind / len(devices))
        if store in plant.parts.stores:
            put(store, "storage.iops", sum(count for count, _, _ in per_volume.values()))
            put(store, "storage.utilisation", load)
            put(store, "storage.response", wait)

    def _saturation(self, store: str, load: float) -> None:
        """Say when a store gets more requests than it can serve, and when it is no longer so."""
        if load >= FULL and store not in self.saturated:
            self.saturated.add(store)
            self._plant.tell("storage.saturated", store, mark("It is saturated: requests wait without end."))
        elif load < FULL and store in self.saturated:
            self.saturated.discard(store)
            self._plant.tell("storage.relieved", store, mark("It keeps up with its requests again."))

    def follow(self, flow: Flow) -> None:
        """Say when a guest loses or regains the way to its volume."""
        id = flow.key[1]
        if flow.blocked and self._plant.running(id) and id not in self.cutoff:
            self.cutoff.add(id)
            self._plant.tell("storage.unreachable", id, mark("No path to its volume: {reason}."), reason=flow.reason)
            self._stall(id)
        elif not flow.blocked and id in self.cutoff:
            self.cutoff.discard(id)
            self._plant.tell("storage.reachable", id, mark("The path to its volume is back."))
            self._stall(id)


def response(plant: Plant, store: str, load: float) -> float:
    """Seconds of a request at this load, hits of the cache counted; NaN when it is saturated or down."""
    devices = plant.parts.devices_of.get(store, [])
    if not plant.up(store) or plant.parts.capacity(store) <= 0:
        return nan
    wait = response_time(sum(device.service for device in devices) / max(1, len(devices)), load)
    part = plant.parts.stores.get(store)
    if part is None or part.hit <= 0 or wait != wait:
        return wait
    return cache(part.hit, part.hit_time, wait, 0.0).latency
