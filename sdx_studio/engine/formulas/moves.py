"""Ways to move a VM: bounds, post-copy, with its disk, many at once, in waves (bytes, bytes/s, seconds).

Bounds after Akoush et al., "Predicting the Performance of Virtual Machine Migration", MASCOTS 2010.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import (
    above_zero,
    at_most,
    countable,
    not_negative,
    pieces,
    require,
    share_of_one,
    whole,
    whole_times,
)
from sdx_studio.engine.formulas.migration import Rules, precopy_linear
from sdx_studio.words import mark

FACTOR = 5.0
"""Most that pre-copy sends, in times the memory."""


@dataclass(frozen=True, slots=True)
class MigrationBounds:
    """Fewest and most seconds in all, most seconds of pause."""

    total_min: float
    total_max: float
    downtime_max: float


def bounds(ram: float, rate: float, page: float) -> MigrationBounds:
    """Bounds of any pre-copy that sends at most five times the memory (Akoush et al. 2010)."""
    above_zero(rate=rate, page=page)
    least = ram / rate
    return MigrationBounds(least, max(least, (FACTOR * ram - page) / rate), least)


@dataclass(frozen=True, slots=True)
class PostCopy:
    """Seconds of pause, in all, and that the guest waits for pages which have not arrived."""

    downtime: float
    total: float
    stall: float


def postcopy(ram: float, rate: float, cpu_state: float, rtt: float, fault_fraction: float, page: float) -> PostCopy:
    """Post-copy: the CPU state first, then every page once; a share of the pages is asked for before it comes."""
    above_zero(rate=rate, page=page)
    not_negative(ram=ram, cpu_state=cpu_state, rtt=rtt)
    share_of_one(fault_fraction=fault_fraction)
    pause = cpu_state / rate
    return PostCopy(pause, pause + ram / rate, fault_fraction * ram / page * (rtt + page / rate))


@dataclass(frozen=True, slots=True)
class WithDisk:
    """Seconds for the disk, for the memory after it, and in all."""

    disk_copy: float
    ram_total: float
    total: float


def with_storage(ram: float, disk: float, rate: float, dirty_rate: float, rules: Rules) -> WithDisk:
    """Without shared storage the disk goes first over the same link, then the memory."""
    not_negative(disk=disk)
    memory = precopy_linear(ram, rate, dirty_rate, ram, rules).total
    return WithDisk(disk / rate, memory, disk / rate + memory)


@dataclass(frozen=True, slots=True)
class Many:
    """Seconds one after another and all at once; rounds, convergence and stop of each when all at once."""

    sequential_all: float
    parallel_all: float
    parallel_rounds: int
    parallel_converged: bool
    parallel_stop: str


def many(vms: float, ram: float, link: float, dirty_rate: float, rules: Rules) -> Many:
    """`vms` equal VMs over one link (bytes/s): in a row each gets all of it, at once each gets its share."""
    whole(vms=vms)
    above_zero(vms=vms)
    one = precopy_linear(ram, link, dirty_rate, ram, rules)
    each = precopy_linear(ram, link / vms, dirty_rate, ram, rules)
    return Many(vms * one.total, each.total, each.rounds, each.converged, each.stop)


@dataclass(frozen=True, slots=True)
class Evacuation:
    """Bytes/s of each VM and seconds in each wave, seconds in all."""

    wave_rates: list[float]
    wave_times: list[float]
    total: float


def evacuate(vms: float, ram: float, link: float, dirty_rate: float, concurrent: float, rules: Rules) -> Evacuation:
    """Waves of `concurrent` migrations that share the link (bytes/s); the last wave may be smaller and quicker."""
    countable(1_000_000, vms=vms)
    whole(concurrent=concurrent)
    above_zero(concurrent=concurrent)
    full, rest = divmod(int(vms), int(concurrent))
    rates = [link / concurrent] * full + ([link / rest] if rest else [])
    known = {rate: precopy_linear(ram, rate, dirty_rate, ram, rules).total for rate in set(rates)}
    times = [known[rate] for rate in rates]
    return Evacuation(rates, times, sum(times))


def one_pass(ram: float, link: float, share: float) -> float:
    """Seconds of a cold copy: `ram` bytes over a share of `link` (bit/s)."""
    not_negative(ram=ram)
    above_zero(link=link, share=share)
    share_of_one(share=share)
    return ram * 8.0 / (link * share)


def admitted(link: float, reserved_per_migration: float) -> int:
    """Migrations at once when each reserves its share of `link` (bit/s)."""
    not_negative(link=link)
    above_zero(reserved_per_migration=reserved_per_migration)
    return whole_times(link, reserved_per_migration)


def waves(vms: float, limits: Sequence[float]) -> list[int]:
    """How many waves `vms` migrations take for each limit at once."""
    whole(vms=vms)
    above_zero(**{f"limits[{place}]": limit for place, limit in enumerate(limits)})
    return [pieces(vms, limit) for limit in limits]


@dataclass(frozen=True, slots=True)
class DiskMove:
    """Rounds, seconds in all and of the pause."""

    rounds: int
    total: float
    downtime: float


def move_volume(
    size: float, rate: float, write_rate: float, mode: str, downtime_target: float | None = None
) -> DiskMove:
    """Move a volume in use: mirror writes to both and needs one pass; iterative is pre-copy until the pause is short.

    Iterative needs write_rate < rate and a downtime target above 0, else it would never end: refused.
    """
    above_zero(rate=rate)
    not_negative(size=size, write_rate=write_rate)
    if mode == "mirror":
        return DiskMove(1, size / rate, 0.0)
    require(not at_most(rate, write_rate), mark("it never ends: writes come as fast as they are copied"))
    if downtime_target is None or (downtime_target == 0 and write_rate > 0):
        require(False, mark("the iterative mode needs a downtime target above 0"))
    done = precopy_linear(size, rate, write_rate, size, Rules(downtime_target))
    return DiskMove(done.rounds, done.total, done.downtime)
