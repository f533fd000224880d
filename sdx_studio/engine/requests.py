"""Requests: how much of a store's time, and how many bits on the wire, the requests of a guest take."""

from collections.abc import Collection
from math import inf

from sdx_studio.engine.formulas.storage import blended, work_per_request
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.loads import traced
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import Guest

BOOT_READS, BOOT_SIZE = 0.8, 4096.0
"""Share of reads, and bytes, of the requests with which a guest starts."""


def work(parts: Inventory, guest: Guest, store: str, streams: int) -> float:
    """Seconds of `store` that one bit of this guest's requests takes."""
    if not in_a_row(parts, guest):
        return of_store(parts, store, guest.read_share, guest.io_size) / wire(guest.io_size)
    rate = sum(
        blended(max(1, streams), one.bandwidth, guest.io_size, one.positioning)
        for one in parts.devices_of.get(store, ())
    )
    penalty, missed = protection(parts, store)
    amount = missed * guest.io_size * (guest.read_share + (1.0 - guest.read_share) * penalty)
    return amount / rate / wire(guest.io_size) if rate > 0 else inf


def in_a_row(parts: Inventory, guest: Guest) -> bool:
    """Whether the requests of a guest follow each other: because it asks so, or because it writes a tape."""
    volume = parts.volumes.get(guest.disk or "")
    return guest.streams or (volume is not None and volume.tape)


def of_store(parts: Inventory, store: str, read_share: float, size: float) -> float:
    """Seconds of `store` that one request takes, its cache's hits counted."""
    devices = [(one.read_iops, one.write_iops, one.bandwidth) for one in parts.devices_of.get(store, ())]
    penalty, missed = protection(parts, store)
    return missed * work_per_request(devices, penalty, read_share, size)


def protection(parts: Inventory, store: str) -> tuple[float, float]:
    """Write penalty of a store, and the share of requests that its cache misses."""
    return (parts.stores[store].penalty, 1.0 - parts.stores[store].hit) if store in parts.stores else (1.0, 1.0)


def asked(guest: Guest, now: int) -> float:
    """Bits/s on the wire that a guest asks for at `now` (µs) when it has all the CPU that it wants."""
    share = 1.0 if guest.io_load is None else traced(guest.io_load, now)
    return guest.io_rate * share * wire(guest.io_size)


def wire(size: float) -> float:
    """Bits on the wire for one request of `size` bytes."""
    return max(size, 1.0) * 8 / PAYLOAD


def boot_flow(parts: Inventory, id: str, machine: str | None, stores: Collection[str]) -> tuple[Flow, float] | None:
    """The flow and the bytes that guest `id` on `machine` needs from its volume to start; None when it needs none."""
    guest = parts.guests[id]
    volume = parts.volumes.get(guest.disk or "")
    if volume is None or volume.store is None or machine is None or guest.boot_requests <= 0:
        return None
    cost = of_store(parts, volume.store, BOOT_READS, BOOT_SIZE) / wire(BOOT_SIZE)
    if volume.store not in stores or cost == inf:
        return None
    flow = Flow(("boot", id), machine, volume.id, store=volume.store, work=cost, read_share=BOOT_READS)
    return flow, guest.boot_requests * BOOT_SIZE
