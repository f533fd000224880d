"""A day of 100 hosts and 500 VMs with twelve random faults: what always holds is looked at after every instant."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hall import DAY, FAULTS, S, day, hall
from invariants import Watch
from long_invariants import LongWatch

from sdx_studio.engine.events import Event
from sdx_studio.engine.world import World

BROKEN = ("element.failed", "cable.cut", "kernel.crashed")


def lived(seed: int) -> World:
    """One day, looked at after every instant, with the slow and thorough look at its beginning and its end."""
    world = World(hall(seed), seed=seed, scenario=day(seed))
    assert (len(world.plant.parts.machines), len(world.plant.parts.guests)) == (100, 500)
    watch = LongWatch(world)
    watch.look()
    Watch().look(world)
    while (time := world.next_time()) is not None and time <= DAY * S:
        world.step()
        watch.look()
        nobody_twice(world)
    world.advance(DAY * S)
    watch.look()
    Watch().look(world)
    return world


def nobody_twice(world: World) -> None:
    """A volume is served from one store, and its copy lies on another."""
    parts = world.plant.parts
    for id, copy in world.replicas.copies.all.items():
        assert parts.volumes[copy.volume].store == (copy.away if copy.turned else copy.home)
        assert parts.replicas[id].store == (copy.home if copy.turned else copy.away)


def told(world: World, *kinds: str) -> list[Event]:
    return [one for one in world.events if one.kind in kinds]


@pytest.mark.parametrize("seed", range(10))
def test_a_day_with_twelve_faults(seed: int) -> None:
    world = lived(seed)
    asked = [one for one in day(seed) if one.verb in ("fail", "cut", "crash")]
    assert len(asked) == FAULTS
    assert told(world, *BROKEN)
    for one in told(world, "recovery.declared"):
        assert float(one.figures["seconds"]) <= world.measures()[one.element]["replica.rpo_worst"].max + 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 210))
def test_two_hundred_days(seed: int) -> None:
    lived(seed)


def spoil_seat(world: World) -> None:
    world.plant.residents["h00"].append(world.plant.residents["h01"][0])


def spoil_cores(world: World) -> None:
    world.plant.roster.taken[0] += 99.0


def spoil_usage(world: World) -> None:
    world.fabric.flows["io", "g001"].rate += 1e9


def spoil_measure(world: World) -> None:
    world.plant.gauges.put("g001", "io.rate", -1.0)
    world.plant.gauges.settle(world.now)


def spoil_failed(world: World) -> None:
    world.plant.failed.add("h00")


def spoil_pool(world: World) -> None:
    world.plant.gauges.put("st0", "storage.used", 0.0)
    world.plant.gauges.settle(world.now)


@pytest.mark.parametrize("spoil", [spoil_seat, spoil_cores, spoil_usage, spoil_measure, spoil_failed, spoil_pool])
def test_a_look_finds_what_is_wrong(spoil: Callable[[World], None]) -> None:
    world = World(hall(0), seed=0)
    world.advance(60 * S)
    watch = LongWatch(world)
    watch.look()
    spoil(world)
    with pytest.raises(AssertionError):
        watch.look()


def test_a_day_is_the_same_every_time() -> None:
    def hashed() -> str:
        world = World(hall(3), seed=3, scenario=day(3))
        world.advance(DAY * S)
        return sha256(world.state_hash().encode()).hexdigest()

    assert hashed() == hashed()
