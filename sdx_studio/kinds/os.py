"""OS: one kernel on a machine or in a VM; containers and applications share it."""

from collections.abc import Iterable
from dataclasses import replace

from sdx_studio.engine.parts import Layer
from sdx_studio.kinds.base import Kind, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, MIB, layer
from sdx_studio.words import mark

FAMILIES = ("linux", "windows", "bsd")


def _parts(element: Placed, plan: Plan) -> Iterable[Layer]:
    values = plan.values(element.id)
    return (replace(one, family=values["family"]) for one in layer(element, plan, values["memory"], 0.0))


KIND = Kind(
    key="os",
    label=mark("OS"),
    family="layer",
    group="layers",
    prefix="os",
    help=mark("An operating system: one kernel that everything on it shares"),
    shape="layer",
    fields=(
        Field("family", mark("Kernel family"), "choice", "linux", choices=FAMILIES, group="Behaviour",
              help=mark("Containers need the kernel of their own family")),
        Field("memory", mark("Own memory"), "number", 512 * MIB, "B", 0, 16 * GIB, help=mark("Memory it keeps")),
    ),
    offers=("engine.slot", "process.slot"),
    needs=("system.slot", "guest.system"),
    traits=("layer", "kernel"),
    subtitle=("family",),
    lead="cpu.utilisation",
    auto_layer=True,
    parts=_parts,
    order=120,
)  # fmt: skip
