"""Desktops, thin clients, shared servers, streaming, recovery at another site, time sharing."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import desktops, queues, replication, timesharing
from sdx_studio.engine.formulas.model import Model
from sdx_studio.engine.formulas.timesharing import Job
from sdx_studio.words import mark

Rows = Sequence[Mapping[str, float]]


def _fcfs(jobs: Rows) -> timesharing.Turnarounds:
    return timesharing.fcfs([Job(**job) for job in jobs])


def _round_robin(quantum: float, swap: float, jobs: Rows) -> timesharing.Turnarounds:
    return timesharing.round_robin(quantum, swap, [Job(**job) for job in jobs])


MODELS: tuple[Model, ...] = (
    Model(
        "vdi.iops", mark("Disk requests of desktops"), "frontend · (reads + writes · penalty)",
        "desktops count; iops_each 1/s; write_fraction 1 <=1; raid_penalty 1", "frontend 1/s; backend 1/s",
        desktops.desktop_iops,
    ),
    Model(
        "vdi.boot_storm", mark("All desktops start at once"), "max(one boot, desktops · requests / IOPS)",
        "desktops count; ios_per_boot count; backend_iops 1/s; single_boot s", "time s", desktops.boot_storm,
    ),
    Model(
        "vdi.login_storm", mark("All users log in"), "desktops · requests / window",
        "desktops count; window s; login_ios count", "mean_iops 1/s", desktops.login_storm,
    ),
    Model(
        "vdi.display_bandwidth", mark("Link for the displays"), "(office · rate + video · rate) / load",
        "users count; office_rate bit/s; video_users count; video_rate bit/s; max_load 1 <=1", "needed_link bit/s",
        desktops.display_bandwidth,
    ),
    Model(
        "vdi.blade_vs_vdi", mark("Blades against virtual desktops"), "⌈users / (desktops per core · cores)⌉",
        "users count; host_cores core; vdi_per_core 1/core", "blades count; vdi_hosts count", desktops.blade_vs_vdi,
    ),
    Model(
        "sbc.processor_sharing", mark("Response time of shared sessions"), "R = S + ErlangC / (c/S − λ)",
        "service s; arrival 1/s; cores core", "saturated flag; utilisation 1; response s ?", queues.shared_servers,
    ),
    Model(
        "sbc.interactive_bound", mark("How many users a server bears"),
        "knee = c · (Z + S) / S, R ≥ max(S, N · S / c − Z)",
        "users[] count; think s; service s; cores core", "knee_users count; response_lower_bound[] s",
        queues.interactive_bound,
    ),
    Model(
        "sbc.noisy_neighbour", mark("A noisy neighbour"), "fair by session or by thread",
        "cores core; heavy_demand core; heavy_threads count; light_users count; light_demand core",
        "heavy_fair core; light_fair core ?; heavy_by_thread core; light_by_thread core ?", desktops.noisy_neighbour,
    ),
    Model(
        "thin.keystroke", mark("Echo of a key"), "RTT + server + render + 2 · RTO · p / (1 − 2p)",
        "rtt ms; server ms; render ms; loss 1; rto ms", "echo ms; band text", desktops.keystroke,
    ),
    Model(
        "thin.network_loss", mark("What a user sees without network"), "what runs on the client goes on",
        "link_up flag",
        "vdi text; sbc text; streamed_full_cache text; streamed_partial_cache text; client_hypervisor text; "
        "blade_pc text", desktops.network_loss,
    ),
    Model(
        "stream.launch", mark("Start of a streamed application"), "clients · first block · package / link",
        "package MB; fb1 1 <=1; link bit/s; clients count", "launch s; full s; offline_ready s; second_launch s",
        desktops.stream_launch,
    ),
    Model(
        "stream.vs_sbc", mark("Streaming against screen transfer"), "package / display rate",
        "package MB; display_rate bit/s", "break_even h", desktops.stream_or_screen,
    ),
    Model(
        "bcp.bandwidth", mark("Bandwidth for replication"), "changed · 8 / (RPO · efficiency)",
        "changed_per_rpo GB; rpo s; efficiency 1 <=1", "needed bit/s", replication.bandwidth,
    ),
    Model(
        "bcp.transfer", mark("Time of a replication"), "size · 8 / (link · efficiency)",
        "size GB; link bit/s; efficiency 1 <=1", "time h", replication.transfer,
    ),
    Model(
        "bcp.initial_sync", mark("First copy to the other site"), "data / (link − change rate)",
        "data GB; link B/s; change_rate B/s", "feasible flag; time h ?", replication.initial_sync,
    ),
    Model(
        "bcp.achieved_rpo", mark("What is lost at worst"), "interval + transfer",
        "interval s; changed GB; link bit/s; efficiency 1 <=1; rpo_target s",
        "transfer s; worst_rpo s; meets_target flag", replication.achieved_rpo,
    ),
    Model(
        "bcp.rto", mark("Time until everything runs again"), "decide + register + ⌈VMs / parallel⌉ · boot + DNS",
        "decide s; register s; vms count; concurrent count; boot s; dns s", "rto s", replication.recovery_time,
    ),
    Model(
        "bcp.sync_write", mark("Synchronous writes to another site"), "local + RTT, outstanding / latency",
        "local_write ms; rtt ms; outstanding count", "latency ms; max_iops 1/s; rpo s", replication.sync_write,
    ),
    Model(
        "timeshare.fcfs", mark("Batch: first come, first served"), "turnaround = end − arrival",
        "jobs[].arrival s; jobs[].service s", "turnaround[] s; mean s ?", _fcfs,
    ),
    Model(
        "timeshare.round_robin", mark("Time sharing: round robin"), "slices of q in turn, swap between jobs",
        "quantum s; swap s; jobs[].arrival s; jobs[].service s", "turnaround[] s; mean s ?", _round_robin,
    ),
    Model(
        "timeshare.efficiency", mark("Work done by time sharing"), "q / (q + s)",
        "quantum s; swap s", "efficiency 1", timesharing.efficiency,
    ),
    Model(
        "timeshare.cycle", mark("Longest wait for a turn"), "(users − 1) · (q + s)",
        "users count; quantum s; swap s", "worst_wait s", timesharing.worst_wait,
    ),
)  # fmt: skip
