"""Starting: guests that wait to start on their machine, a few at a time, and read from their volumes meanwhile."""

from sdx_studio.engine.clock import PLACEMENT, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.jobs import Jobs
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.requests import boot_flow
from sdx_studio.words import mark

LONE_PARALLEL = 4
"""Guests that start at a time on a machine without a group."""


class Starting:
    """Queues of guests by machine; a guest runs when its time is over and it has read what it needs."""

    def __init__(self, plant: Plant, jobs: Jobs, fabric: Fabric) -> None:
        self._plant = plant
        self._jobs = jobs
        self._fabric = fabric
        self.waiting: dict[str, list[str]] = {}
        """Machine → guests that will start there, in order."""
        self.starting: dict[str, list[str]] = {}
        """Machine → guests that are starting just now."""
        self.loading: set[str] = set()
        """Guests that still read from their volumes what they need to start."""
        self.timed: set[str] = set()
        """Guests that wait only for that."""
        jobs.register("boot", self._loaded)

    def queue(self, id: str, machine: str) -> None:
        """Let guest `id` start on `machine` when it is its turn."""
        self._plant.turn(id, Condition.STARTING)
        guests, queue = self._plant.parts.guests, self.waiting.setdefault(machine, [])
        queue.append(id)
        queue.sort(key=lambda one: guests[one].priority)
        self.admit(machine)

    def admit(self, machine: str) -> None:
        """Let the next guests start, as many at a time as the group says."""
        plant = self._plant
        running, queue = self.starting.setdefault(machine, []), self.waiting.get(machine, [])
        sizes = [group.parallel for group in plant.parts.groups.values() if machine in group.members]
        while queue and len(running) < max(1, sizes[0] if sizes else LONE_PARALLEL):
            id = queue.pop(0)
            running.append(id)
            wait = micros(plant.parts.guests[id].start_time)
            plant.agenda.put(plant.now + wait, PLACEMENT, "started", id, machine)
            boot = boot_flow(plant.parts, id, machine, self._fabric.stores)
            if boot is not None:
                self.loading.add(id)
                self._jobs.start(*boot)

    def started(self, id: str, machine: object) -> None:
        """Guest `id` has finished starting, unless it still reads from its volume."""
        plant = self._plant
        if id in self.loading:
            self.timed.add(id)
            return
        self.leave(id)
        if id in plant.guests and plant.guests[id].condition is Condition.STARTING:
            plant.turn(id, Condition.UP)
            plant.tell("guest.started", id, mark("{vm} runs on {host}."), vm=Ref(id),
                       host=Ref(plant.machine_of(id) or str(machine)))  # fmt: skip
        self.admit(str(machine))

    def _loaded(self, id: str) -> None:
        """Guest `id` has read all it needs."""
        self.loading.discard(id)
        machine = self._plant.machine_of(id)
        if id in self.timed and machine is not None:
            self.timed.discard(id)
            self.started(id, machine)

    def arrange(self) -> None:
        """Guests read on from where their volume and they themselves now are; without one there is nothing to read."""
        parts, flows = self._plant.parts, self._fabric.flows
        for id in sorted(self.loading & parts.guests.keys()):
            flow, machine = flows[("boot", id)], self._plant.machine_of(id)
            volume = parts.volumes.get(parts.guests[id].disk or "")
            if volume is not None and (machine, volume.id, volume.store) == (flow.source, flow.target, flow.store):
                continue
            left, boot = self._jobs.left(flow.key), boot_flow(parts, id, machine, self._fabric.stores)
            self._jobs.cancel(flow.key)
            if boot is None:
                self._loaded(id)
            else:
                self._jobs.start(boot[0], left)

    def leave(self, id: str) -> None:
        """Guest `id` neither waits nor starts any more."""
        self._plant.agenda.cancel("started", id)
        self._jobs.cancel(("boot", id))
        self.loading.discard(id)
        self.timed.discard(id)
        for queue in (*self.waiting.values(), *self.starting.values()):
            if id in queue:
                queue.remove(id)

    def drop(self, machine: str) -> None:
        """Nobody starts on `machine` any more."""
        self.starting.pop(machine, None)
        self.waiting.pop(machine, None)
