"""What is read off the flows and nodes of a running world, against what the world does; nothing of it changes it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.network.reading import flows, routes
from sdx_studio.engine.network.tables import tables
from sdx_studio.engine.parts import Cable, Command, Controller, Device, Guest, Load, Node, Store, Traffic, Volume
from sdx_studio.engine.parts import Machine as Box
from sdx_studio.engine.world import World

S = 1_000_000


def lot(*traffic: Traffic, first: float = 1e9, second: float = 1e9) -> list[Any]:
    """A parking lot: x, y, z at three bridges in a row."""
    nodes = [Node("x"), Node("y"), Node("z"), *(Node(f"s{at}", "bridging") for at in (1, 2, 3))]
    cables = [Cable("a", "s1", "s2", first), Cable("b", "s2", "s3", second)]
    cables += [Cable(f"e{at}", end, f"s{at}", 1e11) for at, end in enumerate("xyz", 1)]
    return [*nodes, *cables, *traffic]


def lines(world: World) -> dict[str, Any]:
    return {line.id: line for line in flows(world)}


def test_the_limiting_cable_of_a_parking_lot() -> None:
    greedy = (Traffic("ab", "x", "z"), Traffic("a1", "x", "y"), Traffic("b1", "y", "z"), Traffic("b2", "y", "z"))
    found = lines(World(lot(*greedy)))
    assert {id: line.limit for id, line in found.items()} == {"ab": "b", "a1": "a", "b1": "b", "b2": "b"}
    assert {line.course for line in found.values()} == {"limited"}
    assert found["ab"].rate == pytest.approx(1e9 / 3)
    assert found["ab"].cables == ("e1", "a", "b", "e3")
    assert found["ab"].share == pytest.approx(1 / 3)


def test_full_cables_that_do_not_hold_a_flow_up_are_not_named() -> None:
    """b is as full as a, but there `b1` has more than `ab`: what holds `ab` up is a, where all have the same."""
    parts = lot(Traffic("ab", "x", "z"), *(Traffic(f"a{at}", "x", "y") for at in range(3)), Traffic("b1", "y", "z"))
    found = lines(World(parts))
    assert found["ab"].limit == "a"
    assert found["b1"].limit == "b"
    assert found["b1"].rate == pytest.approx(7.5e8)


def test_caps_guarantees_and_what_asks_for_nothing() -> None:
    found = lines(World(lot(
        Traffic("capped", "x", "y", rate=1e8), Traffic("sure", "x", "y", guarantee=6e8), Traffic("rest", "x", "y"),
        Traffic("none", "x", "y", rate=1e6, load=Load(0.0)), Traffic("late", "x", "y", start=9.0),
    )))  # fmt: skip
    assert [found[id].course for id in ("capped", "rest", "none", "late")] == ["flows", "limited", "idle", "waits"]
    assert found["sure"].promised == 6e8
    assert found["late"].begins == 9.0
    assert found["capped"].wanted == 1e8


def test_a_blocked_flow_says_why_and_one_that_is_over_that_it_is() -> None:
    world = World(lot(Traffic("cut", "x", "y"), Traffic("file", "y", "z", size=1e6)))
    world.advance(1 * S)
    assert world.do(Command(0, "cut", "a")) is None
    found = lines(world)
    assert (found["cut"].course, found["cut"].reason) == ("blocked", "no path that carries its VLAN")
    assert found["file"].course == "done"
    assert routes(world, "traffic/cut")["way"].hops == ()


def test_the_work_of_a_store_is_named_where_it_is_the_limit() -> None:
    disk = Device("d", "array", 100, 100, 1e9, 1e12, 0.01)
    guest = Guest("g", "m", 4, Load(1.0), 2.0**30, disk="v", io_rate=5000)
    parts = [Box("m", 8, 2.0**35), Node("m"), Node("array"), Cable("c", "m", "array", 1e10, medium="storage"),
             Store("array"), disk, Volume("v", "array", 1e11), guest]  # fmt: skip
    world = World(parts)
    line = lines(world)["g"]
    assert (line.sort, line.course, line.limit) == ("io", "limited", "array")
    way = routes(world, "io/g")["way"]
    assert way.store == "array"
    assert way.busy == pytest.approx(1.0)
    assert [hop.cable for hop in way.hops] == ["c"]


def fabric(*traffic: Traffic) -> list[Any]:
    """x and y at two programmed switches, joined directly and over a third one; a controller at all of them."""
    nodes = [Node("x"), Node("y"), Node("c"), Controller("c"), *(Node(id, "programmed") for id in ("p", "q", "r"))]
    cables = [Cable("pq", "p", "q", 1e9), Cable("pr", "p", "r", 1e9), Cable("rq", "r", "q", 1e9)]
    cables += [Cable("xp", "x", "p", 1e10), Cable("yq", "y", "q", 1e10)]
    cables += [Cable(f"c{id}", "c", id, 1e9, medium="control") for id in ("p", "q", "r")]
    return [*nodes, *cables, *traffic]


def test_the_controllers_way_over_against_hop_by_hop_and_the_rules_for_it() -> None:
    world = World(fabric(Traffic("one", "x", "y", start=1), Traffic("two", "x", "y", start=2)))
    assert not tables(world, "p")["table"].rules
    waiting = routes(world, "traffic/one")["way"]
    assert waiting.planned
    world.advance(1 * S)
    assert lines(world)["one"].course == "asks"
    world.advance(3 * S)
    told = routes(world, "traffic/two")
    assert [hop.cable for hop in told["way"].hops] == ["xp", "pr", "rq", "yq"]
    assert [hop.cable for hop in told["way"].plain] == ["xp", "pq", "yq"]
    assert told["way"].controllers == ("c",)
    assert [(hop.near, hop.far) for hop in told["way"].hops] == [("x", "p"), ("p", "r"), ("r", "q"), ("q", "y")]
    rules = {rule.id: rule for rule in tables(world, "p")["table"].rules}
    assert (rules["one"].out, rules["two"].out, rules["two"].came) == ("pq", "pr", "xp")
    assert rules["two"].bytes == pytest.approx(world.measures()["two"]["net.delivered"].last)
    assert [rule.id for rule in tables(world, "r")["table"].rules] == ["two"]
    assert not tables(world, "p")["table"].entries


def test_a_switch_knows_ends_up_to_the_router_and_a_router_all() -> None:
    nodes = [Node("x"), Node("y"), Node("far"), Node("s1", "bridging", 4096), Node("s2", "bridging"),
             Node("s3", "bridging"), Node("r", "routing")]  # fmt: skip
    cables = [Cable("ring1", "s1", "s2", 1e9), Cable("ring2", "s2", "s3", 1e9), Cable("ring3", "s3", "s1", 1e9)]
    cables += [Cable("x1", "x", "s1", 1e9), Cable("y2", "y", "s2", 1e9), Cable("r3", "r", "s3", 1e9)]
    world = World([*nodes, *cables, Cable("out", "r", "far", 1e9)])
    table = tables(world, "s2")["table"]
    assert {entry.target: entry.out for entry in table.entries} == {"x": "ring1", "y": "y2", "r": "ring1"}
    assert table.root == "s1"
    gates = {port.cable: port.gate for port in tables(world, "s3")["table"].ports}
    other = {port.cable: port.gate for port in table.ports}
    assert sorted((gates["ring2"], other["ring2"])) == ["blocked", "blocks"]
    assert gates["ring3"] == other["ring1"] == "forwards"
    routed = {entry.target: entry for entry in tables(world, "r")["table"].entries}
    assert set(routed) == {"x", "y", "far"}
    assert (routed["x"].out, routed["x"].cost, routed["far"].cost) == ("r3", 3, 1)
    world.do(Command(0, "cut", "ring3"))
    gates = {port.cable: port.gate for port in tables(world, "s3")["table"].ports}
    assert gates["ring3"] == "cut"
    assert gates["ring2"] == "forwards"


def test_what_forwards_nothing_has_no_table() -> None:
    world = World(lot())
    assert tables(world, "x")["table"] is None
    assert tables(world, "nowhere")["table"] is None
    assert routes(world, "")["way"] is None


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.integers(0, 5))
def test_asking_changes_nothing_and_the_ways_lead_from_end_to_end(rates: list[int], cut: int) -> None:
    ends = [("x", "z"), ("x", "y"), ("y", "z"), ("z", "x")]
    traffic = [Traffic(f"t{at}", *ends[one], start=at / 2) for at, one in enumerate(rates)]
    asked, left = World(fabric() + lot(*traffic)[1:]), World(fabric() + lot(*traffic)[1:])
    for second in range(4):
        for world in (asked, left):
            if second == 2 and cut < 2:
                world.do(Command(0, "cut", "ab"[cut]))
            world.advance(second * S)
        for line in flows(asked):
            way = routes(asked, line.key)["way"]
            assert all(one.far == two.near for one, two in zip(way.hops, way.hops[1:], strict=False))
            assert not way.hops or (way.hops[0].near, way.hops[-1].far) == (line.source, line.target)
            assert line.course != "limited" or line.limit in line.cables
        for id in ("s1", "s2", "p"):
            tables(asked, id)
        assert asked.state_hash() == left.state_hash()
    asked.advance(6 * S)
    left.advance(6 * S)
    assert asked.state_hash() == left.state_hash()
