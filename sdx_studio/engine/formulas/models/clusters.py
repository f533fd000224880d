"""Availability, balancing, consolidation, racks."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import availability, balancing, packing, sprawl
from sdx_studio.engine.formulas.availability import Need
from sdx_studio.engine.formulas.model import Model
from sdx_studio.engine.formulas.optimum import fewest_hosts
from sdx_studio.words import mark

Rows = Sequence[Mapping[str, float]]


def _slots(hosts: Rows, vms: Rows, default_slot_cpu: float) -> availability.Slots:
    return availability.slot_policy([Need(**one) for one in hosts], [Need(**one) for one in vms], default_slot_cpu)


def _spare(
    total_cpu: float, reserved_cpu: float, total_mem: float, reserved_mem: float, configured: float
) -> availability.Spare:
    return availability.percentage_policy(Need(total_cpu, total_mem), Need(reserved_cpu, reserved_mem), configured)


def _best_move(hosts: Sequence[Mapping[str, Sequence[float]]]) -> balancing.Move:
    return balancing.best_move([host["vms"] for host in hosts])


def _packed(vm_cpu: Sequence[float], host_limit: float) -> dict[str, int | None]:
    items, host = [(one,) for one in vm_cpu], (host_limit,)
    first = packing.first_fit(items, host)
    return {
        "ffd": first,
        "bfd": packing.best_fit(items, host),
        "l1": packing.l1(items, host)[0],
        "l2": packing.l2(vm_cpu, host_limit),
        "optimal": fewest_hosts(items, host),
        "hosts_saved": len(items) - first,
    }


def _packed_twice(host: Mapping[str, float], vms: Rows) -> dict[str, int | None]:
    items, size = [(one["cpu"], one["mem"]) for one in vms], (host["cpu"], host["mem"])
    cpu, mem = packing.l1(items, size)
    return {"l1_cpu": cpu, "l1_mem": mem, "lower_bound": max(cpu, mem), "optimal": fewest_hosts(items, size)}


MODELS: tuple[Model, ...] = (
    Model(
        "ha.restart_time", mark("Restart after a host has failed"),
        "detect + place + ⌈VMs / (hosts · parallel)⌉ · boot + app",
        "detect s; place s; boot s; app s; vms count; hosts_left count; concurrent_per_host count",
        "first s; last s; waves count", availability.restart_time,
    ),
    Model(
        "ha.availability", mark("Availability by repair time"), "MTBF / (MTBF + MTTR)",
        "mtbf h; mttr_manual h; mttr_ha s", "manual 1; ha 1", availability.availability,
    ),
    Model(
        "ha.isolation_timeline", mark("When a host knows that it is isolated"), "failure + delay of its role",
        "failure_at s; secondary_delay s; primary_delay s",
        "declare_isolated_secondary s; declare_isolated_primary s", availability.isolation,
    ),
    Model(
        "ha.slot_policy", mark("Failures tolerated by slots"),
        "slot = largest reservations; slots = min ⌊host / slot⌋; without the k largest hosts slots ≥ VMs",
        "hosts[].cpu MHz; hosts[].mem GB; vms[].cpu MHz; vms[].mem GB; default_slot_cpu MHz",
        "slot_cpu MHz; slot_mem GB; slots[] count; host_failures_tolerated count", _slots,
    ),
    Model(
        "ha.percentage_policy", mark("Capacity kept for failures"), "(total − reserved) / total ≥ configured",
        "total_cpu GHz; reserved_cpu GHz; total_mem GB; reserved_mem GB; configured % <=1",
        "cpu_failover_capacity %; mem_failover_capacity %; power_on_allowed flag", _spare,
    ),
    Model(
        "maintenance.n_plus_1", mark("Whether one host can be emptied"), "used ≤ (hosts − 1) · capacity",
        "hosts count; capacity GiB; used GiB", "left GiB; fits_total flag; headroom GiB ?", availability.n_plus_1,
    ),
    Model(
        "drs.imbalance", mark("How uneven hosts are loaded"), "σ = √(Σ (load − mean)² / n)",
        "loads[] 1", "sigma 1", balancing.imbalance,
    ),
    Model(
        "drs.priority", mark("Priority of balancing"), "6 − ⌈σ / 0.1 · √hosts⌉, from 1 to 5",
        "sigma 1; hosts count", "priority number", balancing.priority,
    ),
    Model(
        "drs.best_move", mark("The move that balances best"), "least σ of all moves of one VM",
        "hosts[].vms[] 1",
        "sigma_before 1; from_host number ?; to_host number ?; vm_load 1 ?; sigma_after 1 ?", _best_move,
    ),
    Model(
        "consolidate.ffd", mark("VMs packed onto few hosts"),
        "largest first: the first (FFD) or fullest (BFD) that fits",
        "vm_cpu[] %; host_limit %",
        "ffd count; bfd count; l1 count; optimal count ?; hosts_saved count", _packed,
    ),
    Model(
        "consolidate.headroom", mark("VMs packed with headroom"), "as FFD, with a limit below 100 %",
        "vm_cpu[] %; host_limit %", "ffd count; l1 count; optimal count ?", _packed,
    ),
    Model(
        "consolidate.lower_bound", mark("Fewest hosts that could do"), "L1 = ⌈Σ / limit⌉, L2 after Martello and Toth",
        "vm_cpu[] %; host_limit %", "l1 count; l2 count; ffd count; optimal count ?", _packed,
    ),
    Model(
        "consolidate.two_resources", mark("VMs packed by CPU and memory"), "max(⌈Σ CPU / CPU⌉, ⌈Σ RAM / RAM⌉)",
        "host.cpu core; host.mem GiB; vms[].cpu core; vms[].mem GiB",
        "l1_cpu count; l1_mem count; lower_bound count; optimal count ?", _packed_twice,
    ),
    Model(
        "cost.racks", mark("Racks saved by consolidation"), "⌈servers / rack⌉ before and after · rent",
        "servers count; per_rack count; consolidation 1; rack_cost JPY/month",
        "racks_before count; racks_after count; saving JPY/month; saving_per_year JPY/year", sprawl.racks,
    ),
)  # fmt: skip
