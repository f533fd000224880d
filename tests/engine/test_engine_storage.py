"""Stores: RAID, response times, competing guests, paths, thin pools."""

from dataclasses import replace
from math import isnan
from typing import Any

import pytest

from sdx_studio.engine.formulas.storage import response_time, work_per_request
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.network.ways import add_work
from sdx_studio.engine.parts import Cable, Command, Device, Guest, Load, Machine, Node, Part, Store, Traffic, Volume
from sdx_studio.engine.snapshot import Condition
from sdx_studio.engine.world import World

S = 1_000_000
GIB = 2.0**30


@pytest.mark.parametrize(
    ("count", "penalty", "read_share", "expected"),
    [(5, 4, 0.84, 608), (8, 2, 0.84, 1241), (24, 6, 0.2, 864)],
)
def test_front_end_iops_of_raid(count: Any, penalty: Any, read_share: Any, expected: Any) -> None:
    work = work_per_request([(180, 180, 2e8)] * count, penalty, read_share, 4096)
    assert 1 / work == pytest.approx(expected, abs=0.7)


def test_bandwidth_limits_large_requests() -> None:
    assert 1 / work_per_request([(1e5, 1e5, 5e8)], 1, 1, 65536) == pytest.approx(7629, abs=1)
    assert 1 / work_per_request([(1e5, 1e5, 5e8)], 1, 1, 4096) == pytest.approx(1e5)


def test_response_grows_and_is_absent_when_saturated() -> None:
    assert [round(response_time(0.005, rho) * 1000) for rho in (0.5, 0.8, 0.95)] == [10, 25, 100]
    assert isnan(response_time(0.005, 1.0))


def attached(rates: Any = (300.0,), medium: Any = "ethernet", penalty: Any = 4.0, **volume: Any) -> Any:
    parts = [
        Store("array", penalty),
        Node("array"),
        Node("sw", "bridging"),
        Cable("ca", "array", "sw", 1e9, medium=medium),
    ]
    parts += [Device(f"d{at}", "array", 180, 180, 2e8, 100 * GIB, 0.005) for at in range(5)]
    for at, rate in enumerate(rates):
        m, v = f"m{at}", f"v{at}"
        parts += [Machine(m, 8, 64 * GIB), Node(m), Cable(f"c{at}", m, "sw", 1e9, medium=medium)]
        parts += [Volume(v, "array", 50 * GIB, **volume)]
        parts += [Guest(f"g{at}", m, 2, Load(1), GIB, disk=v, io_rate=rate, read_share=0.84, migrates=True)]
    return parts


def value(world: Any, id: Any, name: Any) -> Any:
    return world.measures()[id][name].last


def test_a_store_at_half_load() -> None:
    world = World(attached((304.0,)))
    assert value(world, "g0", "io.rate") == pytest.approx(304)
    assert value(world, "array", "storage.utilisation") == pytest.approx(0.5, abs=1e-3)
    assert value(world, "array", "storage.response") == pytest.approx(0.01, rel=2e-3)
    assert value(world, "v0", "storage.iops") == pytest.approx(304)
    assert value(world, "d0", "storage.iops") == pytest.approx(304 * (0.84 + 0.16 * 4) / 5)


def test_too_many_requests_share_what_there_is_and_saturate() -> None:
    world = World(attached((1000.0, 1000.0, 100.0)))
    rates = [value(world, f"g{at}", "io.rate") for at in range(3)]
    assert sum(rates) == pytest.approx(608, abs=0.2)
    assert rates[2] == pytest.approx(100)
    assert rates[0] == pytest.approx(rates[1])
    assert isnan(value(world, "array", "storage.response"))
    assert value(world, "array", "storage.utilisation") == 1


def test_requests_are_bytes_on_the_cable_both_ways() -> None:
    world = World(attached((300.0,)))
    total = 300 * 4096 * 8 * 1538 / 1448
    assert value(world, "c0", "net.backward") == pytest.approx(total * 0.84)
    assert value(world, "c0", "net.forward") == pytest.approx(total * 0.16)


def test_a_guest_short_of_cpu_asks_for_less() -> None:
    parts = [*attached((300.0,)), Guest("hog", "m0", 14, Load(1), GIB, shares=14000)]
    world = World(parts)
    share = value(world, "g0", "cpu.grant") / 2
    assert share < 1
    assert value(world, "g0", "io.rate") == pytest.approx(300 * share)


def test_ordinary_traffic_never_takes_storage_cables() -> None:
    world = World([*attached((300.0, 10.0), medium="storage"), Traffic("t", "m0", "m1", rate=1e6)])
    assert value(world, "g0", "io.rate") == pytest.approx(300)
    assert value(world, "t", "net.rate") == 0
    assert [event.kind for event in world.events] == ["traffic.blocked"]
    assert "path" in (world.do(Command(0, "migrate", "g0", (("to", "m1"),))) or "")


def test_storage_prefers_its_own_cables() -> None:
    parts = [*attached((300.0,)), Node("fc", "bridging")]
    parts += [Cable("s1", "m0", "fc", 1e9, medium="storage"), Cable("s2", "fc", "array", 1e9, medium="storage")]
    world = World(parts)
    assert value(world, "s2", "net.rate") > 0
    assert value(world, "ca", "net.rate") == 0
    world.do(Command(0, "cut", "s1"))
    assert value(world, "ca", "net.rate") > 0


def test_losing_the_way_stops_requests_and_is_said_once() -> None:
    world = World(attached(), scenario=[Command(S, "cut", "ca"), Command(3 * S, "mend", "ca")])
    world.advance(2 * S)
    assert value(world, "g0", "io.rate") == 0
    world.advance(4 * S)
    assert value(world, "g0", "io.rate") == pytest.approx(300)
    kinds = [event.kind for event in world.events]
    assert kinds == ["cable.cut", "storage.unreachable", "cable.mended", "storage.reachable"]


def test_a_failed_store_serves_nobody() -> None:
    world = World(attached(), scenario=[Command(S, "fail", "array")])
    world.advance(2 * S)
    assert value(world, "g0", "io.rate") == 0


def test_a_thin_pool_fills_up_and_stops() -> None:
    parts = attached((300.0,), thin=True, used=20 * GIB, growth=GIB)
    parts = [part for part in parts if not isinstance(part, Device)]
    parts.append(Device("d", "array", 900, 900, 1e9, 40 * GIB, 0.005))
    world = World(parts)
    world.advance(10 * S)
    assert value(world, "v0", "storage.used") == pytest.approx(30 * GIB)
    assert value(world, "array", "storage.fill") == pytest.approx(0.75)
    world.advance(100 * S)
    (full,) = [event for event in world.events if event.kind == "storage.full"]
    assert full.seconds == pytest.approx(20)
    assert value(world, "array", "storage.fill") == pytest.approx(1)
    assert value(world, "g0", "io.rate") == 0


def test_a_volume_stops_growing_at_its_size() -> None:
    world = World(attached((0.0,), thin=True, used=49 * GIB, growth=GIB))
    world.advance(100 * S)
    assert value(world, "v0", "storage.fill") == pytest.approx(1)
    assert [event.kind for event in world.events] == []


def test_thick_volumes_take_their_size_at_once() -> None:
    assert value(World(attached()), "v0", "storage.used") == 50 * GIB


def test_a_store_without_ports_is_attached() -> None:
    parts = [part for part in attached() if part.id != "ca" and not (isinstance(part, Node) and part.id == "array")]
    assert value(World(parts), "g0", "io.rate") == pytest.approx(300)


def test_guests_stand_still_while_their_volume_is_gone() -> None:
    parts = [*attached((300.0, 0.0)), Guest("c", "g0", 1, Load(1.0), GIB)]
    world = World(parts, scenario=[Command(S, "fail", "array"), Command(3 * S, "repair", "array")])
    busy = {id: value(world, id, "cpu.grant") for id in ("g0", "g1")}
    world.advance(2 * S)
    assert {event.element for event in world.events if event.kind == "storage.unreachable"} == {"g0", "g1"}
    for id in ("g0", "g1", "c"):
        assert value(world, id, "cpu.grant") == 0
    assert world.snapshot().condition[world.layout().rows["g1"]] == Condition.BLOCKED
    world.advance(4 * S)
    assert {id: value(world, id, "cpu.grant") for id in ("g0", "g1")} == busy
    assert value(world, "g0", "io.rate") == pytest.approx(300)


def test_guests_on_a_full_pool_wait_until_there_is_room() -> None:
    parts = attached((300.0,), thin=True, used=20 * GIB, growth=GIB)
    parts = [part for part in parts if not isinstance(part, Device)]
    disk = Device("d", "array", 900, 900, 1e9, 40 * GIB, 0.005)
    world = World([*parts, disk])
    world.advance(30 * S)
    assert [event.kind for event in world.events] == ["storage.full", "guest.waiting"]
    assert value(world, "g0", "cpu.grant") == 0
    world.revise([replace(disk, capacity=80 * GIB)], [])
    assert value(world, "g0", "cpu.grant") > 0
    assert value(world, "g0", "io.rate") == pytest.approx(300)


def test_a_store_without_devices_is_out_of_reach_and_has_no_response_time() -> None:
    world = World([part for part in attached() if not isinstance(part, Device)])
    (event,) = world.events
    assert (event.kind, event.element) == ("storage.unreachable", "g0")
    assert isnan(value(world, "array", "storage.response"))


def test_nothing_grows_on_a_store_that_is_down() -> None:
    parts = attached((300.0,), thin=True, used=GIB, growth=GIB)
    world = World(parts, scenario=[Command(10 * S, "fail", "array"), Command(20 * S, "repair", "array")])
    world.advance(15 * S)
    assert value(world, "v0", "storage.used") == pytest.approx(11 * GIB)
    world.advance(25 * S)
    assert value(world, "v0", "storage.used") == pytest.approx(16 * GIB)
    assert value(world, "array", "storage.used") == pytest.approx(16 * GIB)


def test_a_disk_that_should_hold_more_than_it_can_is_full_until_it_is_relieved() -> None:
    parts: list[Part] = [Store("st", balance=1e8), Device("a", "st", 180, 180, 1e8, GIB, 0.005, used=3 * GIB),
             Device("b", "st", 180, 180, 1e8, 99 * GIB, 0.005, used=1.0), Volume("v", "st", 40 * GIB)]  # fmt: skip
    world = World(parts)
    for second in (299, 301, 310, 400, 1200):
        world.advance(second * S)
        assert 0 <= world.measures()["a"]["storage.fill"].last <= 1, second
    assert world.measures()["a"]["storage.fill"].last == pytest.approx(0.4)


def test_a_volume_that_grows_fast_stops_exactly_at_its_size() -> None:
    parts: list[Part] = [Store("st"), Device("a", "st", 180, 180, 1e8, 99 * GIB, 0.005),
                         Volume("v", "st", GIB / 3, True, 0.0, 1e11)]  # fmt: skip
    world = World(parts)
    world.advance(S)
    assert world.measures()["v"]["storage.used"].last == GIB / 3


def test_a_cable_used_out_and_back_carries_the_sum() -> None:
    flow = Flow(("io", "g"), "g", "st", store="st", read_share=0.25, legs=(0, 4, 5, 2))
    add_work(flow, 9)
    assert dict(zip(flow.legs, flow.factors or (), strict=True)) == {
        0: 0.75, 4: 1.0, 5: 1.0, 2: 0.75, 1: 0.25, 3: 0.25, 9: flow.work,
    }  # fmt: skip
