"""Router: joins networks and sends packets along shortest paths."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Node
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.presets import NIC
from sdx_studio.words import mark


def _parts(element: Placed, _plan: Plan) -> Iterable[Node]:
    yield Node(element.id, "routing")


KIND = Kind(
    key="router",
    label=mark("Router"),
    family="network",
    group="network",
    prefix="router",
    help=mark("Joins networks and VLANs; each packet takes the path with the fewest hops"),
    shape="leaf",
    fields=(NIC,),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("forwarder", "gateway"),
    carries=("ethernet", "wan", "wireless"),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    stands_for=("graphml:node",),
    parts=_parts,
    order=320,
)
