"""Consolidation on request: machines are emptied by live migration as `policies.emptying` proposes for this moment.

Loads are averages, as a planner sees them (`housing`). A move that admission refuses keeps its machine on, and the rest
is planned around it. All moves begin at once; as many are on their way together as the style of migration allows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from sdx_studio.engine.areas import inside
from sdx_studio.engine.availability import Availability
from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.compute import Compute
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Ref
from sdx_studio.engine.housing import Housing, Reading
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.network.topology import Topology
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.policies.emptying import Proposal, Step, propose
from sdx_studio.engine.policies.fillings import RULES
from sdx_studio.engine.rooms import Rooms
from sdx_studio.words import mark

MOST_TRIES = 3
"""Places that are tried for a guest whose migration breaks off."""
MOST_PLANS = 50
"""Plans in each of which one machine stays on because of a refused move, the one that was to be emptied last; what came
to it may go where it was to go. After that all of them stay."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a rule for places, the share of each resource that may be filled, and off when empty."""

    rule: str
    limit: float
    power_off: bool
    most: int = 0
    """Machines that are emptied at most, the first of the plan; 0: all of it."""


@dataclass(slots=True)
class Order:
    """One machine that is being emptied (`since` in µs); guests that have not left yet and how often each was tried."""

    since: int
    tries: dict[str, int]
    others: tuple[str, ...]
    """Machines that stay on, on which a guest may go whose move breaks off."""
    left: int = 0
    power_off: bool = True


class Consolidations:
    """All machines that are being emptied on request."""

    def __init__(
        self, plant: Plant, topology: Topology, compute: Compute, migrations: Migrations, availability: Availability
    ) -> None:
        self._plant, self._topology, self._compute = plant, topology, compute
        self._migrations, self._availability = migrations, availability
        self.orders: dict[str, Order] = {}

    def begin(self, target: str, wish: Wish) -> str | None:
        """Empty what can be emptied of `target` (a group, a place; a machine stands for all), or say why nothing."""
        if wish.rule not in RULES:
            return mark("There is no such rule for places.")
        if not 0 < wish.limit <= 1:
            return mark("The head-room is a share from 0 to below 1.")
        members = self._members(target)
        if members is None:
            return mark("Only a cluster, a place or all machines can be consolidated.")
        proposal = self._proposal(members, wish)
        if not proposal.steps:
            reasons = Counter(proposal.stays.values()).most_common(1)
            return reasons[0][0] if reasons else mark("There is no machine with a hypervisor that moves its guests.")
        self._tell(target, proposal, wish)
        staying = tuple(sorted(members - {step.machine for step in proposal.steps}))
        for step in proposal.steps:
            self._empty(step, staying, wish)
        return None

    def _members(self, target: str) -> frozenset[str] | None:
        """The machines that are meant, as far as a hypervisor on them moves guests; None for what has none."""
        plant, parts = self._plant, self._plant.parts
        if target in parts.groups:
            meant: Iterable[str] = parts.groups[target].members
        elif target in parts.areas:
            meant = inside(parts, target)
        elif target in parts.machines:
            meant = parts.machines
        else:
            return None
        movers = {id for id, layers in parts.layers_on.items() if any(one.migration is not None for one in layers)}
        shut = plant.clusters.closed | plant.clusters.leaving | plant.clusters.lonely
        return frozenset(meant) & movers - shut

    def _proposal(self, members: frozenset[str], wish: Wish) -> Proposal:
        """What can be emptied, every move of which would be admitted just now."""
        plant, active = self._plant, self._migrations.active
        seats = {id: one.place for id, one in plant.guests.items() if one.place is not None}
        dead = {id for id, one in plant.guests.items() if one.condition is Condition.OFF}
        dead |= {id for id in plant.parts.machines if not plant.up(id)}
        housing = Housing(plant.parts.parts(), Reading(seats, frozenset(dead)))
        houses = housing.houses(members)
        known = {one.id for one in houses}
        tenants = [
            replace(one, fixed=one.fixed or one.id in active or not plant.running(one.id))
            for one in housing.tenants()
            if one.machine in known
        ]
        refused = {move.target: mark("a VM is on its way to it") for move in active.values()}
        for attempt in count():
            found = propose(tenants, houses, wish.rule, wish.limit, frozenset(refused))
            news = {step.machine: reason for step in found.steps if (reason := self._refusal(step))}
            if not news:
                break
            last = next(reversed(news))
            refused |= news if attempt > MOST_PLANS else {last: news[last]}
        steps = found.steps[: wish.most] if wish.most > 0 else found.steps
        return replace(found, steps=steps, stays={id: refused.get(id, why) for id, why in found.stays.items()})

    def _refusal(self, step: Step) -> str:
        """Why one of the moves of a step cannot be made, if that is so."""
        reasons = (self._migrations.refusal(guest, machine) for guest, machine in step.moves)
        return next((reason for reason in reasons if reason is not None), "")

    def _tell(self, target: str, proposal: Proposal, wish: Wish) -> None:
        plant = self._plant
        plant.tell("consolidation.planned", target,
                   mark("{machines} machines can be emptied by {moves} migrations; the others are filled to {limit}."),
                   machines=len(proposal.steps), moves=sum(len(step.moves) for step in proposal.steps),
                   limit=float(wish.limit), least=proposal.least)  # fmt: skip
        for reason, machines in sorted(Counter(proposal.stays.values()).items()):
            plant.tell("consolidation.stays", target, mark("{count} stay: {reason}"), count=machines, reason=reason)

    def _empty(self, step: Step, staying: tuple[str, ...], wish: Wish) -> None:
        plant, machine = self._plant, step.machine
        tries = {guest: 0 for guest, _goal in step.moves}
        self.orders[machine] = Order(plant.now, tries, staying, power_off=wish.power_off)
        plant.tell(
            "consolidation.emptying", machine, mark("{host} is being emptied: {moves} VMs move to {hosts} hosts."),
            host=Ref(machine), moves=len(step.moves), hosts=len({goal for _guest, goal in step.moves}),
        )  # fmt: skip
        for guest, goal in step.moves:
            if self._migrations.refusal(guest, goal) is None:
                self._migrations.start(guest, goal)
            else:
                self._again(machine, guest)
        if machine in self.orders and wish.power_off:
            self._availability.leave(machine)
        self._close(machine)

    def follow(self, guest: str, source: str, arrived: bool) -> None:
        """A migration of `guest` from `source` is over."""
        order = self.orders.get(source)
        if order is None or guest not in order.tries:
            return
        if arrived or not self._plant.running(guest):
            del order.tries[guest]
            order.left += arrived
            self._close(source)
        else:
            self._again(source, guest)

    def settle(self) -> None:
        """Machines that are gone, down, or were told to stay on are emptied no more."""
        plant = self._plant
        for machine, order in sorted(self.orders.items()):
            stays = order.power_off and machine not in plant.clusters.leaving
            if machine not in plant.parts.machines or not plant.up(machine) or stays:
                del self.orders[machine]

    def _again(self, machine: str, guest: str) -> None:
        """The move of a guest broke off or could not begin: another place, or its machine stays on with the reason."""
        plant, order = self._plant, self.orders.get(machine)
        if order is None:
            return
        order.tries[guest] += 1
        rooms = Rooms(plant, self._compute, self._topology, order.others)
        able, reason = rooms.able(guest)
        able = [one for one in rooms.allowed(guest, able) if self._migrations.refusal(guest, one) is None]
        if able and order.tries[guest] < MOST_TRIES:
            self._migrations.start(guest, rooms.roomiest(able))
            return
        del self.orders[machine]
        plant.clusters.leaving.discard(machine)
        plant.tell("consolidation.stuck", guest, mark("{vm} stays on {host}: {reason}."), vm=Ref(guest),
                   host=Ref(machine), reason=reason or mark("its migration broke off"))  # fmt: skip

    def _close(self, machine: str) -> None:
        """Say when the last guest has left."""
        order = self.orders.get(machine)
        if order is not None and not order.tries:
            del self.orders[machine]
            self._plant.tell(
                "consolidation.emptied", machine, mark("{host} is empty after {seconds}; {moves} VMs have left."),
                host=Ref(machine), moves=order.left, seconds=(self._plant.now - order.since) / SECOND,
            )  # fmt: skip

    def state(self) -> dict[str, Order]:
        """Everything that later results depend on."""
        return self.orders
