"""Spread: how the bytes of a pool lie on its devices, and moving them when one is full and another empty."""

from collections.abc import Collection

from sdx_studio.engine.clock import SECOND, STORAGE
from sdx_studio.engine.formulas.storage import rebalance, rebalance_trigger
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark

EVERY = 300 * SECOND
THRESHOLD, DIFFERENCE = 0.8, 0.05
"""A pool is levelled when a device is fuller than the one, and by more than the other above the emptiest."""


class Spread:
    """Share of each pool's bytes that lies on each of its devices."""

    def __init__(self, plant: Plant, fabric: Fabric, jobs: Jobs) -> None:
        self._plant = plant
        self._fabric = fabric
        self._jobs = jobs
        self.shares: dict[str, dict[str, float]] = {}
        self.moving: dict[str, tuple[dict[str, float], float]] = {}
        """Pool being levelled → shares afterwards, and bytes to move."""
        jobs.register("balance", self.levelled, self._measure)
        self._totals: dict[str, tuple[float, float]] = {}
        self._since: dict[str, int] = {}

    def arrange(self, stores: Collection[str]) -> None:
        """Take over the devices as they now are; a device added to a pool that balances itself comes empty."""
        parts = self._plant.parts
        for store in [id for id in self.shares if id not in stores]:
            self._give_up(store)
            del self.shares[store]
        for store in stores:
            devices = parts.devices_of.get(store, ())
            sizes = {one.id: one.capacity for one in devices}
            old = {id: share for id, share in self.shares.get(store, {}).items() if id in sizes}
            if old.keys() != self.shares.get(store, {}).keys() or old.keys() != sizes.keys():
                self._give_up(store)
            kept, balances = sum(old.values()), store in parts.stores and parts.stores[store].balance > 0
            if kept > 0 and balances:
                self.shares[store] = {id: old.get(id, 0.0) / kept for id in sizes}
            else:
                filled = {one.id: one.used or 0.0 for one in devices}
                filled = filled if any(filled.values()) else sizes
                self.shares[store] = {id: one / (sum(filled.values()) or 1.0) for id, one in filled.items()}
            if balances and len(sizes) > 1:
                if not self._plant.agenda.planned("level", store):
                    self._plan(store)
            else:
                self._plant.agenda.cancel("level", store)

    def fill(self, store: str, total: float, pace: float) -> None:
        """The pool's devices hold `total` bytes, with what protects them, and take `pace` more a second."""
        self._totals[store], self._since[store] = (total, pace), self._plant.now
        self._measure(store)

    def level(self, store: str, _payload: object) -> None:
        """Look whether a pool should be levelled, and begin."""
        plant = self._plant
        if store not in plant.parts.stores:
            return
        self._plan(store)
        sizes = {one.id: one.capacity for one in plant.parts.devices_of.get(store, ())}
        total = self._raw(store)
        used = {id: share * total for id, share in self.shares.get(store, {}).items()}
        fills = [used[id] / size for id, size in sizes.items() if size > 0]
        if store in self.moving or not rebalance_trigger(fills, THRESHOLD, DIFFERENCE):
            return
        whole = sum(sizes.values())
        wanted = rebalance(list(sizes.values()), [min(used[id], size) for id, size in sizes.items()])
        self.moving[store] = ({id: size / whole for id, size in sizes.items()}, wanted.moved)
        plant.tell("storage.rebalancing", store, mark("{bytes} move to the emptier disks."), bytes=wanted.moved,
                   utilisation=wanted.target_utilisation or 0.0, fullest=max(fills), emptiest=min(fills))  # fmt: skip
        self._jobs.start(self._flow(store), wanted.moved)

    def _raw(self, store: str) -> float:
        """Bytes on the devices of a pool just now."""
        total, pace = self._totals.get(store, (0.0, 0.0))
        return total + pace * (self._plant.now - self._since.get(store, 0)) / SECOND

    def _flow(self, store: str) -> Flow:
        """Every byte is read from one device and written to another."""
        band = sum(one.bandwidth for one in self._plant.parts.devices_of[store]) or 1.0
        cap = self._plant.parts.stores[store].balance * 8 / PAYLOAD
        return Flow(("balance", store), store, store, cap=cap, store=store, work=2 * PAYLOAD / 8 / band)

    def levelled(self, store: str) -> None:
        """All bytes are where they should be."""
        after, moved = self.moving.pop(store)
        self.shares[store] = after
        self._plant.tell("storage.rebalanced", store, mark("The disks are equally full: {bytes} have moved."),
                         bytes=moved)  # fmt: skip
        self._measure(store)

    def _give_up(self, store: str) -> None:
        if store in self.moving:
            self.shares[store] = self._now(store)[0]
            del self.moving[store]
            self._jobs.cancel(("balance", store))

    def _plan(self, store: str) -> None:
        now = self._plant.now
        self._plant.agenda.put((now // EVERY + 1) * EVERY, STORAGE, "level", store)

    def _measure(self, store: str) -> None:
        plant = self._plant
        (_, pace), total = self._totals.get(store, (0.0, 0.0)), self._raw(store)
        shares, drift = self._now(store)
        for device in plant.parts.devices_of.get(store, ()):
            share, size = shares.get(device.id, 0.0), max(device.capacity, 1.0)
            slope = (pace * share + total * drift.get(device.id, 0.0)) / size
            fill = total * share / size
            plant.gauges.put(device.id, "storage.fill", min(1.0, fill), slope if fill <= 1.0 else 0.0)

    def _now(self, store: str) -> tuple[dict[str, float], dict[str, float]]:
        """Shares just now and by how much they change a second."""
        shares, job = self.shares.get(store, {}), self._jobs.active.get(("balance", store))
        if store not in self.moving or job is None or job.size <= 0:
            return shares, {}
        after, _ = self.moving[store]
        done, pace = 1.0 - self._jobs.left(("balance", store)) / job.size, job.rate / job.size
        gap = {id: after[id] - share for id, share in shares.items()}
        return {id: share + gap[id] * done for id, share in shares.items()}, {id: one * pace for id, one in gap.items()}
