"""The running plant: parts, what is up or down, who sits where; what all the physics share."""

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdx_studio.engine.clock import Agenda
from sdx_studio.engine.clusters import Clusters
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.events import Event, Figure
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.ledger import Ledger
from sdx_studio.engine.parts import Guest, Part
from sdx_studio.engine.roster import Roster
from sdx_studio.engine.statistics import Gauges
from sdx_studio.engine.supply import Supply
from sdx_studio.words import mark


@dataclass(slots=True)
class Tenancy:
    """A guest just now: where it sits and whether it runs; what it asks for and gets is the roster's."""

    place: str | None
    condition: Condition = Condition.OFF


class Plant:
    """Shared state of one world; the physics read and write it, and say here what has to be computed anew."""

    def __init__(self, parts: Iterable[Part], seed: int) -> None:
        self.seed, self.now = seed, 0
        self.parts = Inventory(parts)
        self.agenda = Agenda()
        self.gauges = Gauges()
        self.events: list[Event] = []
        self.failed: set[str] = set()
        self.off: set[str] = {one.id for one in self.parts.machines.values() if not one.powered}
        self.cut: set[str] = {one.id for one in self.parts.cables.values() if not one.up}
        self.guests: dict[str, Tenancy] = {}
        self.residents: dict[str, list[str]] = {}
        self.incoming: dict[str, float] = {}
        """Memory (bytes) held on machines for guests that are on their way."""
        self.stalled, self.promised = set[str](), set[str]()
        """Guests that stand still because their volume is out of reach or cannot grow; guests that were running
        and that nobody switched off: while they do not run, that is an outage."""
        self.hindered: dict[str, str] = {}
        """Elements that cannot do what they are there for, and why, in words."""
        self.impossible: set[str] = set()
        """Those of them that never could, the way they are drawn."""
        self.altered, self.exhausted = set[str](), set[str]()
        """Guests and machines of which the roster has to read again where they sit and whether they run; machines in
        the lowest state of memory, where no further guest is started, created or taken in."""
        self.roster, self.supply, self.ledger, self.clusters = Roster(), Supply(), Ledger(), Clusters()
        self.moved: set[str] = set()
        """Guests that have another place than before, so that their flows take another way."""
        self.rehomed: set[str] = set()
        """Volumes that lie on another store than before."""
        self.shaken = True
        """True when the network's topology has changed."""
        self.touched: set[str] = set(self.parts.ids)
        """Elements whose condition or place may have changed."""

    def tell(self, kind: str, element: str, template: str, /, **figures: Figure) -> None:
        """Write into the journal what has happened just now."""
        self.events.append(Event(self.now, kind, element, template, figures))

    def hinder(self, id: str, reason: str) -> None:
        """Element `id` cannot do what it is there for."""
        if id not in self.impossible and self.hindered.get(id) != reason:
            self.hindered[id] = reason
            self.touched.add(id)
            self.tell("element.hindered", id, mark("It cannot work: {reason}."), reason=reason)

    def relieve(self, id: str) -> None:
        """Nothing hinders element `id` just now, unless it is impossible."""
        if id not in self.impossible and self.hindered.pop(id, None) is not None:
            self.touched.add(id)
            self.tell("element.relieved", id, mark("It can work again."))

    def up(self, id: str) -> bool:
        """Whether an element with hardware is neither failed nor switched off."""
        return id not in self.failed and id not in self.off

    def seat_guest(self, id: str, place: str | None) -> None:
        """Let guest `id` sit on `place` (a machine or a guest)."""
        tenancy = self.guests[id]
        if tenancy.place is not None and id in self.residents.get(tenancy.place, ()):
            self.residents[tenancy.place].remove(id)
        self.refresh(id)
        tenancy.place = place
        if place is not None:
            insort(self.residents.setdefault(place, []), id)
        self.moved.update(self.family(id))
        self.refresh(id)

    def turn(self, id: str, condition: Condition) -> None:
        """Let guest `id` be on, off or starting; its flows are planned anew."""
        self.guests[id].condition = condition
        self.moved.update(self.family(id))
        self.refresh(id)
        self.touched.update(self.family(id))

    def refresh(self, id: str) -> None:
        """Something about this guest or machine changed: compute its machine anew."""
        machine = self.machine_of(id)
        if machine is not None:
            self.altered.add(machine)
            self.touched.add(machine)
        self.altered.add(id)
        self.touched.add(id)

    def slow(self, id: str, factor: float) -> None:
        """Leave guest `id` this share of its CPU (a migration takes the rest)."""
        self.roster.factor[self.roster.guests[id]] = factor
        self.roster.switched = True
        self.refresh(id)

    def machine_of(self, id: str | None) -> str | None:
        """The machine on which a guest or layer sits just now, through guests in guests; None when it sits nowhere."""
        for _ in range(64):
            id = self.parts.seat(id)
            if id is None or id in self.parts.machines:
                return id
            if id not in self.guests:
                return None
            id = self.guests[id].place
        return None

    def running(self, id: str) -> bool:
        """Whether guest `id` runs: itself, all around it, and its machine."""
        for _ in range(64):
            tenancy = self.guests.get(id)
            if tenancy is None:
                return id in self.parts.machines and self.up(id)
            if tenancy.condition is not Condition.UP or tenancy.place is None:
                return False
            id = tenancy.place
        return False

    def alive(self, id: str) -> bool:
        """Whether an element works: a guest that runs, or hardware that is up."""
        return self.running(id) if id in self.guests else self.up(id)

    def family(self, id: str) -> Iterator[str]:
        """Guest `id` and all guests inside it, each once even if they contain each other."""
        waiting, seen = [id], set[str]()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                yield one
                waiting.extend(reversed(self.residents.get(one, ())))

    def footprint(self, guest: Guest) -> float:
        """Bytes of machine memory that a guest takes."""
        return 0.0 if guest.id in self.ledger.weightless else guest.memory + guest.memory_overhead

    def memory_used(self, machine: str) -> float:
        """Bytes in use on a machine: layers, guests that are on, and what is held for guests on their way."""
        if not self.up(machine):
            return 0.0
        layers = sum(layer.memory for layer in self.parts.layers_on.get(machine, ()))
        guests = sum(
            self.footprint(self.parts.guests[id])
            for id in self.residents.get(machine, ())
            if self.guests[id].condition is not Condition.OFF
        )
        return layers + guests + self.incoming.get(machine, 0.0)

    def memory_free(self, machine: str) -> float:
        """Bytes that another guest could take on `machine`; more than it has where its layer overcommits.

        None are left on one that is exhausted.
        """
        ratio = max((layer.overcommit for layer in self.parts.layers_on.get(machine, ())), default=1.0)
        free = self.parts.machines[machine].memory * ratio - self.memory_used(machine)
        return min(0.0, free) if machine in self.exhausted else free

    def unreserved(self, machine: str) -> float:
        """Cores of `machine` that no guest on it that is on has reserved."""
        taken = sum(
            self.parts.guests[id].reservation
            for id in self.residents.get(machine, ())
            if self.guests[id].condition is not Condition.OFF
        )
        return self.cores(machine) - taken

    def cores(self, machine: str) -> float:
        """Cores that guests can share on `machine`: what the layers on it cost is gone; 0 when it is down."""
        if not self.up(machine):
            return 0.0
        lost = sum(layer.cpu_overhead for layer in self.parts.layers_on.get(machine, ()))
        return self.parts.machines[machine].cores * max(0.0, 1.0 - lost)
