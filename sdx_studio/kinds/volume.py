"""Volume: blocks of an array, lent to a VM as its disk."""

from collections.abc import Iterable

from sdx_studio.engine.parts import Volume
from sdx_studio.kinds.base import Kind, Meter, Placed, Plan
from sdx_studio.kinds.fields import Field
from sdx_studio.kinds.presets import GIB
from sdx_studio.words import mark

DISK, TAPE = "disk", "tape"
"""What a volume can be shown as to its user, whatever lies behind it."""


def _parts(element: Placed, plan: Plan) -> Iterable[Volume]:
    values = plan.values(element.id)
    used = min(values["used"], values["size"])
    store = plan.ancestor(element.id, "store")
    tape = values["shown_as"] == TAPE
    yield Volume(element.id, store, values["size"], values["thin"], used, values["growth"], tape)


KIND = Kind(
    key="volume",
    label=mark("Volume"),
    family="storage",
    group="storage",
    prefix="vol",
    help=mark("A virtual disk or tape: 4 KiB blocks out of an array's pool, thick at once or thin as they are written"),
    shape="block",
    fields=(
        Field("size", mark("Size"), "number", 40 * GIB, "B", 4096, 1e18, help=mark("Size that its user sees")),
        Field("thin", mark("Thin"), "flag", False, group="Behaviour",
              help=mark("Takes blocks only when they are first written")),
        Field("used", mark("Written"), "number", 10 * GIB, "B", 0, 1e18, help=mark("Bytes already written")),
        Field("shown_as", mark("Shown as"), "choice", DISK, choices=(DISK, TAPE), group="Behaviour",
              help=mark("What its user sees: a tape is written from end to end and has one user at a time")),
        Field("growth", mark("Growth"), "number", 0.0, "B/s", 0, 100 * GIB, group="Behaviour",
              help=mark("New blocks written a second; 1 GiB a day is 12.1 KiB/s")),
    ),
    needs=("volume.slot",),
    traits=("blocks",),
    subtitle=("size",),
    meters=(Meter(mark("Full"), "storage.fill", alarming=False), Meter(mark("IO"), "storage.utilisation")),
    lead="storage.utilisation",
    stands_for=("libvirt:volume",),
    parts=_parts,
    order=240,
)  # fmt: skip
