"""Small infrastructures for the tests of the engine."""

from collections.abc import Callable

import pytest

from sdx_studio.engine.parts import (
    Area,
    Cable,
    Device,
    Group,
    Guest,
    Layer,
    Load,
    Machine,
    Node,
    Part,
    Store,
    Traffic,
    Volume,
)

GIB = 2.0**30
MIB = 2.0**20
G4 = (86.0, 89.4, 92.6, 96.0, 99.5, 102.0, 106.0, 108.0, 112.0, 114.0, 117.0)


def pair(bandwidth: float = 1e9) -> list[Part]:
    """Machines a and b with 16 cores and 64 GiB, one bridging node between them, guest g on a."""
    parts: list[Part] = [Node("sw", "bridging")]
    for id in ("a", "b"):
        parts += [Machine(id, 16, 64 * GIB, G4), Node(id), Cable(f"c-{id}", id, "sw", bandwidth)]
    parts.append(
        Guest("g", "a", 4, Load(1.0), 4 * GIB, dirty_rate=20 * MIB, working_set=4 * GIB, migrates=True, start_time=60)
    )
    return parts


def room() -> list[Part]:
    """Four machines on a ring of four bridging nodes, an array, guests with changing loads, traffic, a group."""
    parts: list[Part] = [Area("dc", None, 1.5, 27, 0.423), Area("row", "dc", rent=1000)]
    for at in range(1, 5):
        m, s = f"m{at}", f"sw{at}"
        parts += [Machine(m, 8, 32 * GIB, G4, "row"), Node(m), Layer(f"hv{at}", m, 0.02, GIB), Node(s, "bridging")]
        parts += [Cable(f"up{at}", m, s, 1e9), Cable(f"ring{at}", s, f"sw{at % 4 + 1}", 1e9)]
    parts += [Store("array", 4.0, 0.8, 300, "dc"), Node("array"), Cable("san", "array", "sw1", 1e9)]
    parts += [Device(f"d{one}", "array", 180, 180, 2e8, 1e12, 0.005) for one in range(5)]
    for at in range(12):
        pattern = ("steady", "wave", "bursty", "day")[at % 4]
        parts.append(Volume(f"v{at}", "array", 40 * GIB, at % 2 == 0, GIB, 1e6))
        parts.append(
            Guest(
                f"g{at:02d}", f"m{at % 4 + 1}", 2, Load(0.7, pattern, 0.4, 13), 2 * GIB, dirty_rate=5 * MIB,
                working_set=GIB, disk=f"v{at}", io_rate=40, io_size=8192, migrates=True, start_time=20,
            )
        )  # fmt: skip
    parts += [Guest("inner", "g03", 1, Load(0.5), GIB / 4), Group("cl", ("m1", "m2", "m3", "m4"))]
    parts += [
        Traffic("t1", "g00", "g02", rate=3e8, load=Load(0.8, "wave", 0.3, 7)),
        Traffic("t2", "g01", "m4"),
        Traffic("t3", "m1", "m3", size=1e9, start=5, priority=1),
    ]
    return parts


@pytest.fixture
def two_machines() -> Callable[..., list[Part]]:
    return pair


@pytest.fixture
def computer_room() -> Callable[[], list[Part]]:
    return room
