"""Replication to another store: a first copy, then the changed blocks of every interval; how old the copy is."""

from sdx_studio.engine.clock import SECOND, STORAGE, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.migration import dirtied
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import Replica
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.pools import Pools
from sdx_studio.words import mark


class Replicas:
    """All Replica parts: when the set under way was taken, and when the last complete one was."""

    def __init__(self, plant: Plant, jobs: Jobs, pools: Pools) -> None:
        self._plant = plant
        self._jobs = jobs
        self._pools = pools
        self.taken: dict[str, int] = {}
        """Replica → when the set under way, or the next one, is as of (µs)."""
        self.complete: dict[str, int] = {}
        """Replica → as of when the last complete set is (µs)."""
        jobs.register("replica", self._arrived, self._rated)

    def arrange(self) -> None:
        """Take over the Replica parts as they now are; a new one begins with a copy of all."""
        plant, parts = self._plant, self._plant.parts
        for id in [id for id in self.taken if id not in parts.replicas or id in plant.impossible]:
            self._jobs.cancel(("replica", id))
            plant.agenda.cancel("replicate", id)
            del self.taken[id]
            self.complete.pop(id, None)
        for id, part in parts.replicas.items():
            if id not in self.taken and part.volume in parts.volumes and id not in plant.impossible:
                self.taken[id] = plant.now
                self._send(part, self._pools.amount(part.volume))
                plant.gauges.put(id, "replica.lag", 0.0, 1.0)

    def due(self, id: str, _payload: object) -> None:
        """An interval is over: what has changed since the last set goes."""
        part = self._plant.parts.replicas.get(id)
        if part is None or part.volume not in self._plant.parts.volumes or id not in self.taken:
            return
        seconds = (self._plant.now - self.taken[id]) / SECOND
        self.taken[id] = self._plant.now
        changed = dirtied(part.change, part.working_set, seconds) if part.working_set else part.change * seconds
        self._send(part, min(changed, self._pools.amount(part.volume)))

    def _send(self, part: Replica, size: float) -> None:
        """Start the copy; what protocol and compression leave of the bandwidth makes it longer."""
        flow = Flow(("replica", part.id), part.volume, part.store)
        self._jobs.start(flow, size * PAYLOAD / part.efficiency)
        self._plant.gauges.put(part.id, "replica.bytes", size)
        self._plant.gauges.put(part.id, "replica.left", size)

    def _rated(self, id: str) -> None:
        """Its flow has another rate, or no way at all."""
        reason, job = self._jobs.reason(("replica", id)), self._jobs.active.get(("replica", id))
        if job is not None:
            data = self._plant.parts.replicas[id].efficiency / PAYLOAD
            self._plant.gauges.put(id, "replica.left", job.left * data, -job.rate * data)
        if reason:
            self._plant.hinder(id, reason)
        else:
            self._plant.relieve(id)

    def _arrived(self, id: str) -> None:
        plant, part = self._plant, self._plant.parts.replicas[id]
        seconds = (plant.now - self.taken[id]) / SECOND
        first = id not in self.complete
        self.complete[id] = self.taken[id]
        plant.gauges.put(id, "replica.lag", seconds, 1.0)
        plant.gauges.put(id, "replica.left", 0.0)
        plant.tell(
            "replica.synced" if first else "replica.done", id,
            mark("{store} holds a copy that is {seconds} old."), store=Ref(part.store), seconds=seconds,
            bytes=plant.gauges.value(id, "replica.bytes", plant.now),
        )  # fmt: skip
        if seconds > part.interval and not first:
            plant.tell("replica.behind", id, mark("Copying took {seconds}, longer than its interval."), seconds=seconds)
        plant.agenda.put(max(plant.now, self.taken[id] + max(SECOND, micros(part.interval))), STORAGE, "replicate", id)
