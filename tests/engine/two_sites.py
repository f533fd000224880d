"""Two small places with an array each, a line between them, VMs on a volume that is copied."""

from typing import Any

from sdx_studio.engine.parts import (
    Area,
    Cable,
    Command,
    Device,
    Guest,
    Load,
    Machine,
    Node,
    Part,
    Replica,
    Store,
    Volume,
)
from sdx_studio.engine.world import World

S = 1_000_000
GIB, MIB = 2.0**30, 2.0**20
LINE, EFFICIENCY = 80e6, 0.5


def site(name: str, machines: int, memory: float = 64.0) -> list[Part]:
    """A place with machines on a switch, and an array on the same switch."""
    parts: list[Part] = [Area(name), Area(f"{name}-rack", name), Node(f"{name}-sw", "bridging", area=name)]
    for at in range(machines):
        id = f"{name}{at}"
        parts += [Machine(id, 16, memory * GIB, area=f"{name}-rack"), Node(id)]
        parts.append(Cable(f"c-{id}", id, f"{name}-sw", 1e10))
    array = f"{name}-st"
    return [
        *parts, Store(array, area=name), Node(array), Cable(f"c-{array}", array, f"{name}-sw", 1e10),
        Device(f"{array}-d", array, 1e5, 1e5, 1e9, 100e9, 1e-4),
    ]  # fmt: skip


def two(vms: int = 4, latency: float = 0.0, memory: float = 64.0, rates: float = 0.0, **changes: Any) -> list[Part]:
    """Two sites, a 1 GB volume at the first with VMs on it, its replication at 5 MB/s."""
    figures: dict[str, Any] = {
        "interval": 60.0, "change": 1e6, "efficiency": EFFICIENCY, "decide": 10.0, "register": 2.0, "at_once": 4,
        "dns": 5.0, **changes,
    }  # fmt: skip
    guests = [
        Guest(f"g{at}", f"a{at % 2}", 2, Load(0.2), 4 * GIB, disk="v", io_rate=rates, read_share=0.0, start_time=30,
              migrates=True)
        for at in range(vms)
    ]  # fmt: skip
    return [
        *site("a", 2), *site("b", 2, memory), Cable("wan", "a-sw", "b-sw", LINE, latency, medium="wan"),
        Volume("v", "a-st", 1e9, used=1e9), *guests, Replica("r", "v", "b-st", **figures),
    ]  # fmt: skip


def at(seconds: float, verb: str, target: str, **figures: Any) -> Command:
    return Command(round(seconds * S), verb, target, tuple(figures.items()))


def done(parts: list[Part], *commands: Command, until: float) -> World:
    world = World(parts, scenario=commands)
    world.advance(round(until * S))
    return world


def told(world: World, kind: str) -> Any:
    return [one for one in world.events if one.kind == kind]


def last(world: World, id: str, name: str) -> float:
    return world.measures()[id][name].last
