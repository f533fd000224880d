"""The machine room as a planner sees it: what runs where, what it needs, and what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sdx_studio.document import Document
from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.loads import nominal
from sdx_studio.engine.parts import Area, Cable, Guest, Layer, Machine, Part
from sdx_studio.engine.policies.emptying import House, Tenant
from sdx_studio.engine.snapshot import Condition, Layout, Snapshot
from sdx_studio.engine.supply import inherited

HOURS = 8760.0
"""Of a year."""
BOUNDLESS = 1e30
"""Bytes a second of a machine without cables: nothing says how much it can take."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a state costs: machines and racks that are on, their use, W with PUE, JPY a month, and sums of a year."""

    machines: int
    racks: int
    use: float
    """Share of the cores of the machines that are on."""
    power: float
    rent_month: float
    energy_year: float
    """kWh."""
    cost_year: float
    """JPY for electricity."""
    co2_year: float
    """kg."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a running model has changed: on which machine guests are, and which elements do not run."""

    seats: Mapping[str, str]
    off: frozenset[str]

    @classmethod
    def of(cls, layout: Layout, snapshot: Snapshot) -> "Reading":
        """The moment of a snapshot."""
        ids = layout.elements
        seats = {ids[row]: ids[place] for row, place in enumerate(snapshot.place.tolist()) if place >= 0}
        dead = np.isin(snapshot.condition, (Condition.OFF, Condition.FAILED))
        return cls(seats, frozenset(ids[row] for row in np.flatnonzero(dead).tolist()))


class Floor:
    """The parts of a project as a planner needs them, each guest asking for its load on average."""

    def __init__(self, document: Document, parts: Iterable[Part], now: Reading | None = None) -> None:
        all_ = [_as_it_is(one, now) for one in parts] if now is not None else list(parts)
        self.machines = {one.id: one for one in all_ if isinstance(one, Machine)}
        self.guests = {one.id: one for one in all_ if isinstance(one, Guest)}
        self.areas = {one.id: one for one in all_ if isinstance(one, Area)}
        self.layers = [one for one in all_ if isinstance(one, Layer)]
        self.cables = [one for one in all_ if isinstance(one, Cable)]
        self.racks = {id: next((one for one in document.above(id) if _rack(document, one)), "") for id in self.machines}
        """Machine → the rack in which it stands, or none."""
        self.inside: dict[str, list[Guest]] = {}
        for guest in self.guests.values():
            self.inside.setdefault(guest.host or "", []).append(guest)

    def cores(self, guest: Guest) -> float:
        """Cores that a guest asks for on average, with those inside it."""
        own = nominal(guest.load) * guest.vcpus + sum(self.cores(one) for one in self.inside.get(guest.id, ()))
        return min(guest.vcpus, own)

    def tenants(self) -> list[Tenant]:
        """All guests that run on machines that are on."""
        found = []
        for machine in self.machines.values():
            for guest in self.inside.get(machine.id, ()) if machine.powered else ():
                if guest.powered:
                    memory, io = guest.memory + guest.memory_overhead, guest.io_rate * guest.io_size
                    need = (self.cores(guest), memory, io * nominal(guest.load))
                    found.append(Tenant(guest.id, machine.id, need, not guest.migrates))
        return found

    def houses(self, members: frozenset[str]) -> list[House]:
        """All machines that are on and among the members."""
        return [self._house(one) for one in self.machines.values() if one.powered and one.id in members]

    def _house(self, machine: Machine) -> House:
        layers = [one for one in self.layers if one.host == machine.id]
        over = max((one.overcommit for one in layers), default=1.0)
        memory = max(0.0, machine.memory * over - sum(one.memory for one in layers))
        cores = machine.cores * max(0.0, 1.0 - sum(one.cpu_overhead for one in layers))
        io = sum(one.bandwidth for one in self.cables if one.up and machine.id in (one.a, one.b)) / 8
        return House(
            machine.id, (cores, memory, io or BOUNDLESS), machine.watts, machine.family, self.racks[machine.id]
        )

    def holders(self) -> list[str]:
        """Machines with a layer that moves guests while they run."""
        return sorted({one.host for one in self.layers if one.migration is not None} & self.machines.keys())

    def used(self, seats: Mapping[str, str]) -> dict[str, float]:
        """Cores that are asked for on each machine, with guests on the machines `seats` says."""
        used = dict.fromkeys(self.machines, 0.0)
        for guest in self.guests.values():
            seat = seats.get(guest.id, guest.host or "")
            if seat in used and guest.powered:
                used[seat] += self.cores(guest)
        return used

    def figures(self, seats: Mapping[str, str], off: frozenset[str]) -> Figures:
        """With guests on the machines `seats` says, and without those that are `off`."""
        used = self.used(seats)
        on = [one for one in self.machines.values() if one.powered and one.id not in off]
        drawn, cost, carbon = 0.0, 0.0, 0.0
        for machine in on:
            plain = float(watts(machine.watts, min(1.0, used[machine.id] / machine.cores)))
            pue, price, intensity = self._site(machine.area)
            drawn += plain * pue
            cost += plain * pue * price * HOURS / 1000
            carbon += plain * pue * intensity * HOURS / 1000
        cores = sum(one.cores for one in on)
        share = sum(min(used[one.id], one.cores) for one in on) / cores if cores else 0.0
        racks = {self.racks[machine.id] for machine in on} - {""}
        given_up = set(self.racks.values()) - racks
        rent = sum(area.rent for id, area in self.areas.items() if id not in given_up)
        return Figures(len(on), len(racks), share, drawn, rent, drawn * HOURS / 1000, cost, carbon)

    def _site(self, area: str | None) -> tuple[float, float, float]:
        """PUE, JPY/kWh and kg/kWh where a machine stands: each area around it multiplies."""
        at = self.areas.get(area or "")
        if at is None:
            return 1.0, 0.0, 0.0
        price, carbon, pue = inherited(self.areas, at, "price"), inherited(self.areas, at, "carbon"), 1.0
        for _ignored in range(len(self.areas)):
            if at is None:
                break
            pue *= at.pue
            at = self.areas.get(at.parent or "")
        return pue, price, carbon


def _as_it_is(part: Part, now: Reading) -> Part:
    """A machine or guest where it is and as it is in a running model."""
    if isinstance(part, Machine):
        return replace(part, powered=part.id not in now.off)
    if isinstance(part, Guest):
        return replace(part, host=now.seats.get(part.id, part.host), powered=part.id not in now.off)
    return part


def _rack(document: Document, id: str) -> bool:
    return document.kind_of(id).shape == "cabinet"
