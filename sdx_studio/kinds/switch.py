"""Switch: forwards frames along a spanning tree."""

from collections.abc import Iterable
from functools import lru_cache

from sdx_studio.engine.parts import Node
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC, PRIORITY
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark

TREES = ("RSTP", "STP")


@lru_cache(maxsize=len(TREES))
def waits(tree: str) -> tuple[float, float]:
    """Seconds until a port forwards after a failure of its own link and after one further away (802.1w, 802.1D)."""
    from sdx_studio.engine.formulas.network import stp_outage  # a window starts without

    told = stp_outage(forward_delay=15.0, max_age=20.0)
    return (1.0, 1.0) if tree == "RSTP" else (told.direct_failure, told.indirect_failure)


def _parts(element: Placed, plan: Plan) -> Iterable[Node]:
    values = plan.values(element.id)
    direct, indirect = waits(values["tree"])
    yield Node(
        element.id, "bridging", values["priority"], direct, indirect, area=plan.ancestor(element.id, "area")
    )  # fmt: skip


KIND = Kind(
    key="switch",
    label=mark("Switch"),
    family="network",
    group="network",
    prefix="sw",
    help=mark("Forwards frames inside one network; blocks ports so that there is no loop"),
    shape="leaf",
    fields=(
        NIC,
        PRIORITY,
        Field("tree", mark("Spanning tree"), "choice", "RSTP", choices=TREES, group="Network",
              help=mark("How long a port waits after a change: RSTP about a second, the old STP 30 or 50 seconds")),
        UNIT,
    ),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("forwarder",),
    carries=("ethernet", "storage", "wan", "wireless"),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    stands_for=("libvirt:network",),
    parts=_parts,
    order=310,
)  # fmt: skip
