"""Planned maintenance: a machine is emptied by live migration, rests, and gets its guests back.

The packing is planned before anything moves: largest memory first, first each where most cores are free, and when that
fails each where least memory stays over. As many move at once as the style of migration allows. What is moved away is
remembered and comes home again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sdx_studio.engine.availability.admission import group_of
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.availability import n_plus_1
from sdx_studio.engine.migration import Migrations, Phase
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.rooms import Rooms
from sdx_studio.words import mark

MOST_TRIES = 3
"""Places that are tried for a guest whose migration breaks off."""
Plan = dict[str, str]
"""Guest → machine to which it goes."""


@dataclass(slots=True)
class Upkeep:
    """One machine that is being emptied, or rests, or gets its guests back (`since` in µs)."""

    since: int
    moved: list[str] = field(default_factory=list)
    """Guests that have left, in order."""
    tries: dict[str, int] = field(default_factory=dict)
    """Guests that have to leave: how often another place was sought for each."""
    home: set[str] = field(default_factory=set)
    """Guests on their way back."""
    open: bool = False
    """Whether the maintenance is over and guests come home."""


class Maintenance:
    """All machines in maintenance."""

    def __init__(
        self, plant: Plant, topology: Topology, compute: Compute, migrations: Migrations, retry: Callable[[str], None]
    ) -> None:
        self._plant, self._topology = plant, topology
        self._compute, self._migrations = compute, migrations
        self._retry = retry
        self.upkeeps: dict[str, Upkeep] = {}

    def enter(self, machine: str) -> str | None:
        """Begin to empty `machine`, or say why not and change nothing."""
        plant = self._plant
        if machine not in plant.parts.machines:
            return mark("Only machines can be in maintenance.")
        if machine in plant.clusters.closed:
            return mark("It is in maintenance already.")
        if not plant.up(machine):
            return mark("It is switched off or has failed.")
        if any(move.target == machine for move in self._migrations.active.values()):
            return mark("A VM is on its way to it; wait until it has arrived.")
        guests, stuck = self._guests(machine)
        plan = self._plan(machine, guests)
        if isinstance(plan, str):
            self._refuse(machine, plan)
            return plan
        plant.clusters.closed.add(machine)
        plant.refresh(machine)
        self.upkeeps[machine] = Upkeep(plant.now, tries=dict.fromkeys(plan, 0))
        self._tell_entering(machine, plan)
        for id in stuck:
            plant.tell("maintenance.waits", id, mark("{vm} cannot move while it runs; {host} waits until it is off."),
                       vm=Ref(id), host=Ref(machine))  # fmt: skip
        for id, target in plan.items():
            if self._migrations.refusal(id, target) is None:
                self._migrations.start(id, target)
            else:
                self._again(machine, id)
        return None

    def leave(self, machine: str, home: bool) -> str | None:
        """Open `machine` again, even while it is being emptied; with `home` its guests come back."""
        plant = self._plant
        if machine not in plant.clusters.closed:
            return mark("It is not in maintenance.")
        if not plant.up(machine):
            return mark("It is switched off or has failed.")
        upkeep = self.upkeeps.setdefault(machine, Upkeep(plant.now))
        active = self._migrations.active.items()
        leaving = sorted(id for id, move in active if move.source == machine and move.phase is not Phase.PULL)
        plant.clusters.closed.discard(machine)
        plant.clusters.resting.discard(machine)
        plant.refresh(machine)
        upkeep.open = True
        for id in leaving:
            self._migrations.abort(id, mark("the maintenance was given up"))
        plant.tell("maintenance.left", machine, mark("{host} takes guests again after {seconds}; {moves} come home."),
                   host=Ref(machine), seconds=(plant.now - upkeep.since) / SECOND,
                   moves=len(upkeep.moved) if home else 0)  # fmt: skip
        upkeep.since = plant.now
        if home:
            self._bring_home(machine, upkeep)
        if not upkeep.home:
            del self.upkeeps[machine]
        self._retry(machine)
        return None

    def follow(self, guest: str, source: str, arrived: bool) -> None:
        """A migration of `guest` from `source` is over."""
        plant = self._plant
        for machine, upkeep in sorted(self.upkeeps.items()):
            if upkeep.open and guest in upkeep.home:
                upkeep.home.discard(guest)
                if not upkeep.home:
                    plant.tell("maintenance.restored", machine, mark("All that could come home to {host} is there."),
                               host=Ref(machine), seconds=(plant.now - upkeep.since) / SECOND)  # fmt: skip
                    del self.upkeeps[machine]
            elif machine == source and machine in plant.clusters.closed:
                if arrived:
                    upkeep.moved += [guest] if guest in upkeep.tries else []
                elif plant.running(guest):
                    self._again(machine, guest)

    def settle(self) -> None:
        """Machines on which nothing runs any more are in maintenance; those that are gone are forgotten."""
        plant = self._plant
        for machine in [id for id in self.upkeeps if id not in plant.parts.machines]:
            del self.upkeeps[machine]
        for machine, upkeep in sorted(self.upkeeps.items()):
            waits = not upkeep.open and machine not in plant.clusters.resting
            if waits and plant.up(machine) and not self._on(machine):
                plant.clusters.resting.add(machine)
                plant.refresh(machine)
                plant.tell(
                    "maintenance.entered", machine,
                    mark("{host} is empty and in maintenance after {seconds}; {moves} VMs have left."),
                    host=Ref(machine), seconds=(plant.now - upkeep.since) / SECOND, moves=len(upkeep.moved),
                )  # fmt: skip

    def _on(self, machine: str) -> list[str]:
        plant = self._plant
        return [id for id in plant.residents.get(machine, ()) if plant.guests[id].condition is not Condition.OFF]

    def _guests(self, machine: str) -> tuple[list[str], list[str]]:
        """Guests of `machine` that have to move, and those that cannot."""
        plant, active = self._plant, self._migrations.active
        on = [id for id in self._on(machine) if id not in active]
        free = [id for id in on if plant.parts.guests[id].migrates and plant.running(id)]
        return free, [id for id in on if id not in free]

    def targets(self, machine: str) -> list[str]:
        """The other members of its group; without a group all machines that it can reach over the network."""
        plant = self._plant
        group = group_of(plant, machine)
        if group is not None:
            return [id for id in group.members if id != machine]
        route = self._migrations.admission.route
        others = [id for id in plant.parts.machines if id != machine and plant.up(id)]
        return [id for id in others if route(machine, id) is not None]

    def _plan(self, machine: str, guests: list[str]) -> Plan | str:
        """Where each guest goes, or why not all of them find a place."""
        others = self.targets(machine)
        reason = mark("There is no other machine to take its guests.")
        if guests and not Rooms(self._plant, self._compute, self._topology, others).machines:
            return reason
        for tight in (False, True):
            rooms = Rooms(self._plant, self._compute, self._topology, others)
            found = self._pack(machine, guests, rooms, tight)
            if not isinstance(found, str):
                return found
            reason = found
        return reason

    def _pack(self, machine: str, guests: list[str], rooms: Rooms, tight: bool) -> Plan | str:
        plant, plan = self._plant, Plan()
        for id in guests:
            rooms.take(id, machine)
        for id in sorted(guests, key=lambda one: (-plant.footprint(plant.parts.guests[one]), one)):
            able, reason = rooms.able(id)
            able = [one for one in able if self._migrations.refusal(id, one) is None]
            allowed = rooms.allowed(id, able)
            if not allowed:
                rules = mark("the rules of its guests leave no place")
                return reason or (rules if able else mark("there is no way to another machine"))
            target = min(allowed, key=lambda one: (rooms.memory[one], one)) if tight else rooms.roomiest(allowed)
            rooms.put(id, target)
            plan[id] = target
        return plan

    def _headroom(self, machine: str) -> tuple[float, float]:
        """Bytes that the guests of `machine` take, and that are free on the others."""
        plant = self._plant
        rooms = Rooms(plant, self._compute, self._topology, self.targets(machine))
        asked = sum(plant.footprint(plant.parts.guests[id]) for id in self._guests(machine)[0])
        return asked, sum(max(0.0, one) for one in rooms.memory.values())

    def _refuse(self, machine: str, reason: str) -> None:
        asked, free = self._headroom(machine)
        self._plant.tell(
            "maintenance.refused", machine,
            mark("{host} cannot be emptied: {reason}; its VMs take {asked}, the others have {room}."),
            host=Ref(machine), reason=reason, asked=asked, room=free,
        )  # fmt: skip

    def _tell_entering(self, machine: str, plan: Plan) -> None:
        asked, free = self._headroom(machine)
        spare = n_plus_1(2, free, asked).headroom if free > 0 else 0.0
        self._plant.tell(
            "maintenance.entering", machine, mark("{host} is being emptied: {moves} VMs move to {hosts} hosts."),
            host=Ref(machine), moves=len(plan), hosts=len(set(plan.values())), headroom=spare or 0.0,
        )  # fmt: skip

    def _again(self, machine: str, id: str) -> None:
        """The move of guest `id` broke off or could not begin: another place, or it stays with the reason."""
        upkeep = self.upkeeps[machine]
        upkeep.tries[id] = upkeep.tries.get(id, 0) + 1
        plan = self._plan(machine, [id]) if upkeep.tries[id] <= MOST_TRIES else mark("its migration broke off")
        if isinstance(plan, str):
            self._plant.tell("maintenance.stuck", id, mark("{vm} stays on {host}: {reason}."), vm=Ref(id),
                             host=Ref(machine), reason=plan)  # fmt: skip
        else:
            self._migrations.start(id, plan[id])

    def _bring_home(self, machine: str, upkeep: Upkeep) -> None:
        plant = self._plant
        away = [id for id in upkeep.moved if plant.running(id) and plant.guests[id].place != machine]
        for id in away:
            reason = self._migrations.refusal(id, machine)
            if reason is None:
                upkeep.home.add(id)
                self._migrations.start(id, machine)
            else:
                plant.tell("maintenance.elsewhere", id, mark("{vm} does not come home to {host}: {reason}"), vm=Ref(id),
                           host=Ref(machine), reason=reason)  # fmt: skip

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.upkeeps, *self._plant.clusters.machines)
