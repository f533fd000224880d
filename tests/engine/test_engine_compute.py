"""CPU and memory on machines, in layers and in guests; power, energy, money."""

from typing import Any

import pytest

from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.loads import interval, level
from sdx_studio.engine.parts import Area, Command, Device, Guest, Layer, Load, Machine, Store, Trace, Volume
from sdx_studio.engine.world import World

S = 1_000_000
GIB = 2.0**30
G4 = (86.0, 89.4, 92.6, 96.0, 99.5, 102.0, 106.0, 108.0, 112.0, 114.0, 117.0)
G5 = (93.7, 97.0, 101.0, 105.0, 110.0, 116.0, 121.0, 125.0, 129.0, 133.0, 135.0)


def last(world: Any, id: Any, name: Any) -> Any:
    return world.measures()[id][name].last


def test_power_tables() -> None:
    assert watts(G4, 0.25) == pytest.approx(94.3)
    assert watts(G5, 0.55) == pytest.approx(118.5)
    assert (watts(G4, 0), watts(G4, 1), watts(G4, 2)) == (86, 117, 117)


def busy(vcpus: Any) -> Any:
    return [Machine("m", 8, 64 * GIB, G4)] + [
        Guest(f"g{at}", "m", count, Load(1), 4 * GIB, shares=1000 * count) for at, count in enumerate(vcpus)
    ]


def test_shares_by_vcpu() -> None:
    world = World(busy((2, 4, 4)))
    assert [last(world, f"g{at}", "cpu.grant") for at in range(3)] == pytest.approx([1.6, 3.2, 3.2])
    world.revise([Guest("g0", "m", 4, Load(1), 4 * GIB, shares=4000)], [])
    assert [last(world, f"g{at}", "cpu.grant") for at in range(3)] == pytest.approx([8 / 3] * 3)
    assert last(world, "g0", "cpu.ready") == pytest.approx(1 / 3)
    assert last(world, "m", "cpu.ready") == pytest.approx(1 / 3)
    assert last(world, "m", "cpu.utilisation") == pytest.approx(1)
    assert last(world, "m", "memory.utilisation") == pytest.approx(12 / 64)


def test_limits_and_reservations() -> None:
    parts = [Machine("m", 4, GIB), Guest("a", "m", 4, Load(1), 1, limit=1), Guest("b", "m", 4, Load(1), 1)]
    parts += [Guest("c", "m", 4, Load(1), 1, reservation=2)]
    world = World(parts)
    assert [last(world, id, "cpu.grant") for id in "abc"] == pytest.approx([1, 1, 2])


def test_layers_cost_cpu_and_memory() -> None:
    parts = [Machine("m", 10, 10 * GIB), Layer("l", "m", 0.1, GIB), Guest("g", "l", 16, Load(1), GIB)]
    world = World(parts)
    assert last(world, "g", "cpu.grant") == pytest.approx(9)
    assert last(world, "m", "cpu.utilisation") == pytest.approx(1)
    assert last(world, "m", "memory.used") == 2 * GIB
    assert last(world, "l", "cpu.utilisation") == pytest.approx(0.9)
    assert last(world, "l", "vcpus") == 16


def test_guests_inside_a_guest_share_what_it_got() -> None:
    parts = [Machine("m", 4, GIB), Guest("v", "m", 2, Load(0), 1), Layer("e", "v")]
    parts += [Guest(f"c{at}", "e", 2, Load(1), 1) for at in range(2)]
    world = World(parts)
    assert last(world, "v", "cpu.demand") == 2
    assert [last(world, f"c{at}", "cpu.grant") for at in range(2)] == pytest.approx([1, 1])
    assert last(world, "m", "guests") == 1


def test_energy_cost_and_carbon_add_up_by_area() -> None:
    parts = [Area("site", None, 1.56, 27, 0.423), Area("row", "site", rent=365 * 24)]
    parts += [Machine("m", 4, GIB, (200.0,) * 11, "row"), Store("s", watts=100, area="site"), Machine("n", 4, GIB, G4)]
    world = World(parts, scenario=[Command(1800 * S, "fail", "n")])
    world.advance(3600 * S)
    assert last(world, "row", "energy") == pytest.approx(0.2)
    assert last(world, "site", "energy") == pytest.approx(0.3 * 1.56)
    assert last(world, "site", "cost") == pytest.approx(0.3 * 1.56 * 27)
    assert last(world, "row", "cost") == pytest.approx(0.2 * 27)
    assert last(world, "site", "co2") == pytest.approx(0.3 * 1.56 * 0.423)
    assert last(world, "site", "rent") == last(world, "row", "rent") == pytest.approx(12)
    totals = world.totals()
    assert totals["energy_kwh"] == pytest.approx((0.3 + 0.043) * 1.56)
    assert totals["cost_jpy"] == pytest.approx((0.3 + 0.043) * 1.56 * 27)
    assert totals["co2_kg"] == pytest.approx((0.3 + 0.043) * 1.56 * 0.423)
    assert last(world, "n", "power") == 0


def test_a_year_of_200_watts() -> None:
    world = World([Area("site", None, 1.56, 27, 0.423), Machine("m", 4, GIB, (200.0,) * 11, "site")])
    world.advance(8760 * 3600 * S)
    assert last(world, "site", "energy") == pytest.approx(2733, abs=1)
    assert last(world, "site", "cost") == pytest.approx(73794, abs=1)
    assert last(world, "site", "co2") == pytest.approx(1156, abs=1)


@pytest.mark.parametrize("pattern", ["steady", "wave", "bursty", "day"])
def test_loads_stay_within_bounds_and_repeat(pattern: Any) -> None:
    load = Load(0.8, pattern, 0.9, 20)
    values = [level(load, at * S, 3, "x") for at in range(200)]
    assert all(0 <= value <= 1 for value in values)
    assert values == [level(load, at * S, 3, "x") for at in range(200)]
    assert (len(set(values)) == 1) == (pattern == "steady")


def test_a_day_is_full_at_ten_and_at_three() -> None:
    day = Load(1, "day", period=24)
    assert level(day, 10 * S, 0, "x") == level(day, 15 * S, 0, "x") == pytest.approx(1)
    assert level(day, 3 * S, 0, "x") < 0.1
    assert interval(Load(1, "day", period=86400)) == 720 * S
    assert interval(day) == S
    assert interval(Load(1)) is None


def test_a_trace_that_never_changes_costs_nothing() -> None:
    even = Trace.of([0.5], 0.001)
    assert interval(even) is None
    assert interval(Trace.of([0.5, 0.6], 0.001)) == interval(Trace.of([0.5], 0.001, loop=False)) == 1000
    parts = [Machine("m", 2, GIB), Store("st"), Device("d", "st", 100, 100, 1e8, GIB, 0.005), Volume("v", "st", 1e6)]
    world = World([*parts, Guest("g", "m", 2, even, 1, disk="v", io_rate=40, io_size=1, io_load=even)])
    world.advance(20 * S)
    assert world.instants < 50
    assert last(world, "g", "cpu.grant") == pytest.approx(1)
    assert last(world, "g", "io.rate") == pytest.approx(20)


def test_means_weigh_time() -> None:
    world = World([Machine("m", 2, GIB), Guest("g", "m", 2, Load(1), 1)], scenario=[Command(3 * S, "power_off", "g")])
    world.advance(4 * S)
    statistic = world.measures()["g"]["cpu.utilisation"]
    assert statistic == (0, pytest.approx(0.75), 1)
