"""Replication: a volume's changed blocks go to another array; after a failure its VMs start from there."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Replica
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, TIB
from sdx_studio.words import mark

ASYNC, SYNC = "asynchronous", "synchronous"


def _parts(element: Placed, plan: Plan) -> Iterable[Replica]:
    values = plan.values(element.id)
    yield Replica(
        element.id, values["volume"] or "", values["target"] or "", float(values["interval"]), float(values["change"]),
        float(values["working_set"] or 0.0), float(values["efficiency"]),
        "sync" if values["mode"] == SYNC else "async", float(values["outstanding"]), tuple(values["hosts"]),
        float(values["decide"]), float(values["register"]), int(values["at_once"]), float(values["dns"]),
    )  # fmt: skip


KIND = Kind(
    key="replication",
    label=mark("Replication"),
    family="control",
    group="control",
    prefix="replica",
    help=mark("Copies a volume to another array: all of it once, then what has changed in each interval"),
    shape="leaf",
    fields=(
        Field("volume", mark("Volume"), "reference", None, optional=True, to=("blocks",), group="Attached to",
              help=mark("What is copied")),
        Field("target", mark("Target"), "reference", None, optional=True, to=("store",), group="Attached to",
              help=mark("The array at the other site")),
        Field("mode", mark("Mode"), "choice", ASYNC, choices=(ASYNC, SYNC), group="Behaviour",
              help=mark("asynchronous: changes go at intervals; synchronous: a write is done when both have it")),
        Field("interval", mark("Interval"), "number", 900.0, "s", 1, 31_536_000, group="Behaviour",
              help=mark("How often the changes are collected; what is lost is at most this and the time to copy them")),
        Field("change", mark("Change rate"), "number", 1e6, "B/s", 0, 100 * GIB, group="Behaviour",
              help=mark("Bytes written a second")),
        Field("working_set", mark("Working set"), "number", None, "B", 0, 1024 * TIB, group="Behaviour", optional=True,
              help=mark("Blocks over which writes spread: one written twice goes once; empty: never the same twice")),
        Field("outstanding", mark("Requests at once"), "number", 16.0, "", 1, 1024, group="Behaviour",
              help=mark("Requests of a VM that wait at once; synchronous: at most so many in each round trip")),
        Field("efficiency", mark("Efficiency"), "number", 0.74, "1", 0.05, 1, group="Network",
              help=mark("Share of the bandwidth that is left for data")),
        Field("hosts", mark("Recovery hosts"), "references", (), to=("machine",), group="Attached to",
              help=mark("Where the VMs start after a failure; empty: the hosts at the array's site")),
        Field("decide", mark("Decision"), "number", 600.0, "s", 0, 86400, group="Behaviour",
              help=mark("Time until somebody has decided to fail over")),
        Field("register", mark("Registration"), "number", 5.0, "s", 0, 3600, group="Behaviour",
              help=mark("Time to register one VM at the other site from its configuration")),
        Field("at_once", mark("Starts at once"), "integer", 10, "", 1, 1000, group="Behaviour",
              help=mark("VMs that start at a time after a fail-over")),
        Field("dns", mark("Change of names"), "number", 60.0, "s", 0, 86400, group="Behaviour",
              help=mark("Time until names lead to the VMs at the other site")),
    ),
    needs=("site.ground", GROUND),
    traits=("replication",),
    subtitle=("interval",),
    meters=(Meter(mark("COPY"), "replica.fill", alarming=False),),
    lead="replica.fill",
    thresholds=Thresholds(idle=0.0, busy=1.1, critical=1.2),
    parts=_parts,
    order=430,
)  # fmt: skip
