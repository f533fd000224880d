"""Load balancing of groups: at intervals the moves that even loads best, recommended or carried out.

A move counts when its priority, 6 − ceil(σ/0.1·√hosts), is within the group's threshold and its gain outweighs the CPU
that the migration takes until the next look. Moves that mend a broken rule come first and always count. While guests of
a group are on their way nothing is decided.
"""

from dataclasses import dataclass

import numpy as np

from sdx_studio.engine.availability.admission import group_of
from sdx_studio.engine.clock import DEMAND, micros
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Figure, Ref
from sdx_studio.engine.formulas.balancing import Move, imbalance, priority, worth_it
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.network.flow import PAYLOAD
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.parts import Group
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.policies.balancing import Table
from sdx_studio.engine.rooms import Rooms
from sdx_studio.words import mark

MOST_MOVES = 20
"""Moves that are decided in one look."""
AFTER_DEMAND = DEMAND + 1
"""Balancing looks at the loads of the instant, so the samples come first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Guest `vm` should move to machine `to`; imbalance before and after it, and how urgent it is (1 … 5)."""

    vm: str
    to: str
    before: float
    after: float
    priority: int
    tag: str = ""
    """The rule that is broken as long as it stays."""


class Balancing:
    """All groups with load balancing."""

    def __init__(self, plant: Plant, topology: Topology, compute: Compute, migrations: Migrations) -> None:
        self._plant, self._topology = plant, topology
        self._compute, self._migrations = compute, migrations
        self.advice: dict[str, list[Advice]] = {}
        """Group → moves that are recommended and not carried out."""
        self.rhythms: dict[str, float] = {}
        """Group → its interval."""

    def arrange(self) -> None:
        """Take over groups as the parts now are."""
        plant, groups = self._plant, self._plant.parts.groups
        active = {id: group.every for id, group in groups.items() if group.balancing != "off"}
        for id in self.rhythms.keys() - active.keys():
            plant.agenda.cancel("balance", id)
            self.advice.pop(id, None)
            plant.clusters.moves.pop(id, None)
        for id, every in active.items():
            plant.clusters.moves.setdefault(id, 0)
            if self.rhythms.get(id) != every:
                plant.agenda.put(plant.now + micros(every), AFTER_DEMAND, "balance", id)
        self.rhythms = active

    def look(self, id: str, _payload: object) -> None:
        """It is time to look at the loads of group `id`."""
        plant, group = self._plant, self._plant.parts.groups.get(id)
        if group is None or group.balancing == "off":
            return
        plant.agenda.put(plant.now + micros(group.every), AFTER_DEMAND, "balance", id)
        members = set(group.members)
        if any(move.source in members or move.target in members for move in self._migrations.active.values()):
            return
        found = self._moves(group)
        if group.balancing == "automatic":
            for one in found:
                self._carry_out(group, one)
        else:
            self._recommend(group, found)

    def apply(self, id: str) -> str | None:
        """Carry out what is recommended for group `id`, or say why not."""
        group = self._plant.parts.groups.get(id)
        if group is None:
            return mark("Only a cluster has recommendations.")
        waiting = self.advice.get(id, [])
        if not waiting:
            return mark("There is no recommendation just now.")
        able = [one for one in waiting if self._migrations.refusal(one.vm, one.to) is None]
        if not able:
            return mark("What was recommended cannot be done any more.")
        self.advice[id] = []
        for one in able:
            self._carry_out(group, one)
        return None

    def settle_in(self, id: str) -> str | None:
        """Guest `id` is about to start: where the group places guests itself, it goes where most is free.

        The machine on which it sits now.
        """
        plant, machine = self._plant, self._plant.machine_of(id)
        group = group_of(plant, machine)
        if group is None or group.balancing not in ("partial", "automatic") or not plant.parts.guests[id].migrates:
            return machine
        rooms = Rooms(plant, self._compute, self._topology, group.members)
        able, _reason = rooms.able(id)
        able = rooms.allowed(id, able) or able
        target = rooms.roomiest(able) if able else machine
        better = machine not in able or (target is not None and rooms.spare[target] > rooms.spare[machine])
        if target is not None and target != machine and better:
            plant.seat_guest(id, target)
            plant.tell("balancing.placed", id, mark("{vm} will start on {to}."), vm=Ref(id), to=Ref(target),
                       free=rooms.spare[target], able=len(able))  # fmt: skip
        return target

    # deciding --------------------------------------------------------------------------------------------------------

    def _moves(self, group: Group) -> list[Advice]:
        """The moves that count, best first, as if each were carried out before the next is chosen."""
        rooms = Rooms(self._plant, self._compute, self._topology, group.members)
        names = [id for one in rooms.machines for id in self._plant.residents.get(one, ()) if self._mobile(id)]
        if len(rooms.machines) < 2 or not names:
            return []
        table = self._table(rooms, names)
        found = self._mending(rooms, names, table)
        while len(found) < MOST_MOVES:
            best = table.choose(lambda vm, to: self._able(rooms, names[vm], rooms.machines[to], found))
            if best is None or not self._counts(group, names[best[0]], rooms, best[2]):
                break
            guest, target, move = best
            urgency, to = priority(move.sigma_before, len(rooms.machines)), rooms.machines[target]
            found.append(Advice(names[guest], to, move.sigma_before, move.sigma_after or 0.0, urgency))
            self._try(rooms, names, table, guest, target)
        return found

    def _mending(self, rooms: Rooms, names: list[str], table: Table) -> list[Advice]:
        """Moves of guests that sit against their rules."""
        found: list[Advice] = []
        for guest, id in enumerate(names):
            source = rooms.machines[int(table.place[guest])]
            broken = rooms.broken(id, source)
            if broken is None:
                continue
            able = [one for one in rooms.allowed(id, rooms.able(id)[0]) if self._able(rooms, id, one, found)]
            if able:
                target = rooms.roomiest(able)
                before = imbalance(table.loads().tolist())
                self._try(rooms, names, table, guest, rooms.machines.index(target))
                found.append(Advice(id, target, before, imbalance(table.loads().tolist()), 1, broken[1]))
        return found

    def _table(self, rooms: Rooms, names: list[str]) -> Table:
        plant, machines = self._plant, rooms.machines
        order = {id: row for row, id in enumerate(machines)}
        guests = [plant.parts.guests[id] for id in names]
        cores = np.array([plant.cores(id) for id in machines])
        return Table(
            np.array([self._compute.asked(id) for id in names]), np.array([plant.footprint(one) for one in guests]),
            np.array([order[str(plant.guests[id].place)] for id in names], np.intp),
            cores - np.array([rooms.spare[id] for id in machines]),
            np.array([plant.memory_used(id) for id in machines]), cores,
            np.array([plant.parts.machines[id].memory for id in machines]),
        )  # fmt: skip

    def _mobile(self, id: str) -> bool:
        plant = self._plant
        return plant.parts.guests[id].migrates and plant.guests[id].condition is Condition.UP and plant.running(id)

    def _able(self, rooms: Rooms, id: str, target: str, found: list[Advice]) -> bool:
        """Whether guest `id` can go to `target`, beside the moves `found` so far; each guest moves once."""
        if any(one.vm == id for one in found) or target not in rooms.able(id)[0]:
            return False
        return rooms.broken(id, target) is None and self._migrations.refusal(id, target) is None

    def _counts(self, group: Group, id: str, rooms: Rooms, move: Move) -> bool:
        urgent = priority(move.sigma_before, len(rooms.machines)) <= group.threshold
        machines = rooms.machines
        source, target = machines[(move.from_host or 1) - 1], machines[(move.to_host or 1) - 1]
        return urgent and worth_it(move, self._seconds(id, source, target), group.every)

    def _seconds(self, id: str, source: str, target: str) -> float:
        """About how long a migration takes: the memory once over the narrowest cable on the way."""
        parts = self._plant.parts
        route = self._migrations.admission.route(source, target)
        narrowest = min((parts.cables[one].bandwidth for one in route.cables), default=0.0) if route else 0.0
        return parts.guests[id].memory * 8 / (narrowest * PAYLOAD) if narrowest > 0 else 0.0

    @staticmethod
    def _try(rooms: Rooms, names: list[str], table: Table, guest: int, target: int) -> None:
        id, source = names[guest], rooms.machines[int(table.place[guest])]
        rooms.take(id, source)
        rooms.put(id, rooms.machines[target])
        table.move(guest, target)

    # acting ----------------------------------------------------------------------------------------------------------

    def _recommend(self, group: Group, found: list[Advice]) -> None:
        before = self.advice.get(group.id, [])
        known = {(one.vm, one.to) for one in before}
        self.advice[group.id] = found
        for one in found:
            if (one.vm, one.to) not in known:
                self._plant.tell("balancing.recommended", one.vm, mark("{vm} should move from {from} to {to}."),
                                 **self._figures(group, one))  # fmt: skip
        for one in before:
            if not any((one.vm, one.to) == (new.vm, new.to) for new in found):
                self._plant.tell("balancing.outdated", one.vm, mark("That {vm} should move to {to} is out of date."),
                                 vm=Ref(one.vm), to=Ref(one.to))  # fmt: skip

    def _carry_out(self, group: Group, one: Advice) -> None:
        if self._migrations.refusal(one.vm, one.to) is None:
            self._plant.tell("balancing.move", one.vm, mark("{vm} moves from {from} to {to} to even the loads."),
                             **self._figures(group, one))  # fmt: skip
            self._plant.clusters.moves[group.id] = self._plant.clusters.moves.get(group.id, 0) + 1
            self._migrations.start(one.vm, one.to)

    def _figures(self, group: Group, one: Advice) -> dict[str, Figure]:
        """What a recommendation says of itself."""
        figures: dict[str, Figure] = {"from": Ref(str(self._plant.guests[one.vm].place)), "to": Ref(one.to)}
        figures.update(vm=Ref(one.vm), before=one.before, after=one.after, priority=one.priority, tag=one.tag)
        figures.update(group=Ref(group.id))
        return figures

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.advice, self.rhythms, self._plant.clusters.moves)
