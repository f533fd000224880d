"""Storage array: disks behind a controller, seen by hosts as volumes."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Part, Store
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC, endpoint
from sdx_studio.words import mark

# Write penalty: disk operations that one small write costs (Patterson, Gibson, Katz 1988; RAID 6: two parities).
PENALTY = {"RAID 0": 1.0, "RAID 10": 2.0, "RAID 5": 4.0, "RAID 6": 6.0}
FEWEST = {"RAID 0": 1, "RAID 10": 2, "RAID 5": 3, "RAID 6": 4}
"""Disks that a level needs; with fewer they work as `PLAIN`, unprotected."""
PLAIN = "RAID 0"


def usable(raid: str, disks: int) -> float:
    """Share of `disks` equal disks that data may use; 0 when they are too few for the level."""
    if disks < FEWEST[raid]:
        return 0.0
    free = {"RAID 0": disks, "RAID 10": disks // 2, "RAID 5": disks - 1, "RAID 6": disks - 2}[raid]
    return max(0.0, free / disks)


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    disks = sum("device" in plan.traits(one) for one in plan.children(element.id))
    sound = disks >= FEWEST[values["raid"]]
    raid = values["raid"] if sound else PLAIN
    area = plan.ancestor(element.id, "area")
    yield Store(element.id, PENALTY[raid], usable(raid, disks), values["watts"], area, sound or disks == 0)
    yield endpoint(element.id)


KIND = Kind(
    key="storage_array",
    label=mark("Array"),
    family="storage",
    group="storage",
    prefix="array",
    help=mark("Shared storage: disks together, given out as volumes that every connected host can reach"),
    shape="array",
    fields=(
        Field("raid", mark("RAID"), "choice", "RAID 10", choices=tuple(PENALTY), group="Behaviour",
              help=mark("How data are spread: a small write costs 1, 2, 4 or 6 disk operations")),
        NIC,
        Field("watts", mark("Power"), "number", 300.0, "W", 0, 100_000, group="Power", help=mark("Power it draws")),
    ),
    offers=("disk.slot", "volume.slot"),
    needs=("rack.slot", "site.ground", GROUND),
    traits=("store", "endpoint"),
    carries=("storage", "ethernet"),
    subtitle=("raid",),
    meters=(Meter(mark("IOPS"), "storage.utilisation"), Meter(mark("Pool"), "storage.fill")),
    lead="storage.utilisation",
    stands_for=("libvirt:pool",),
    parts=_parts,
    order=220,
)  # fmt: skip
