"""The three kinds of virtualization in a drawing: where something is partitioned, aggregated or emulated."""

from dataclasses import dataclass
from typing import Literal

from sdx_studio.document import Document
from sdx_studio.words import _, mark

Way = Literal["partition", "aggregate", "emulate"]
WAYS: dict[Way, str] = {
    "partition": mark("Partitioning: one appears as many"),
    "aggregate": mark("Aggregation: many appear as one"),
    "emulate": mark("Emulation: one thing appears as another"),
}
"""Each way and what it means, to be looked up with `_`."""


@dataclass(frozen=True, slots=True)
class Virtual:
    """One element at which something real appears as something else: which way, and in words what as what."""

    id: str
    way: Way
    words: str


def virtual(document: Document, id: str) -> Virtual | None:
    """What element `id` makes of what lies below it; None when that is as it is."""
    for read in (_emulated, _aggregated, _partitioned):
        found = read(document, id)
        if found is not None:
            return found
    return None


def everything(document: Document) -> dict[str, Virtual]:
    """All of a drawing, by element."""
    found = {id: virtual(document, id) for id in sorted(document.elements)}
    return {id: one for id, one in found.items() if one is not None}


def _emulated(document: Document, id: str) -> Virtual | None:
    kind, values = document.kind_of(id), document.values(id)
    if "blocks" in kind.traits and values["shown_as"] != kind.by_key["shown_as"].default:
        return Virtual(id, "emulate", _("disk → {other}", other=_(str(values["shown_as"]))))
    machine = document.ancestor(id, "machine")
    wanted = _processors(document, id)
    there = "" if machine is None else _processors(document, machine)
    if "guest" in kind.traits and wanted and there and wanted != there:
        return Virtual(id, "emulate", _("{one} → {other}", one=there, other=wanted))
    return None


def _processors(document: Document, id: str) -> str:
    return str(document.values(id).get("cpu_family") or "").strip().lower()


def _aggregated(document: Document, id: str) -> Virtual | None:
    traits = document.traits(id)
    if "store" in traits:
        disks = sum("device" in document.traits(one) for one in document.children(id))
        return Virtual(id, "aggregate", _("{count} disks → 1", count=disks)) if disks > 1 else None
    if "group" in traits:
        hosts = len(document.values(id)["members"])
        return Virtual(id, "aggregate", _("{count} hosts → 1", count=hosts)) if hosts > 1 else None
    return None


def _partitioned(document: Document, id: str) -> Virtual | None:
    offers = document.kind_of(id).offers
    if "guest.slot" not in offers and "container.slot" not in offers:
        return None
    inside = sum("guest" in document.traits(one) for one in document.children(id))
    return Virtual(id, "partition", _("1 → {count}", count=inside)) if inside > 1 else None
