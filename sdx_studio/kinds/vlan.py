"""VLAN: a network of its own on shared switches."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Segment
from sdx_studio.kinds.base import GROUND, Kind, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark


def _parts(element: Placed, plan: Plan) -> Iterable[Segment]:
    yield Segment(element.id, plan.values(element.id)["number"])


def number_of(id: object, plan: Plan) -> int | None:
    """Number of the VLAN that element `id` stands for; None for anything else."""
    return int(plan.values(str(id))["number"]) if id in plan.having("segment") else None


KIND = Kind(
    key="vlan",
    label=mark("VLAN"),
    family="network",
    group="network",
    prefix="vlan",
    help=mark("A separate network on the same switches: its members hear only each other"),
    shape="leaf",
    fields=(
        Field("number", mark("Number"), "integer", 10, "", 1, 4094, help=mark("VLAN number, 1 to 4094")),
        Field("members", mark("Members"), "references", (), to=("endpoint",), group="Attached to",
              help=mark("Machines whose ports belong to it")),
    ),
    needs=("site.ground", GROUND),
    traits=("segment",),
    subtitle=("number",),
    stands_for=("libvirt:vlan",),
    parts=_parts,
    order=350,
)  # fmt: skip
