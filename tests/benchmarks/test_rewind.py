"""Rewinding a run of 10,000 events: the worst of many random moments takes at most 200 ms of processor time."""

import random
import time
from typing import Any

import pytest

from sdx_studio.engine.parts import Cable, Device, Guest, Layer, Load, Machine, Node, Part, Store, Traffic, Volume
from sdx_studio.session.players.recorder import Recorder

EVENTS = 10_000
GOAL = 0.2
GIB = 2.0**30


def hall(guests: int) -> list[Part]:
    """A tenth as many machines as guests on a tree of switches, thin volumes on one array, changing loads."""
    parts: list[Part] = [Node("core", "bridging"), Store("array"), Node("array"), Cable("san", "array", "core", 4e10)]
    parts += [Device(f"d{at}", "array", 5000, 5000, 5e8, 1e13, 0.001) for at in range(20)]
    for at in range(max(2, guests // 10)):
        parts += [Machine(f"m{at}", 32, 256 * GIB), Node(f"m{at}"), Layer(f"hv{at}", f"m{at}", 0.02, GIB)]
        parts += [Cable(f"c{at}", f"m{at}", f"sw{at % 8}", 1e10)]
    for at in range(8):
        parts += [Node(f"sw{at}", "bridging"), Cable(f"u{at}", f"sw{at}", "core", 4e10)]
    for at in range(guests):
        home, pattern = f"m{at % max(2, guests // 10)}", ("wave", "bursty", "day")[at % 3]
        parts.append(Volume(f"v{at}", "array", 40 * GIB, True, GIB, 1e3))
        parts.append(Guest(f"g{at}", home, 2, Load(0.5, pattern, 0.4, 13.0), 2 * GIB, disk=f"v{at}", io_rate=10))
    parts += [Traffic(f"t{at}", f"g{at}", f"g{at + 1}", 1e8, load=Load(0.6, "wave", 0.3, 7.0)) for at in range(20)]
    return parts


@pytest.mark.parametrize("guests", [30, 200])
def test_seeking_in_ten_thousand_events(benchmark: Any, guests: int) -> None:
    one = Recorder()
    one.begin(hall(guests), (), 1)
    began = time.process_time()
    for _ in range(EVENTS):
        one.step()
    run, end = time.process_time() - began, one.world.now
    dice, spent = random.Random(1), []

    def seek() -> None:
        began = time.process_time()
        one.seek(dice.randrange(end))
        spent.append(time.process_time() - began)

    benchmark.pedantic(seek, rounds=60)
    share = one.reel.cost / run
    benchmark.extra_info.update(
        name=f"rewind in 10,000 events, {guests} guests: worst of 60", unit="ms", value=1e3 * max(spent),
        goal=1e3 * GOAL,
        checkpoints=len(one.reel), mib=round(one.reel.size / 2**20, 1), cost=round(share, 3), run=round(run, 1),
    )  # fmt: skip
    assert one.reel.size <= 64 * 2**20
    assert max(spent) <= GOAL
    assert share <= 0.15
