"""Speed goals of the engine, in CPU time; each measurement also checks that what was measured is right."""

import gc
from collections.abc import Callable
from math import inf
from time import process_time
from typing import Any

import numpy as np
import pytest
from worlds import campus, completed, completed_at_once, fat_tree, hall, queue_of_ours, queue_of_simpy

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.formulas.packing import best_fit_seats
from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.formulas.queues import mm1
from sdx_studio.engine.parts import Cable, Node, Part, Traffic
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.engine.world import World

TYPES = [(2.5, 0.87), (2.0, 1.74), (1.0, 1.74), (0.5, 0.613)]
SIZES = [(3.72, 4.0), (5.32, 4.0)]
"""VMs and hosts of Beloglazov and Buyya (2012): GHz and GB."""


def note(bench: Any, name: str, value: float, unit: str, goal: float, peer: str | None = None) -> None:
    bench.extra_info.update(name=name, value=value, unit=unit, goal=goal, peer=peer)


def least(bench: Any, work: Callable[[], object], rounds: int = 5) -> float:
    """Fewest CPU seconds of a few rounds."""
    spent: list[float] = []
    gc.collect()
    gc.freeze()  # the collector need not look again and again at what the tests before have left

    def once() -> None:
        began = process_time()
        work()
        spent.append(process_time() - began)

    bench.pedantic(once, rounds=rounds, iterations=1, warmup_rounds=1)
    return min(spent)


@pytest.mark.parametrize(
    ("pods", "flows", "goal", "peer"), [(4, 100, 0.5, 0.3), (8, 1000, 2, 1.7), (16, 10_000, 12, 15)]
)
def test_filling(benchmark: Any, pods: int, flows: int, goal: float, peer: float) -> None:
    paths, links = fat_tree(pods, flows)
    caps = [inf if at % 2 else 2e8 for at in range(flows)]
    seconds = least(benchmark, lambda: fill(Demands(paths, [1.0] * flows, caps), [1e9] * links), 15)
    note(benchmark, f"maxmin_flows_{flows}_ms", 1000 * seconds, "ms", goal, f"NumPy prototype: {peer}")


def test_flows_to_completion(benchmark: Any) -> None:
    paths, links = fat_tree(16, 3000)
    seconds = least(benchmark, lambda: completed(paths, links), 3)
    ours = completed(paths, links)
    exact = completed_at_once(paths, links, 300)
    assert np.mean([abs(ours[one] / time - 1) for one, time in exact.items()]) <= 1e-3
    note(benchmark, "fat_tree_3000_flows_s", seconds, "s", 0.7, "SimGrid: 33; NumPy prototype: 0.73")


def test_events(benchmark: Any) -> None:
    speeds = [queue_of_ours(100_000) for _ in range(3)]
    benchmark.pedantic(lambda: queue_of_ours(100_000), rounds=3, iterations=1)
    assert speeds[0][1] == pytest.approx(mm1(1, 0.8).response, rel=0.1)
    note(benchmark, "events_per_s", max(one for one, _ in speeds), "1/s", 500_000, "SimPy: 241,000")


def test_events_against_simpy(benchmark: Any) -> None:
    pytest.importorskip("simpy")
    rounds = [(queue_of_ours(50_000), queue_of_simpy(50_000)) for _ in range(5)]
    benchmark.pedantic(lambda: queue_of_simpy(50_000), rounds=1, iterations=1)
    assert all(ours[1] == pytest.approx(theirs[1], rel=1e-3) for ours, theirs in rounds)
    ratios = sorted(ours[0] / theirs[0] for ours, theirs in rounds)
    note(benchmark, "events_vs_simpy", ratios[2], "×", 2.5)


def test_placing_40000_vms(benchmark: Any) -> None:
    hosts = [SIZES[at % 2] for at in range(20_000)]
    vms = [TYPES[at * 7 % 4] for at in range(40_000)]
    seconds = least(benchmark, lambda: best_fit_seats(vms, hosts), 3)
    assert None not in best_fit_seats(vms, hosts)
    note(benchmark, "place_20000_hosts_40000_vms_s", seconds, "s", 0.2, "NumPy prototype: 0.10 to 0.27")


def test_updating_20000_hosts(benchmark: Any) -> None:
    """Shares of 40,000 VMs and the power of their hosts after every load has changed."""
    world = World(hall(20_000))
    everywhere, roster = np.ones(20_000, bool), world.plant.roster
    roster.level[:] = 0.25

    def update() -> None:
        world.compute.share(everywhere)
        roster.watts(watts)

    seconds = least(benchmark, update, 15)
    assert roster.utilisation() == pytest.approx(np.full(20_000, 2 * 0.25 * 2 / 16))
    note(benchmark, "update_20000_hosts_ms", 1000 * seconds, "ms", 0.5, "NumPy prototype: 0.42")


def test_classroom_day(benchmark: Any) -> None:
    parts, scenario = campus(100, 200)
    worlds: list[World] = []

    def day() -> None:
        worlds.append(World(parts, scenario=scenario))
        worlds[-1].advance(86_400 * SECOND)

    seconds = least(benchmark, day, 2)
    assert worlds[0].totals()["migrations"] > 150
    note(benchmark, "classroom_day_s", seconds, "s", 5)


def test_growth(benchmark: Any) -> None:
    """Cost per element of two simulated hours, ten times as many elements over the same."""

    def cost(hosts: int) -> float:
        parts, _ = campus(hosts)
        world = World(parts)
        began = process_time()
        world.advance(7200 * SECOND)
        return (process_time() - began) / len(parts)

    ratios = sorted(cost(300) / cost(30) for _ in range(3))
    benchmark.pedantic(lambda: cost(30), rounds=1, iterations=1)
    note(benchmark, "growth", ratios[1], "×", 1.3)


def test_planning_754_nodes_and_1500_flows(benchmark: Any) -> None:
    parts: list[Part] = [Node(f"s{at}", "bridging") for at in range(154)]
    parts += [Cable(f"u{at}", f"s{at}", f"s{(at - 1) // 6}", 1e10) for at in range(1, 154)]
    parts += [Cable(f"x{at}", f"s{at}", f"s{at + 1}", 1e10) for at in range(60, 150, 3)]
    for at in range(600):
        parts += [Node(f"e{at}"), Cable(f"c{at}", f"e{at}", f"s{at % 154}", 1e9)]
    parts += [Traffic(f"f{at}", f"e{at % 600}", f"e{at * 7 % 599}") for at in range(1500)]
    world = benchmark(World, parts)
    assert sum(flow.rate > 0 for flow in world.fabric.flows.values()) > 1400
