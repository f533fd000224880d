"""Disk: a device in an array."""

from collections.abc import Iterable

from sdx_studio.engine.formulas.storage import BLOCK, hdd_iops, positioning
from sdx_studio.engine.parts import Device
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.words import mark

# seek ms, rpm, sequential MB/s; random 4 KiB IOPS = 1000 / (seek + 30000/rpm + size/rate).
_SPINNING = {"HDD 7.2k": (8.5, 7200, 150.0), "HDD 10k": (4.5, 10_000, 170.0), "HDD 15k": (3.5, 15_000, 200.0)}
# read IOPS, write IOPS, MB/s, service s: typical SATA and NVMe data sheets.
_FLASH = {"SSD": (90_000.0, 30_000.0, 550.0, 1e-4), "NVMe": (600_000.0, 550_000.0, 7000.0, 8e-5)}
MEDIA = (*_SPINNING, *_FLASH)


def figures(medium: str) -> tuple[float, float, float, float]:
    """Read IOPS, write IOPS, bytes/s and service time (s) of small random requests."""
    if medium in _FLASH:
        reads, writes, speed, service = _FLASH[medium]
        return reads, writes, speed * 1e6, service
    seek, rpm, speed = _SPINNING[medium]
    rate = hdd_iops(seek / 1000, rpm / 60, BLOCK, speed * 1e6)
    return rate, rate, speed * 1e6, 1 / rate


def seek_time(medium: str) -> float:
    """Seconds until the head of a spinning disk is where the next stream goes on; 0 for flash."""
    if medium in _FLASH:
        return 0.0
    seek, rpm, _ = _SPINNING[medium]
    return positioning(seek / 1000, rpm / 60)


def _parts(element: Placed, plan: Plan) -> Iterable[Device]:
    values = plan.values(element.id)
    reads, writes, speed, service = figures(values["medium"])
    yield Device(
        element.id, plan.ancestor(element.id, "store"), reads, writes, speed, values["capacity"], service,
        seek_time(values["medium"]), values["used"],
    )  # fmt: skip


KIND = Kind(
    key="disk",
    label=mark("Disk"),
    family="storage",
    group="storage",
    prefix="disk",
    help=mark("A drive: spinning or flash; put it into an array"),
    shape="slot",
    fields=(
        Field("medium", mark("Medium"), "choice", "HDD 7.2k", choices=MEDIA, group="Behaviour",
              help=mark("Spinning disks pay a seek and half a turn for each request, flash does not")),
        Field("capacity", mark("Capacity"), "number", 2e12, "B", 1e6, 1e18, help=mark("Bytes it holds")),
        Field("used", mark("Filled"), "number", None, "B", 0, 1e18, optional=True, group="Behaviour",
              help=mark("Bytes on it at the start, beside the other disks; empty spreads all evenly")),
    ),
    needs=("disk.slot",),
    traits=("device",),
    subtitle=("medium", "capacity"),
    meters=(Meter(mark("Full"), "storage.fill"),),
    lead="storage.utilisation",
    stands_for=("libvirt:pool-device",),
    parts=_parts,
    order=210,
)  # fmt: skip
