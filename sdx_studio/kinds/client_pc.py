"""Client PC: a machine under a desk, which may itself run a hypervisor."""

from collections.abc import Iterable
from dataclasses import replace

from sdx_studio.engine.parts import Machine, Part
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.power_tables import WATTS
from sdx_studio.kinds.presets import CORES, GIB, MEMORY, NIC, POWERED, endpoint
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    area = plan.ancestor(element.id, "area")
    yield Machine(element.id, float(values["cores"]), values["memory"], WATTS["PC"], area, values["powered"])
    yield endpoint(element.id)


KIND = Kind(
    key="client_pc",
    label=mark("PC"),
    family="client",
    group="machines",
    prefix="pc",
    help=mark("A personal computer: runs an OS or a hypervisor of its own"),
    shape="machine",
    fields=(replace(CORES, default=4), replace(MEMORY, default=8 * GIB), NIC, POWERED),
    offers=("system.slot",),
    needs=("site.ground", GROUND),
    traits=("machine", "computer", "endpoint"),
    carries=("ethernet", "wan", "wireless"),
    capacity=1,
    subtitle=("cores", "memory"),
    meters=(
        Meter(mark("CPU"), "cpu.utilisation"),
        Meter(mark("MEM"), "memory.utilisation"),
        Meter(mark("NET"), "net.utilisation"),
    ),
    lead="cpu.utilisation",
    parts=_parts,
    order=30,
)
