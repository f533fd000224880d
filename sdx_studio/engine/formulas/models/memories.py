"""Memory: density, overhead, reclaim."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import memory
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark


def _need(host_ram: float, reserve: float, vms: Sequence[Mapping[str, float]]) -> memory.Reclaimed:
    configured, active = ([vm[key] for vm in vms] for key in ("configured", "active"))
    return memory.balloon_need(host_ram, reserve, configured, active)


MODELS: tuple[Model, ...] = (
    Model(
        "density.vm", mark("VMs that fit into memory"), "n = ⌊(RAM − hypervisor) / (app + guest OS + VMM)⌋",
        "host_ram GiB; hypervisor_reserve GiB; app_ram MiB; guest_os_ram MiB; vmm_overhead MiB", "count count",
        memory.vm_density,
    ),
    Model(
        "density.container", mark("Containers that fit into memory"), "n = ⌊(RAM − host OS) / (app + runtime)⌋",
        "host_ram GiB; host_os_reserve GiB; app_ram MiB; per_container MiB", "count count", memory.container_density,
    ),
    Model(
        "density.esxi_overhead", mark("Memory that the hypervisor needs for a VM"),
        "vSphere table 6-1, linear between rows", "vm_ram MiB; vcpus count", "overhead MiB", memory.vm_overhead,
    ),
    Model(
        "memory.esxi_minfree", mark("Memory that a host keeps free"), "899 MB + 10.24 MB · (RAM/GB − 28)",
        "host_ram GB", "minfree MB", memory.minfree,
    ),
    Model(
        "memory.esxi_state", mark("Memory state of a host"),
        "f = free / minfree: > 1 high, < 1 clear, < 0.64 soft, < 0.32 hard, < 0.16 low",
        "host_ram GB; free MB", "minfree MB; free_fraction_of_minfree 1; state text", memory.memory_state,
    ),
    Model(
        "memory.balloon_need", mark("Ballooning and swapping"),
        "need = max(0, Σ configured − available), balloon = min(need, Σ configured − Σ active), swap = need − balloon",
        "host_ram GiB; reserve GiB; vms[].configured GiB; vms[].active GiB",
        "overcommit 1; active_total GiB; balloon_needed GiB; swap_needed GiB", _need,
    ),
)  # fmt: skip
