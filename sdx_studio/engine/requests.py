"""Requests: how much of a store's time, and how many bits on the wire, the requests of a guest take."""

from math import inf

from sdx_studio.engine.formulas.storage import blended, work_per_request
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.network.flow import PAYLOAD
from sdx_studio.engine.parts import Guest


def work(parts: Inventory, guest: Guest, store: str, streams: int) -> float:
    """Seconds of `store` that one bit of this guest's requests takes."""
    if not guest.streams:
        return of_store(parts, store, guest.read_share, guest.io_size) / wire(guest.io_size)
    rate = sum(
        blended(max(1, streams), one.bandwidth, guest.io_size, one.positioning)
        for one in parts.devices_of.get(store, ())
    )
    penalty, missed = protection(parts, store)
    amount = missed * guest.io_size * (guest.read_share + (1.0 - guest.read_share) * penalty)
    return amount / rate / wire(guest.io_size) if rate > 0 else inf


def of_store(parts: Inventory, store: str, read_share: float, size: float) -> float:
    """Seconds of `store` that one request takes, its cache's hits counted."""
    devices = [(one.read_iops, one.write_iops, one.bandwidth) for one in parts.devices_of.get(store, ())]
    penalty, missed = protection(parts, store)
    return missed * work_per_request(devices, penalty, read_share, size)


def protection(parts: Inventory, store: str) -> tuple[float, float]:
    """Write penalty of a store, and the share of requests that its cache misses."""
    return (parts.stores[store].penalty, 1.0 - parts.stores[store].hit) if store in parts.stores else (1.0, 1.0)


def wire(size: float) -> float:
    """Bits on the wire for one request of `size` bytes."""
    return max(size, 1.0) * 8 / PAYLOAD
