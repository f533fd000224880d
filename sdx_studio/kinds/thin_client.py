"""Thin client: a screen and a keyboard for a desktop that runs elsewhere."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Part, Traffic
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC, endpoint
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    yield endpoint(element.id)
    if values["desktop"]:
        yield Traffic(element.id, values["desktop"], element.id, values["display_rate"])


KIND = Kind(
    key="thin_client",
    label=mark("Thin client"),
    family="client",
    group="machines",
    prefix="tc",
    help=mark("A screen and keyboard: shows a desktop that runs on a server, holds no data"),
    shape="leaf",
    fields=(
        Field("desktop", mark("Desktop"), "reference", None, optional=True, to=("guest",), group="Attached to",
              help=mark("The VM whose screen it shows")),
        Field("display_rate", mark("Display rate"), "number", 150e3, "bit/s", 1e3, 1e9, group="Network",
              help=mark("Office work takes about 150 kbit/s, video 1 to 13 Mbit/s")),
        NIC,
    ),
    needs=("site.ground", GROUND),
    traits=("endpoint", "screen"),
    carries=("ethernet", "wan", "wireless"),
    meters=(Meter(mark("NET"), "net.utilisation", alarming=False),),
    lead="net.utilisation",
    thresholds=Thresholds(idle=0.00001, busy=1.1, critical=1.2),
    parts=_parts,
    order=40,
)  # fmt: skip
