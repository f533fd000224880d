"""Rooms: what is free on some machines, to try out where guests would fit before anything is done.

Memory and reserved cores are hard limits, and so is what a machine can reach; what guests ask for of the cores only
says which machine is the better one. Tags of guests are rules: `together` keeps on one machine, `apart` separates.
"""

from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.emulation import burden
from sdx_studio.engine.events import Ref
from sdx_studio.engine.network.topology import Topology
from sdx_studio.words import mark

if TYPE_CHECKING:
    from sdx_studio.engine.compute import Compute
    from sdx_studio.engine.plant import Plant

SLACK = 1e-9
"""Share of a reservation that is lost in rounding."""


class Rooms:
    """Free memory (bytes), cores that are not reserved, and cores that nobody asks for, by machine."""

    def __init__(self, plant: "Plant", compute: "Compute", topology: Topology, machines: Iterable[str]) -> None:
        self._plant, self._compute, self._topology = plant, compute, topology
        here = sorted(id for id in machines if id in plant.parts.machines)
        shut = plant.clusters.closed | plant.clusters.leaving | plant.clusters.lonely
        self.machines = [id for id in here if plant.up(id) and id not in shut]
        """Those that take guests: up, not in maintenance, not isolated."""
        self.memory = {id: plant.memory_free(id) for id in self.machines}
        self.cores = {id: plant.unreserved(id) for id in self.machines}
        self.spare = {id: compute.free(id) for id in self.machines}
        tagged = [id for id, guest in plant.parts.guests.items() if guest.together or guest.apart]
        self.seats = {
            id: plant.guests[id].place
            for id in tagged
            if id in plant.guests and plant.guests[id].condition is not Condition.OFF
        }
        """Where guests with tags sit that are on."""

    def put(self, id: str, machine: str) -> None:
        """Guest `id` would sit on `machine`."""
        self._count(id, machine, 1.0)
        guest = self._plant.parts.guests[id]
        if guest.together or guest.apart:
            self.seats[id] = machine

    def take(self, id: str, machine: str) -> None:
        """Guest `id` would leave `machine`."""
        self._count(id, machine, -1.0)
        self.seats.pop(id, None)

    def _count(self, id: str, machine: str, sign: float) -> None:
        guest = self._plant.parts.guests[id]
        if machine in self.memory:
            self.memory[machine] -= sign * self._plant.footprint(guest)
            self.cores[machine] -= sign * guest.reservation
            self.spare[machine] -= sign * self._compute.asked(id)

    def able(self, id: str) -> tuple[list[str], str]:
        """The machines that could take guest `id`, whatever the rules say, or why there are none."""
        plant, guest = self._plant, self._plant.parts.guests[id]
        able = list(self.machines)
        if not able:
            return [], mark("no member is up")
        able = [one for one in able if self.memory[one] >= plant.footprint(guest)]
        if not able:
            return [], mark("not enough free memory")
        able = [one for one in able if self.cores[one] >= guest.reservation * (1 - SLACK)]
        if not able:
            return [], mark("not enough cores that are not reserved")
        able = [one for one in able if burden(plant.parts, guest, one) < inf]
        if not able:
            return [], mark("no processors that it was built for")
        if guest.disk in plant.parts.volumes:
            able = [one for one in able if self._topology.reaches(one, str(guest.disk))]
        return able, "" if able else mark("its volume cannot be reached")

    def allowed(self, id: str, machines: Iterable[str]) -> list[str]:
        """Those of `machines` on which no rule would be broken by guest `id`."""
        return [one for one in machines if self.broken(id, one) is None]

    def broken(self, id: str, machine: str | None) -> tuple[str, str] | None:
        """The guest and the tag because of which guest `id` does not belong on `machine`; None when it may."""
        guests = self._plant.parts.guests
        mine = guests[id]
        for other, place in self.seats.items():
            if other == id:
                continue
            for tags, theirs, wrong in (
                (mine.apart, guests[other].apart, place == machine),
                (mine.together, guests[other].together, place != machine),
            ):
                shared = next((tag for tag in tags if tag in theirs), None) if wrong else None
                if shared is not None:
                    return other, shared
        return None

    def roomiest(self, machines: Iterable[str]) -> str:
        """The one with most free cores, then most free memory, then the lowest id."""
        return max(machines, key=lambda one: (self.spare[one], self.memory[one], _reverse(one)))


def tell_broken(plant: "Plant", id: str, machine: str, broken: tuple[str, str]) -> None:
    """Say that guest `id` sits on `machine` although it does not belong there."""
    other, tag = broken
    plant.tell("rule.broken", id, mark("{vm} is on {host} against its rule “{tag}” with {other}."), vm=Ref(id),
               host=Ref(machine), tag=tag, other=Ref(other))  # fmt: skip


def _reverse(id: str) -> tuple[int, ...]:
    """A key that prefers the lower id where the larger key wins."""
    return tuple(-ord(letter) for letter in id)
