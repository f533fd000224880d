"""Container engine: keeps containers apart on one kernel."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Layer
from sdx_studio.kinds.base import Kind, Placed, Plan
from sdx_studio.kinds.fields import Field, Values
from sdx_studio.kinds.presets import GIB, MIB, layer
from sdx_studio.words import _, mark


def _parts(element: Placed, plan: Plan) -> Iterable[Layer]:
    return layer(element, plan, plan.values(element.id)["memory"], 0.0)


def _refuse(_child: Placed, values: Values, parent: str, plan: Plan) -> str | None:
    kernel = plan.ancestor(parent, "kernel")
    if kernel is None:
        return None
    there, wanted = plan.values(kernel)["family"], values.get("family")
    if wanted is not None and there != wanted:
        return _("needs a {wanted} kernel, this one is {there}", wanted=wanted, there=there)
    return None


KIND = Kind(
    key="container_engine",
    label=mark("Engine"),
    family="layer",
    group="layers",
    prefix="engine",
    help=mark("Runs containers: own user spaces on one shared kernel"),
    shape="layer",
    fields=(
        Field("product", mark("Product"), "choice", "Docker", choices=("Docker", "containerd", "LXC", "Virtuozzo"),
              group="Behaviour", help=mark("Whose it is; what they cost is alike")),
        Field("memory", mark("Own memory"), "number", 64 * MIB, "B", 0, 16 * GIB, help=mark("Memory it keeps")),
    ),
    offers=("container.slot",),
    needs=("engine.slot",),
    traits=("layer",),
    lead="cpu.utilisation",
    auto_layer=True,
    parts=_parts,
    refuse=_refuse,
    order=130,
)  # fmt: skip
