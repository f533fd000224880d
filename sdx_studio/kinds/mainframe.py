"""Mainframe: one dear processor that many share in time."""

from collections.abc import Iterable
from typing import Literal

from sdx_studio.engine.parts import Processor
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

POLICIES: dict[str, Literal["batch", "turns", "machines"]] = {
    "batch": "batch",
    "time sharing": "turns",
    "virtual machines": "machines",
}


def _parts(element: Placed, plan: Plan) -> Iterable[Processor]:
    values = plan.values(element.id)
    policy = POLICIES[values["policy"]]
    yield Processor(
        element.id, policy, float(values["quantum"]), float(values["swap"]), float(values["overhead"])
    )  # fmt: skip


KIND = Kind(
    key="mainframe",
    label=mark("Mainframe"),
    family="compute",
    group="machines",
    prefix="mainframe",
    help=mark("One dear processor for many: job after job, in turns, or as virtual machines (1961 to 1967)"),
    shape="machine",
    fields=(
        Field("policy", mark("Work is shared"), "choice", "time sharing", choices=tuple(POLICIES), group="Behaviour",
              help=mark("batch: one job after the other; time sharing: in turns; virtual machines: a whole machine for "
                        "each user, in turns (CP-67)")),
        Field("quantum", mark("Time slice"), "number", 0.2, "s", 0.001, 3600, group="Behaviour",
              help=mark("How long one works until it is the next one's turn")),
        Field("swap", mark("Change of job"), "number", 0.0, "s", 0, 60, group="Behaviour",
              help=mark("Time that is lost whenever another job's turn comes")),
        Field("overhead", mark("Monitor's overhead"), "number", 0.1, "1", 0, 10, group="Behaviour",
              help=mark("How much longer work takes in a virtual machine; assumed")),
    ),
    offers=("job.slot",),
    needs=("site.ground", GROUND),
    traits=("processor",),
    subtitle=("policy",),
    meters=(Meter(mark("CPU"), "cpu.utilisation", alarming=False),),
    lead="cpu.utilisation",
    thresholds=Thresholds(idle=0.00001, busy=1.1, critical=1.2),
    parts=_parts,
    order=20,
)  # fmt: skip
