"""Traffic in a running world."""

from typing import Any

import pytest

from sdx_studio.engine.parts import Cable, Command, Guest, Load, Machine, Node, Segment, Traffic
from sdx_studio.engine.world import World

S = 1_000_000


def lot(*traffic: Any, second: Any = 1e9, first: Any = 1e9) -> Any:
    nodes = [Node("x"), Node("y"), Node("z"), Node("s1", "bridging"), Node("s2", "bridging"), Node("s3", "bridging")]
    cables = [Cable("a", "s1", "s2", first), Cable("b", "s2", "s3", second)]
    cables += [Cable(f"e{at}", end, f"s{at}", 1e11) for at, end in enumerate("xyz", 1)]
    return [*nodes, *cables, *traffic]


def rate(world: Any, id: Any) -> Any:
    return world.measures()[id]["net.rate"].last


def test_the_parking_lot() -> None:
    world = World(lot(Traffic("ab", "x", "z"), Traffic("a1", "x", "y"), Traffic("b1", "y", "z")))
    assert [rate(world, id) for id in ("ab", "a1", "b1")] == pytest.approx([5e8] * 3)


def test_a_wide_and_a_narrow_cable() -> None:
    greedy = (Traffic("ab", "x", "z"), Traffic("a1", "x", "y"), Traffic("a2", "x", "y"))
    world = World(lot(*greedy, first=1e10))
    assert [rate(world, id) for id in ("ab", "a1", "a2")] == pytest.approx([1e9, 4.5e9, 4.5e9])
    assert world.measures()["ab"]["net.utilisation"].last == pytest.approx(1)
    assert world.measures()["ab"]["net.hops"].last == 4


def test_directions_do_not_disturb_each_other() -> None:
    world = World(lot(Traffic("there", "x", "y"), Traffic("back", "y", "x")))
    assert rate(world, "there") == rate(world, "back") == pytest.approx(1e9)
    assert rate(world, "a") == pytest.approx(2e9)
    assert rate(world, "s2") == pytest.approx(4e9)


def test_guarantee_and_priority() -> None:
    world = World(lot(Traffic("g", "x", "y", guarantee=6e8), Traffic("h", "x", "y"), Traffic("i", "x", "y")))
    assert [rate(world, id) for id in "ghi"] == pytest.approx([6e8, 2e8, 2e8])
    world = World(lot(Traffic("g", "x", "y", rate=3e8, priority=1), Traffic("h", "x", "y"), Traffic("i", "x", "y")))
    assert [rate(world, id) for id in "ghi"] == pytest.approx([3e8, 3.5e8, 3.5e8])


def test_a_file_arrives_when_its_bytes_are_sent_and_frees_the_way() -> None:
    world = World(lot(Traffic("file", "x", "y", size=1.25e8, start=1), Traffic("other", "x", "y")))
    world.advance(2 * S)
    assert rate(world, "other") == pytest.approx(5e8)
    world.advance(10 * S)
    (done,) = [event for event in world.events if event.kind == "traffic.finished"]
    assert done.seconds == pytest.approx(3, abs=1e-5)
    assert rate(world, "other") == pytest.approx(1e9)
    assert world.measures()["file"]["net.delivered"].last == pytest.approx(1.25e8)
    assert world.measures()["other"]["net.delivered"].last == pytest.approx((1 + 2 * 0.5 + 7) * 1.25e8, rel=1e-5)


def test_bytes_sent_are_bytes_received() -> None:
    world = World(lot(Traffic("f", "x", "z", load=Load(0.5, "wave", 0.5, 5), rate=1e9)))
    world.advance(20 * S)
    means = [world.measures()[id]["net.forward"].mean for id in ("a", "b", "e1")]
    assert means == pytest.approx([means[0]] * 3)
    assert world.measures()["f"]["net.delivered"].last == pytest.approx(means[0] * 20 / 8)
    assert world.measures()["e3"]["net.backward"].mean == pytest.approx(means[0])


def test_a_cut_cable_blocks_and_a_mended_one_restores() -> None:
    world = World(lot(Traffic("f", "x", "z")), scenario=[Command(S, "cut", "b"), Command(2 * S, "mend", "b")])
    world.advance(int(1.5 * S))
    assert rate(world, "f") == 0
    world.advance(3 * S)
    assert rate(world, "f") == pytest.approx(1e9)
    assert [event.kind for event in world.events] == [
        "cable.cut", "traffic.blocked", "cable.mended", "traffic.restored",
    ]  # fmt: skip


def test_a_ring_heals_over_the_blocked_cable() -> None:
    parts = [Node(f"s{at}", "bridging") for at in range(1, 5)]
    parts += [Cable(f"r{at}", f"s{at}", f"s{at % 4 + 1}", 1e9) for at in range(1, 5)]
    parts += [Node("x"), Node("y"), Cable("ex", "x", "s3", 1e9), Cable("ey", "y", "s4", 1e9), Traffic("f", "x", "y")]
    world = World(parts)
    assert world.measures()["f"]["net.hops"].last == 5
    assert world.measures()["s3"]["net.blocked_ports"].last == 1
    world.do(Command(0, "cut", "r1"))
    assert world.measures()["f"]["net.hops"].last == 3
    world.do(Command(0, "fail", "s3"))
    assert rate(world, "f") == 0


def test_vlans_isolate_and_segments_watch() -> None:
    parts = [Node("s", "bridging"), Segment("ten", 10), Segment("twenty", 20)]
    for id, vlan in (("a", 10), ("b", 10), ("c", 20)):
        parts += [Node(id), Cable(f"e{id}", id, "s", 1e9, vlans=(vlan,))]
    world = World([*parts, Traffic("in", "a", "b", rate=1e6), Traffic("across", "a", "c", rate=1e6)])
    assert rate(world, "in") == pytest.approx(1e6)
    assert rate(world, "across") == 0
    assert rate(world, "ten") == pytest.approx(1e6)
    assert rate(world, "twenty") == 0
    assert world.measures()["ten"]["ports"].last == 2
    world.revise([Node("r", "routing"), Cable("er", "s", "r", 1e9)], [])
    assert rate(world, "across") == pytest.approx(1e6)
    assert rate(world, "twenty") == pytest.approx(1e6)


def test_traffic_follows_its_guests() -> None:
    parts = lot(
        Machine("x", 4, 1e10), Machine("y", 4, 1e10), Machine("z", 4, 1e10), Traffic("f", "g", "h", rate=1e8),
        Guest("g", "x", 1, Load(1), 1e6, migrates=True), Guest("h", "y", 1, Load(1), 1e6),
    )  # fmt: skip
    world = World(parts, scenario=[Command(0, "migrate", "g", (("to", "y"),)), Command(5 * S, "power_off", "h")])
    assert rate(world, "a") == pytest.approx(1e8)
    world.advance(3 * S)
    assert rate(world, "a") == 0
    assert rate(world, "f") == pytest.approx(1e8)
    assert world.measures()["f"]["net.hops"].last == 0
    world.advance(6 * S)
    assert rate(world, "f") == rate(world, "g") == 0
    assert world.events[-1].kind == "traffic.blocked"


def test_control_cables_carry_nothing() -> None:
    world = World([Node("x"), Node("y"), Cable("c", "x", "y", 1e9, medium="control"), Traffic("f", "x", "y")])
    assert rate(world, "f") == 0
