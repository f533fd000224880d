"""Random commands and edits: nothing crashes, nothing is lost, and the same walk gives the same hash."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdx_studio.engine.parts import Cable, Command, Guest, Machine, Part
from sdx_studio.engine.verbs import verbs
from sdx_studio.engine.world import World

S = 1_000_000
PLACES = [
    "m1",
    "m2",
    "m3",
    "m4",
    "sw1",
    "sw3",
    "array",
    "up1",
    "ring2",
    "san",
    "g00",
    "g01",
    "g03",
    "g06",
    "inner",
    "t2",
]
MACHINES = PLACES[:4]

STEPS = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 30 * S)),
    st.tuples(st.just("do"), st.sampled_from(sorted(verbs())), st.sampled_from(PLACES), st.sampled_from(MACHINES)),
    st.tuples(st.just("move"), st.sampled_from(["g00", "g01", "g03"]), st.sampled_from(MACHINES)),
    st.tuples(st.just("remove"), st.sampled_from(PLACES)),
    st.tuples(st.just("restore"), st.sampled_from(PLACES)),
    st.tuples(st.just("host"), st.sampled_from(["g00", "inner"]), st.sampled_from([*MACHINES, "g01", None])),
)


def play(world: World, original: list[Part], steps: list[Any]) -> World:
    """Carry out a walk, looking at everything after each step, with checkpoints in between."""
    for place, (what, *figures) in enumerate(steps):
        if what == "wait":
            world.advance(world.now + figures[0])
        elif what == "do":
            world.do(Command(0, figures[0], figures[1], (("to", figures[2]),)))
        elif what == "move":
            world.do(Command(0, "migrate", figures[0], (("to", figures[1]),)))
        elif what == "remove":
            world.revise([], [(type(part), part.id) for part in original if part.id == figures[0]])
        elif what == "restore":
            world.revise([part for part in original if part.id == figures[0]], [])
        else:
            guest = next(part for part in original if part.id == figures[0] and isinstance(part, Guest))
            world.revise([replace(guest, host=figures[1])], [])
        if place % 7 == 6:
            world = World.restore(world.checkpoint())
        check(world)
    return world


def check(world: World) -> None:
    """The invariants that hold at every moment."""
    parts = world.plant.parts
    measures = world.measures()
    for id, machine in parts.of(Machine).items():
        assert measures[id]["cpu.grant"].last <= machine.cores * (1 + 1e-9)
        assert measures[id]["memory.used"].last >= 0
        if not world.plant.up(id):
            assert measures[id]["cpu.grant"].last == measures[id]["guests"].last == measures[id]["power"].last == 0
    for id, cable in parts.of(Cable).items():
        assert 0 <= measures[id]["net.utilisation"].last <= 1 + 1e-9
        if id in world.plant.cut:
            assert measures[id]["net.rate"].last == 0
        assert measures[id]["net.rate"].last <= 2 * cable.bandwidth * (1 + 1e-9)
    for id, guest in parts.of(Guest).items():
        assert 0 <= measures[id]["cpu.grant"].last <= guest.vcpus * (1 + 1e-9)
        if not world.plant.running(id):
            assert measures[id]["cpu.grant"].last == measures[id]["io.rate"].last == 0
    for held in world.plant.incoming.values():
        assert held >= 0
    if not world.migrations.active:
        assert not any(world.plant.incoming.values())
    world.snapshot()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=25))
def test_a_random_walk(computer_room: Callable[[], list[Part]], steps: list[Any]) -> None:
    play(World(computer_room(), seed=1), computer_room(), steps)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=10, max_size=60))
def test_many_long_random_walks(computer_room: Callable[[], list[Part]], steps: list[Any]) -> None:
    play(World(computer_room(), seed=1), computer_room(), steps)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=15))
def test_the_same_walk_gives_the_same_hash(computer_room: Callable[[], list[Part]], steps: list[Any]) -> None:
    one = play(World(computer_room(), seed=1), computer_room(), steps)
    other = play(World(computer_room()[::-1], seed=1), computer_room()[::-1], steps)
    assert one.state_hash() == other.state_hash()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.sets(st.integers(0, 70)), min_size=1, max_size=4))
def test_an_edited_world_equals_a_fresh_one(computer_room: Callable[[], list[Part]], rounds: list[set[int]]) -> None:
    parts = computer_room()
    here = set(range(len(parts)))
    world = World(parts, seed=1)
    for flips in rounds:
        flips &= set(range(len(parts)))
        world.revise([parts[at] for at in flips - here], [(type(parts[at]), parts[at].id) for at in flips & here])
        here ^= flips
    fresh = World([parts[at] for at in here], seed=1)
    got, wanted = world.measures(), fresh.measures()
    assert got.keys() == wanted.keys()
    for id, named in wanted.items():
        for name, statistic in named.items():
            assert got[id][name].last == pytest.approx(statistic.last, rel=1e-9, nan_ok=True), (id, name)
