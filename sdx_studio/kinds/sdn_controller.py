"""SDN controller: sees the whole network and chooses the way of every flow."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Controller, Part
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import endpoint
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark

MODES = ("parallel", "serial")


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    yield Controller(
        element.id, float(values["packet_in"]), float(values["round_trip"]), float(values["service"]),
        float(values["flow_mod"]), float(values["per_hop"]), values["rules"] == MODES[1],
    )  # fmt: skip
    yield endpoint(element.id)


KIND = Kind(
    key="sdn_controller",
    label=mark("SDN controller"),
    family="control",
    group="network",
    prefix="ctrl",
    help=mark("Sees the whole network and gives every flow the way on which it gets most"),
    shape="leaf",
    fields=(
        Field("packet_in", mark("Packet-in"), "number", 0.001, "s", 0, 10, group="Behaviour",
              help=mark("Time a switch needs to hand a first packet over")),
        Field("round_trip", mark("Round trip"), "number", 0.002, "s", 0, 10, group="Network",
              help=mark("From switch to controller and back")),
        Field("service", mark("Decision"), "number", 0.001, "s", 0, 10, group="Behaviour",
              help=mark("Time the controller needs for one flow")),
        Field("flow_mod", mark("Rule setting"), "number", 0.005, "s", 0, 10, group="Behaviour",
              help=mark("Time until a switch has taken a rule")),
        Field("per_hop", mark("Hop delay"), "number", 5e-6, "s", 0, 1, group="Network",
              help=mark("Time of a packet through one switch that knows its rule")),
        Field("rules", mark("Rules are set"), "choice", MODES[0], choices=MODES, group="Behaviour",
              help=mark("On all switches at once, or on one after another")),
        UNIT,
    ),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("controller", "endpoint"),
    carries=("control",),
    meters=(Meter(mark("NET"), "net.utilisation"),),
    lead="net.utilisation",
    parts=_parts,
    order=340,
)  # fmt: skip
