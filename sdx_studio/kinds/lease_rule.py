"""Lease rule: VMs run for a time; what nobody needs is warned of, stopped and deleted."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Lease
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan, Thresholds
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

HOUR, DAY, WEEK, CENTURY = 3_600.0, 86_400.0, 7 * 86_400.0, 100 * 365 * 86_400.0


def _parts(element: Placed, plan: Plan) -> Iterable[Lease]:
    values = plan.values(element.id)
    lease, idle_for = values["lease"], values["idle_for"]
    yield Lease(
        element.id, tuple(values["scope"]), None if lease is None else float(lease), values["renewable"],
        None if idle_for is None else float(idle_for), float(values["load"]), float(values["net"]),
        float(values["stop_after"]), float(values["delete_after"]), float(values["every"]),
    )  # fmt: skip


KIND = Kind(
    key="lease_rule",
    label=mark("Lease rule"),
    family="control",
    group="control",
    prefix="lease",
    help=mark("VMs run for a time: what nobody needs is warned of, stopped and deleted; what is in use never is"),
    shape="leaf",
    fields=(
        Field("lease", mark("Lease"), "number", 13 * WEEK, "s", HOUR, CENTURY, group="Behaviour", optional=True,
              help=mark("How long a VM runs until its owner has to renew it; empty: for ever")),
        Field("renewable", mark("Renewal"), "flag", True, group="Behaviour",
              help=mark("Whether an owner who still needs a VM may have it for another lease")),
        Field("idle_for", mark("Idle for"), "number", None, "s", HOUR, CENTURY, group="Behaviour", optional=True,
              help=mark("So long nobody used it, then it is warned of; empty: idle ones are not looked for")),
        Field("load", mark("Idle below"), "number", 0.05, "1", 0, 1, group="Behaviour",
              help=mark("Share of its processors below which a VM is idle; it is in use at this load and above")),
        Field("net", mark("Idle below (network)"), "number", 8000.0, "bit/s", 0, 1e12, group="Behaviour",
              help=mark("Network rate below which a VM is idle")),
        Field("stop_after", mark("Stop after"), "number", WEEK, "s", 0, CENTURY, group="Behaviour",
              help=mark("From the warning until it is stopped; for a lease the warning comes so long before its end")),
        Field("delete_after", mark("Delete after"), "number", 2 * WEEK, "s", 0, CENTURY, group="Behaviour",
              help=mark("From stopping to deleting; its configuration is kept")),
        Field("every", mark("Looks every"), "number", DAY, "s", 1, CENTURY, group="Behaviour",
              help=mark("What has fallen due is done at the next look")),
        Field("scope", mark("Applies to"), "references", (), to=("requests", "guest", "machine"), group="Attached to",
              help=mark("VM requests, single VMs, or hosts with all VMs on them")),
    ),
    needs=("site.ground", GROUND),
    traits=("lease", "headcount"),
    subtitle=("lease",),
    meters=(Meter(mark("DUE"), "lease.due", alarming=False),),
    lead="lease.due",
    thresholds=Thresholds(busy=2.0, critical=2.0),
    parts=_parts,
    order=441,
)  # fmt: skip
