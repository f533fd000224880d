"""CPU: how machines and guests share their cores, and the measures that follow from it."""

from sdx_studio.engine.clock import DEMAND
from sdx_studio.engine.condition import Condition
from sdx_studio.engine.loads import interval, level
from sdx_studio.engine.parts import Guest
from sdx_studio.engine.plant import Plant, Tenancy
from sdx_studio.engine.sharing.cpu import grants

OWN_WEIGHT = 1000.0
"""Weight of a guest's own processes beside the guests inside it."""


class Compute:
    """Shares of the machines named in `plant.stale`."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._sampled: dict[int, list[str]] = {}

    def arrange(self) -> None:
        """Take over guests that were added and plan the sampling of loads that change."""
        plant = self._plant
        self._sampled = {}
        for id, guest in plant.parts.guests.items():
            plant.guests[id].level = level(guest.load, plant.now, plant.seed, id)
            every = interval(guest.load)
            if every is not None:
                self._sampled.setdefault(every, []).append(id)
        for layer in plant.parts.layers.values():
            if plant.machine_of(layer.id) is None:
                for measure in ("cpu.utilisation", "guests", "vcpus"):
                    plant.gauges.put(layer.id, measure, 0.0)
        for every in sorted(self._sampled):
            self._plan(every)

    def sample(self, target: str, _payload: object) -> None:
        """Read the loads that are sampled every `target` microseconds."""
        plant = self._plant
        every = int(target)
        for id in self._sampled.get(every, ()):
            tenancy = plant.guests[id]
            fresh = level(plant.parts.guests[id].load, plant.now, plant.seed, id)
            if fresh != tenancy.level:
                tenancy.level = fresh
                machine = plant.machine_of(id)
                if machine is not None:
                    plant.stale.add(machine)
        if every in self._sampled:
            self._plan(every)

    def _plan(self, every: int) -> None:
        plant = self._plant
        plant.agenda.put((plant.now // every + 1) * every, DEMAND, "sample", str(every))

    def settle(self) -> list[str]:
        """Compute stale machines anew; their ids, sorted."""
        stale = sorted(self._plant.stale & self._plant.parts.machines.keys())
        self._plant.stale.clear()
        for id in sorted(self._plant.moved):
            if self._plant.machine_of(id) is None:
                self._blank(id)
        for machine in stale:
            self._settle(machine)
        return stale

    def free(self, machine: str) -> float:
        """Cores that nobody on `machine` asks for (negative when it is over-committed)."""
        plant = self._plant
        asked = 0.0
        for id in plant.residents.get(machine, ()):
            guest, tenancy = plant.parts.guests[id], plant.guests[id]
            if tenancy.condition is Condition.STARTING:
                asked += guest.load.level * guest.vcpus
            elif tenancy.condition is Condition.UP:
                asked += tenancy.demand
        return plant.cores(machine) - asked

    def _settle(self, machine: str) -> None:
        plant = self._plant
        part = plant.parts.machines[machine]
        residents = plant.residents.get(machine, [])
        demand = sum(self._ask(id, plant.up(machine)) for id in residents)
        self._divide(residents, plant.cores(machine), 0.0, 0.0)
        taken = sum(plant.guests[id].taken for id in residents)
        used = plant.memory_used(machine)
        count, ready = self._report(residents, plant.up(machine))
        put = plant.gauges.put
        put(machine, "cpu.utilisation", min(1.0, taken / max(plant.cores(machine), 1e-12)))
        put(machine, "cpu.demand", demand)
        put(machine, "cpu.grant", taken)
        put(machine, "cpu.ready", ready)
        put(machine, "memory.used", used)
        put(machine, "memory.utilisation", used / part.memory if part.memory > 0 else 0.0)
        put(machine, "guests", count)
        self._layers(machine, taken, count, part.cores)

    def _ask(self, id: str, alive: bool) -> float:
        """Demand of a guest in cores, its inner guests first."""
        plant = self._plant
        tenancy, guest = plant.guests[id], plant.parts.guests[id]
        alive = alive and tenancy.condition is Condition.UP and id not in plant.stalled
        inner = sum(self._ask(one, alive) for one in plant.residents.get(id, ()))
        tenancy.demand = min(guest.vcpus, tenancy.level * guest.vcpus + inner) if alive else 0.0
        return tenancy.demand

    def _divide(self, ids: list[str], capacity: float, own: float, weight: float) -> None:
        """Share `capacity` among guests and, inside a guest, its own processes asking for `own` cores."""
        plant = self._plant
        guests = [plant.parts.guests[id] for id in ids]
        caps = [_cap(guest, plant.guests[guest.id]) for guest in guests]
        shares = grants(
            capacity,
            [guest.shares for guest in guests] + [weight],
            [guest.reservation for guest in guests] + [0.0],
            [*caps, own],
        )
        for guest, taken in zip(guests, shares, strict=False):
            tenancy = plant.guests[guest.id]
            tenancy.taken = taken
            tenancy.grant = taken * tenancy.factor
            inside = plant.residents.get(guest.id)
            if inside:
                lost = sum(layer.cpu_overhead for layer in plant.parts.layers_on.get(guest.id, ()))
                spare = tenancy.grant * max(0.0, 1.0 - lost)
                self._divide(inside, spare, tenancy.level * guest.vcpus, OWN_WEIGHT)

    def _report(self, ids: list[str], alive: bool) -> tuple[int, float]:
        """Measures of guests; how many of them run, and the worst ready time (a ratio)."""
        plant = self._plant
        put = plant.gauges.put
        count, worst = 0, 0.0
        for id in ids:
            guest, tenancy = plant.parts.guests[id], plant.guests[id]
            on = alive and tenancy.condition is Condition.UP
            vcpus = max(guest.vcpus, 1e-12)
            ready = max(0.0, min(tenancy.demand, guest.vcpus) - tenancy.taken) / vcpus
            put(id, "cpu.utilisation", tenancy.grant / vcpus)
            put(id, "cpu.demand", tenancy.demand)
            put(id, "cpu.grant", tenancy.grant)
            put(id, "cpu.ready", ready)
            active = min(1.0, guest.working_set / guest.memory) if guest.working_set and guest.memory else 1.0
            put(id, "memory.utilisation", active if on else 0.0)
            inside = plant.residents.get(id)
            below = self._report(inside, on)[0] if inside else 0
            self._layers(id, sum(plant.guests[one].taken for one in inside or ()), below, guest.vcpus)
            count += on
            worst = max(worst, ready)
        return count, worst

    def _blank(self, id: str) -> None:
        """A guest that sits nowhere gets nothing."""
        tenancy = self._plant.guests[id]
        tenancy.demand = tenancy.grant = tenancy.taken = 0.0
        for measure in ("cpu.utilisation", "cpu.demand", "cpu.grant", "cpu.ready", "memory.utilisation"):
            self._plant.gauges.put(id, measure, 0.0)

    def _layers(self, host: str, taken: float, count: int, cores: float) -> None:
        plant = self._plant
        for layer in plant.parts.layers_on.get(host, ()):
            vcpus = sum(plant.parts.guests[id].vcpus for id in plant.residents.get(host, ()))
            plant.gauges.put(layer.id, "cpu.utilisation", min(1.0, taken / max(cores, 1e-12)))
            plant.gauges.put(layer.id, "guests", count)
            plant.gauges.put(layer.id, "vcpus", vcpus)


def _cap(guest: Guest, tenancy: Tenancy) -> float:
    return tenancy.demand if guest.limit is None else min(tenancy.demand, guest.limit)
