"""Storage as squares: which volume's blocks lie on which device, computed from what a run measures.

The engine knows how many bytes each volume holds and how full each device is; it does not number blocks. So which
square is whose is a rule of display: at the start volumes lie one after the other, each striped over all devices in
proportion to what is on them. What thin volumes write afterwards follows in the order in which it was written, each
square on the device that lacks most of what is measured on it. What levelling takes away goes from a device's end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from sdx_studio.document import Document
from sdx_studio.engine.formulas.storage import BLOCK, PENALTY
from sdx_studio.engine.parts import Device, Part, Replica, Store, Volume

Owners = NDArray[np.int16]
FREE = -1
MOST, FEWEST, TOGETHER = 400, 100, 1200
"""Squares of the largest device: at most, but where there are many devices fewer, for so many in all."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A store with its devices and volumes, in drawing order."""

    store: Store
    devices: tuple[Device, ...]
    volumes: tuple[Volume, ...]

    @property
    def id(self) -> str:
        """The store's."""
        return self.store.id

    @property
    def usable(self) -> float:
        """Share of the devices that data may use; 1 where nothing is known."""
        return self.store.usable if 0 < self.store.usable <= 1 else 1.0

    @property
    def capacity(self) -> float:
        """Bytes for data."""
        return sum(one.capacity for one in self.devices) * self.usable

    @property
    def promised(self) -> float:
        """Bytes that the users of its volumes see."""
        return sum(one.size for one in self.volumes)

    @property
    def square(self) -> float:
        """Bytes of one square: a block of 4 KiB doubled until there are not too many."""
        most, size = min(MOST, max(FEWEST, TOGETHER // max(1, len(self.devices)))), BLOCK
        while max((one.capacity for one in self.devices), default=0.0) / size > most:
            size *= 2
        return size

    def cells(self) -> tuple[int, ...]:
        """Squares of each device."""
        return tuple(max(1, -int(-one.capacity // self.square)) for one in self.devices)


@dataclass(frozen=True, slots=True)
class Filling:
    """Bytes that each volume holds, its growth (bytes/s), and raw bytes on each device, what protects counted."""

    used: tuple[float, ...]
    growth: tuple[float, ...]
    raw: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """For each device the owner of every square (place among the volumes, FREE for none), and which grows next."""

    owners: tuple[Owners, ...]
    coming: tuple[tuple[int, int, int], ...] = ()
    """Device, square and volume of what is written next."""

    def count(self, volume: int) -> int:
        """Squares of a volume on all devices."""
        return sum(int((one == volume).sum()) for one in self.owners)


# reading the drawing -------------------------------------------------------------------------------------------------


def pools(document: Document) -> tuple[Pool, ...]:
    """All stores that have devices or volumes."""
    found = []
    for id in document.having("store"):
        stores = [one for one in _parts(document, (id,)) if isinstance(one, Store)]
        inside = list(_parts(document, document.below(id)))
        devices = tuple(one for one in inside if isinstance(one, Device))
        volumes = tuple(one for one in inside if isinstance(one, Volume))
        if stores and (devices or volumes):
            found.append(Pool(stores[0], devices, volumes))
    return tuple(found)


def replicas(document: Document) -> dict[str, Replica]:
    """Replications by the volume that they copy; one that copies nothing is left out."""
    found = {}
    for one in _parts(document, document.having("replication")):
        if isinstance(one, Replica) and one.volume in document.elements and one.store in document.elements:
            found[one.volume] = one
    return found


def users(document: Document) -> dict[str, tuple[str, ...]]:
    """Volume → ids of what has it as its disk, by name."""
    found: dict[str, list[str]] = {}
    for id in sorted(document.having("guest"), key=lambda one: (document.element(one).name, one)):
        volume = document.values(id).get("disk")
        if isinstance(volume, str):
            found.setdefault(volume, []).append(id)
    return {volume: tuple(ids) for volume, ids in found.items()}


def _parts(document: Document, ids: Iterable[str]) -> Iterable[Part]:
    for id in ids:
        yield from document.kind_of(id).parts(document.element(id), document)


# amounts -------------------------------------------------------------------------------------------------------------


def at_rest(pool: Pool) -> Filling:
    """What lies where before anything runs: thick volumes hold their size, and devices what they are given."""
    used = tuple(min(one.used, one.size) if one.thin else one.size for one in pool.volumes)
    weights = [one.used or 0.0 for one in pool.devices]
    weights = weights if any(weights) else [one.capacity for one in pool.devices]
    total, whole = min(sum(used), pool.capacity) / pool.usable, sum(weights) or 1.0
    raw = (min(one.capacity, total * weight / whole) for one, weight in zip(pool.devices, weights, strict=True))
    return Filling(used, tuple(_growth(one, held) for one, held in zip(pool.volumes, used, strict=True)), tuple(raw))


def measured(pool: Pool, values: Mapping[tuple[str, str], float]) -> Filling:
    """The same while it runs, from "storage.used" of volumes and "storage.fill" of devices; at rest where not given."""
    start = at_rest(pool)
    used = tuple(_or(values.get((one.id, "storage.used")), amount)
                 for one, amount in zip(pool.volumes, start.used, strict=True))  # fmt: skip
    raw = tuple(_or(values.get((one.id, "storage.fill")), amount / (one.capacity or 1.0)) * one.capacity
                for one, amount in zip(pool.devices, start.raw, strict=True))  # fmt: skip
    full = sum(used) >= pool.capacity * (1 - 1e-9)
    growth = tuple(0.0 if full else _growth(one, held) for one, held in zip(pool.volumes, used, strict=True))
    return Filling(used, growth, raw)


def _or(value: float | None, other: float) -> float:
    return other if value is None or value != value else value


def _growth(volume: Volume, used: float) -> float:
    return volume.growth if volume.thin and used < volume.size * (1 - 1e-12) else 0.0


# squares -------------------------------------------------------------------------------------------------------------


def shares(amounts: Sequence[float], total: int, most: Sequence[int] | None = None) -> list[int]:
    """`total` whole squares in proportion to `amounts`, the largest remainders rounded up, none above its `most`."""
    whole = sum(amounts)
    if total <= 0 or whole <= 0:
        return [0] * len(amounts)
    exact = [amount / whole * total for amount in amounts]
    counts = [floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda at: (counts[at] - exact[at], at))
    for at in order[: total - sum(counts)]:
        counts[at] += 1
    return counts if most is None else _fitted(counts, most)


def _fitted(counts: list[int], most: Sequence[int]) -> list[int]:
    """What is too much in one place goes to where there is room."""
    over = sum(max(0, count - limit) for count, limit in zip(counts, most, strict=True))
    fitted = [min(count, limit) for count, limit in zip(counts, most, strict=True)]
    for at, limit in enumerate(most):
        more = min(over, limit - fitted[at])
        fitted[at], over = fitted[at] + more, over - more
    return fitted


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole squares of each volume and on each device; both have the same sum."""

    volumes: tuple[int, ...]
    devices: tuple[int, ...]


def counts(pool: Pool, filling: Filling) -> Counts:
    """Bytes as squares, each that is begun counted, at most as many as there are."""
    cells = pool.cells() if sum(filling.raw) > 0 else (0,) * len(pool.devices)
    volumes = [ceil(used / pool.usable / pool.square - 1e-9) for used in filling.used]
    if sum(volumes) > sum(cells):
        volumes = shares(filling.used, sum(cells))
    return Counts(tuple(volumes), tuple(shares(filling.raw, sum(volumes), cells)))


def grid(pool: Pool, start: Filling, now: Filling) -> Grid:
    """Squares of all devices, from what lay there at the start and what is measured now."""
    first, then, cells = counts(pool, start), counts(pool, now), pool.cells()
    base = tuple(min(old, new) for old, new in zip(first.volumes, then.volumes, strict=True))
    stacks = _laid(base, shares(start.raw, sum(base), cells))
    _write(stacks, _written(base, then.volumes, [one.growth for one in pool.volumes]), then.devices)
    _level(stacks, then.devices)
    owners = []
    for stack, count in zip(stacks, cells, strict=True):
        row = np.full(count, FREE, np.int16)
        row[: len(stack)] = stack
        owners.append(row)
    return Grid(tuple(owners), _coming(stacks, cells, now.growth))


def _laid(volumes: Sequence[int], devices: Sequence[int]) -> list[list[int]]:
    """One volume after the other, each over all devices in proportion to the room that is left on them."""
    stacks: list[list[int]] = [[] for _ in devices]
    left = list(devices)
    for volume, count in enumerate(volumes):
        for at, part in enumerate(shares([float(one) for one in left], count, left)):
            stacks[at].extend([volume] * part)
            left[at] -= part
    return stacks


def _written(before: Sequence[int], after: Sequence[int], growth: Sequence[float]) -> list[int]:
    """Volumes of the squares that have come since, as they were written: at the pace at which each grows."""
    made: list[tuple[float, int]] = []
    for volume, (old, new) in enumerate(zip(before, after, strict=True)):
        pace = growth[volume] if growth[volume] > 0 else 1.0
        made.extend(((step + 1) / pace, volume) for step in range(new - old))
    return [volume for _when, volume in sorted(made)]


def _write(stacks: list[list[int]], fresh: Sequence[int], wanted: Sequence[int]) -> None:
    """Each new square goes to the device that lacks most."""
    for volume in fresh:
        at = max(range(len(stacks)), key=lambda one: wanted[one] - len(stacks[one]))
        stacks[at].append(volume)


def _level(stacks: list[list[int]], wanted: Sequence[int]) -> None:
    """What is too much on one device goes, from its end, to those that lack it."""
    for at, stack in enumerate(stacks):
        while len(stack) > wanted[at]:
            to = max(range(len(stacks)), key=lambda one: wanted[one] - len(stacks[one]))
            if to == at or wanted[to] <= len(stacks[to]):
                break
            stacks[to].append(stack.pop())


def _coming(stacks: list[list[int]], cells: Sequence[int], growth: Sequence[float]) -> tuple[tuple[int, int, int], ...]:
    """The next square of each volume that grows, on the emptiest device."""
    found, ends = [], [len(stack) for stack in stacks]
    for volume in sorted((one for one, pace in enumerate(growth) if pace > 0), key=lambda one: -growth[one]):
        at = max(range(len(stacks)), key=lambda one: (1 - ends[one] / cells[one], -one), default=None)
        if at is not None and ends[at] < cells[at]:
            found.append((at, ends[at], volume))
            ends[at] += 1
    return tuple(found)


def protecting(pool: Pool, device: int, count: int) -> NDArray[np.bool_]:
    """Which of the first `count` squares of a device hold no data but what protects it.

    Mirrored: every second device is a copy of the one before. Parity: in each stripe the square of one device (of two
    with two parities), another one from stripe to stripe; so too for mirrors of an odd number of devices.
    """
    level = next((name for name, penalty in PENALTY.items() if penalty == pool.store.penalty), "")
    rows, devices = np.arange(count), max(1, len(pool.devices))
    if pool.usable >= 1:
        return np.zeros(count, bool)
    if level.endswith("10") and devices % 2 == 0:
        return np.full(count, device % 2 == 1)
    parities = round((1 - pool.usable) * devices)
    found: NDArray[np.bool_] = (device + rows) % devices >= devices - parities
    return found


# forecasts -----------------------------------------------------------------------------------------------------------


def until(amount: float, growth: float, limit: float) -> float | None:
    """Seconds until `limit` bytes are reached; 0 when they are, None when they never will be."""
    if amount >= limit:
        return 0.0
    return (limit - amount) / growth if growth > 0 else None


def to_move(pool: Pool, filling: Filling) -> tuple[float, ...]:
    """Bytes by which each device is above (or, negative, below) what it would hold if all were equally full."""
    whole = sum(one.capacity for one in pool.devices) or 1.0
    level = sum(filling.raw) / whole
    return tuple(raw - one.capacity * level for one, raw in zip(pool.devices, filling.raw, strict=True))
