"""Replication to another store: a first copy, then the changed blocks of every interval; how old the copy is.

Synchronous replication has every write at both stores before it counts as done. When the line breaks the volume is
written on without the copy, which is caught up with in ever shorter rounds afterwards.
"""

from collections.abc import Callable
from dataclasses import replace

from sdx_studio.engine.clock import SECOND, STORAGE, micros
from sdx_studio.engine.copies import Copies, Copy
from sdx_studio.engine.events import Ref
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.mirrors import Mirror
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import Replica
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.storage import Storage
from sdx_studio.words import mark

CAUGHT_UP = 1.0
"""Seconds: once a set of changes takes no longer, every further write can go to both stores at once."""


def _nobody(_id: str) -> None:
    """Until somebody wants to know."""


class Replicas:
    """All Replica parts; `arrived` is told of sets that came back to the first store, `drained` of the very last."""

    def __init__(self, plant: Plant, jobs: Jobs, fabric: Fabric, storage: Storage) -> None:
        self._plant, self._jobs, self._fabric, self._storage = plant, jobs, fabric, storage
        self.copies = Copies(plant, jobs, storage.pools)
        self.arrived: Callable[[str], None] = _nobody
        self.drained: Callable[[str], None] = _nobody
        jobs.register("replica", self._arrived, self._rated)

    def arrange(self) -> None:
        """Take over the Replica parts as they now are; a new one, or one between others, begins with a copy of all."""
        plant, parts, copies = self._plant, self._plant.parts, self.copies.all
        for id in [id for id in copies if not self._stays(id)]:
            self._stop(id)
            del copies[id]
        for id, part in parts.replicas.items():
            if id in copies:
                self._again(id, part)
            elif part.volume in parts.volumes and id not in plant.impossible:
                copies[id] = Copy(part.volume, parts.volumes[part.volume].store or "", part.store, plant.now, plant.now)
                self._send(part, self._storage.pools.amount(part.volume))

    def _stays(self, id: str) -> bool:
        parts, copy = self._plant.parts, self.copies.all[id]
        part = parts.replicas.get(id)
        if part is None or id in self._plant.impossible or copy.volume not in parts.volumes:
            return False
        if copy.turned and parts.volumes[copy.volume].store != copy.away:
            return False
        return part.volume == copy.volume and part.store == (copy.home if copy.turned else copy.away)

    def _again(self, id: str, part: Replica) -> None:
        """Something was edited: the line of writes is as it is drawn now."""
        copy = self.copies.all[id]
        if copy.mirrored:
            self._fabric.close(("mirror", id))
            self._mirror(id)
        elif part.mode == "sync" and not copy.halted and self._plant.agenda.planned("replicate", id):
            self._plant.agenda.put(self._plant.now, STORAGE, "replicate", id)
        self.copies.show(id)

    def due(self, id: str, _payload: object) -> None:
        """An interval is over: what has changed since the last set goes."""
        part, copy = self._plant.parts.replicas.get(id), self.copies.all.get(id)
        if part is None or copy is None or copy.halted or copy.mirrored:
            return
        size = self.copies.changed(id)
        copy.taken, copy.idle, copy.owed = self._plant.now, 0, 0.0
        self._send(part, size)

    def _send(self, part: Replica, size: float) -> None:
        """Start the copy; what protocol and compression leave of the bandwidth makes it longer."""
        flow = Flow(("replica", part.id), part.volume, part.store)
        self._plant.agenda.cancel("replicate", part.id)
        self._jobs.start(flow, max(size, 1.0) * PAYLOAD / part.efficiency)
        self._plant.gauges.put(part.id, "replica.bytes", size)
        self._plant.gauges.put(part.id, "replica.left", size)
        self.copies.show(part.id)

    def _rated(self, id: str) -> None:
        """Its flow has another rate, or no way at all."""
        plant = self._plant
        reason, job = self._jobs.reason(("replica", id)), self._jobs.active.get(("replica", id))
        if job is not None:
            data = plant.parts.replicas[id].efficiency / PAYLOAD
            plant.gauges.put(id, "replica.left", job.left * data, -job.rate * data)
            self.copies.show(id)
        if reason:
            plant.hinder(id, reason)
            plant.agenda.put(plant.now + max(SECOND, micros(plant.parts.replicas[id].interval)), STORAGE, "queue", id)
        else:
            plant.relieve(id)
            plant.agenda.cancel("queue", id)

    def look(self, id: str, _payload: object) -> None:
        """It has had no way for another interval: the queue has grown."""
        if self._jobs.reason(("replica", id)):
            self._rated(id)

    def _arrived(self, id: str) -> None:
        plant, part, copy = self._plant, self._plant.parts.replicas[id], self.copies.all[id]
        seconds = (plant.now - copy.taken) / SECOND
        first = copy.complete is None
        self.copies.show(id)
        copy.complete = copy.taken
        plant.gauges.put(id, "replica.left", 0.0)
        plant.tell(
            "replica.synced" if first else "replica.done", id,
            mark("{store} holds a copy that is {seconds} old."), store=Ref(part.store), seconds=seconds,
            bytes=plant.gauges.value(id, "replica.bytes", plant.now),
        )  # fmt: skip
        if not copy.current and seconds <= part.interval and part.mode == "async":
            copy.current = True
            plant.tell("replica.current", id, mark("The copy keeps up from now on: all was there after {seconds}."),
                       seconds=(plant.now - copy.began) / SECOND)  # fmt: skip
        elif seconds > part.interval and copy.current and not copy.turned:
            plant.tell("replica.behind", id, mark("Copying took {seconds}, longer than its interval."), seconds=seconds)
        self._go_on(id, part, seconds)
        self.copies.show(id)

    def _go_on(self, id: str, part: Replica, seconds: float) -> None:
        """A set has arrived: what comes next."""
        copy = self.copies.all[id]
        if copy.draining and self.copies.changed(id) < 1.0:
            self.drained(id)
        elif copy.draining:
            self.due(id, None)
        elif copy.turned:
            self.arrived(id)
        elif part.mode == "sync" and seconds <= CAUGHT_UP:
            self._mirror(id)
        else:
            interval = part.interval if part.mode == "async" else CAUGHT_UP
            next_one = max(self._plant.now, copy.taken + max(SECOND, micros(interval)))
            self._plant.agenda.put(next_one, STORAGE, "replicate", id)

    def _mirror(self, id: str) -> None:
        """From now on every write goes to both stores."""
        part, copy = self._plant.parts.replicas[id], self.copies.all[id]
        if part.mode != "sync":
            self._unmirror(id)
            return
        if not copy.mirrored:
            copy.mirrored = copy.current = True
            self._plant.tell("replica.mirrored", id, mark("{store} gets every write from now on."),
                             store=Ref(part.store))  # fmt: skip
        cap = max(1.0, part.change * 8.0 / part.efficiency)
        self._fabric.open(Flow(("mirror", id), part.volume, part.store, cap=cap))

    def _unmirror(self, id: str) -> None:
        """Writes go to the first store only; those from now on are missing in the copy."""
        copy, now = self.copies.all[id], self._plant.now
        if copy.mirrored:
            copy.mirrored, copy.owed, copy.idle = False, 0.0, 0
            copy.complete = copy.taken = now
            self._fabric.close(("mirror", id))
            self._storage.mirror(copy.volume, None)
            self._plant.agenda.put(now + SECOND, STORAGE, "replicate", id)

    def follow(self, flow: Flow) -> None:
        """The line of writes has another rate, another length, or is broken."""
        id = flow.key[1]
        part, copy = self._plant.parts.replicas[id], self.copies.all[id]
        if flow.blocked:
            self._plant.tell("replica.broken", id, mark("Writes are not copied any more: {reason}."),
                             reason=flow.reason)  # fmt: skip
            self._unmirror(id)
            self.copies.show(id)
            return
        pace = min(1.0, flow.rate / flow.cap)
        self._storage.mirror(copy.volume, Mirror(2 * flow.latency, part.outstanding, pace))

    def halt(self, id: str) -> None:
        """Nothing is copied any more; the copy stays as it is."""
        self._stop(id)
        self.copies.show(id)

    def _stop(self, id: str) -> None:
        copy = self.copies.all[id]
        self._unmirror(id)
        copy.halted, copy.draining = True, False
        self._jobs.cancel(("replica", id))
        if id in self._plant.parts.replicas:
            self._plant.gauges.put(id, "replica.left", 0.0)
        for verb in ("replicate", "queue"):
            self._plant.agenda.cancel(verb, id)
        self._plant.relieve(id)

    def go(self, id: str) -> None:
        """Copying goes on with what has changed."""
        self.copies.all[id].halted = False
        self.due(id, None)

    def drain(self, id: str) -> None:
        """Nobody writes any more: copy the rest and say when the copy lacks nothing."""
        copy = self.copies.all[id]
        copy.draining, copy.halted = True, False
        self.copies.settle()
        if copy.mirrored:
            self.drained(id)
        elif ("replica", id) not in self._jobs.active:
            self.due(id, None)

    def turn(self, id: str) -> None:
        """The volume is served from the copy from now on, and what was the volume is the copy."""
        plant, copy, lost = self._plant, self.copies.all[id], self.copies.age(id)
        part, volume = plant.parts.replicas[id], plant.parts.volumes[copy.volume]
        self._stop(id)
        copy.home = copy.home if copy.turned else volume.store or ""
        copy.turned = not copy.turned
        plant.parts.change([replace(volume, store=part.store), replace(part, store=volume.store or "")], [])
        plant.rehomed.add(volume.id)
        plant.touched.update((volume.id, id, copy.home, copy.away))
        copy.taken = copy.complete = copy.stopped = plant.now
        copy.idle, copy.owed = 0, lost
        self.copies.show(id)
