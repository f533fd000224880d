"""More load while it runs: for guests as a share of their vCPUs, for flows as a factor of their rate."""

import math
from typing import Any

import pytest

from sdx_studio.engine.parts import Cable, Command, Guest, Load, Machine, Node, Traffic
from sdx_studio.engine.world import World

S = 1_000_000
PARTS = [
    Machine("a", 4, 2**33), Machine("b", 4, 2**33), Node("a"), Node("b"), Node("sw", "bridging"),
    Cable("la", "a", "sw", 1e9), Cable("lb", "sw", "b", 1e9),
    Guest("g", "a", 2, Load(0.25), 2**30), Guest("w", "a", 2, Load(0.5, "wave"), 2**30),
    Traffic("f", "a", "b", rate=1e8), Traffic("greedy", "b", "a"),
]  # fmt: skip


def value(world: World, id: str, measure: str) -> float:
    return world.measures()[id][measure].last


def do(world: World, target: str, **figures: Any) -> str | None:
    return world.do(Command(0, "load", target, tuple(figures.items())))


def test_a_guest_asks_for_more_from_then_on() -> None:
    world = World(PARTS, scenario=[Command(2 * S, "load", "g", (("by", 0.5),))])
    world.advance(2 * S - 1)
    assert value(world, "g", "cpu.demand") == pytest.approx(0.5)
    world.advance(2 * S)
    assert value(world, "g", "cpu.demand") == pytest.approx(1.5)
    assert [event.kind for event in world.events] == ["load.changed"]


def test_several_add_up_within_what_it_has() -> None:
    world = World(PARTS)
    assert do(world, "g", by=0.5) is None
    assert do(world, "g", by=0.5) is None
    assert value(world, "g", "cpu.demand") == pytest.approx(2.0)
    assert do(world, "g", by=-1.0) is None
    assert value(world, "g", "cpu.demand") == pytest.approx(0.5)
    assert do(world, "g", by=-0.5) is None
    assert value(world, "g", "cpu.demand") == 0.0


def test_a_load_that_changes_goes_on_changing() -> None:
    plain, more = World(PARTS, seed=2), World(PARTS, seed=2)
    do(more, "w", by=0.1)
    for second in range(1, 8):
        plain.advance(second * S)
        more.advance(second * S)
        asked = min(2.0, value(plain, "w", "cpu.demand") + 0.2)
        assert value(more, "w", "cpu.demand") == pytest.approx(asked)


def test_a_flow_sends_so_many_times_as_much() -> None:
    world = World(PARTS)
    world.advance(S)
    assert value(world, "f", "net.rate") == pytest.approx(1e8)
    assert do(world, "f", factor=3.0) is None
    assert value(world, "f", "net.rate") == pytest.approx(3e8)
    assert do(world, "f", factor=0.5) is None
    assert value(world, "f", "net.rate") == pytest.approx(1.5e8)


def test_an_edit_keeps_it() -> None:
    world = World(PARTS)
    do(world, "g", by=0.5)
    do(world, "f", factor=2.0)
    world.revise((Guest("new", "a", 1, Load(0.1), 2**30),), ())
    world.advance(S)
    assert value(world, "g", "cpu.demand") == pytest.approx(1.5)
    assert value(world, "f", "net.rate") == pytest.approx(2e8)


def test_it_is_part_of_the_state() -> None:
    one, other = World(PARTS), World(PARTS)
    do(one, "f", factor=2.0)
    do(other, "f", factor=4.0)
    assert one.state_hash() != other.state_hash()
    assert World.restore(one.checkpoint()).state_hash() == one.state_hash()


@pytest.mark.parametrize(
    ("target", "figures", "reason"),
    [
        ("a", {}, "Only guests and flows can get more load."),
        ("g", {"by": 0.0}, "How much more a guest asks for is a share"),
        ("g", {"by": 2.0}, "How much more a guest asks for is a share"),
        ("g", {"by": math.nan}, "How much more a guest asks for is a share"),
        ("g", {"by": "much"}, "How much more a guest asks for is a share"),
        ("f", {"factor": 0.0}, "A flow can send up to 1000 times"),
        ("f", {"factor": math.inf}, "A flow can send up to 1000 times"),
        ("greedy", {}, "It takes what it can get already"),
    ],
)
def test_what_makes_no_sense_is_refused(target: str, figures: dict[str, Any], reason: str) -> None:
    world = World(PARTS)
    before = value(world, "g", "cpu.demand")
    told = do(world, target, **figures)
    assert told is not None
    assert told.startswith(reason)
    assert value(world, "g", "cpu.demand") == before
