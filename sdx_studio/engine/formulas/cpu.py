"""CPU: shares of a host, ready time, what virtualization and emulation cost (cores, seconds)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdx_studio.engine.formulas.bounds import (
    above,
    above_zero,
    not_negative,
    require,
    share_of_one,
    whole_times,
)
from sdx_studio.engine.sharing.cpu import grants
from sdx_studio.words import mark

OVERHEAD = {"containers": 0.01, "bare metal": 0.02, "hosted": 0.10}
"""CPU (0…1) that each way of virtualizing takes, at most (Felter et al., IBM RC25482, 2014; teaching values)."""
VDI_PER_CORE, SESSIONS_PER_CORE = 5.0, 10.0
"""Citrix's rule of 5 and 10 (2017)."""


def weighted_maxmin(
    capacity: float, weights: Sequence[float], reservations: Sequence[float], caps: Sequence[float]
) -> list[float]:
    """Shares clamp(weight·t, reservation, cap) of one host, t such that they use it up or reach every cap.

    A reservation counts only up to its cap; refused when they exceed the capacity together (admission rule).
    """
    not_negative(host_capacity=capacity)
    promised = sum(map(min, reservations, caps))
    require(not above(promised, capacity), mark("the reservations ({promised}) exceed the capacity ({capacity})"),
            promised=promised, capacity=capacity)  # fmt: skip
    return grants(capacity, weights, reservations, caps)


def demand_proportional(host_capacity: float, demands: Sequence[float]) -> list[float]:
    """For contrast: above capacity every demand is scaled by the same factor, so small ones suffer from big ones."""
    not_negative(host_capacity=host_capacity)
    total = sum(demands)
    factor = min(1.0, host_capacity / total) if total > 0 else 1.0
    return [demand * factor for demand in demands]


@dataclass(frozen=True, slots=True)
class Ready:
    """Ready share (0…1) and ready seconds in the interval, both for one vCPU."""

    ready_share: float
    ready_time: float


def ready(demand: float, granted: float, vcpus: float, interval: float) -> Ready:
    """How long each vCPU waited for a core: (min(demand, vCPUs) − granted) / vCPUs, not below 0."""
    above_zero(vcpus=vcpus)
    not_negative(demand=demand, granted=granted, interval=interval)
    share = max(0.0, min(demand, vcpus) - granted) / vcpus
    return Ready(share, share * interval)


def ready_time(ready_share: float, interval: float, vcpus: float) -> float:
    """Ready seconds of all vCPUs together, from the share (0…1) of one."""
    share_of_one(ready_share=ready_share)
    not_negative(interval=interval, vcpus=vcpus)
    return ready_share * interval * vcpus


def ready_share(ready_time: float, interval: float, vcpus: float) -> float:
    """Ready share (0…1) of one vCPU, from the ready seconds of all together."""
    not_negative(ready_time=ready_time)
    above_zero(interval=interval, vcpus=vcpus)
    return ready_time / (interval * vcpus)


@dataclass(frozen=True, slots=True)
class Limits:
    """Most VMs by CPU and by memory."""

    max_vms_cpu: int
    max_vms_ram: int


@dataclass(frozen=True, slots=True)
class Ratios:
    """How many virtual ones may be promised for each real one."""

    cpu: float = 16.0
    ram: float = 1.5


def placement_limit(
    pcpus: float, vcpus_per_vm: float, ram: float, reserved_ram: float, vm_ram: float, ratios: Ratios
) -> Limits:
    """VMs that a scheduler puts on a host: floor(pCPUs·ratio / vCPUs), floor((RAM − reserved)·ratio / VM's RAM)."""
    not_negative(pcpus=pcpus, ram=ram, reserved_ram=reserved_ram, cpu=ratios.cpu, ram_ratio=ratios.ram)
    above_zero(vcpus_per_vm=vcpus_per_vm, vm_ram=vm_ram)
    room = max(0.0, ram - reserved_ram) * ratios.ram
    return Limits(whole_times(pcpus * ratios.cpu, vcpus_per_vm), whole_times(room, vm_ram))


@dataclass(frozen=True, slots=True)
class Seats:
    """Desktops as VMs of their own, and as sessions on shared servers."""

    vdi_vms: int
    sbc_sessions: int


def rule_of_5_and_10(physical_cores: float) -> Seats:
    """Whole desktops on `physical_cores`: 5 VMs or 10 shared sessions a core."""
    not_negative(physical_cores=physical_cores)
    return Seats(whole_times(physical_cores * VDI_PER_CORE, 1.0), whole_times(physical_cores * SESSIONS_PER_CORE, 1.0))


def run_time(native_time: float, overhead: float, grant_fraction: float = 1.0) -> float:
    """Seconds under a hypervisor: native / ((1 − overhead)·granted); overhead below 1, granted above 0."""
    not_negative(native_time=native_time, overhead=overhead)
    above_zero(grant_fraction=grant_fraction)
    require(overhead < 1, mark("an overhead must be below 1, not {value}"), value=overhead)
    return native_time / ((1.0 - overhead) * grant_fraction)


@dataclass(frozen=True, slots=True)
class ClientTime:
    """Seconds under a bare-metal and under a hosted hypervisor."""

    bare: float
    hosted: float


def client_time(bare_overhead: float, hosted_overhead: float, host_os_share: float, native_time: float) -> ClientTime:
    """Seconds on a client PC: a hosted hypervisor also leaves a share to the OS beneath it."""
    require(0 <= host_os_share < 1, mark("an overhead must be below 1, not {value}"), value=host_os_share)
    return ClientTime(run_time(native_time, bare_overhead), run_time(native_time, hosted_overhead, 1 - host_os_share))


def emulated_time(native_time: float, factor: float) -> float:
    """Seconds under emulation that is `factor` times slower."""
    not_negative(native_time=native_time, factor=factor)
    return native_time * factor


def emulated_mix(native_time: float, shares: Mapping[str, float], factors: Mapping[str, float]) -> float:
    """Seconds under emulation of classes of instructions: native · sum(share · factor); the shares must be 1."""
    share_of_one(**shares)
    require(abs(sum(shares.values()) - 1.0) <= 1e-9, mark("the shares of the classes must be 1 together"))
    return emulated_time(native_time, sum(share * factors[name] for name, share in shares.items()))


def emulated_amdahl(native_time: float, fp_share: float, fp_factor: float, other_factor: float) -> float:
    """`emulated_mix` of floating-point instructions and all others."""
    not_negative(fp_factor=fp_factor, other_factor=other_factor)
    share_of_one(fp_share=fp_share)
    shares = {"fp_share": fp_share, "other": 1.0 - fp_share}
    return emulated_mix(native_time, shares, {"fp_share": fp_factor, "other": other_factor})


def speedup(parallel: float, cores: float) -> float:
    """How many times as fast a job is on `cores` (Amdahl 1967): 1 / (1 − parallel + parallel / cores)."""
    share_of_one(parallel=parallel)
    above_zero(cores=cores)
    return 1.0 / (1.0 - parallel + parallel / cores)


def amdahl(work: float, parallel: float, cores: float) -> float:
    """Seconds for a job of `work` core-seconds of which the share `parallel` is spread over `cores` of its own."""
    not_negative(work=work)
    return work / speedup(parallel, cores)
