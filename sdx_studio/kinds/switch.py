"""Switch: forwards frames along a spanning tree."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Node
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.presets import NIC, PRIORITY
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Node]:
    yield Node(element.id, "bridging", plan.values(element.id)["priority"])


KIND = Kind(
    key="switch",
    label=mark("Switch"),
    family="network",
    group="network",
    prefix="sw",
    help=mark("Forwards frames inside one network; blocks ports so that there is no loop"),
    shape="leaf",
    fields=(NIC, PRIORITY),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("forwarder",),
    carries=("ethernet", "storage", "wan", "wireless"),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    stands_for=("libvirt:network",),
    parts=_parts,
    order=310,
)
