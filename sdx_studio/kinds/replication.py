"""Replication: a volume's changed blocks go to another array, again and again."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Replica
from sdx_studio.kinds.base import GROUND, Kind, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB, TIB
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Replica]:
    values = plan.values(element.id)
    yield Replica(
        element.id, values["volume"] or "", values["target"] or "", float(values["interval"]), float(values["change"]),
        float(values["working_set"] or 0.0), float(values["efficiency"]),
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
        Field("interval", mark("Interval"), "number", 900.0, "s", 1, 31_536_000, group="Behaviour",
              help=mark("How often the changes are collected; what is lost is at most this and the time to copy them")),
        Field("change", mark("Change rate"), "number", 1e6, "B/s", 0, 100 * GIB, group="Behaviour",
              help=mark("Bytes written a second")),
        Field("working_set", mark("Working set"), "number", None, "B", 0, 1024 * TIB, group="Behaviour", optional=True,
              help=mark("Blocks over which writes spread: one written twice goes once; empty: never the same twice")),
        Field("efficiency", mark("Efficiency"), "number", 0.74, "1", 0.05, 1, group="Network",
              help=mark("Share of the bandwidth that is left for data")),
    ),
    needs=("site.ground", GROUND),
    traits=("replication",),
    subtitle=("interval",),
    parts=_parts,
    order=430,
)  # fmt: skip
