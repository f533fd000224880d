"""Copies: how old each replication's copy is, and how much it lacks."""

from dataclasses import dataclass, replace

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.formulas.migration import dirtied
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.flow import PAYLOAD
from sdx_studio.engine.parts import Replica
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.pools import Pools


@dataclass(slots=True)
class Copy:
    """One replication just now: `home` is the store of the volume as it is drawn, `away` that of the copy (µs)."""

    volume: str
    home: str
    away: str
    taken: int
    """When the set under way, or the next one, is as of."""
    began: int = 0
    """When its very first set was taken."""
    current: bool = False
    """Whether it has caught up: a set has come within its interval."""
    complete: int | None = None
    """As of when the last complete set is."""
    idle: int = 0
    """Of the time since `taken`: how long nothing was written."""
    stopped: int | None = None
    """Since when nothing is written; None while something may be."""
    owed: float = 0.0
    """Seconds of writing that are to be sent beside what was written since `taken`."""
    worst: float = 0.0
    """The oldest that the copy has been, in seconds."""
    mirrored: bool = False
    halted: bool = False
    draining: bool = False
    turned: bool = False
    """Whether the volume is served from the copy, and its first store holds what was there before."""


class Copies:
    """All copies by replication, and their measures."""

    def __init__(self, plant: Plant, jobs: Jobs, pools: Pools) -> None:
        self._plant, self._jobs, self._pools = plant, jobs, pools
        self.all: dict[str, Copy] = {}
        self._users: dict[str, list[str]] = {}
        self._seen: object = None

    def straighten(self) -> None:
        """An edit knows nothing of a fail-over: the copy is always at the store where the volume is not."""
        parts = self._plant.parts
        for id, copy in self.all.items():
            part, volume = parts.replicas.get(id), parts.volumes.get(copy.volume)
            if copy.turned and part is not None and volume is not None and part.store == volume.store:
                other = {copy.away: copy.home, copy.home: copy.away}.get(part.store, part.store)
                parts.change([replace(part, store=other)], [])

    def users(self, id: str) -> list[str]:
        """Guests whose disk is the volume of replication `id`."""
        guests = self._plant.parts.guests
        if self._seen is not guests:
            self._seen, self._users = guests, {}
            for one, guest in guests.items():
                self._users.setdefault(guest.disk or "", []).append(one)
        return self._users.get(self.all[id].volume, [])

    def settle(self) -> None:
        """Notice where nothing is written any more, or something is again."""
        now = self._plant.now
        for id, copy in self.all.items():
            writes = self._writes(id)
            if writes == (copy.stopped is None):
                continue
            if copy.stopped is not None:
                copy.idle += now - max(copy.stopped, copy.taken)
            copy.stopped = None if writes else now
            self.show(id)

    def _writes(self, id: str) -> bool:
        """Whether the volume may be written just now: its store is up, and of the guests that use it one runs."""
        plant, copy = self._plant, self.all[id]
        volume = plant.parts.volumes.get(copy.volume)
        if copy.draining or volume is None or volume.store is None or not plant.up(volume.store):
            return False
        users = self.users(id)
        return not users or any(plant.running(one) for one in users)

    def changed(self, id: str) -> float:
        """Bytes of blocks that were written since the set under way was taken."""
        copy, part = self.all[id], self._plant.parts.replicas[id]
        end = self._plant.now if copy.stopped is None else max(copy.stopped, copy.taken)
        seconds = copy.owed + max(0, end - copy.taken - copy.idle) / SECOND
        size = dirtied(part.change, part.working_set, seconds) if part.working_set else part.change * seconds
        return min(size, self._pools.amount(copy.volume))

    def age(self, id: str) -> float:
        """Seconds of writing that the copy lacks; 0 while each write goes to both stores."""
        copy = self.all[id]
        end = self._plant.now if copy.stopped is None else copy.stopped
        return 0.0 if copy.mirrored else max(0, end - (copy.taken if copy.complete is None else copy.complete)) / SECOND

    def show(self, id: str) -> None:
        """Put how old the copy is and how much is not there yet, and how that grows."""
        copy, part, put = self.all[id], self._plant.parts.replicas[id], self._plant.gauges.put
        grows = copy.stopped is None and not copy.mirrored
        age, changed = self.age(id), 0.0 if copy.mirrored else self.changed(id)
        if copy.current and not copy.halted:
            copy.worst = max(copy.worst, age)
        put(id, "replica.lag", age, 1.0 if grows else 0.0)
        put(id, "replica.rpo_worst", copy.worst)
        left, rate = 0.0, 0.0
        job = self._jobs.active.get(("replica", id))
        if job is not None:
            data = part.efficiency / PAYLOAD
            left, rate = self._jobs.left(("replica", id)) * data, job.rate * data
        queued, pace = left + changed, (self._pace(part, changed) if grows else 0.0) - rate
        put(id, "replica.queued", queued, pace)
        whole = max(1.0, self._pools.amount(copy.volume))
        put(id, "replica.fill", max(0.0, 1.0 - queued / whole), max(0.0, -pace / whole) if queued <= whole else 0.0)

    def _pace(self, part: Replica, changed: float) -> float:
        """Bytes/s by which the changed blocks grow, in the mean of the interval that begins now."""
        room = max(0.0, self._pools.amount(part.volume) - changed)
        fresh = part.change * part.interval
        if part.working_set:
            fresh = dirtied(part.change, max(1.0, part.working_set - changed), part.interval)
        return min(room, fresh) / part.interval
