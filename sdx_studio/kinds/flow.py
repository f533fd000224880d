"""Flow: traffic from one element to another."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Load, Trace, Traffic
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field, Values
from sdx_studio.kinds.presets import PATTERN, PERIOD, SWING, TRACES, trace
from sdx_studio.words import mark

_ENDS = ("endpoint", "forwarder", "guest", "blocks")


def _parts(element: Placed, plan: Plan) -> Iterable[Traffic]:
    values = plan.values(element.id)
    yield Traffic(
        id=element.id,
        source=values["source"] or "",
        target=values["target"] or "",
        rate=values["rate"],
        size=values["size"],
        weight=float(values["weight"]),
        guarantee=float(values["guarantee"]),
        priority=int(values["priority"]),
        vlan=values["vlan"],
        start=float(values["start"]),
        load=_load(values),
    )


def _load(values: Values) -> Load | Trace | None:
    """Share of its rate over time; None when it never changes."""
    if values["trace"]:
        return trace(values, values["trace"])
    if values["pattern"] == "steady":
        return None
    level = 1.0 / (1.0 + values["swing"])
    return Load(level, values["pattern"], float(values["swing"]), float(values["period"]))


KIND = Kind(
    key="flow",
    label=mark("Flow"),
    family="network",
    group="network",
    prefix="flow",
    help=mark("Traffic from one element to another, as fast as it asks for and the links allow"),
    shape="leaf",
    fields=(
        Field("source", mark("From"), "reference", None, optional=True, to=_ENDS, group="Attached to",
              help=mark("Who sends")),
        Field("target", mark("To"), "reference", None, optional=True, to=_ENDS, group="Attached to",
              help=mark("Who receives")),
        Field("rate", mark("Rate"), "number", None, "bit/s", 1.0, 10e12, optional=True,
              help=mark("The most it sends; empty takes what it can get")),
        Field("size", mark("Amount"), "number", None, "B", 1.0, 1e18, optional=True,
              help=mark("Bytes to send; empty never ends")),
        Field("weight", mark("Weight"), "number", 1.0, "", 0.001, 1e6, group="Behaviour",
              help=mark("Share of a full link against others: 2 gets twice as much as 1")),
        Field("guarantee", mark("Guarantee"), "number", 0.0, "bit/s", 0, 10e12, group="Behaviour",
              help=mark("Rate that it gets even when links are full")),
        Field("priority", mark("Priority"), "integer", 0, "", 0, 7, group="Behaviour",
              help=mark("Higher classes are served first")),
        Field("vlan", mark("VLAN"), "integer", None, "", 1, 4094, optional=True, group="Network",
              help=mark("VLAN it belongs to; empty takes its port's")),
        Field("start", mark("Start"), "number", 0.0, "s", 0, 31536000, group="Behaviour", help=mark("When it begins")),
        PATTERN, SWING, PERIOD, *TRACES,
    ),
    needs=("site.ground", GROUND),
    traits=("traffic",),
    subtitle=("rate",),
    meters=(Meter(mark("NET"), "net.utilisation", alarming=False),),
    lead="net.utilisation",
    thresholds=Thresholds(idle=0.00001, busy=1.1, critical=1.2),
    stands_for=("demand",),
    parts=_parts,
    order=360,
)  # fmt: skip
