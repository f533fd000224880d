"""Speed goals, run with --benchmark-only: filling 100, 1,000 and 10,000 flows of a fat tree; planning a campus."""

import random
from math import inf
from typing import Any

import pytest

from sdx_studio.engine.parts import Cable, Node, Part, Traffic
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.engine.world import World


def fat_tree(pods: int, flows: int) -> tuple[Demands, list[float]]:
    """Random flows between hosts of a fat tree, over random upper paths; all cables 1 Gbit/s."""
    rng = random.Random(1)
    half = pods // 2
    known: dict[tuple[object, ...], int] = {}

    def leg(*name: object) -> int:
        return known.setdefault(name, len(known))

    paths = []
    for _ in range(flows):
        a, b = rng.sample(range(pods * half * half), 2)
        path = [leg("out", a)]
        if a // half != b // half:
            up, down, through = a // half, b // half, rng.randrange(half)
            path += [leg("up", up, through)]
            if up // half != down // half:
                core = rng.randrange(half)
                path += [leg("rise", up // half, through, core), leg("fall", down // half, through, core)]
            path += [leg("down", down, through)]
        paths.append([*path, leg("in", b)])
    caps = [rng.choice([inf, 2e8]) for _ in paths]
    return Demands(paths, [1.0] * flows, caps), [1e9] * len(known)


@pytest.mark.parametrize(("pods", "flows"), [(8, 100), (16, 1000), (24, 10000)])
def test_filling(benchmark: Any, pods: int, flows: int) -> None:
    demands, capacities = fat_tree(pods, flows)
    rates = benchmark(fill, demands, capacities)
    assert sum(rates) > 0


def test_planning_754_nodes_and_1500_flows(benchmark: Any) -> None:
    parts: list[Part] = [Node(f"s{at}", "bridging") for at in range(154)]
    parts += [Cable(f"u{at}", f"s{at}", f"s{(at - 1) // 6}", 1e10) for at in range(1, 154)]
    parts += [Cable(f"x{at}", f"s{at}", f"s{at + 1}", 1e10) for at in range(60, 150, 3)]
    for at in range(600):
        parts += [Node(f"e{at}"), Cable(f"c{at}", f"e{at}", f"s{at % 154}", 1e9)]
    parts += [Traffic(f"f{at}", f"e{at % 600}", f"e{at * 7 % 599}") for at in range(1500)]
    world = benchmark(World, parts)
    assert sum(flow.rate > 0 for flow in world.fabric.flows.values()) > 1400
