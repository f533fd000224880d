"""Container: a user space of its own on a shared kernel."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Guest
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.os import FAMILIES
from sdx_studio.kinds.presets import LOADS, MIB, TEMPLATE, TIB, computer, load
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Guest]:
    values = plan.values(element.id)
    yield Guest(
        id=element.id,
        host=computer(element.id, plan),
        vcpus=float(values["cpus"]),
        load=load(values),
        memory=values["memory"],
        shares=float(values["shares"]),
        memory_overhead=10 * MIB,
        files="namespace",
        start_time=0.2,
    )


KIND = Kind(
    key="container",
    label=mark("Container"),
    family="guest",
    group="layers",
    prefix="container",
    help=mark("A program with its own user space on the shared kernel; starts in a fifth of a second"),
    shape="chip",
    fields=(
        Field("cpus", mark("CPU limit"), "number", 1.0, "core", 0.01, 512, help=mark("Cores it may use at most")),
        Field("memory", mark("Memory"), "number", 256 * MIB, "B", 1 * MIB, 16 * TIB, help=mark("Memory it uses")),
        Field("shares", mark("Shares"), "integer", 1000, "", 1, 1_000_000, help=mark("Weight when cores are short")),
        Field("family", mark("Kernel family"), "choice", "linux", choices=FAMILIES, group="Behaviour",
              help=mark("The kernel that its programs need")),
        *LOADS,
        TEMPLATE,
    ),
    needs=("container.slot",),
    traits=("guest",),
    meters=(Meter(mark("CPU"), "cpu.utilisation"),),
    lead="cpu.utilisation",
    parts=_parts,
    order=150,
)  # fmt: skip
