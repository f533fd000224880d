"""Availability: what stops when something fails, and what a group starts again elsewhere.

A failed member is noticed after `detect` seconds, its guests are placed after `place` more, and start `parallel` at a
time on each machine.
"""

from sdx_studio.engine.clock import FAILURES, PLACEMENT, micros
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
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
        """Failed machine → guests that ran on it."""

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

    def repair(self, id: str) -> None:
        """Hardware `id` is whole again; if it was switched off it stays off."""
        plant = self._plant
        plant.failed.discard(id)
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
        self._retry(id)

    def _retry(self, member: str) -> None:
        """A member is back: guests that found no place may find one now."""
        plant = self._plant
        for group in plant.parts.groups.values() if member in plant.parts.machines else ():
            for id in sorted(group.members) if group.restart and member in group.members else ():
                waits = plant.agenda.planned("detect", id) or plant.agenda.planned("place", id)
                if id in plant.failed and self.lost.get(id) and not waits:
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
        if machine not in plant.failed or part is None:
            return
        guests = [id for id in self.lost.get(machine, []) if plant.guests[id].place == machine]
        for id in guests:
            if not plant.parts.guests[id].restarts:
                continue
            able, reason = self._able(id, part.members)
            if not able:
                plant.tell("ha.unplaced", id, mark("{vm} finds no place: {reason}."), reason=reason, vm=Ref(id))
                continue
            target = max(able, key=lambda one: (self._compute.free(one), plant.memory_free(one), _reverse(one)))
            spare = self._compute.free(target)
            self.lost[machine].remove(id)
            plant.seat_guest(id, target)
            plant.tell("ha.placed", id, mark("{vm} will start on {to}."), to=Ref(target), vm=Ref(id), free=spare,
                       able=len(able))  # fmt: skip
            self._starting.queue(id, target)

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

    def forget(self, id: str) -> None:
        """Guest `id` is gone: it waits nowhere any more."""
        self._starting.leave(id)
        for queue in self.lost.values():
            if id in queue:
                queue.remove(id)

    def _able(self, id: str, members: tuple[str, ...]) -> tuple[list[str], str]:
        """The members that could take guest `id`, or why there are none; it goes to that with most free capacity."""
        plant, guest = self._plant, self._plant.parts.guests[id]
        able = [one for one in sorted(members) if one in plant.parts.machines and plant.up(one)]
        if not able:
            return [], mark("no member is up")
        able = [one for one in able if plant.memory_free(one) >= plant.footprint(guest)]
        if not able:
            return [], mark("not enough free memory")
        able = [one for one in able if plant.unreserved(one) >= guest.reservation]
        if not able:
            return [], mark("not enough cores that are not reserved")
        if guest.disk in plant.parts.volumes:
            able = [one for one in able if self._topology.reaches(one, str(guest.disk))]
        return able, "" if able else mark("its volume cannot be reached")

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


def _reverse(id: str) -> tuple[int, ...]:
    """A key that prefers the lower id where the larger key wins."""
    return tuple(-ord(letter) for letter in id)
