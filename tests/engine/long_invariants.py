"""What holds at every moment (MODELS.md, section 0), for large worlds: the same as `invariants`, in columns."""

from typing import Any

import numpy as np
from invariants import SATURATED, TOL, UNKNOWN, ceiling
from numpy.typing import NDArray

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.roster import NOWHERE
from sdx_studio.engine.world import World

Floats = NDArray[np.float64]
RISING = ("energy", "cost", "co2", "rent", "outage")
RATIOS = ("utilisation", "fill", "progress")
SILENT = ("cpu.grant", "cpu.demand", "guests", "power", "memory.used", "net.rate", "io.rate")


class LongWatch:
    """Follows one world whose parts stay; `look` raises AssertionError at the first thing that is wrong."""

    def __init__(self, world: World) -> None:
        self.world = world
        index = world.plant.gauges.index
        names = [name for _, name in index]
        self.keys = list(index)
        self.free = np.array([one in SATURATED or one.startswith(UNKNOWN) for one in names])
        self.ratio = np.array([one.endswith(RATIOS) for one in names])
        self.rising = np.array([one in RISING for one in names])
        self.owners = np.array([one for one, _ in index])
        self.silent = np.array([one in SILENT for one in names])
        self.before: Floats = np.zeros(len(names))
        self.usage: Floats = np.zeros(0)
        self.roomy = np.array([index[id, "storage.used"] for id in world.plant.parts.volumes], np.intp)
        self.sizes = np.array([one.size for one in world.plant.parts.volumes.values()])

    def slot(self, id: str, name: str) -> int:
        """Where a measure stands in the columns."""
        return self.world.plant.gauges.index[id, name]

    def look(self) -> None:
        """Everything that can be wrong at a moment."""
        values = self.world.plant.gauges.values(self.world.now)
        self._numbers(values)
        self._dead(values)
        self._stores(values)
        seats(self.world)
        processors(self.world)
        usage = np.append(self.world.fabric.shares.usage, sum(one.rate for one in self.world.fabric.flows.values()))
        if not np.array_equal(usage, self.usage):
            self.usage = usage
            network(self.world)
        self.before = values

    def _numbers(self, values: Floats) -> None:
        wrong = (values < -1e-6) | (np.isnan(values) & ~self.free)
        assert not wrong.any(), [(self.keys[at], values[at]) for at in np.flatnonzero(wrong)]
        with np.errstate(invalid="ignore"):
            wrong = self.ratio & (values > 1 + TOL)
        assert not wrong.any(), [(self.keys[at], values[at]) for at in np.flatnonzero(wrong)]
        wrong = self.rising & (values < self.before * (1 - TOL) - 1e-9)
        assert not wrong.any(), [(self.keys[at], values[at], self.before[at]) for at in np.flatnonzero(wrong)]

    def _dead(self, values: Floats) -> None:
        """What has failed or does not run gives 0 of everything."""
        plant = self.world.plant
        machines = [id for id in plant.parts.machines if not plant.up(id)]
        guests = [id for id in plant.guests if not plant.running(id)]
        quiet = self.silent & np.isin(self.owners, machines + guests) & (values != 0)
        assert not quiet.any(), [(self.keys[at], values[at]) for at in np.flatnonzero(quiet)]
        for id in plant.parts.stores:
            assert plant.up(id) or values[self.slot(id, "storage.iops")] == 0, id
        for id in plant.cut:
            assert values[self.slot(id, "net.rate")] == 0, id

    def _stores(self, values: Floats) -> None:
        """A pool holds what its volumes hold, and its disks hold that; no answer comes sooner than its work takes."""
        parts = self.world.plant.parts
        assert (values[self.roomy] <= self.sizes * (1 + TOL)).all()
        for id, store in parts.stores.items():
            held = sum(values[self.slot(one.id, "storage.used")] for one in parts.volumes_of.get(id, ()))
            used = values[self.slot(id, "storage.used")]
            assert abs(held - used) <= TOL * max(4096.0, held), (id, held, used)
            assert used <= parts.capacity(id) * (1 + TOL)
            devices = parts.devices_of[id]
            raw = sum(values[self.slot(one.id, "storage.fill")] * one.capacity for one in devices)
            assert abs(raw * store.usable - used) <= TOL * max(4096.0, used), (id, raw, used)
            response = values[self.slot(id, "storage.response")]
            assert np.isnan(response) or response >= min(one.service for one in devices) * (1 - TOL), id


def seats(world: World) -> None:
    """A guest is on exactly one machine or none, runs on none that is down, and takes no memory that is not there."""
    plant, roster = world.plant, world.plant.roster
    found = [id for ids in plant.residents.values() for id in ids]
    assert len(found) == len(set(found))
    assert all(plant.guests[id].place == place for place, ids in plant.residents.items() for id in ids)
    up = np.array([plant.up(id) for id in roster.machines])
    assert not (roster.on & (roster.root != NOWHERE) & ~up[roster.root]).any()
    on = np.array([plant.guests[id].condition is Condition.UP for id in roster.guests])
    assert (roster.on <= on).all()
    assert (roster.memory_used <= roster.memory * (1 + TOL)).all()
    assert all(held >= 0 for held in plant.incoming.values())
    assert world.migrations.active or not any(plant.incoming.values())


def processors(world: World) -> None:
    """Cores are not given twice, and nobody who could rise without lowering a poorer one is left low."""
    roster = world.plant.roster
    rows = np.flatnonzero((roster.depth == 0) & (roster.root != NOWHERE))
    homes, taken, caps = roster.root[rows], roster.taken[rows], roster.most(rows)
    room = np.where(roster.up, roster.cores, 0.0)
    total = np.bincount(homes, taken, len(room))
    assert (total <= room + TOL * np.maximum(1.0, room)).all()
    assert (taken <= caps + TOL).all()
    floors = np.minimum(roster.reservation[rows], caps)
    fair = (np.bincount(homes, floors, len(room)) < room)[homes]
    assert (taken[fair] >= floors[fair] - TOL).all()
    wanting = fair & (taken < caps - TOL)
    left = np.abs(total - room) > TOL * np.maximum(1.0, room)
    assert not left[homes[wanting]].any()
    level = np.full(len(room), np.inf)
    np.minimum.at(level, homes[wanting], (taken / roster.shares[rows])[wanting])
    richer = fair & (taken / roster.shares[rows] > level[homes] + TOL) & (taken > floors + TOL)
    assert not richer.any()


def network(world: World) -> None:
    """Cables and stores carry at most what they can, and all of it is somebody's; shares are max-min."""
    shares = world.fabric.shares
    rooms = np.array(shares.capacities)
    flows: list[Any] = [one for one in world.fabric.flows.values() if one.legs]
    assert all(one.rate == 0 for one in world.fabric.flows.values() if one.blocked)
    counts = [len(one.legs) for one in flows]
    legs = np.fromiter((leg for one in flows for leg in one.legs), np.intp, sum(counts))
    factors = np.fromiter((part for one in flows for part in one.factors or (1.0,) * len(one.legs)), float, len(legs))
    rates, caps = np.array([one.rate for one in flows]), np.array([ceiling(one) for one in flows])
    assert (rates >= 0).all()
    assert (rates <= caps * (1 + TOL) + TOL).all()
    mine = np.repeat(np.arange(len(flows)), counts)
    used = np.bincount(legs, rates[mine] * factors, len(rooms))
    assert np.allclose(used, shares.usage, rtol=TOL, atol=1e-3)
    assert (used <= rooms * (1 + TOL) + TOL).all()
    cut = world.plant.cut
    assert not any(cut & set(one.cables) for one in flows if one.rate > 0)
    # Whoever gets less than it could send meets a full leg on which nobody has more.
    weighed = rates / np.array([one.weight for one in flows])
    best = np.zeros(len(rooms))
    np.maximum.at(best, legs, weighed[mine])
    full = used >= rooms * (1 - TOL)
    stopped = full[legs] & (weighed[mine] >= best[legs] * (1 - TOL) - 1e-3)
    held = np.zeros(len(flows), bool)
    np.logical_or.at(held, mine, stopped)
    short = (rates < caps * (1 - TOL) - 1e-3) & ~np.array([one.blocked for one in flows], bool)
    assert not (short & ~held).any(), [flows[at] for at in np.flatnonzero(short & ~held)][:3]
