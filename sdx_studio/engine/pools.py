"""Pools: how many bytes volumes hold, how thin ones grow, and when they or their pool are full."""

from collections.abc import Callable

from sdx_studio.engine.clock import SECOND, STORAGE, micros
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.parts import Volume
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.spread import Spread
from sdx_studio.words import mark


class Pools:
    """Bytes of volumes; `wake(store)` is called when guests of a store may write more or less than before."""

    def __init__(self, plant: Plant, fabric: Fabric, jobs: Jobs, wake: Callable[[str], None]) -> None:
        self._plant = plant
        self._fabric = fabric
        self._wake = wake
        self.spread = Spread(plant, fabric, jobs)
        self.used: dict[str, tuple[float, float, int]] = {}
        """Volume → bytes used, growth in bytes/s, since when (µs)."""
        self.full: set[str] = set()
        self._down: set[str] = set()

    def take_over(self) -> None:
        """Take over volumes as the parts now are."""
        plant, parts = self._plant, self._plant.parts
        for volume in parts.volumes.values():
            amount = self.amount(volume.id) if volume.id in self.used else volume.used
            if not volume.thin:
                amount = volume.size
            self.used[volume.id] = (min(amount, volume.size), 0.0, plant.now)
        for id in [id for id in self.used if id not in parts.volumes]:
            del self.used[id]

    def arrange(self) -> None:
        """Take over stores and devices as the parts now are."""
        self.spread.arrange(self._fabric.stores)
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
        amounts = {volume.id: min(self.amount(volume.id), volume.size) for volume in volumes}
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
            put(store, "storage.capacity", capacity)
            put(store, "storage.fill", total / scale, pace / scale)
        usable = self._plant.parts.stores[store].usable if store in self._plant.parts.stores else 1.0
        self.spread.fill(store, total / (usable or 1.0), pace / (usable or 1.0))


def _growth(volume: Volume, amount: float) -> float:
    return volume.growth if volume.thin and amount < volume.size * (1 - 1e-12) else 0.0
