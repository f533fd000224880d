"""Memory: how many guests fit, what the hypervisor itself needs, and what it takes back when there is too little.

Bytes; times in seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import (
    NOISE,
    above_zero,
    not_negative,
    require,
    whole,
    whole_times,
)
from sdx_studio.words import mark

MIB = 2.0**20
GB, MB = 1e9, 1e6

# VMM overhead in MiB by memory (rows) and vCPUs 1, 2, 4, 8: VMware vSphere 6.5 Resource Management, table 6-1.
_SIZES = (256.0, 1024.0, 4096.0, 16384.0)
_COLUMNS = (1, 2, 4, 8)
_OVERHEAD = (
    (20.29, 24.28, 32.23, 48.16),
    (25.90, 29.91, 37.86, 53.82),
    (48.64, 52.72, 60.67, 76.78),
    (139.62, 143.98, 151.93, 168.60),
)
_STATES = ((0.16, "low"), (0.32, "hard"), (0.64, "soft"))


def vmm_overhead(vm_ram: float, vcpus: float) -> float:
    """Memory (bytes) that the hypervisor needs for a VM, linear between the table's rows, next larger vCPU column."""
    column = next((i for i, count in enumerate(_COLUMNS) if vcpus <= count), 3)
    size = vm_ram / MIB
    low = max((i for i in range(3) if _SIZES[i] <= size), default=0)
    share = (size - _SIZES[low]) / (_SIZES[low + 1] - _SIZES[low])
    below, above = _OVERHEAD[low][column], _OVERHEAD[low + 1][column]
    return max(0.0, below + (above - below) * share) * MIB


def vm_overhead(vm_ram: float, vcpus: float) -> float:
    """`vmm_overhead` for a VM with at least one vCPU and some memory."""
    above_zero(vm_ram=vm_ram)
    whole(vcpus=vcpus)
    above_zero(vcpus=vcpus)
    return vmm_overhead(vm_ram, vcpus)


def fitting(room: float, each: float) -> int:
    """How many guests of `each` bytes (> 0) fit into `room` bytes; 0 when there is none."""
    above_zero(**{"the memory of one": each})
    return whole_times(max(0.0, room), each)


def vm_density(
    host_ram: float, hypervisor_reserve: float, app_ram: float, guest_os_ram: float, vmm_overhead: float
) -> int:
    """VMs on a host: each carries its application, a guest OS and the hypervisor's own share."""
    return fitting(host_ram - hypervisor_reserve, app_ram + guest_os_ram + vmm_overhead)


def container_density(host_ram: float, host_os_reserve: float, app_ram: float, per_container: float) -> int:
    """Containers on a host: one OS for all, each carries its application and a little of the runtime."""
    return fitting(host_ram - host_os_reserve, app_ram + per_container)


@dataclass(frozen=True, slots=True)
class ClientMemory:
    """Bytes left for the guest of a client PC under a hosted and under a bare-metal hypervisor."""

    guest_ram_hosted: float
    guest_ram_bare: float


def client_memory(ram: float, hosted_host_os: float, hosted_vmm: float, bare_vmm: float) -> ClientMemory:
    """What two ways of virtualizing a client PC leave for the guest; 0 when there is not enough."""
    not_negative(ram=ram, hosted_host_os=hosted_host_os, hosted_vmm=hosted_vmm, bare_vmm=bare_vmm)
    return ClientMemory(max(0.0, ram - hosted_host_os - hosted_vmm), max(0.0, ram - bare_vmm))


def minfree(host_ram: float) -> float:
    """Bytes that the host keeps free: 899 MB, and 10.24 MB for each GB above 28 (ESXi; host_ram from 28 GB on)."""
    require(host_ram >= 28 * GB * (1 - NOISE), mark("the rule holds from 28 GB on, not for {ram} GB"),
            ram=host_ram / GB)  # fmt: skip
    return 899 * MB + 10.24 * MB * max(0.0, host_ram / GB - 28)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """Bytes to be kept free, free bytes over them, and the state: high, clear, soft, hard or low."""

    minfree: float
    free_fraction_of_minfree: float
    state: str


def memory_state(host_ram: float, free: float) -> MemoryState:
    """State of a host by its free bytes: sharing below 1, balloon below 0.64, swap below 0.32, block below 0.16."""
    not_negative(free=free)
    require(free <= host_ram * (1 + NOISE), mark("more is free than the host has"))
    least = minfree(host_ram)
    ratio = free / least
    state = "high" if ratio > 1 + NOISE else "clear"
    state = next((name for limit, name in _STATES if ratio < limit * (1 - NOISE)), state)
    return MemoryState(least, ratio, state)


def least_free(host_ram: float) -> float:
    """`minfree` for every size: below 28 GB, where no rule is published, in proportion (32.1 MB for each GB)."""
    not_negative(host_ram=host_ram)
    return minfree(host_ram) if host_ram >= 28 * GB else 899 * MB * host_ram / (28 * GB)


@dataclass(frozen=True, slots=True)
class Reclaimed:
    """Configured over available memory, active bytes, and bytes to take back by balloon and by swapping."""

    overcommit: float
    active_total: float
    balloon_needed: float
    swap_needed: float


def balloon_need(host_ram: float, reserve: float, configured: Sequence[float], active: Sequence[float]) -> Reclaimed:
    """What must be taken back from VMs: idle pages first (balloon), the rest is swapped. Bytes."""
    available = host_ram - reserve
    above_zero(**{"host_ram − reserve": available})
    for place, (one, busy) in enumerate(zip(configured, active, strict=True)):
        require(busy <= one * (1 + NOISE), mark("VM {place} is active in more memory than it has"), place=place + 1)
    total, busy = sum(configured), sum(active)
    need = max(0.0, total - available)
    balloon = min(need, max(0.0, total - busy))
    return Reclaimed(total / available, busy, balloon, need - balloon)


STATES = ("high", "clear", "soft", "hard", "low")
"""States of a host's memory in the order in which they get worse."""
EXHAUSTED = 0.5
"""Share of the active pages beyond which swapping makes a host "low"."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes that are shared, ballooned and swapped, the share (0…1) of each guest's pages that is not shared away."""

    shared: float
    balloon: float
    swap: float
    own: float
    state: str


def take_back(
    host_ram: float, reserve: float, configured: Sequence[float], active: Sequence[float], same: Sequence[float]
) -> Taken:
    """What a host takes back from its guests, and its state. Bytes.

    Less than `least_free` is free: the host is "clear", and of the pages that are the `same` as another guest's as many
    are kept once as bring it back there. What then still does not fit is taken as in `balloon_need`, exactly as much
    as is missing (ESXi would keep the least free): idle pages alone make it "soft", swapped active pages "hard", and
    more than half of them "low". Shared pages lie as evenly among the active as among the idle ones.
    """
    total = sum(configured)
    lacking = least_free(host_ram) - (host_ram - reserve - total)
    shared = min(sum(same), max(0.0, lacking))
    own = 1.0 - shared / total if total > 0 else 1.0
    need = balloon_need(host_ram, reserve, [one * own for one in configured], [one * own for one in active])
    state = 0 if lacking < -NOISE * host_ram else 1
    if need.swap_needed > 0:
        state = 4 if need.swap_needed > EXHAUSTED * need.active_total * (1 + NOISE) else 3
    elif need.balloon_needed > 0:
        state = 2
    return Taken(shared, need.balloon_needed, need.swap_needed, own, STATES[state])


def swap_bound_speed(fault_rate: float, read_time: float) -> float:
    """Speed (0…1) of a VM whose swapped pages cost a storage read each: 1 / (1 + faults/s at full speed · seconds)."""
    not_negative(fault_rate=fault_rate, read_time=read_time)
    return 1.0 / (1.0 + fault_rate * read_time)
