"""Placement, availability, power, desktops, replication, sprawl."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdx_studio.engine.formulas import availability, balancing, desktops, packing, power, replication, sprawl
from sdx_studio.engine.formulas.availability import Need
from sdx_studio.engine.formulas.bounds import ImpossibleError
from sdx_studio.engine.formulas.optimum import fewest_hosts

VMS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=7)


def brute(items: list[tuple[int, ...]], host: tuple[int, ...]) -> int:
    """Fewest hosts by trying every placement."""
    for count in range(1, len(items) + 1):
        for seats in product(range(count), repeat=len(items) - 1):
            sums = [[0] * len(host) for _ in range(count)]
            for item, seat in zip(items, (0, *seats), strict=True):
                sums[seat] = [one + need for one, need in zip(sums[seat], item, strict=True)]
            if all(one <= size for row in sums for one, size in zip(row, host, strict=True)):
                return count
    return 0


@settings(max_examples=25)
@given(VMS)
def test_the_optimum_of_two_resources_is_that_of_all_placements(vms: list[tuple[int, int]]) -> None:
    host = (10, 10)
    best = fewest_hosts(vms, host)
    assert best == brute(list(vms), host)
    assert max(packing.l1(vms, host)) <= best <= min(packing.first_fit(vms, host), packing.best_fit(vms, host))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=7))
def test_bounds_and_heuristics_enclose_the_optimum(sizes: list[int]) -> None:
    items = [(size / 100,) for size in sizes]
    best = fewest_hosts(items, (1.0,))
    assert best == brute([(size,) for size in sizes], (100,))
    assert packing.l1(items, (1.0,))[0] <= best
    assert packing.l2([size for (size,) in items], 1.0) <= best
    assert best <= packing.first_fit(items, (1.0,)) <= 11 / 9 * best + 6 / 9


def test_packing_at_the_edges() -> None:
    assert fewest_hosts([], (1.0,)) == packing.first_fit([], (1.0,)) == 0
    assert fewest_hosts([(0.0,)] * 3, (1.0,)) == 1
    assert fewest_hosts([(0.1,)] * 30, (1.0,)) == 3
    assert packing.l2([0.6, 0.6, 0.6, 0.6, 0.1], 1.0) == 4
    with pytest.raises(ImpossibleError, match="VM 2 is larger than a host"):
        fewest_hosts([(0.5,), (1.1,)], (1.0,))


def test_thirty_vms_take_seconds_at_most() -> None:
    sizes = [(26 + 7 * place % 23, 30 - 5 * place % 17) for place in range(30)]
    found = fewest_hosts(sizes, (100, 100))
    assert found is not None
    assert max(packing.l1(sizes, (100, 100))) <= found <= packing.first_fit(sizes, (100, 100))


def test_power_aware_packing_takes_the_host_that_rises_least() -> None:
    def flat(utilisation: float) -> float:
        return 100 + 10 * utilisation

    def steep(utilisation: float) -> float:
        return 50 + 200 * utilisation

    assert packing.power_aware([0.5, 0.1], [1.0, 1.0], [flat, steep]) == [0, 0]
    assert packing.power_aware([0.1], [1.0, 1.0], [flat, steep]) == [1]
    assert packing.power_aware([2.0], [1.0], [flat]) == [None]


@given(st.lists(st.lists(st.floats(0, 1), max_size=4), min_size=1, max_size=5))
def test_the_best_move_is_that_of_all_moves(hosts: list[list[float]]) -> None:
    found = balancing.best_move(hosts)
    loads = [sum(vms) for vms in hosts]
    every = [found.sigma_before]
    for source, vms in enumerate(hosts):
        for load in vms:
            for target in range(len(hosts)):
                after = list(loads)
                after[source] -= load
                after[target] += load
                every.append(balancing.imbalance(after))
    if found.sigma_after is None:
        assert min(every) >= found.sigma_before * (1 - 1e-6) - 1e-9
    else:
        assert found.sigma_after == pytest.approx(min(every), abs=1e-9)
        assert found.sigma_after < found.sigma_before
        assert balancing.worth_it(found, 0.0, 300.0)
        assert not balancing.worth_it(found, 1e12, 300.0) or found.vm_load == 0


def test_priorities() -> None:
    assert [balancing.priority(sigma, 3) for sigma in (0.216024689947, 0.022, 0, 10)] == [2, 5, 5, 1]
    assert balancing.priority(0.1, 4) == 4


@given(st.lists(st.integers(0, 12), max_size=5), st.integers(0, 20))
def test_tolerated_failures_leave_slots_for_all(counts: list[int], vms: int) -> None:
    hosts = [Need(count * 1e9, count * 1e9) for count in counts]
    found = availability.slot_policy(hosts, [Need(1e9, 1e9)] * vms, 32e6)
    assert found.slots == (counts if vms else [int(count * 1e9 / 32e6 + 1e-6) for count in counts])
    left = sorted(found.slots, reverse=True)[found.host_failures_tolerated :]
    assert sum(left) >= vms or found.host_failures_tolerated == 0
    if left:
        assert sum(left[1:]) < vms or vms == 0


def test_availability_by_hand() -> None:
    assert availability.restart_time(15, 2, 60, 30, 20, 2, 4) == availability.Restart(107, 227, 3)
    assert availability.n_plus_1(4, 64, 192) == availability.Evacuated(192, True, 0.0)
    assert availability.n_plus_1(4, 64, 193).headroom is None
    spare = availability.percentage_policy(Need(4, 4), Need(3, 1), 0.25)
    assert spare == availability.Spare(0.25, 0.75, True)


TABLE = [58.4, 98, 109, 118, 128, 140, 153, 170, 189, 205, 222]


@given(st.floats(0, 1), st.floats(0, 1))
def test_power_rises_with_load_and_stays_in_the_table(a: float, b: float) -> None:
    low, high = (power.table_power(TABLE, one) for one in sorted((a, b)))
    assert TABLE[0] <= low <= high <= TABLE[-1]


@given(st.floats(0, 1e6), st.floats(0, 1e9), st.floats(1, 3))
def test_energy_is_never_less_in_the_building(watts: float, seconds: float, pue: float) -> None:
    found = power.bill(watts, seconds, pue, 27, 0.423)
    assert found.facility_energy >= found.it_energy >= 0
    assert found.cost == pytest.approx(found.facility_energy * 27)
    assert found.co2 == pytest.approx(found.facility_energy * 0.423)


def test_power_by_hand() -> None:
    assert power.sleep_breakeven(60, 5, 200, 120) == pytest.approx(425.4545454)
    with pytest.raises(ImpossibleError, match="never pays"):
        power.sleep_breakeven(5, 5, 200, 120)
    with pytest.raises(ImpossibleError, match="11 values"):
        power.table_power(TABLE[:10], 0.5)


@given(st.integers(1, 64), st.integers(0, 200), st.floats(0, 64), st.floats(0, 4), st.integers(1, 200))
def test_a_noisy_neighbour_gets_no_more_than_there_is(
    cores: int, light: int, heavy: float, each: float, threads: int
) -> None:
    found = desktops.noisy_neighbour(cores, heavy, threads, light, each)
    fair, thread = found.light_fair or 0.0, found.light_by_thread or 0.0
    assert found.heavy_fair + light * fair <= cores * (1 + 1e-9)
    assert found.heavy_by_thread + light * thread <= cores * (1 + 1e-9)
    assert found.heavy_by_thread >= found.heavy_fair * (1 - 1e-9)
    assert (found.light_fair is None) == (light == 0)


def test_desktops_by_hand() -> None:
    assert [desktops.keystroke(rtt, 0, 0, 0, 0.2).band for rtt in (0.099, 0.1, 0.15, 0.151)] == [
        "good", "usable", "usable", "poor",
    ]  # fmt: skip
    with pytest.raises(ImpossibleError):
        desktops.keystroke(0.02, 0, 0, 0.5, 0.2)
    assert desktops.display_bandwidth(100, 150e3, 5, 1.5e6, 0.8) == pytest.approx(27_187_500)


def test_replication_and_sprawl_by_hand() -> None:
    assert replication.initial_sync(1e12, 12.5e6, 12.5e6) == replication.InitialSync(False, None)
    assert replication.achieved_rpo(100, 0, 1e6, 1, 100).meets_target
    assert replication.unique_changes(1e6, 1e9, 1e9) == pytest.approx(1e9)
    assert replication.unique_changes(1e6, 1e9, 1) == pytest.approx(1e6, rel=1e-3)
    assert sprawl.steady_population(20, 13, 0.3) == pytest.approx(371.4285714)
    with pytest.raises(ImpossibleError, match="without end"):
        sprawl.steady_population(20, 13, 1.0)
    limits: Any = sprawl.Limits(0.05, 1000, 30)
    assert [sprawl.is_idle(*one, limits) for one in ((0.04, 0, 0, 30), (0.05, 0, 0, 30), (0.04, 1000, 0, 30),
            (0.04, 0, 1, 30), (0.04, 0, 0, 29))] == [True, False, False, False, False]  # fmt: skip
