"""VM: a machine of its own on a hypervisor, with its own OS; it can move while it runs."""

from collections.abc import Iterable

from sdx_studio.engine.formulas.memory import vmm_overhead
from sdx_studio.engine.parts import Guest
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, JOB, KIB, LOADS, MAC, MIB, POWERED, TEMPLATE, TIB, computer, load, trace
from sdx_studio.words import mark

PRIORITIES = ("high", "medium", "low")
"""In the order in which a cluster starts VMs again."""


def _parts(element: Placed, plan: Plan) -> Iterable[Guest]:
    values = plan.values(element.id)
    limit = values["limit"]
    yield Guest(
        id=element.id,
        host=computer(element.id, plan),
        vcpus=values["vcpus"] * float(values["vcpu_speed"]),
        load=load(values),
        memory=values["memory"],
        shares=float(values["shares"]) * values["vcpus"],
        reservation=float(values["reservation"]),
        limit=None if limit is None else float(limit),
        memory_overhead=vmm_overhead(values["memory"], values["vcpus"]),
        dirty_rate=values["dirty_rate"],
        working_set=values["working_set"] or values["memory"],
        disk=values["disk"],
        io_rate=float(values["io_rate"]),
        io_size=values["io_size"],
        read_share=values["read_share"],
        io_load=trace(values, values["io_trace"]) if values["io_trace"] else None,
        streams=values["streams"],
        boot_requests=float(values["boot_requests"]),
        migrates=True,
        files="disk",
        restarts=values["restart"],
        start_time=values["start_time"],
        powered=values["powered"],
        width=float(values["vcpus"]),
        priority=PRIORITIES.index(values["priority"]),
        together=tuple(sorted(set(values["together"]))),
        apart=tuple(sorted(set(values["apart"]))),
        work=float(values["work"]),
        parallel=float(values["parallel"]),
        family=str(values["cpu_family"]).strip().lower(),
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
        Field("vcpu_speed", mark("vCPU speed"), "number", 1.0, "", 0.01, 100,
              help=mark("What one vCPU can ask for, in cores of speed 1; slower cores give it less")),
        Field("memory", mark("Memory"), "number", 4 * GIB, "B", 64 * MIB, 16 * TIB, help=mark("Memory it sees")),
        Field("shares", mark("Shares per vCPU"), "integer", 1000, "", 1, 1_000_000,
              help=mark("Weight when the host is full: 2,000 gets twice as much as 1,000")),
        Field("reservation", mark("Reservation"), "number", 0.0, "core", 0, 512, help=mark("Cores it always gets")),
        Field("limit", mark("Limit"), "number", None, "core", 0, 512, optional=True,
              help=mark("Cores it never exceeds; empty is without limit")),
        *LOADS,
        *JOB,
        Field("cpu_family", mark("CPU family"), "text", "", group="Behaviour",
              help=mark("Processors it was built for, such as arm64; empty is those of its host. Others are emulated")),
        Field("dirty_rate", mark("Dirty rate"), "number", 10 * MIB, "B/s", 0, 100 * GIB, group="Behaviour",
              help=mark("Memory it writes a second; what was written must be copied again in a migration")),
        Field("working_set", mark("Working set"), "number", None, "B", 0, 16 * TIB, group="Behaviour", optional=True,
              help=mark("Memory over which its writes spread; empty is all of it")),
        Field("restart", mark("HA restart"), "flag", True, group="Behaviour",
              help=mark("Whether a cluster starts it on another host when its own fails")),
        Field("priority", mark("Restart priority"), "choice", "medium", choices=PRIORITIES, group="Behaviour",
              help=mark("The higher one finds a place and starts first after a failure")),
        Field("together", mark("Together"), "tags", (), group="Behaviour",
              help=mark("Tags; VMs that share one stay on one host")),
        Field("apart", mark("Apart"), "tags", (), group="Behaviour",
              help=mark("Tags; VMs that share one never share a host")),
        Field("start_time", mark("Start time"), "number", 30.0, "s", 0, 3600, group="Behaviour",
              help=mark("From power-on to running")),
        POWERED,
        Field("disk", mark("Disk"), "reference", None, optional=True, to=("blocks",), group="Attached to",
              help=mark("The volume on which it lies; on shared storage it stays where it is when the VM moves")),
        Field("io_rate", mark("Disk requests"), "number", 0.0, "1/s", 0, 1e7, group="Attached to",
              help=mark("Requests a second at full speed")),
        Field("io_trace", mark("Trace of requests"), "series", "", "", 0, 100, group="Attached to",
              help=mark("Requests over time in per cent of those at full speed, at the trace's steps")),
        Field("io_size", mark("Request size"), "number", 4 * KIB, "B", 512, 64 * MIB, group="Attached to",
              help=mark("Bytes of one request")),
        Field("read_share", mark("Reads"), "number", 0.7, "1", 0, 1, group="Attached to",
              help=mark("Share of the requests that read")),
        Field("streams", mark("Sequential"), "flag", False, group="Attached to",
              help=mark("Its requests follow each other; several such streams on one disk cost a seek each")),
        Field("boot_requests", mark("Boot requests"), "number", 5000.0, "", 0, 1e7, group="Attached to",
              help=mark("Requests of 4 KiB that it makes to its disk while it starts")),
        TEMPLATE,
        MAC,
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
