"""Cluster: hosts that stand in for each other."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Group
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Group]:
    values = plan.values(element.id)
    yield Group(
        element.id, tuple(values["members"]), values["restart"], values["detect"], values["place"],
        int(values["parallel"]),
    )  # fmt: skip


KIND = Kind(
    key="cluster",
    label=mark("Cluster"),
    family="control",
    group="control",
    prefix="cluster",
    help=mark("Hosts that stand in for each other: when one fails, its VMs start again on the others"),
    shape="leaf",
    fields=(
        Field("members", mark("Hosts"), "references", (), to=("machine",), group="Attached to",
              help=mark("Hosts that belong to it")),
        Field("restart", mark("Restart VMs (HA)"), "flag", True, group="Behaviour",
              help=mark("Start the VMs of a failed host on the others")),
        Field("detect", mark("Detection"), "number", 15.0, "s", 1, 600, group="Behaviour",
              help=mark("Time without heartbeat until a host counts as failed")),
        Field("place", mark("Placement"), "number", 2.0, "s", 0, 600, group="Behaviour",
              help=mark("Time to find new hosts for its VMs")),
        Field("parallel", mark("Starts at once"), "integer", 4, "", 1, 1000, group="Behaviour",
              help=mark("VMs that start at a time on one host")),
    ),
    needs=("site.ground", GROUND),
    traits=("group",),
    meters=(Meter(mark("CPU"), "cpu.utilisation"),),
    lead="cpu.utilisation",
    parts=_parts,
    order=410,
)  # fmt: skip
