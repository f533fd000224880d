"""Storage array: disks behind a controller, seen by hosts as volumes."""

from collections.abc import Iterable

from sdx_studio.engine.formulas.storage import FEWEST, PENALTY, usable
from sdx_studio.engine.parts import Part, Store
from sdx_studio.kinds.base import GROUND, Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import NIC, endpoint
from sdx_studio.kinds.slots import UNIT
from sdx_studio.words import mark

PLAIN = "RAID 0"
"""What too few disks for their level work as, unprotected."""


def _parts(element: Placed, plan: Plan) -> Iterable[Part]:
    values = plan.values(element.id)
    disks = sum("device" in plan.traits(one) for one in plan.children(element.id))
    sound = disks >= FEWEST[values["raid"]]
    raid = values["raid"] if sound else PLAIN
    area = plan.ancestor(element.id, "area")
    yield Store(
        element.id, PENALTY[raid], usable(raid, disks), values["watts"], area, sound or disks == 0,
        float(values["hit"]), float(values["hit_time"]), float(values["balance"]),
    )  # fmt: skip
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
        Field("hit", mark("Cache hits"), "number", 0.0, "1", 0, 1, group="Behaviour",
              help=mark("Share of the requests that the cache answers")),
        Field("hit_time", mark("Cache time"), "number", 0.0002, "s", 0, 1, group="Behaviour",
              help=mark("Time of a request that the cache answers")),
        Field("balance", mark("Balancing"), "number", 0.0, "B/s", 0, 1e12, group="Behaviour",
              help=mark("Speed at which it moves blocks from full disks to empty ones; 0 leaves them")),
        NIC,
        Field("watts", mark("Power"), "number", 300.0, "W", 0, 100_000, group="Power", help=mark("Power it draws")),
        UNIT,
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
