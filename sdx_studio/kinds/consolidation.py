"""Consolidation: packs VMs onto few hosts at intervals and lets the empty ones sleep."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Steering
from sdx_studio.engine.policies.overload import detectors
from sdx_studio.engine.policies.selection import selections
from sdx_studio.engine.steering import QUIRKS
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

DETECTORS = (*sorted(detectors()), "dvfs", "none")


def _parts(element: Placed, plan: Plan) -> Iterable[Steering]:
    values = plan.values(element.id)
    own, key = values["parameter"], values["policy"]
    default = detectors()[key].PARAMETER if key in detectors() else 0.0
    yield Steering(
        id=element.id,
        members=tuple(values["members"]),
        detector=key,
        parameter=default if own is None else float(own),
        selection=values["selection"],
        every=float(values["every"]),
        bandwidth=float(values["bandwidth"]),
        share=float(values["share"]),
        quirks=tuple(sorted(set(values["quirks"]) & QUIRKS.keys())),
    )


KIND = Kind(
    key="consolidation",
    label=mark("Consolidation"),
    family="control",
    group="control",
    prefix="consolidation",
    help=mark("Packs VMs onto few hosts at intervals, relieves overloaded hosts, and lets empty ones sleep"),
    shape="leaf",
    fields=(
        Field("members", mark("Hosts"), "references", (), to=("machine",), group="Attached to",
              help=mark("Hosts that it may empty, fill and let sleep")),
        Field("policy", mark("Overload when"), "choice", "thr", choices=DETECTORS, group="Behaviour",
              help=mark("thr: above a threshold; iqr, mad: above one that falls with the spread of recent loads; "
                        "lr, lrr: the trend says so; dvfs: move nothing; none: move nothing, full power")),
        Field("parameter", mark("Parameter"), "number", None, "", 0, 100, group="Behaviour", optional=True,
              help=mark("Threshold (thr) or safety factor (others); empty takes 0.8, 1.5, 2.5, 1.2 and 1.2")),
        Field("selection", mark("VM that leaves"), "choice", "mmt", choices=tuple(selections()), group="Behaviour",
              help=mark("mmt: the one with least memory; mu: the least used; mc: whose load goes most with the others; "
                        "rs: any")),
        Field("every", mark("Interval"), "number", 300.0, "s", 1, 86400, group="Behaviour",
              help=mark("Time from one round to the next")),
        Field("bandwidth", mark("Link"), "number", 1e9, "bit/s", 1e3, 10e12, group="Network",
              help=mark("Link over which memory is copied")),
        Field("share", mark("Share for copies"), "number", 0.5, "1", 0.01, 1, group="Network",
              help=mark("Share of the link that a copy gets")),
        Field("quirks", mark("Quirks"), "tags", (), group="Behaviour",
              help=mark("Peculiarities of a published simulator to imitate, see the help page; as a rule none")),
    ),
    needs=("site.ground", GROUND),
    traits=("steering",),
    meters=(Meter(mark("CPU"), "cpu.utilisation"),),
    lead="cpu.utilisation",
    stands_for=("fleet:consolidation",),
    parts=_parts,
    order=415,
)  # fmt: skip
