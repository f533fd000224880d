"""Storage: what devices and RAID sets deliver, what a cache saves, and how data spread over pools and devices.

Bytes, bytes/s, requests/s, seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan

from sdx_studio.engine.formulas.bounds import (
    NOISE,
    above,
    above_zero,
    at_most,
    not_negative,
    pieces,
    require,
    share_of_one,
    whole,
)
from sdx_studio.words import mark

BLOCK = 4096.0
PENALTY = {"RAID 0": 1.0, "RAID 10": 2.0, "RAID 5": 4.0, "RAID 6": 6.0}
"""Disk operations that one small write costs (Patterson, Gibson, Katz 1988; RAID 6: two parities)."""
FEWEST = {"RAID 0": 1, "RAID 10": 2, "RAID 5": 3, "RAID 6": 4}
"""Disks that a level needs."""
FULL = 1.0 - 1e-9
"""Measured utilisation from which on a store counts as saturated."""
_PARITIES = {"RAID 0": 0, "RAID 5": 1, "RAID 6": 2}


def positioning(seek: float, turns: float) -> float:
    """Seconds to reach a place on a disk: the mean seek (s) and half a turn at `turns` a second."""
    not_negative(seek=seek)
    above_zero(rpm=turns)
    return seek + 0.5 / turns


def hdd_iops(seek: float, rpm: float, size: float, media: float) -> float:
    """Random requests/s of a disk: seek (s), rpm as turns a second, request `size` (bytes) at `media` bytes/s."""
    not_negative(size=size)
    above_zero(media=media)
    return 1.0 / (positioning(seek, rpm) + size / media)


def delivered(iops_cap: float, bw_cap: float, sizes: Sequence[float]) -> list[float]:
    """Requests/s that a device delivers for each request size (bytes, > 0): its IOPS or its bytes/s end first."""
    not_negative(iops_cap=iops_cap, bw_cap=bw_cap)
    above_zero(**{f"sizes[{place}]": size for place, size in enumerate(sizes)})
    return [min(iops_cap, bw_cap / size) for size in sizes]


def io_blender(streams: float, sequential: float, run: float, seek: float, rpm: float) -> float:
    """Bytes/s of all `streams` on one disk: alone one is sequential, more pay one positioning a run of `run` bytes."""
    whole(streams=streams)
    return blended(streams, sequential, run, positioning(seek, rpm) if streams > 1 else 0.0)


def blended(streams: float, sequential: float, run: float, moving: float) -> float:
    """`io_blender` for a device that needs `moving` seconds to get to where another stream goes on (flash: 0)."""
    not_negative(sequential=sequential)
    if streams <= 1:
        return sequential * streams
    above_zero(run=run, sequential=sequential)
    return run / (moving + run / sequential)


def work_per_request(
    devices: list[tuple[float, float, float]], penalty: float, read_share: float, size: float
) -> float:
    """Seconds of the whole store that one request costs: reads once, writes `penalty` times (work conservation).

    `devices` are (read IOPS, write IOPS, bytes/s); n·iops/(r + (1 − r)·penalty) is its inverse for equal devices.
    Infinite when the devices deliver nothing.
    """
    band = sum(device[2] for device in devices)
    rates = (sum(device[0] for device in devices), sum(device[1] for device in devices))
    if min(*rates, band) <= 0:
        return inf
    read, write = (max(1.0 / rate, size / band) for rate in rates)
    return read_share * read + (1.0 - read_share) * penalty * write


def response_time(service: float, utilisation: float) -> float:
    """Seconds in an M/G/1 queue with processor sharing, S/(1 − rho); NaN when it is saturated (a measure's value)."""
    return service / (1.0 - utilisation) if utilisation < FULL else nan


def raid_frontend(disks: float, disk_iops: float, write_fraction: float, penalty: float) -> float:
    """Requests/s that `disks` equal disks serve when each small write costs `penalty` operations (PENALTY)."""
    whole(disks=disks)
    not_negative(disk_iops=disk_iops)
    above_zero(penalty=penalty)
    share_of_one(write_fraction=write_fraction)
    return 0.0 if disk_iops * disks == 0 else 1.0 / _raid_work(disks * disk_iops, write_fraction, penalty)


def _raid_work(iops: float, write_fraction: float, penalty: float) -> float:
    return work_per_request([(iops, iops, inf)], penalty, 1.0 - write_fraction, 0.0)


def data_disks(raid: str, disks: int) -> int:
    """How many of `disks` equal disks hold data: all, half, all but one, all but two; never below 0."""
    return max(0, disks // 2 if raid == "RAID 10" else disks - _PARITIES[raid])


def usable(raid: str, disks: int) -> float:
    """Share of `disks` equal disks that data may use; 0 when they are too few for the level."""
    return data_disks(raid, disks) / disks if disks >= FEWEST[raid] else 0.0


def full_stripe_penalty(raid: str, disks: int) -> float:
    """Disk operations that writing one block costs when whole stripes are written in order: n / (n − parity)."""
    require(disks >= FEWEST[raid], mark("{raid} needs at least {fewest} disks, not {disks}"), raid=raid,
            fewest=FEWEST[raid], disks=disks)  # fmt: skip
    return PENALTY[raid] if raid == "RAID 10" else disks / data_disks(raid, disks)


@dataclass(frozen=True, slots=True)
class Cached:
    """Mean seconds of a request, and requests/s that get through to the devices."""

    latency: float
    backend_iops: float


def cache(hit: float, t_hit: float, t_miss: float, frontend_iops: float) -> Cached:
    """A cache that answers the share `hit` in `t_hit` s, the rest in `t_miss` s."""
    share_of_one(hit=hit)
    not_negative(t_hit=t_hit, t_miss=t_miss, frontend_iops=frontend_iops)
    return Cached(hit * t_hit + (1.0 - hit) * t_miss, (1.0 - hit) * frontend_iops)


def blocks(size: float, block: float = BLOCK) -> int:
    """Blocks of `block` bytes (> 0) that hold `size` bytes."""
    not_negative(size=size)
    above_zero(block=block)
    return pieces(size, block)


@dataclass(frozen=True, slots=True)
class Thick:
    """Bytes left in a pool of thick volumes, blocks of each volume and of the pool."""

    free: float
    volume_blocks: list[int]
    pool_blocks: int


def thick_pool(pool: float, block: float, volumes: Sequence[float]) -> Thick:
    """A pool (bytes) that gives every volume all its blocks at once; refused when they do not fit."""
    taken = sum(volumes)
    require(not above(taken, pool), mark("the volumes need {taken} bytes, the pool has {pool}"), taken=taken, pool=pool)
    free = pool - taken
    return Thick(free if free > NOISE * pool else 0.0, [blocks(one, block) for one in volumes], blocks(pool, block))


@dataclass(frozen=True, slots=True)
class Thin:
    """Promised over real bytes, bytes written, and seconds until the pool is full (None: it does not grow)."""

    overcommit: float
    used: float
    time_to_full: float | None


def thin_pool(pool: float, provisioned: Sequence[float], written: Sequence[float], growth: float) -> Thin:
    """A pool (bytes) of thin volumes that grow by `growth` bytes/s together; full when growth has used up the rest."""
    above_zero(pool=pool)
    not_negative(growth=growth)
    used = sum(written)
    require(not above(used, pool), mark("{used} bytes are written, the pool has {pool}"), used=used, pool=pool)
    time = max(0.0, pool - used) / growth if growth > 0 else None
    return Thin(sum(provisioned) / pool, used, time)


@dataclass(frozen=True, slots=True)
class Balanced:
    """Equal utilisation (0…1), bytes on each device then, bytes to move, and their share of all bytes."""

    target_utilisation: float | None
    target_used: list[float]
    moved: float
    moved_fraction: float


def rebalance(capacities: Sequence[float], used: Sequence[float]) -> Balanced:
    """Equal utilisation of all devices (bytes); moved is what lies above it now. No utilisation without devices."""
    for place, (one, size) in enumerate(zip(used, capacities, strict=True)):
        require(not above(one, size), mark("device {place} holds more than its capacity"), place=place + 1)
    if not capacities:
        return Balanced(None, [], 0.0, 0.0)
    total = sum(used)
    above_zero(**{"sum of the capacities": sum(capacities)})
    level = total / sum(capacities)
    targets = [size * level for size in capacities]
    moved = sum(max(0.0, one - target) for one, target in zip(used, targets, strict=True))
    moved = moved if moved > NOISE * total else 0.0
    return Balanced(level, targets, moved, moved / total if total > 0 else 0.0)


def rebalance_trigger(utilisation: Sequence[float], threshold: float, min_difference: float) -> bool:
    """Whether the fullest device is above `threshold` and more than `min_difference` above the emptiest."""
    if not utilisation:
        return False
    top, bottom = max(utilisation), min(utilisation)
    return above(top, threshold) and not at_most(top - bottom, min_difference + NOISE * top)


@dataclass(frozen=True, slots=True)
class Moved:
    """Bytes behind one namespace, a file's path after its move, and whether clients must mount anew."""

    capacity: float
    path_after_move: str
    client_remount: bool


def nas_namespace(devices: Sequence[float], path: str, from_device: float, to_device: float) -> Moved:
    """Move the file `path` between two of `devices` (counted from 1): the table changes, the path does not."""
    for name, place in (("from_device", from_device), ("to_device", to_device)):
        require(place == int(place) and 1 <= place <= len(devices),
                mark("{name} must be a device from 1 to {count}, not {place}"), name=name, count=len(devices),
                place=place)  # fmt: skip
    table = {path: int(from_device)}
    seen = sorted(table)
    table[path] = int(to_device)
    return Moved(sum(devices), next(iter(table)), sorted(table) != seen)
