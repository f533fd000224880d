"""Storage: the work of stores, requests of guests as flows, response times, thin pools that fill up."""

from collections.abc import Iterable
from math import inf, nan

from sdx_studio.engine.clock import SECOND, STORAGE, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import Guest, Volume
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

SATURATED = 1.0 - 1e-9


def work_per_request(
    devices: list[tuple[float, float, float]], penalty: float, read_share: float, size: float
) -> float:
    """Seconds of the whole store that one request costs: reads once, writes `penalty` times (work conservation).

    `devices` are (read IOPS, write IOPS, bytes/s); n·iops/(r + (1 − r)·penalty) is its inverse for equal devices.
    """
    band = sum(device[2] for device in devices)
    rates = (sum(device[0] for device in devices), sum(device[1] for device in devices))
    if min(*rates, band) <= 0:
        return inf
    read, write = (max(1.0 / rate, size / band) for rate in rates)
    return read_share * read + (1.0 - read_share) * penalty * write


def response_time(service: float, utilisation: float) -> float:
    """Seconds in an M/G/1 queue with processor sharing, S/(1 − rho); NaN when it is saturated."""
    return service / (1.0 - utilisation) if utilisation < SATURATED else nan


class Storage:
    """Requests of guests to their volumes, and how full stores are."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self.used: dict[str, tuple[float, float, int]] = {}
        """Volume → bytes used, growth in bytes/s, since when (µs)."""
        self.full: set[str] = set()
        self.cutoff: set[str] = set()
        """Guests that wait for storage which they cannot reach."""
        self._wants: dict[str, list[str]] = {}
        self._down: set[str] = set()

    def arrange(self) -> None:
        """Take over volumes and guests with disks as the parts now are."""
        plant, parts = self._plant, self._plant.parts
        self._wants = {}
        for volume in parts.volumes.values():
            amount = self.amount(volume.id) if volume.id in self.used else volume.used
            if not volume.thin:
                amount = volume.size
            self.used[volume.id] = (min(amount, volume.size), 0.0, plant.now)
        for id in [id for id in self.used if id not in parts.volumes]:
            del self.used[id]
        for guest in parts.guests.values():
            if guest.disk in parts.volumes:
                self._wants.setdefault(plant.parts.volumes[guest.disk].store or "", []).append(guest.id)
                self._fabric.open(self._flow(guest, parts.volumes[guest.disk]))
        wanting = {id for ids in self._wants.values() for id in ids}
        for id in parts.guests.keys() - wanting:
            plant.gauges.put(id, "io.rate", 0.0)
            plant.gauges.put(id, "io.response", 0.0)
        for key in [key for key in self._fabric.flows if key[0] == "io" and key[1] not in wanting]:
            self._fabric.close(key)
        self.cutoff &= wanting
        for id in sorted(wanting | (plant.stalled & parts.guests.keys())):
            self._stall(id)
        plant.stalled &= parts.guests.keys()
        for store in self._fabric.stores:
            self.grown(store, None)

    def amount(self, volume: str) -> float:
        """Bytes used by a volume just now."""
        used, growth, since = self.used[volume]
        return used + growth * (self._plant.now - since) / SECOND

    def grown(self, store: str, _payload: object) -> None:
        """A thin volume or its pool may be full: say so and plan when the next one will be."""
        plant = self._plant
        volumes = plant.parts.volumes_of.get(store, [])
        amounts = {volume.id: self.amount(volume.id) for volume in volumes}
        capacity, total = plant.parts.capacity(store), sum(amounts.values())
        alive = plant.up(store)
        growth = {volume.id: _growth(volume, amounts[volume.id]) if alive else 0.0 for volume in volumes}
        if total >= capacity * (1 - 1e-12) and any(growth.values()):
            if store not in self.full:
                self.full.add(store)
                plant.tell("storage.full", store, mark("The pool is full; thin volumes stop."), used=total)
                self._wake(store)
            growth = dict.fromkeys(growth, 0.0)
        elif total < capacity * (1 - 1e-12) and store in self.full:
            self.full.discard(store)
            self._wake(store)
        for volume in volumes:
            self.used[volume.id] = (amounts[volume.id], growth[volume.id], plant.now)
        self._plan(store, volumes, capacity - total)
        self._fill_measures(store, volumes, capacity)
        plant.touched.update((store, *amounts))

    def survey(self) -> None:
        """Nothing is written on stores that are down; it goes on when they are back."""
        down = {store for store in self._fabric.stores if not self._plant.up(store)}
        changed, self._down = self._down ^ down, down
        for store in sorted(changed & self._fabric.stores.keys()):
            self.grown(store, None)

    def _wake(self, store: str) -> None:
        """The guests of a store may ask for more or less than before."""
        for id in self._wants.get(store, ()):
            self._plant.refresh(id)
            self._stall(id)

    def _stall(self, id: str) -> None:
        """Let a guest stand still that cannot read or write its disk, and go on when it can."""
        plant = self._plant
        volume = plant.parts.volumes.get(plant.parts.guests[id].disk or "")
        stands = volume is not None and (id in self.cutoff or (volume.thin and volume.store in self.full))
        if stands != (id in plant.stalled):
            (plant.stalled.add if stands else plant.stalled.discard)(id)
            plant.refresh(id)
            if stands and id not in self.cutoff and plant.running(id):
                plant.tell("guest.waiting", id, mark("{vm} waits: its volume cannot grow."), vm=Ref(id))

    def _plan(self, store: str, volumes: list[Volume], spare: float) -> None:
        pace = sum(self.used[volume.id][1] for volume in volumes)
        times = [
            (volume.size - self.used[volume.id][0]) / self.used[volume.id][1]
            for volume in volumes
            if self.used[volume.id][1] > 0
        ]
        self._plant.agenda.cancel("grown", store)
        if times and pace > 0:
            wait = max(1, micros(min(*times, spare / pace) if len(times) > 1 else min(times[0], spare / pace)))
            self._plant.agenda.put(self._plant.now + wait, STORAGE, "grown", store)

    def _fill_measures(self, store: str, volumes: list[Volume], capacity: float) -> None:
        put = self._plant.gauges.put
        for volume in volumes:
            used, growth, _ = self.used[volume.id]
            size = max(volume.size, 1.0)
            put(volume.id, "storage.used", used, growth)
            put(volume.id, "storage.fill", min(1.0, used / size), growth / size)
        total = min(capacity, sum(self.used[volume.id][0] for volume in volumes))
        pace = sum(self.used[volume.id][1] for volume in volumes)
        scale = max(capacity, 1.0)
        if store in self._plant.parts.stores:
            put(store, "storage.used", total, pace)
            put(store, "storage.fill", total / scale, pace / scale)
        for device in self._plant.parts.devices_of.get(store, ()):
            put(device.id, "storage.fill", total / scale, pace / scale)

    def retune(self, machines: Iterable[str]) -> None:
        """Ask for as many requests as the CPU that each guest on `machines` gets allows."""
        plant = self._plant
        for machine in machines:
            for id in [one for guest in plant.residents.get(machine, ()) for one in plant.family(guest)]:
                if ("io", id) in self._fabric.flows:
                    self._fabric.retune(("io", id), self._wanted(id))

    def settle(self, legs: set[int]) -> None:
        """Measures of the stores whose use may have changed, of their volumes, devices and guests."""
        for store, leg in self._fabric.stores.items():
            if leg in legs:
                self._measure(store, float(self._fabric.usage[leg]))

    def _wanted(self, id: str) -> float:
        plant = self._plant
        guest, tenancy = plant.parts.guests[id], plant.guests[id]
        volume = plant.parts.volumes[guest.disk or ""]
        if (
            self._fabric.flows["io", id].store is None
            or tenancy.demand <= 0
            or (volume.thin and volume.store in self.full)
        ):
            return 0.0
        return guest.io_rate * min(1.0, tenancy.grant / tenancy.demand) * _bits(guest)

    def _flow(self, guest: Guest, volume: Volume) -> Flow:
        store = volume.store or ""
        work = _work(self._plant.parts, guest, store)
        known = store in self._fabric.stores and work < inf
        return Flow(
            ("io", guest.id), guest.id, volume.id, cap=0.0, store=store if known else None,
            work=work if known else 0.0, read_share=guest.read_share,
        )  # fmt: skip

    def _measure(self, store: str, load: float) -> None:
        plant = self._plant
        put = plant.gauges.put
        devices = plant.parts.devices_of.get(store, [])
        load = min(1.0, load)
        service = sum(device.service for device in devices) / max(1, len(devices))
        wait = response_time(service, load) if plant.up(store) and plant.parts.capacity(store) > 0 else nan
        per_volume: dict[str, tuple[float, float]] = {}
        behind = 0.0
        for id in self._wants.get(store, ()):
            guest, flow = plant.parts.guests[id], self._fabric.flows["io", id]
            rate = flow.rate / _bits(guest)
            put(id, "io.rate", rate)
            put(id, "io.response", wait)
            count, share = per_volume.get(guest.disk or "", (0.0, 0.0))
            per_volume[guest.disk or ""] = (count + rate, share + flow.rate * flow.work)
            penalty = plant.parts.stores[store].penalty if store in plant.parts.stores else 1.0
            behind += rate * (guest.read_share + (1 - guest.read_share) * penalty)
        for volume in plant.parts.volumes_of.get(store, ()):
            count, share = per_volume.get(volume.id, (0.0, 0.0))
            put(volume.id, "storage.iops", count)
            put(volume.id, "storage.response", wait)
            put(volume.id, "storage.utilisation", min(1.0, share))
        for device in devices:
            put(device.id, "storage.utilisation", load)
            put(device.id, "storage.iops", behind / len(devices))
        if store in plant.parts.stores:
            put(store, "storage.iops", sum(count for count, _ in per_volume.values()))
            put(store, "storage.utilisation", load)
            put(store, "storage.response", wait)

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


def _work(parts: Inventory, guest: Guest, store: str) -> float:
    """Seconds of `store` that one bit of this guest's requests takes."""
    devices = [(one.read_iops, one.write_iops, one.bandwidth) for one in parts.devices_of.get(store, ())]
    penalty = parts.stores[store].penalty if store in parts.stores else 1.0
    return work_per_request(devices, penalty, guest.read_share, guest.io_size) / _bits(guest)


def _bits(guest: Guest) -> float:
    """Bits on the wire for one request."""
    return max(guest.io_size, 1.0) * 8 / PAYLOAD


def _growth(volume: Volume, amount: float) -> float:
    return volume.growth if volume.thin and amount < volume.size * (1 - 1e-12) else 0.0
