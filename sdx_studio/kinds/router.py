"""Router: joins networks and sends packets along shortest paths."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Node
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Node]:
    area = plan.ancestor(element.id, "area")
    yield Node(element.id, "routing", reference=plan.values(element.id)["reference"], area=area)


KIND = Kind(
    key="router",
    label=mark("Router"),
    family="network",
    group="network",
    prefix="router",
    help=mark("Joins networks and VLANs; each packet takes the path with the lowest cost"),
    shape="leaf",
    fields=(
        NIC,
        Field("reference", mark("Cost reference"), "number", 100e6, "bit/s", 1e3, 10e12, optional=True, group="Network",
              help=mark("A link costs this over its speed, at least 1: at 100 Mbit/s all faster links count alike")),
        UNIT,
    ),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("forwarder", "gateway"),
    carries=("ethernet", "wan", "wireless"),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    stands_for=("graphml:node",),
    parts=_parts,
    order=320,
)  # fmt: skip
