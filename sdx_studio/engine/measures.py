"""Which measures a part has; names are stable. Ratios 0…1, bit/s, bytes, cores, watts, seconds."""

from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.meters import clusters, meters
from sdx_studio.engine.parts import (
    Cable,
    Device,
    Guest,
    Job,
    Layer,
    Lease,
    Machine,
    Node,
    Package,
    Processor,
    Replica,
    Segment,
    Sprawl,
    Store,
    Traffic,
    Users,
    Volume,
)
from sdx_studio.engine.statistics import Key

_CPU = ("cpu.utilisation", "cpu.demand", "cpu.grant", "cpu.ready")
_NET = ("net.rate", "net.utilisation")

MEASURES: dict[type, tuple[str, ...]] = {
    Machine: (
        *_CPU,
        *_NET,
        "memory.utilisation",
        "memory.used",
        "memory.balloon",
        "memory.swap",
        "guests",
        "kernel.patched",
    ),
    Guest: (*_CPU, "memory.utilisation", "memory.swap", "io.rate", "io.response", "net.rate", "kernel.patched"),
    Layer: ("cpu.utilisation", "guests", "vcpus", "kernel.patched"),
    Node: _NET,
    Cable: (*_NET, "net.forward", "net.backward", "net.waiting"),
    Traffic: (*_NET, "net.delivered", "net.lost", "net.hops", "net.first_packet", "net.latency"),
    Store: tuple(f"storage.{name}" for name in ("iops", "utilisation", "response", "used", "fill", "capacity")),
    Device: ("storage.utilisation", "storage.iops", "storage.fill"),
    Volume: ("storage.iops", "storage.response", "storage.used", "storage.fill", "storage.utilisation"),
    Segment: ("net.rate", "ports"),
    Users: (*_NET, "users.present", "users.response", "users.echo", "users.frozen"),
    Processor: ("cpu.utilisation", "jobs.ready", "jobs.done"),
    Job: ("job.running", "job.progress", "job.response"),
    Package: ("net.rate", "stream.progress"),
    Replica: tuple(f"replica.{name}" for name in ("lag", "bytes", "left", "queued", "rpo_worst", "fill")),
    Sprawl: (
        "sprawl.population",
        "sprawl.idle",
        "sprawl.stopped",
        "sprawl.deleted",
        "sprawl.refused",
        "sprawl.fill",
        "sprawl.cost",
    ),
    Lease: ("lease.watched", "lease.warned", "lease.stopped", "lease.deleted", "lease.renewed", "lease.due"),
}


def keys(parts: Inventory) -> list[Key]:
    """All (id, measure) of a world, sorted; an id with several parts has the union."""
    found: set[Key] = set()
    for table in (MEASURES, *(meter.MEASURES for meter in meters())):
        for sort, names in table.items():
            found.update((id, name) for id in parts.of(sort) for name in names)
    found.update((id, "net.blocked_ports") for id, node in parts.nodes.items() if node.role == "bridging")
    found.update((id, "work.progress") for id, guest in parts.guests.items() if guest.work > 0)
    found.update((id, name) for id, group in parts.groups.items() for name in clusters.names(group))
    return sorted(found)
