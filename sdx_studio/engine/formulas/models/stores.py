"""Storage: devices, RAID, queues, cache, pools, balancing."""

from collections.abc import Mapping, Sequence

from sdx_studio.engine.formulas import moves, queues, storage
from sdx_studio.engine.formulas.bounds import whole
from sdx_studio.engine.formulas.cpu import weighted_maxmin
from sdx_studio.engine.formulas.model import Model
from sdx_studio.words import mark

LEVELS = {"raid0": "RAID 0", "raid10": "RAID 10", "raid5": "RAID 5", "raid6": "RAID 6"}
Rows = Sequence[Mapping[str, float]]


def _blocks(size: float, block: float) -> dict[str, float]:
    return {"size": size, "blocks": storage.blocks(size, block)}


def _usable(disks: float, size: float) -> dict[str, float]:
    whole(disks=disks)
    return {key: storage.data_disks(level, int(disks)) * size for key, level in LEVELS.items()}


def _limited(array_iops: float, vms: Rows) -> list[float]:
    weights, caps = ([vm[key] for vm in vms] for key in ("weight", "cap"))
    return weighted_maxmin(array_iops, weights, [0.0] * len(vms), caps)


def _rebalance(devices: Rows) -> storage.Balanced:
    return storage.rebalance([one["capacity"] for one in devices], [one["used"] for one in devices])


MODELS: tuple[Model, ...] = (
    Model(
        "storage.blocks", mark("Blocks of a volume"), "blocks = ⌈size / block⌉",
        "size GiB; block KiB", "size KiB; blocks count", _blocks,
    ),
    Model(
        "storage.pool", mark("A pool of thick volumes"), "free = pool − Σ volumes, blocks = ⌈size / block⌉",
        "pool GiB; block B; volumes[] GiB", "free GiB; volume_blocks[] count; pool_blocks count", storage.thick_pool,
    ),
    Model(
        "storage.thin", mark("A pool of thin volumes"),
        "overcommit = Σ provisioned / pool, full in (pool − Σ written) / growth",
        "pool GiB; provisioned[] GiB; written[] GiB; growth GiB/day", "overcommit 1; used GiB; time_to_full day ?",
        storage.thin_pool,
    ),
    Model(
        "storage.hdd_iops", mark("Random requests of a hard disk"), "1 / (seek + half a turn + size / media)",
        "seek ms; rpm 1/min; size B; media MB/s", "iops 1/s", storage.hdd_iops,
    ),
    Model(
        "storage.delivered", mark("Requests that a device delivers"), "min(IOPS, bandwidth / size)",
        "iops_cap 1/s; bw_cap MB/s; sizes[] B", "iops[] 1/s", storage.delivered,
    ),
    Model(
        "storage.raid_frontend", mark("Requests that a RAID set serves"), "disks · IOPS / (reads + writes · penalty)",
        "disks count; disk_iops 1/s; write_fraction 1 <=1; penalty 1", "iops 1/s", storage.raid_frontend,
    ),
    Model(
        "storage.raid_usable", mark("Usable capacity of RAID levels"), "n, ⌊n/2⌋, n − 1, n − 2 times the disk",
        "disks count; size TB", "raid0 TB; raid10 TB; raid5 TB; raid6 TB", _usable,
    ),
    Model(
        "storage.mm1", mark("Response time of a disk"), "R = S / (1 − ρ), ρ = λ · S",
        "service s; arrival 1/s", "saturated flag; utilisation 1; response s ?; queue_growth 1/s ?", queues.mm1,
    ),
    Model(
        "storage.mg1_ps", mark("Response time of a shared device"), "R = S / (1 − ρ)",
        "service s; arrival 1/s", "saturated flag; response s ?", queues.mg1_ps,
    ),
    Model(
        "storage.mg1_fcfs", mark("Response time of a disk, first come first served"),
        "R = S + ρ · S · (1 + cv²) / (2 (1 − ρ))",
        "service s; arrival 1/s; cv2 1", "saturated flag; response s ?", queues.mg1_fcfs,
    ),
    Model(
        "storage.closed_mva", mark("Users that wait for each other"), "R = S · (1 + Q), X = n / (Z + R), Q = X · R",
        "users count; think s; demand s", "throughput 1/s; response s ?", queues.closed_mva,
    ),
    Model(
        "storage.io_blender", mark("Sequential streams mixed on one disk"),
        "run / (seek + half a turn + run / sequential)",
        "streams count; sequential MB/s; run B; seek ms; rpm 1/min", "throughput B/s", storage.io_blender,
    ),
    Model(
        "storage.cache", mark("A cache before the disks"), "R = h · hit + (1 − h) · miss, backend = (1 − h) · IOPS",
        "hit 1 <=1; t_hit ms; t_miss ms; frontend_iops 1/s", "latency ms; backend_iops 1/s", storage.cache,
    ),
    Model(
        "storage.iops_limit_sharing", mark("An array shared by weight and limit"),
        "grant = min(weight · t, cap), Σ grant = min(array, Σ cap)",
        "array_iops 1/s; vms[].weight number; vms[].cap 1/s", "granted[] 1/s", _limited,
    ),
    Model(
        "storage.online_migration", mark("Move a volume in use"),
        "mirror: size / rate; iterative: pre-copy until rest / rate ≤ target",
        "size GiB; rate MiB/s; write_rate MiB/s; mode text:mirror|iterative; downtime_target s null",
        "rounds count; total s; downtime s", moves.move_volume,
    ),
    Model(
        "storage.rebalance", mark("Even out devices"), "U = Σ used / Σ capacity, moved = Σ max(0, used − U · capacity)",
        "devices[].capacity GiB; devices[].used GiB",
        "target_utilisation 1 ?; target_used[] GiB; moved GiB; moved_fraction 1", _rebalance,
    ),
    Model(
        "storage.rebalance_trigger", mark("Whether devices are evened out"),
        "fullest > threshold and fullest − emptiest > difference",
        "utilisation[] 1; threshold 1; min_difference 1", "move flag", storage.rebalance_trigger,
    ),
    Model(
        "storage.nas_namespace", mark("A file moves, its path stays"), "path → device",
        "devices[] TB; path text; from_device number; to_device number",
        "capacity TB; path_after_move text; client_remount flag", storage.nas_namespace,
    ),
)  # fmt: skip
