"""What holds at every moment of every run (MODELS.md, section 0), checked on a world from outside."""

from math import isnan
from typing import Any

import numpy as np

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.network.flow import LOCAL
from sdx_studio.engine.parts import Cable, Device, Guest, Machine, Store, Traffic, Users, Volume
from sdx_studio.engine.roster import NOWHERE
from sdx_studio.engine.world import World

TOL = 1e-6
SATURATED = ("io.response", "storage.response", "users.response", "users.echo")
"""Measures that have no value when something is saturated, down or absent."""
UNKNOWN = ("replica.", "stream.", "net.first", "net.latency")
"""Measures that have no value before something has begun."""


def at_most(value: float, most: float, what: object) -> None:
    assert value <= most + TOL * max(1.0, abs(most)), (what, value, most)


class Watch:
    """Follows one world from instant to instant; `look` raises AssertionError at the first thing that is wrong."""

    def __init__(self) -> None:
        self.now = 0
        self.energy: dict[str, float] = {}
        self.rates: dict[str, float] = {}
        self.sent: dict[str, float] = {}

    def look(self, world: World) -> None:
        """Everything that can be wrong at a moment."""
        last = {id: {name: one.last for name, one in named.items()} for id, named in world.measures().items()}
        self._numbers(last)
        seats(world)
        processors(world, last)
        memory(world, last)
        network(world, last)
        stores(world, last)
        dead(world, last)
        responses(world, last)
        self._delivered(world, last)
        self._rising(last)
        world.snapshot()
        self.now = world.now

    def skip(self, world: World) -> None:
        """Some time has passed without a look: what was delivered meanwhile is not known."""
        self.sent.clear()
        self.look(world)

    def _numbers(self, last: dict[str, dict[str, float]]) -> None:
        for id, named in last.items():
            for name, value in named.items():
                if name in SATURATED or name.startswith(UNKNOWN):
                    assert isnan(value) or value >= 0, (id, name, value)
                else:
                    assert value >= -1e-9, (id, name, value)
                if name.endswith(("utilisation", "fill", "progress")) and not isnan(value):
                    at_most(value, 1.0, (id, name))

    def _delivered(self, world: World, last: dict[str, dict[str, float]]) -> None:
        """What has arrived is what was sent at the rates shown, over the time that has passed."""
        span = (world.now - self.now) / 1e6
        for id, traffic in world.plant.parts.of(Traffic).items():
            if id not in world.streams.sent:
                continue
            arrived = last[id]["net.delivered"]
            if id in self.sent:
                grown = self.rates[id] / 8 * span
                assert abs(arrived - self.sent[id] - grown) <= TOL * max(1.0, arrived) + self.rates[id] * 1e-6, id
            if traffic.size is not None:
                at_most(arrived, traffic.size + self.rates.get(id, 0.0) * 1e-6, id)
            self.sent[id], self.rates[id] = arrived, last[id]["net.rate"]
        for id in [id for id in self.sent if id not in world.streams.sent]:
            del self.sent[id]

    def _rising(self, last: dict[str, dict[str, float]]) -> None:
        for id, named in last.items():
            for name in ("energy", "cost", "co2"):
                if name in named:
                    before = self.energy.get(f"{id}/{name}", 0.0)
                    assert named[name] >= before * (1 - TOL) - 1e-12, (id, name)
                    self.energy[f"{id}/{name}"] = named[name]
        kept = {f"{id}/{name}" for id, named in last.items() for name in named}
        self.energy = {key: value for key, value in self.energy.items() if key in kept}


def seats(world: World) -> None:
    """A guest sits on one thing or nowhere."""
    plant = world.plant
    found = [id for ids in plant.residents.values() for id in ids]
    assert len(found) == len(set(found))
    for place, ids in plant.residents.items():
        assert all(plant.guests[id].place == place for id in ids)
    assert set(found) == {id for id, one in plant.guests.items() if one.place is not None}


def processors(world: World, last: dict[str, dict[str, float]]) -> None:
    """Cores are not given twice, and nobody who could rise without lowering a poorer one is left low."""
    plant, roster = world.plant, world.plant.roster
    for id, row in roster.machines.items():
        room = plant.cores(id)
        rows = np.flatnonzero((roster.root == row) & (roster.depth == 0) & (roster.root != NOWHERE))
        taken, caps = roster.taken[rows], roster.most(rows)
        at_most(float(taken.sum()), room, (id, "cores"))
        at_most(last[id]["cpu.grant"], room, id)
        assert (taken <= caps + TOL).all()
        floors = np.minimum(roster.reservation[rows], caps)
        if floors.sum() >= room or not rows.size:
            continue
        assert (taken >= floors - TOL).all()
        wanting = taken < caps - TOL
        if wanting.any():
            assert abs(taken.sum() - room) <= TOL * max(1.0, room), (id, "cores left over")
            weights = roster.shares[rows]
            level = (taken / weights)[wanting].min()
            richer = (taken / weights > level + TOL) & (taken > floors + TOL)
            assert not richer.any(), (id, taken, caps, weights)
    for id, guest in plant.parts.of(Guest).items():
        at_most(last[id]["cpu.grant"], guest.vcpus, id)
        if guest.limit is not None:
            at_most(last[id]["cpu.grant"], guest.limit, id)
        inner = sum(last[one]["cpu.grant"] for one in plant.residents.get(id, ()))
        at_most(inner, max(last[id]["cpu.grant"], float(roster.taken[roster.guests[id]])), (id, "inside"))


def memory(world: World, last: dict[str, dict[str, float]]) -> None:
    for id, machine in world.plant.parts.of(Machine).items():
        at_most(last[id]["memory.used"], machine.memory, (id, "memory"))
    for held in world.plant.incoming.values():
        assert held >= -TOL
    if not world.migrations.active and not world.plant.parts.steerings:
        assert not any(world.plant.incoming.values())


def network(world: World, last: dict[str, dict[str, float]]) -> None:
    """Cables and stores carry at most what they can, and all of it is somebody's; shares are max-min."""
    fabric = world.fabric
    used = np.zeros(len(fabric.shares.capacities))
    users: dict[int, list[Any]] = {}
    for flow in fabric.flows.values():
        assert flow.rate >= 0
        at_most(flow.rate, ceiling(flow), flow.key)
        for place, leg in enumerate(flow.legs):
            used[leg] += flow.rate * (flow.factors[place] if flow.factors else 1.0)
            users.setdefault(leg, []).append(flow)
    assert np.allclose(used, fabric.shares.usage, rtol=TOL, atol=1e-3)
    full = [amount >= room * (1 - TOL) for amount, room in zip(used, fabric.shares.capacities, strict=True)]
    for leg, room in enumerate(fabric.shares.capacities):
        at_most(float(used[leg]), room, ("leg", leg))
    for flow in fabric.flows.values():
        if not flow.blocked:
            at_most(min(flow.promised, ceiling(flow)), flow.rate, (flow.key, "guarantee"))
        if not flow.blocked and flow.rate < ceiling(flow) * (1 - TOL) - 1e-3:
            assert any(full[leg] and not any(_richer(one, flow) for one in users[leg]) for leg in flow.legs), flow
    for place, (id, cable) in enumerate(world.plant.parts.of(Cable).items()):
        assert abs(last[id]["net.forward"] - used[2 * place]) <= TOL * max(1e3, cable.bandwidth)
        assert abs(last[id]["net.backward"] - used[2 * place + 1]) <= TOL * max(1e3, cable.bandwidth)


def ceiling(flow: Any) -> float:
    """The most that a flow could send (bit/s)."""
    if flow.blocked:
        return 0.0
    return min(flow.cap, LOCAL) if flow.local and flow.store is None else float(flow.cap)


def _richer(one: Any, flow: Any) -> bool:
    """Whether `one` has more than `flow`, which goes before it or is its equal, could be given of it."""
    above_floor = one.rate > one.promised * (1 + TOL) + 1e-3
    if one.rank != flow.rank:
        return bool(one.rank < flow.rank and above_floor)
    return bool(above_floor and one.rate / one.weight > flow.rate / flow.weight * (1 + TOL) + 1e-3)


def stores(world: World, last: dict[str, dict[str, float]]) -> None:
    """Blocks: a pool holds what its volumes hold, and its disks hold that."""
    parts = world.plant.parts
    for id, volume in parts.of(Volume).items():
        at_most(last[id]["storage.used"], volume.size, id)
    for id, store in parts.of(Store).items():
        inner = sum(last[one.id]["storage.used"] for one in parts.volumes_of.get(id, ()))
        room = parts.capacity(id)
        at_most(last[id]["storage.used"], room, id)
        if inner <= room:
            assert abs(last[id]["storage.used"] - inner) <= TOL * max(4096.0, inner), (id, inner)
        devices = parts.devices_of.get(id, ())
        held = sum(last[one.id]["storage.fill"] * one.capacity for one in devices)
        if devices and store.usable > 0 and all(one.used is None for one in devices):
            assert abs(held - last[id]["storage.used"] / store.usable) <= TOL * max(4096.0, held), (id, held)


def dead(world: World, last: dict[str, dict[str, float]]) -> None:
    """What has failed or is switched off gives 0 of everything."""
    plant, parts = world.plant, world.plant.parts
    silent: list[tuple[str, tuple[str, ...]]] = []
    machine = ("cpu.grant", "cpu.demand", "guests", "power", "memory.used", "net.rate")
    silent += [(id, machine) for id in parts.of(Machine) if not plant.up(id)]
    silent += [(id, ("cpu.grant", "io.rate", "net.rate")) for id in parts.of(Guest) if not plant.running(id)]
    silent += [(id, ("net.rate",)) for id in parts.of(Cable) if id in plant.cut]
    silent += [(id, ("storage.iops",)) for id in parts.of(Store) if not plant.up(id)]
    for id, names in silent:
        assert all(last[id][name] == 0 for name in names), (id, {name: last[id][name] for name in names})
    for flow in world.fabric.flows.values():
        assert flow.rate == 0 or not plant.cut & set(flow.cables), flow


def responses(world: World, last: dict[str, dict[str, float]]) -> None:
    """No answer comes sooner than its work takes."""
    parts = world.plant.parts
    for id, users in parts.of(Users).items():
        for name in ("users.response", "users.echo"):
            assert isnan(last[id][name]) or last[id][name] >= users.service * (1 - TOL), (id, name)
    for id, store in parts.of(Store).items():
        devices: list[Device] = parts.devices_of.get(id, [])
        if devices and store.hit == 0 and not isnan(last[id]["storage.response"]):
            assert last[id]["storage.response"] >= min(one.service for one in devices) * (1 - TOL), id


def conditions(world: World) -> None:
    """Failed and cut things look so in snapshots."""
    shot, rows = world.snapshot(), world.layout().rows
    for id in world.plant.failed & rows.keys():
        assert shot.condition[rows[id]] == Condition.FAILED
