"""Consolidation on request: what is emptied, what keeps a machine on, and what becomes of moves that break off."""

from typing import Any

import pytest

from sdx_studio.engine.condition import Condition
from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    MigrationStyle,
    Node,
    Part,
    Traffic,
    Users,
)
from sdx_studio.engine.world import World

S = 1_000_000
GIB = 2.0**30


def hall(loads: str, *more: Part, limit: int | None = None) -> list[Part]:
    """Machines a, b, c … of ten cores with one guest each, which asks for so many of its ten; two racks."""
    style = MigrationStyle(limit=limit)
    parts: list[Part] = [Node("sw", "bridging"), Area("dc"), Area("r1", "dc"), Area("r2", "dc"), Node("pc")]
    parts.append(Cable("c-pc", "pc", "sw", 1e10))
    for at, load in enumerate(loads):
        id = "abcdefghij"[at]
        parts += [Machine(id, 10, 64 * GIB, area="r1" if at < len(loads) / 2 else "r2"), Node(id)]
        parts += [Cable(f"c-{id}", id, "sw", 1e9), Layer(f"hv-{id}", id, migration=style)]
        parts.append(Guest(f"g-{id}", id, 10, Load(int(load) / 10), 2 * GIB, migrates=True, start_time=5))
    return [one for one in parts if not any((type(one), one.id) == (type(two), two.id) for two in more)] + list(more)


def asked(parts: list[Part], target: str = "dc", until: float = 300, **figures: Any) -> World:
    """A world that was told to consolidate `target`, so many seconds later."""
    world = World(parts)
    world.advance(S)
    world.do(Command(0, "consolidate", target, tuple(sorted(figures.items()))))
    world.advance(round(until * S))
    return world


def of_kind(world: World, kind: str) -> list[Any]:
    return [one for one in world.events if one.kind == kind]


def seats(world: World) -> dict[str, str | None]:
    return {id: one.place for id, one in world.plant.guests.items()}


def test_what_is_little_used_goes_to_what_is_used_more_and_the_empty_ones_go_off() -> None:
    world = asked(hall("1151"))
    assert world.plant.off == {"a", "b", "d"}
    assert set(seats(world).values()) == {"c"}
    (planned,) = of_kind(world, "consolidation.planned")
    assert (planned.figures["machines"], planned.figures["moves"], planned.figures["limit"]) == (3, 3, 0.8)
    assert {one.element for one in of_kind(world, "consolidation.emptied")} == {"a", "b", "d"}
    assert not of_kind(world, "guest.stopped")
    assert world.consolidations.orders == {}


def test_head_room_and_the_wish_to_stay_on() -> None:
    world = asked(hall("1151"), head_room=0.4, power_off="no")
    assert world.plant.off == set()
    assert not world.plant.clusters.leaving
    assert len(of_kind(world, "consolidation.emptied")) == 2
    assert seats(world)["g-c"] == "c"
    assert len(set(seats(world).values())) == 2, "six of ten are as much as may be used"
    whole = asked(hall("1151"), head_room=0.0)
    assert len(whole.plant.off) == 3


def test_only_the_first_steps_of_the_plan() -> None:
    planned = [one.element for one in of_kind(asked(hall("1151")), "consolidation.emptying")]
    world = asked(hall("1151"), steps=2)
    assert [one.element for one in of_kind(world, "consolidation.emptying")] == planned[:2]
    assert world.plant.off == set(planned[:2])


@pytest.mark.parametrize(
    ("target", "off"), [("dc", {"a", "b", "d"}), ("r1", {"b"}), ("cl", {"d"}), ("a", {"a", "b", "d"})]
)
def test_it_stays_within_what_it_is_asked_of(target: str, off: set[str]) -> None:
    world = asked(hall("1151", Group("cl", ("c", "d"), restart=False)), target)
    assert world.plant.off == off


@pytest.mark.parametrize(
    ("figures", "target", "reason"),
    [
        ({"policy": "worst"}, "dc", "no such rule"),
        ({"head_room": 1.0}, "dc", "a share from 0"),
        ({"head_room": -0.1}, "dc", "a share from 0"),
        ({}, "sw", "Only a cluster, a place or all machines"),
        ({"head_room": 0.5}, "dc", "the processors of the others have no room"),
        ({}, "empty", "no machine with a hypervisor"),
    ],
)
def test_refusals(figures: dict[str, Any], target: str, reason: str) -> None:
    world = asked(hall("555", Area("empty")), target, 2, **figures)
    (refused,) = of_kind(world, "command.refused")
    assert reason in refused.figures["reason"]
    assert not world.migrations.active
    assert not world.plant.clusters.leaving


def test_why_machines_stay_is_said_with_the_resource_that_is_short() -> None:
    world = asked(hall("1555"), until=2)
    (stays,) = of_kind(world, "consolidation.stays")
    assert (stays.figures["count"], stays.figures["reason"].split()[1]) == (3, "processors")
    kinds = [one.kind for one in asked(hall("555"), until=2).events]
    assert kinds == ["command.refused"], "where nothing is emptied the refusal says it"


@pytest.mark.parametrize(
    "traffic",
    [
        lambda at: Traffic(f"t-{at}", f"g-{at}", "pc", rate=5e8),
        lambda at: Traffic(f"t-{at}", "pc", f"g-{at}", rate=1e9, load=Load(0.5)),
        lambda at: Users(f"t-{at}", f"g-{at}", "pc", count=1000, display=5e5),
    ],
    ids=["sends", "receives", "screens"],
)
def test_traffic_counts_against_the_ports(traffic: Any) -> None:
    alone = asked(hall("11"))
    assert len(alone.plant.off) == 1
    world = asked(hall("11", *(traffic(id) for id in "ab")))
    assert world.plant.off == set(), "twice 500 Mbit/s are more than 0.8 of a port of 1 Gbit/s"
    (refused,) = of_kind(world, "command.refused")
    assert "ports of the others" in refused.figures["reason"]
    wide = [Cable(f"c-{id}", id, "sw", 2e9) for id in "ab"]
    assert len(asked(hall("11", *(traffic(id) for id in "ab"), *wide)).plant.off) == 1


def test_ports_kept_for_migrations_are_none_for_traffic() -> None:
    traffic = [Traffic(f"t-{id}", f"g-{id}", "pc", rate=5e8) for id in "ab"]
    second = [Cable(f"d-{id}", id, "sw", 1e9) for id in "ab"]
    assert len(asked(hall("11", *traffic, *second)).plant.off) == 1
    apart = [Cable(f"d-{id}", id, "sw", 1e9, vlans=(30,)) for id in "ab"]
    group = Group("cl", ("a", "b"), restart=False, network=30)
    assert asked(hall("11", *traffic, *apart, group)).plant.off == set()


def test_what_the_machine_itself_sends_takes_room_too() -> None:
    guest, own = Traffic("t", "g-a", "pc", rate=5e8), Traffic("own", "b", "pc", rate=4e8)
    assert asked(hall("17", guest)).plant.off == {"a"}
    assert asked(hall("17", guest, own)).plant.off == {"b"}, "then rather the other way round"


def test_a_move_that_would_be_refused_keeps_its_machine_on() -> None:
    island = [Node("far", "bridging"), Cable("c-d", "d", "far", 1e9)]
    world = asked(hall("1151", *island))
    assert world.plant.off == {"a", "b"}
    reasons = {one.figures["reason"] for one in of_kind(world, "consolidation.stays")}
    assert any("no network path" in reason for reason in reasons)


def test_as_many_at_once_as_the_style_allows() -> None:
    world = asked(hall("1151", limit=1), until=10)
    assert sum(move.under_way for move in world.migrations.active.values()) == 1
    world.advance(300 * S)
    assert world.plant.off == {"a", "b", "d"}


def test_a_guest_that_is_on_its_way_already_is_left_alone() -> None:
    world = World(hall("1151"))
    world.do(Command(0, "migrate", "g-a", (("to", "d"),)))
    world.advance(2 * S)
    assert world.do(Command(0, "consolidate", "dc")) is None
    world.advance(300 * S)
    assert seats(world)["g-a"] == "d"
    assert not {"a", "d"} & world.plant.off


def test_a_guest_that_is_off_keeps_no_machine_on() -> None:
    parts = hall("1151", Guest("g-d", "d", 10, Load(0.1), 2 * GIB, migrates=True, powered=False))
    world = asked(parts)
    assert "d" in world.plant.off
    assert (seats(world)["g-d"], world.plant.guests["g-d"].condition) == ("d", Condition.OFF)


def test_a_move_that_breaks_off_is_tried_elsewhere() -> None:
    world = World(hall("1515"))
    world.advance(S)
    assert world.do(Command(0, "consolidate", "dc")) is None
    world.advance(3 * S)
    assert (world.migrations.active["g-c"].target, world.migrations.active["g-d"].target) == ("b", "a")
    world.do(Command(0, "fail", "b"))
    assert world.migrations.active["g-c"].target == "a"
    world.advance(300 * S)
    assert seats(world)["g-c"] == "a"
    assert {"c", "d"} <= world.plant.off


def test_where_no_place_is_left_the_machine_stays_on_and_says_why() -> None:
    world = World(hall("15"))
    world.advance(S)
    assert world.do(Command(0, "consolidate", "dc")) is None
    world.advance(3 * S)
    world.do(Command(0, "cut", "c-b"))
    (stuck,) = of_kind(world, "consolidation.stuck")
    assert (stuck.figures["vm"], stuck.figures["host"]) == ("g-a", "a")
    world.advance(100 * S)
    assert not world.plant.off | world.plant.clusters.leaving
    assert world.plant.running("g-a")


def test_told_to_stay_on_it_stays_on() -> None:
    world = World(hall("15"))
    world.do(Command(0, "consolidate", "dc"))
    world.do(Command(0, "power_on", "a"))
    world.advance(100 * S)
    assert seats(world)["g-a"] == "b"
    assert not world.plant.off
    assert world.consolidations.orders == {}


def test_the_same_twice_and_across_a_checkpoint() -> None:
    one, two = asked(hall("1151"), until=8), asked(hall("1151"), until=8)
    assert one.consolidations.orders
    assert one.state_hash() == two.state_hash()
    again = World.restore(one.checkpoint())
    for world in (one, again):
        world.advance(300 * S)
    assert one.state_hash() == again.state_hash()
