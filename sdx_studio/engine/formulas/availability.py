"""Availability: restart after a failure, admission control, planned maintenance (seconds, Hz, bytes, ratios)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import (
    NOISE,
    above,
    above_zero,
    at_most,
    not_negative,
    pieces,
    require,
    whole,
    whole_times,
)
from sdx_studio.words import mark


@dataclass(frozen=True, slots=True)
class Restart:
    """Seconds until the first and until the last VM is back, and how many waves of starts there are."""

    first: float
    last: float
    waves: int


def restart_time(
    detect: float, place: float, boot: float, app: float, vms: float, hosts_left: float, concurrent_per_host: float
) -> Restart:
    """HA restart: failure found, placed, booted in waves over the hosts that are left, application up."""
    not_negative(detect=detect, place=place, boot=boot, app=app)
    whole(vms=vms)
    above_zero(hosts_left=hosts_left, concurrent_per_host=concurrent_per_host)
    waves = pieces(vms, hosts_left * concurrent_per_host)
    return Restart(detect + place + boot + app, detect + place + waves * boot + app, waves)


@dataclass(frozen=True, slots=True)
class Up:
    """Share of time that a service is up, with repair by hand and with restart."""

    manual: float
    ha: float


def availability(mtbf: float, mttr_manual: float, mttr_ha: float) -> Up:
    """MTBF / (MTBF + MTTR) for both ways of repair (seconds)."""
    above_zero(mtbf=mtbf)
    not_negative(mttr_manual=mttr_manual, mttr_ha=mttr_ha)
    return Up(mtbf / (mtbf + mttr_manual), mtbf / (mtbf + mttr_ha))


@dataclass(frozen=True, slots=True)
class Isolated:
    """Seconds at which a host declares itself isolated, by its role."""

    declare_isolated_secondary: float
    declare_isolated_primary: float


def isolation(failure_at: float, secondary_delay: float, primary_delay: float) -> Isolated:
    """When an isolated host notices: the failure and the delay of its role."""
    not_negative(failure_at=failure_at, secondary_delay=secondary_delay, primary_delay=primary_delay)
    return Isolated(failure_at + secondary_delay, failure_at + primary_delay)


@dataclass(frozen=True, slots=True)
class Need:
    """CPU (Hz) and memory (bytes) of a host, or reserved by a VM."""

    cpu: float
    mem: float


@dataclass(frozen=True, slots=True)
class Slots:
    """Size of a slot, slots of each host, and how many of the largest hosts may fail."""

    slot_cpu: float
    slot_mem: float
    slots: list[int]
    host_failures_tolerated: int


def slot_policy(hosts: Sequence[Need], vms: Sequence[Need], default_slot_cpu: float) -> Slots:
    """Slot = largest reservations; a host has as many as fit both ways; the rest must still hold all VMs.

    A resource that no VM reserves does not limit; refused when none does.
    """
    slot = Need(max([default_slot_cpu, *(vm.cpu for vm in vms)]), max((vm.mem for vm in vms), default=0.0))
    require(slot.cpu > 0 or slot.mem > 0 or not hosts, mark("no reservation gives the slots a size"))
    counts = [_slots(host, slot) for host in hosts]
    left, tolerated = sum(counts), 0
    for failed, count in enumerate(sorted(counts, reverse=True), 1):
        left -= count
        if left >= len(vms):
            tolerated = failed
    return Slots(slot.cpu, slot.mem, counts, tolerated)


def _slots(host: Need, slot: Need) -> int:
    sides = ((host.cpu, slot.cpu), (host.mem, slot.mem))
    return min(whole_times(room, size) for room, size in sides if size > 0)


@dataclass(frozen=True, slots=True)
class Spare:
    """Shares of CPU and memory that are not reserved, and whether one more VM may be switched on."""

    cpu_failover_capacity: float
    mem_failover_capacity: float
    power_on_allowed: bool


def percentage_policy(total: Need, reserved: Need, configured: float) -> Spare:
    """Both resources must keep the `configured` share free; reserving more than there is, is refused."""
    above_zero(total_cpu=total.cpu, total_mem=total.mem)
    for has, takes in ((total.cpu, reserved.cpu), (total.mem, reserved.mem)):
        require(not above(takes, has), mark("more is reserved ({reserved}) than there is ({total})"), reserved=takes,
                total=has)  # fmt: skip
    cpu, mem = (max(0.0, (has - takes) / has) for has, takes in ((total.cpu, reserved.cpu), (total.mem, reserved.mem)))
    return Spare(cpu, mem, at_most(configured, min(cpu, mem)))


@dataclass(frozen=True, slots=True)
class Evacuated:
    """Bytes of all hosts but one, whether what is used fits, and what stays free then (None when it does not)."""

    left: float
    fits_total: bool
    headroom: float | None


def n_plus_1(hosts: float, capacity: float, used: float) -> Evacuated:
    """Whether one of equal hosts can be emptied: necessary, not sufficient, for a packing may still fail."""
    whole(hosts=hosts)
    above_zero(hosts=hosts)
    not_negative(capacity=capacity, used=used)
    left = (hosts - 1) * capacity
    spare = left - used
    fits = at_most(used, left)
    return Evacuated(left, fits, (spare if spare > NOISE * left else 0.0) if fits else None)
