"""OpenFlow switch: forwards as a controller tells it, flow by flow."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Node
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Node]:
    area = plan.ancestor(element.id, "area")
    yield Node(element.id, "programmed", standalone=plan.values(element.id)["standalone"], area=area)


KIND = Kind(
    key="openflow_switch",
    label=mark("OpenFlow switch"),
    family="network",
    group="network",
    prefix="of",
    help=mark("Forwards as its controller says: the first packet of a flow asks, the others follow the rule"),
    shape="leaf",
    fields=(
        NIC,
        Field("standalone", mark("Works alone"), "flag", False, group="Behaviour",
              help=mark("Without a controller it forwards new flows along the shortest path instead of dropping them")),
        UNIT,
    ),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("forwarder", "programmed"),
    carries=("ethernet", "control", "wan"),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    parts=_parts,
    order=330,
)  # fmt: skip
