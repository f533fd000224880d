"""Availability: what stops when something fails, and what a group starts again elsewhere.

A failed member is noticed after `detect` seconds, its guests are placed after `place` more, those of high priority
first, and start `parallel` at a time on each machine.
"""

from sdx_studio.engine.availability.elsewhere import settle_elsewhere
from sdx_studio.engine.availability.isolation import Isolation
from sdx_studio.engine.clock import FAILURES, PLACEMENT, micros
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.rooms import Rooms
from sdx_studio.engine.starting import Starting
from sdx_studio.words import mark


class Availability:
    """Failures, repairs and restarts."""

    def __init__(
        self, plant: Plant, topology: Topology, compute: Compute, migrations: Migrations, starting: Starting
    ) -> None:
        self._plant = plant
        self._topology = topology
        self._compute = compute
        self._migrations = migrations
        self._starting = starting
        self.lost: dict[str, list[str]] = {}
        """Failed or isolated machine → guests that ran on it."""
        self.isolation = Isolation(plant, starting, self.lost, self._stop)

    def fail(self, id: str) -> None:
        """Hardware `id` fails at once, with all that runs on it."""
        plant = self._plant
        plant.failed.add(id)
        plant.tell("element.failed", id, mark("It has failed."))
        self._lose(id)
        for group in () if id in plant.off else plant.parts.groups.values():
            if group.restart and id in group.members and id in plant.parts.machines:
                plant.agenda.put(plant.now + micros(group.detect), FAILURES, "detect", id, group.id)
                break

    def switch_off(self, id: str) -> None:
        """Machine `id` is switched off with all that runs on it."""
        self._plant.off.add(id)
        self._plant.tell("element.off", id, mark("It is switched off."))
        self._lose(id)

    def leave(self, id: str) -> None:
        """Machine `id` takes no more guests, and is switched off when it has none any more."""
        self._plant.clusters.leaving.add(id)
        self._plant.tell("element.leaving", id, mark("It will be switched off when it is empty."))

    def settle(self) -> None:
        """Switch off machines that were to be left and are empty now."""
        plant = self._plant
        for id in sorted(plant.clusters.leaving):
            busy = any(plant.guests[one].condition is not Condition.OFF for one in plant.residents.get(id, ()))
            if not plant.up(id):
                plant.clusters.leaving.discard(id)
            elif not busy and not plant.incoming.get(id):
                plant.clusters.leaving.discard(id)
                self.switch_off(id)

    def repair(self, id: str) -> None:
        """Hardware `id` is whole again; if it was switched off it stays off."""
        plant = self._plant
        plant.failed.discard(id)
        plant.agenda.cancel("rebooted", id)
        if id not in plant.off:
            self.recover(id)
            return
        plant.shaken = True
        plant.refresh(id)
        plant.tell("element.repaired", id, mark("It is repaired and switched off."))

    def recover(self, id: str) -> None:
        """Hardware `id` works again; guests that ran on it and are still there start again."""
        plant = self._plant
        plant.off.discard(id)
        plant.agenda.cancel("detect", id)
        plant.agenda.cancel("place", id)
        plant.shaken = True
        plant.refresh(id)
        plant.tell("element.up", id, mark("It works again."))
        for guest in self.lost.pop(id, []):
            if guest in plant.guests and plant.guests[guest].place == id:
                self._starting.queue(guest, id)
        self.retry(id)

    def retry(self, member: str) -> None:
        """A member is back or has more room: guests that found no place may find one now."""
        plant = self._plant
        for group in plant.parts.groups.values() if member in plant.parts.machines else ():
            for id in sorted(group.members) if group.restart and member in group.members else ():
                waits = plant.agenda.planned("detect", id) or plant.agenda.planned("place", id)
                if id in plant.failed | plant.clusters.lonely and self.lost.get(id) and not waits:
                    plant.agenda.put(plant.now + micros(group.place), PLACEMENT, "place", id, group.id)

    def settle_down(self) -> None:
        """Guests on machines that are off or have failed do not run; they start when those are back."""
        plant = self._plant
        for machine in sorted((plant.off | plant.failed) & plant.parts.machines.keys()):
            resting = self.lost.setdefault(machine, [])
            for id in plant.residents.get(machine, ()):
                if plant.guests[id].condition is not Condition.OFF:
                    self._starting.leave(id)
                    plant.guests[id].condition = Condition.OFF
                    resting.append(id)

    def detect(self, machine: str, group: object) -> None:
        """The other members have noticed that `machine` is gone."""
        plant = self._plant
        part = plant.parts.groups.get(str(group))
        if machine in plant.failed and part is not None:
            plant.tell("ha.detected", machine, mark("The cluster has noticed the failure."))
            plant.agenda.put(plant.now + micros(part.place), PLACEMENT, "place", machine, part.id)

    def place(self, machine: str, group: object) -> None:
        """Start the guests of `machine` on the members that are left."""
        plant = self._plant
        part = plant.parts.groups.get(str(group))
        if machine not in plant.failed | plant.clusters.lonely or part is None:
            return
        parts = plant.parts.guests
        guests = [id for id in self.lost.get(machine, []) if plant.guests[id].place == machine and parts[id].restarts]
        rooms = Rooms(plant, self._compute, self._topology, part.members)
        for id in sorted(guests, key=lambda one: parts[one].priority):
            able, reason = rooms.able(id)
            if able:
                self.lost[machine].remove(id)
                settle_elsewhere(plant, id, rooms, able)
                self._starting.queue(id, str(plant.guests[id].place))
            else:
                plant.tell("ha.unplaced", id, mark("{vm} finds no place: {reason}."), reason=reason, vm=Ref(id))

    def start(self, id: str) -> None:
        """Switch guest `id` on where it sits."""
        machine = self._plant.machine_of(id)
        if machine is not None:
            self._starting.queue(id, machine)

    def stop(self, id: str) -> None:
        """Switch guest `id` off, with the guests inside it."""
        machine = self._plant.machine_of(id)
        self._stop(id)
        if machine is not None:
            self._starting.admit(machine)
            self.retry(machine)

    def crash(self, id: str) -> None:
        """Guest `id` has lost its memory; a group starts it again where it is, from what its volume holds."""
        plant = self._plant
        machine = plant.machine_of(id)
        if id not in plant.guests or plant.guests[id].condition is Condition.OFF:
            return
        self.stop(id)
        group = next((one for one in plant.parts.groups.values() if one.restart and machine in one.members), None)
        if machine is not None and plant.up(machine) and group is not None and plant.parts.guests[id].restarts:
            self._starting.queue(id, machine)

    def reboot(self, id: str, layer: str) -> None:
        """The kernel in guest `id` crashes: it stops with all inside it, and starts again where it is."""
        machine = self._plant.machine_of(id)
        self._plant.tell("kernel.crashed", layer, mark("Its kernel has crashed; what runs on it stops."))
        self._migrations.abort(id, mark("its kernel crashed"), its_own=True)
        self.stop(id)
        if machine is not None and self._plant.up(machine):
            self._starting.queue(id, machine)

    def panic(self, id: str, layer: str, seconds: float) -> None:
        """The kernel of machine `id` crashes: like a failure that is over when it has rebooted."""
        plant = self._plant
        plant.tell("kernel.crashed", layer, mark("Its kernel has crashed; what runs on it stops."))
        self.fail(id)
        plant.agenda.put(plant.now + micros(seconds), FAILURES, "rebooted", id)

    def rebooted(self, id: str, _payload: object) -> None:
        """Machine `id` has booted again, unless it was repaired before."""
        if id in self._plant.failed:
            self.repair(id)

    def forget(self, id: str) -> None:
        """Guest `id` is gone: it waits nowhere any more."""
        machine = self._plant.machine_of(id)
        if machine is not None:
            self.retry(machine)
        self._starting.leave(id)
        for queue in self.lost.values():
            if id in queue:
                queue.remove(id)

    def _lose(self, machine: str) -> None:
        """Stop all guests of a machine and remember which ran."""
        plant = self._plant
        plant.shaken = True
        plant.refresh(machine)
        self._migrations.hit(machine)
        guests = [id for id in plant.residents.get(machine, []) if plant.guests[id].condition is not Condition.OFF]
        self.lost[machine] = [id for id in self.lost.get(machine, ()) if id not in guests] + guests
        for id in guests:
            self._stop(id)
        self._starting.drop(machine)

    def _stop(self, id: str) -> None:
        plant = self._plant
        self._migrations.hit(id)
        self._starting.leave(id)
        for one in plant.family(id):
            if one == id or plant.guests[one].condition is Condition.UP:
                plant.tell("guest.stopped", one, mark("{vm} has stopped."), vm=Ref(one))
        plant.turn(id, Condition.OFF)
