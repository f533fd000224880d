"""Cluster: hosts that stand in for each other."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Group
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.vlan import number_of
from sdx_studio.words import mark

LEAVE, SHUT_DOWN = "leave running", "restart elsewhere"
ADMISSION = ("none", "slots", "percentage")
BALANCING = ("off", "manual", "partial", "automatic")


def _parts(element: Placed, plan: Plan) -> Iterable[Group]:
    values = plan.values(element.id)
    yield Group(
        id=element.id,
        members=tuple(values["members"]),
        restart=values["restart"],
        detect=float(values["detect"]),
        place=float(values["place"]),
        parallel=int(values["parallel"]),
        isolation=float(values["isolation"]),
        response="restart" if values["response"] == SHUT_DOWN else "leave",
        admission=values["admission"],
        tolerate=int(values["tolerate"]),
        reserve=float(values["reserve"]),
        balancing=values["balancing"],
        threshold=int(values["threshold"]),
        every=float(values["every"]),
        network=number_of(values["network"], plan),
    )


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
        Field("network", mark("Migration network"), "reference", None, optional=True, to=("segment",),
              group="Attached to", help=mark("VLAN on which VMs move between its hosts; a cable that carries no other "
                                             "VLAN is kept for that. Empty takes any cable")),
        Field("restart", mark("Restart VMs (HA)"), "flag", True, group="Behaviour",
              help=mark("Start the VMs of a failed host on the others")),
        Field("detect", mark("Detection"), "number", 15.0, "s", 1, 600, group="Behaviour",
              help=mark("Time without heartbeat until a host counts as failed")),
        Field("place", mark("Placement"), "number", 2.0, "s", 0, 600, group="Behaviour",
              help=mark("Time to find new hosts for its VMs")),
        Field("parallel", mark("Starts at once"), "integer", 4, "", 1, 1000, group="Behaviour",
              help=mark("VMs that start at a time on one host")),
        Field("isolation", mark("Isolation"), "number", 30.0, "s", 1, 600, group="Behaviour",
              help=mark("Time without a network path to any other host until a host counts as isolated")),
        Field("response", mark("When isolated"), "choice", LEAVE, choices=(LEAVE, SHUT_DOWN), group="Behaviour",
              help=mark("leave running: its VMs run on; restart elsewhere: it shuts them down, the others start them")),
        Field("admission", mark("Admission control"), "choice", "none", choices=ADMISSION, group="Behaviour",
              help=mark("What stays free for the VMs of failed hosts: a VM that would take it is not switched on")),
        Field("tolerate", mark("Failures to survive"), "integer", 1, "", 0, 64, group="Behaviour",
              help=mark("Slots: hosts that may fail and still leave a slot for every VM")),
        Field("reserve", mark("Kept free"), "number", 0.25, "1", 0, 1, group="Behaviour",
              help=mark("Percentage: share of cores and of memory that is not promised to VMs")),
        Field("balancing", mark("Load balancing"), "choice", "off", choices=BALANCING, group="Behaviour",
              help=mark("manual: recommends moves; partial: places VMs when they start, recommends moves; "
                        "automatic: moves them")),
        Field("threshold", mark("Up to priority"), "integer", 3, "", 1, 5, group="Behaviour",
              help=mark("1: only what is urgent; 5: even small gains")),
        Field("every", mark("Balancing interval"), "number", 300.0, "s", 5, 86400, group="Behaviour",
              help=mark("Time from one look at the loads to the next")),
    ),
    needs=("site.ground", GROUND),
    traits=("group",),
    meters=(Meter(mark("CPU"), "cpu.utilisation"),),
    lead="cpu.utilisation",
    stands_for=("plain:cluster",),
    parts=_parts,
    order=410,
)  # fmt: skip
