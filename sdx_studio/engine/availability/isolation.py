"""Isolation: members of a group that run but hear no other one, and what becomes of their guests.

Heartbeats go over ordinary cables and whatever forwards (VLANs and spanning trees are left out). The side with most
members goes on; on a tie that with most nodes. A member alone on its side is isolated. Nothing is asked at intervals:
who hears whom is read when the network has changed.
"""

from collections.abc import Callable, Iterable

from sdx_studio.engine.clock import FAILURES, PLACEMENT, micros
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.parts import Group
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.starting import Starting
from sdx_studio.words import mark


class Isolation:
    """Members that hear nobody: since when, and which of them have noticed."""

    def __init__(
        self, plant: Plant, starting: Starting, lost: dict[str, list[str]], stop: Callable[[str], None]
    ) -> None:
        self._plant = plant
        self._starting = starting
        self._stop = stop
        self._lost = lost
        self.since: dict[str, int] = {}
        """Member → when (µs) it was cut off."""
        self.missed: set[str] = set()
        """Members whose heartbeats the others miss."""

    def survey(self) -> None:
        """The network or the groups have changed: who is cut off now, and who hears the others again."""
        plant = self._plant
        if not plant.parts.groups and not self.since:
            return
        alone = {id: group for group in plant.parts.groups.values() if group.restart for id in cut_off(plant, group)}
        for id in sorted(self.since.keys() - alone.keys()):
            self._back(id)
        for id, group in sorted(alone.items()):
            if id not in self.since:
                self.since[id] = plant.now
                plant.agenda.put(plant.now + micros(group.detect), FAILURES, "miss", id, group.id)
                plant.agenda.put(plant.now + micros(group.isolation), FAILURES, "isolate", id, group.id)

    def miss(self, machine: str, _group: object) -> None:
        """The others have missed its heartbeats for long enough; its volumes tell them that it runs."""
        plant = self._plant
        if machine in self.since and plant.up(machine):
            self.missed.add(machine)
            plant.tell("ha.unreachable", machine,
                       mark("{host} is not heard, but it still holds the volumes of its VMs: none is started twice."),
                       host=Ref(machine), vms=len(self._running(machine)))  # fmt: skip

    def isolate(self, machine: str, group: object) -> None:
        """The member has noticed it itself: its guests run on, or are shut down for the others to start them."""
        plant, part = self._plant, self._plant.parts.groups.get(str(group))
        if machine not in self.since or not plant.up(machine) or part is None:
            return
        plant.clusters.lonely.add(machine)
        if part.response == "leave":
            plant.tell("ha.isolated", machine, mark("{host} is isolated; its VMs run on."), host=Ref(machine),
                       vms=len(self._running(machine)))  # fmt: skip
            return
        helpers = [id for id in part.members if id in plant.parts.machines and plant.up(id) and id not in self.since]
        if not helpers:
            plant.tell("ha.isolated", machine, mark("{host} is isolated; nobody could start its VMs, they run on."),
                       host=Ref(machine), vms=len(self._running(machine)))  # fmt: skip
            return
        self._give_up(machine, part)

    def _give_up(self, machine: str, group: Group) -> None:
        plant = self._plant
        guests = [id for id in self._running(machine) if plant.parts.guests[id].restarts]
        plant.tell("ha.isolated", machine, mark("{host} is isolated and shuts {vms} VMs down; the others start them."),
                   host=Ref(machine), vms=len(guests))  # fmt: skip
        waiting = self._lost.setdefault(machine, [])
        waiting.extend(id for id in guests if id not in waiting)
        for id in guests:
            self._stop(id)
        plant.agenda.put(plant.now + micros(group.place), PLACEMENT, "place", machine, group.id)

    def _back(self, machine: str) -> None:
        """A member hears the others again, has failed, or belongs to no group any more."""
        plant = self._plant
        del self.since[machine]
        plant.agenda.cancel("miss", machine)
        plant.agenda.cancel("isolate", machine)
        known = machine in self.missed or machine in plant.clusters.lonely
        self.missed.discard(machine)
        plant.clusters.lonely.discard(machine)
        if not known or machine not in plant.parts.machines or not plant.up(machine):
            return
        plant.agenda.cancel("place", machine)
        plant.tell("ha.heard", machine, mark("{host} is heard again."), host=Ref(machine))
        for id in self._lost.pop(machine, []):
            if id in plant.guests and plant.guests[id].place == machine:
                self._starting.queue(id, machine)

    def _running(self, machine: str) -> list[str]:
        plant = self._plant
        return [id for id in plant.residents.get(machine, ()) if plant.guests[id].condition is not Condition.OFF]

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.since, self.missed)


def cut_off(plant: Plant, group: Group) -> list[str]:
    """Members of `group` that are up, have cables, and hear no other member."""
    cabled = [id for id in group.members if id in plant.parts.machines and plant.up(id) and _cabled(plant, id)]
    if len(cabled) < 2:
        return []
    sides = sides_of(plant, cabled)
    if len(sides) < 2:
        return []
    best = max(sides, key=lambda side: (len(side[0]), side[1]))
    ties = sum((len(members), nodes) == (len(best[0]), best[1]) for members, nodes in sides)
    return sorted(one for side in sides if ties > 1 or side is not best for one in side[0] if len(side[0]) == 1)


def _cabled(plant: Plant, id: str) -> bool:
    return any(cable.medium not in ("storage", "control") for cable in plant.parts.cables_of.get(id, ()))


def sides_of(plant: Plant, members: Iterable[str]) -> list[tuple[list[str], int]]:
    """Members that hear each other, and how many nodes there are on that side."""
    waiting, sides = sorted(set(members)), list[tuple[list[str], int]]()
    while waiting:
        reached = _reached(plant, waiting[0])
        sides.append(([one for one in waiting if one in reached], len(reached)))
        waiting = [one for one in waiting if one not in reached]
    return sides


def _reached(plant: Plant, start: str) -> set[str]:
    """Nodes to which frames from `start` can come."""
    reached, edge, nodes = {start}, [start], plant.parts.nodes
    while edge:
        near = edge.pop()
        if near != start and (near not in nodes or nodes[near].role == "end"):
            continue
        for cable in plant.parts.cables_of.get(near, ()):
            far = cable.b if cable.a == near else cable.a
            ordinary = cable.medium not in ("storage", "control") and cable.id not in plant.cut
            if ordinary and far not in reached and plant.up(far):
                reached.add(far)
                edge.append(far)
    return reached
