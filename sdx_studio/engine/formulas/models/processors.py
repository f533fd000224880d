"""CPU, emulation and client hypervisors."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import cpu, memory, queues
from sdx_studio.engine.formulas.bounds import require
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark


def _shares(host_capacity: float, vms: Sequence[Mapping[str, float]]) -> list[float]:
    weights, floors, caps = ([vm[key] for vm in vms] for key in ("weight", "reservation", "cap"))
    return cpu.weighted_maxmin(host_capacity, weights, floors, caps)


def _convert(
    interval: float, vcpus: float, ready_share: float | None = None, ready_time: float | None = None
) -> dict[str, float]:
    if ready_share is not None and ready_time is None:
        return {"ready_time": cpu.ready_time(ready_share, interval, vcpus)}
    require(ready_time is not None and ready_share is None, mark("give either ready_share or ready_time"))
    return {"ready_share": cpu.ready_share(ready_time or 0.0, interval, vcpus)}


def _placed(cpu_allocation_ratio: float, ram_allocation_ratio: float, **sizes: float) -> cpu.Limits:
    return cpu.placement_limit(ratios=cpu.Ratios(cpu_allocation_ratio, ram_allocation_ratio), **sizes)


MODELS: tuple[Model, ...] = (
    Model(
        "cpu.weighted_maxmin", mark("Shares of a host by weight"),
        "grant = clamp(weight · t, reservation, cap), Σ grant = min(capacity, Σ cap)",
        "host_capacity core; vms[].weight number; vms[].cap core; vms[].reservation core", "granted[] core", _shares,
    ),
    Model(
        "cpu.demand_proportional", mark("Shares in proportion to demand, for contrast"),
        "grant = demand · min(1, capacity / Σ demand)", "host_capacity core; demands[] core", "granted[] core",
        cpu.demand_proportional,
    ),
    Model(
        "cpu.ready", mark("Ready time of a VM"), "ready = max(0, min(demand, vCPU) − granted) / vCPU",
        "demand core; granted core; vcpus count; interval s", "ready_share %; ready_time ms", cpu.ready,
    ),
    Model(
        "cpu.ready_convert", mark("Ready time and ready share"), "time = share · interval · vCPU",
        "ready_share % ?; interval s; vcpus count; ready_time ms ?", "ready_time ms ?; ready_share % ?", _convert,
    ),
    Model(
        "cpu.mmc_wait_probability", mark("Probability of waiting for a core"), "Pw = ErlangC(c, a)",
        "servers count; offered_load erlang", "saturated flag; p_wait 1 ?", queues.erlang_c,
    ),
    Model(
        "cpu.mmc_response", mark("Response time of several servers"), "R = S + ErlangC / (c/S − λ)",
        "arrival 1/s; service s; servers count", "saturated flag; response s ?", queues.mmc,
    ),
    Model(
        "cpu.placement_limit", mark("VMs that a scheduler places on a host"),
        "CPU: ⌊pCPU · ratio / vCPU⌋, RAM: ⌊(RAM − reserved) · ratio / VM⌋",
        "pcpus count; cpu_allocation_ratio 1; vcpus_per_vm count; ram GiB; ram_allocation_ratio 1; reserved_ram MiB; "
        "vm_ram GiB", "max_vms_cpu count; max_vms_ram count", _placed,
    ),
    Model(
        "cpu.vdi_rule_5_10", mark("Desktops on a number of cores"), "VMs = 5 · cores, sessions = 10 · cores",
        "physical_cores core", "vdi_vms count; sbc_sessions count", cpu.rule_of_5_and_10,
    ),
    Model(
        "emulation.slowdown", mark("Time under emulation"), "T = native · factor",
        "native_time s; factor 1", "emulated_time s", cpu.emulated_time,
    ),
    Model(
        "emulation.amdahl", mark("Time under emulation with floating point"),
        "T = native · (fp · fp factor + (1 − fp) · other factor)",
        "native_time s; fp_share 1 <=1; fp_factor 1; other_factor 1", "emulated_time s", cpu.emulated_amdahl,
    ),
    Model(
        "client.hypervisor_memory", mark("Memory for the guest of a client PC"),
        "hosted = RAM − OS − VMM, bare metal = RAM − VMM",
        "ram MiB; hosted_host_os MiB; hosted_vmm MiB; bare_vmm MiB", "guest_ram_hosted MiB; guest_ram_bare MiB",
        memory.client_memory,
    ),
    Model(
        "client.hypervisor_time", mark("Run time on a client PC"),
        "bare metal = T / (1 − o), hosted = T / ((1 − o) · (1 − OS share))",
        "bare_overhead 1 <=1; hosted_overhead 1 <=1; host_os_share 1 <=1; native_time s", "bare s; hosted s",
        cpu.client_time,
    ),
)  # fmt: skip
