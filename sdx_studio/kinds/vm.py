"""VM: a machine of its own on a hypervisor, with its own OS; it can move while it runs."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Guest
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, KIB, LOADS, MIB, POWERED, TIB, computer, load
from sdx_studio.words import mark

# VMM overhead in MiB by memory (rows) and vCPUs 1, 2, 4, 8: VMware vSphere 6.5 Resource Management, table 6-1.
_SIZES = (256.0, 1024.0, 4096.0, 16384.0)
_OVERHEAD = (
    (20.29, 24.28, 32.23, 48.16),
    (25.90, 29.91, 37.86, 53.82),
    (48.64, 52.72, 60.67, 76.78),
    (139.62, 143.98, 151.93, 168.60),
)


def overhead(memory: float, vcpus: int) -> float:
    """Memory (bytes) that the hypervisor needs for a VM, linear between the table's rows, next larger vCPU column."""
    column = next((i for i, count in enumerate((1, 2, 4, 8)) if vcpus <= count), 3)
    size = memory / MIB
    low = max((i for i in range(3) if _SIZES[i] <= size), default=0)
    share = (size - _SIZES[low]) / (_SIZES[low + 1] - _SIZES[low])
    below, above = _OVERHEAD[low][column], _OVERHEAD[low + 1][column]
    return max(0.0, below + (above - below) * share) * MIB


def _parts(element: Placed, plan: Plan) -> Iterable[Guest]:
    values = plan.values(element.id)
    limit = values["limit"]
    yield Guest(
        id=element.id,
        host=computer(element.id, plan),
        vcpus=float(values["vcpus"]),
        load=load(values),
        memory=values["memory"],
        shares=float(values["shares"]) * values["vcpus"],
        reservation=float(values["reservation"]),
        limit=None if limit is None else float(limit),
        memory_overhead=overhead(values["memory"], values["vcpus"]),
        dirty_rate=values["dirty_rate"],
        working_set=values["working_set"] or values["memory"],
        disk=values["disk"],
        io_rate=float(values["io_rate"]),
        io_size=values["io_size"],
        read_share=values["read_share"],
        migrates=True,
        restarts=values["restart"],
        start_time=values["start_time"],
        powered=values["powered"],
    )


KIND = Kind(
    key="vm",
    label=mark("VM"),
    family="guest",
    group="layers",
    prefix="vm",
    help=mark("A virtual machine with its own OS; it can move to another host while it runs"),
    shape="guest",
    fields=(
        Field("vcpus", mark("vCPU"), "integer", 2, "", 1, 512, help=mark("It never gets more cores than it has vCPUs")),
        Field("memory", mark("Memory"), "number", 4 * GIB, "B", 64 * MIB, 16 * TIB, help=mark("Memory it sees")),
        Field("shares", mark("Shares per vCPU"), "integer", 1000, "", 1, 1_000_000,
              help=mark("Weight when the host is full: 2,000 gets twice as much as 1,000")),
        Field("reservation", mark("Reservation"), "number", 0.0, "core", 0, 512, help=mark("Cores it always gets")),
        Field("limit", mark("Limit"), "number", None, "core", 0, 512, optional=True,
              help=mark("Cores it never exceeds; empty is without limit")),
        *LOADS,
        Field("dirty_rate", mark("Dirty rate"), "number", 10 * MIB, "B/s", 0, 100 * GIB, group="Behaviour",
              help=mark("Memory it writes a second; what was written must be copied again in a migration")),
        Field("working_set", mark("Working set"), "number", None, "B", 0, 16 * TIB, group="Behaviour", optional=True,
              help=mark("Memory over which its writes spread; empty is all of it")),
        Field("restart", mark("HA restart"), "flag", True, group="Behaviour",
              help=mark("Whether a cluster starts it on another host when its own fails")),
        Field("start_time", mark("Start time"), "number", 30.0, "s", 0, 3600, group="Behaviour",
              help=mark("From power-on to running")),
        POWERED,
        Field("disk", mark("Disk"), "reference", None, optional=True, to=("blocks",), group="Attached to",
              help=mark("The volume on which it lies; on shared storage it stays where it is when the VM moves")),
        Field("io_rate", mark("Disk requests"), "number", 0.0, "1/s", 0, 1e7, group="Attached to",
              help=mark("Requests a second at full speed")),
        Field("io_size", mark("Request size"), "number", 4 * KIB, "B", 512, 64 * MIB, group="Attached to",
              help=mark("Bytes of one request")),
        Field("read_share", mark("Reads"), "number", 0.7, "1", 0, 1, group="Attached to",
              help=mark("Share of the requests that read")),
    ),
    offers=("guest.system",),
    needs=("guest.slot",),
    traits=("guest", "computer", "mobile"),
    capacity=1,
    meters=(Meter(mark("CPU"), "cpu.utilisation"), Meter(mark("MEM"), "memory.utilisation", alarming=False)),
    lead="cpu.utilisation",
    stands_for=("libvirt:domain",),
    parts=_parts,
    order=140,
)  # fmt: skip
