"""Whether what was drawn has room enough: memory, reserved cores, blocks; counted by the parts that the engine gets."""

from collections.abc import Iterator

from sdx_studio import units
from sdx_studio.document.document import Document
from sdx_studio.engine.inventory import Inventory
from sdx_studio.engine.parts import Part
from sdx_studio.words import _

Finding = tuple[str, str]
"""An element's id and what is short there, in words."""


def shortages(document: Document) -> Iterator[Finding]:
    """All that is asked for and not there."""
    parts = Inventory(parts_of(document))
    yield from _memory(parts)
    yield from _cores(parts)
    yield from _blocks(parts)


def parts_of(document: Document) -> Iterator[Part]:
    """The engine's parts; an element with unreadable fields, which is a finding of its own, gives none."""
    for id, one in sorted(document.elements.items()):
        try:
            yield from tuple(document.kind_of(id).parts(one, document))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue


def _memory(parts: Inventory) -> Iterator[Finding]:
    asked: dict[str, float] = {}
    for layer in parts.layers.values():
        asked[layer.host] = asked.get(layer.host, 0.0) + layer.memory
    for guest in parts.guests.values():
        if guest.host is not None:
            asked[guest.host] = asked.get(guest.host, 0.0) + guest.memory + guest.memory_overhead
    for table in (parts.machines, parts.guests):
        for id, holder in table.items():
            if asked.get(id, 0.0) > holder.memory:
                yield id, _(
                    "{asked} of memory asked for, {room} there",
                    asked=units.show(asked[id], "B"), room=units.show(holder.memory, "B"),
                )  # fmt: skip


def _cores(parts: Inventory) -> Iterator[Finding]:
    for id, machine in parts.machines.items():
        lost = sum(layer.cpu_overhead for layer in parts.layers_on.get(id, ()))
        room = machine.cores * max(0.0, 1.0 - lost)
        asked = sum(guest.reservation for guest in parts.guests.values() if guest.host == id)
        if asked > room * (1 + 1e-9):
            yield id, _("{asked} cores reserved, {room} there", asked=f"{asked:.4g}", room=f"{room:.4g}")


def _blocks(parts: Inventory) -> Iterator[Finding]:
    for id, store in parts.stores.items():
        room = parts.capacity(id)
        asked = sum(one.used if one.thin else one.size for one in parts.volumes_of.get(id, ()))
        if not store.sound:
            yield id, _("too few disks for its RAID level: it works as RAID 0, without protection")
        if parts.devices_of.get(id) and asked > room * (1 + 1e-9):
            yield id, _(
                "volumes take {asked}, the pool has {room}",
                asked=units.show(asked, "B"), room=units.show(room, "B"),
            )  # fmt: skip
