"""App: a program on an OS."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Guest
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import JOB, LOADS, MIB, TIB, computer, load
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Guest]:
    values = plan.values(element.id)
    yield Guest(
        id=element.id,
        host=computer(element.id, plan),
        vcpus=float(values["threads"]),
        load=load(values),
        memory=values["memory"],
        shares=1000.0 * values["threads"],
        start_time=1.0,
        work=float(values["work"]),
        parallel=float(values["parallel"]),
    )


KIND = Kind(
    key="app",
    label=mark("App"),
    family="guest",
    group="layers",
    prefix="app",
    help=mark("A program that runs directly on an OS"),
    shape="chip",
    fields=(
        Field("threads", mark("Threads"), "integer", 1, "", 1, 4096, help=mark("Cores that it can use at once")),
        Field("memory", mark("Memory"), "number", 512 * MIB, "B", 1 * MIB, 16 * TIB, help=mark("Memory it uses")),
        *LOADS,
        *JOB,
    ),
    needs=("process.slot",),
    traits=("guest",),
    meters=(Meter(mark("CPU"), "cpu.utilisation"),),
    lead="cpu.utilisation",
    parts=_parts,
    order=160,
)
