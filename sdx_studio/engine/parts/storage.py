"""Stores, the devices in them, and volumes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Store:
    """A storage array: serves its volumes from its devices. `penalty` is the RAID write penalty."""

    id: str
    penalty: float = 1.0
    usable: float = 1.0
    """Share of the devices' capacity that data may use (RAID 10: 0.5)."""
    watts: float = 0.0
    area: str | None = None
    sound: bool = True
    """False when it has too few devices for the protection that was asked for."""
    hit: float = 0.0
    """Share of the requests that a cache answers, in `hit_time` seconds."""
    hit_time: float = 0.0002
    balance: float = 0.0
    """Bytes/s at which it levels its devices when one is full and another empty; 0 leaves them as they are."""


@dataclass(frozen=True, slots=True)
class Device:
    """A disk in `store`: IOPS of small random requests, bandwidth (bytes/s), capacity (bytes), service (s)."""

    id: str
    store: str | None
    read_iops: float
    write_iops: float
    bandwidth: float
    capacity: float
    service: float
    positioning: float = 0.0
    """Seconds of seek and half a turn that a switch from one stream to another costs; 0 for flash."""
    used: float | None = None
    """Bytes on it at the start, as a weight among the devices of its store; None everywhere spreads evenly."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Blocks of 4 KiB on `store`. Thick takes `size` bytes at once, thin starts with `used` and grows by growth B/s."""

    id: str
    store: str | None
    size: float
    thin: bool = False
    used: float = 0.0
    growth: float = 0.0
    tape: bool = False
    """Shown as a tape: one guest has it at a time, and its requests follow each other."""
