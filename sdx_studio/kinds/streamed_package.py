"""Streamed app: a program that comes over the network while it is already running."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Package
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Package]:
    values = plan.values(element.id)
    yield Package(
        element.id, values["server"] or "", values["client"] or "", float(values["size"]), float(values["first"]),
        float(values["start"]),
    )  # fmt: skip


KIND = Kind(
    key="streamed_package",
    label=mark("Streamed app"),
    family="client",
    group="layers",
    prefix="package",
    help=mark("A program that is sent to its client: it starts with the first blocks and ends up in the cache"),
    shape="leaf",
    fields=(
        Field("server", mark("Server"), "reference", None, optional=True, to=("endpoint", "guest", "blocks"),
              group="Attached to", help=mark("Where it comes from")),
        Field("client", mark("Client"), "reference", None, optional=True, to=("endpoint", "guest"),
              group="Attached to", help=mark("Where it runs")),
        Field("size", mark("Amount"), "number", 1e9, "B", 1, 1e15, help=mark("Bytes of the whole program")),
        Field("first", mark("First blocks"), "number", 0.1, "1", 0.001, 1, group="Behaviour",
              help=mark("Share that must be there before it starts")),
        Field("start", mark("Start"), "number", 0.0, "s", 0, 31_536_000, group="Behaviour",
              help=mark("When somebody clicks on it")),
    ),
    needs=("site.ground", GROUND),
    traits=("streamed",),
    subtitle=("size",),
    meters=(Meter(mark("There"), "stream.progress", alarming=False),),
    lead="stream.progress",
    thresholds=Thresholds(busy=2.0, critical=2.0),
    parts=_parts,
    order=170,
)  # fmt: skip
