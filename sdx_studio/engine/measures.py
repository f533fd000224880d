"""Which measures a part has; names are stable. Ratios 0…1, bit/s, bytes, cores, watts, seconds."""

from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.meters import meters
from sdx_studio.engine.parts import (
    Cable,
    Device,
    Guest,
    Layer,
    Machine,
    Node,
    Package,
    Replica,
    Segment,
    Store,
    Traffic,
    Users,
    Volume,
)
from sdx_studio.engine.statistics import Key

_CPU = ("cpu.utilisation", "cpu.demand", "cpu.grant", "cpu.ready")
_NET = ("net.rate", "net.utilisation")

MEASURES: dict[type, tuple[str, ...]] = {
    Machine: (*_CPU, *_NET, "memory.utilisation", "memory.used", "memory.balloon", "memory.swap", "guests"),
    Guest: (*_CPU, "memory.utilisation", "memory.swap", "io.rate", "io.response", "net.rate"),
    Layer: ("cpu.utilisation", "guests", "vcpus"),
    Node: _NET,
    Cable: (*_NET, "net.forward", "net.backward", "net.waiting"),
    Traffic: (*_NET, "net.delivered", "net.hops", "net.first_packet", "net.latency"),
    Store: ("storage.iops", "storage.utilisation", "storage.response", "storage.used", "storage.fill"),
    Device: ("storage.utilisation", "storage.iops", "storage.fill"),
    Volume: ("storage.iops", "storage.response", "storage.used", "storage.fill", "storage.utilisation"),
    Segment: ("net.rate", "ports"),
    Users: (*_NET, "users.present", "users.response", "users.echo", "users.frozen"),
    Package: ("net.rate", "stream.progress"),
    Replica: ("replica.lag", "replica.bytes", "replica.left"),
}


def keys(parts: Inventory) -> list[Key]:
    """All (id, measure) of a world, sorted; an id with several parts has the union."""
    found: set[Key] = set()
    for table in (MEASURES, *(meter.MEASURES for meter in meters())):
        for sort, names in table.items():
            found.update((id, name) for id in parts.of(sort) for name in names)
    found.update((id, "net.blocked_ports") for id, node in parts.nodes.items() if node.role == "bridging")
    return sorted(found)
