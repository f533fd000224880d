"""Housing: machines and what runs on them as a consolidation is planned, each guest asking for its load on average.

Of every machine count cores, memory, disk requests against all of its cables, and traffic in both directions against
the ports for it (cables given over to migrations are none). Traffic that takes what it can get has no rate and counts
nothing; traffic between guests that sit together counts although it needs no cable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.loads import nominal
from sdx_studio.engine.network.apart import frames, given_over, networks
from sdx_studio.engine.parts import Guest, Machine, Part
from sdx_studio.engine.policies.emptying import House, Tenant
from sdx_studio.engine.snapshot import Condition, Layout, Snapshot

BOUNDLESS = 1e30
"""Bytes a second of a machine without cables: nothing says how much it can take."""


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


class Housing:
    """Tenants and houses for `policies.emptying`, from parts as they are drawn or as a running model has them."""

    def __init__(self, parts: Iterable[Part], now: Reading | None = None) -> None:
        self.parts = Inventory(parts if now is None else (_as_it_is(one, now) for one in parts))
        self.machines: Mapping[str, Machine] = self.parts.machines
        self.guests: Mapping[str, Guest] = self.parts.guests
        self._apart = networks(self.parts)
        self.inside: dict[str, list[Guest]] = {}
        for guest in self.guests.values():
            self.inside.setdefault(self.parts.seat(guest.host) or "", []).append(guest)
        self._sent: dict[str, float] = {}
        self._got: dict[str, float] = {}
        self._add_traffic()

    def _add_traffic(self) -> None:
        """Bytes a second on average that each element sends and gets."""
        for one in self.parts.traffics.values():
            share = 1.0 if one.load is None else nominal(one.load)
            self._send(one.source, one.target, (one.rate or 0.0) * share / 8)
        for group in self.parts.users.values():
            if group.client is not None:
                self._send(group.server, group.client, group.count * group.display * nominal(group.load) / 8)

    def _send(self, source: str, target: str, rate: float) -> None:
        self._sent[source] = self._sent.get(source, 0.0) + rate
        self._got[target] = self._got.get(target, 0.0) + rate

    def cores(self, guest: Guest) -> float:
        """Cores that a guest asks for on average, with those inside it."""
        own = nominal(guest.load) * guest.vcpus + sum(self.cores(one) for one in self.inside.get(guest.id, ()))
        return min(guest.vcpus, own)

    def traffic(self, guest: Guest) -> tuple[float, float]:
        """Bytes/s that a guest sends and gets on average, with those inside it."""
        inner = [self.traffic(one) for one in self.inside.get(guest.id, ())]
        out = self._sent.get(guest.id, 0.0) + sum(one[0] for one in inner)
        return out, self._got.get(guest.id, 0.0) + sum(one[1] for one in inner)

    def tenants(self) -> list[Tenant]:
        """All guests that run on machines that are on."""
        found = []
        for machine in self.machines.values():
            for guest in self.inside.get(machine.id, ()) if machine.powered else ():
                if guest.powered:
                    memory, io = guest.memory + guest.memory_overhead, guest.io_rate * guest.io_size
                    need = (self.cores(guest), memory, io * nominal(guest.load), *self.traffic(guest))
                    found.append(Tenant(guest.id, machine.id, need, not guest.migrates,
                                        guest.together, guest.apart))  # fmt: skip
        return found

    def houses(self, members: frozenset[str]) -> list[House]:
        """All machines that are on and among the members."""
        return [self._house(one) for one in self.machines.values() if one.powered and one.id in members]

    def _house(self, machine: Machine) -> House:
        layers = self.parts.layers_on.get(machine.id, [])
        over = max((one.overcommit for one in layers), default=1.0)
        memory = max(0.0, machine.memory * over - sum(one.memory for one in layers))
        cores = machine.cores * max(0.0, 1.0 - sum(one.cpu_overhead for one in layers))
        cables = [one for one in self.parts.cables_of.get(machine.id, ()) if one.up]
        io = sum(one.bandwidth for one in cables) / 8 or BOUNDLESS
        ports = [one for one in frames(cables) if not given_over(one, self._apart)]
        port = sum(one.bandwidth for one in ports) / 8 or BOUNDLESS
        own = (self._sent.get(machine.id, 0.0), self._got.get(machine.id, 0.0))
        size = (cores, memory, io, *(max(0.0, port - one) for one in own))
        return House(machine.id, size, machine.watts, machine.family, machine.area or "")

    def holders(self) -> list[str]:
        """Machines with a layer that moves guests while they run."""
        movers = [one for one in self.parts.layers.values() if one.migration is not None]
        return sorted({self.parts.seat(one.host) or "" for one in movers} & self.machines.keys())

    def used(self, seats: Mapping[str, str]) -> dict[str, float]:
        """Cores that are asked for on each machine, with guests on the machines `seats` says."""
        used = dict.fromkeys(self.machines, 0.0)
        for guest in self.guests.values():
            seat = seats.get(guest.id, self.parts.seat(guest.host) or "")
            if seat in used and guest.powered:
                used[seat] += self.cores(guest)
        return used


def _as_it_is(part: Part, now: Reading) -> Part:
    """A machine or guest where it is and as it is in a running model."""
    if isinstance(part, Machine):
        return replace(part, powered=part.id not in now.off)
    if isinstance(part, Guest):
        return replace(part, host=now.seats.get(part.id, part.host), powered=part.id not in now.off)
    return part
