"""Pools and volumes (libvirt.org/formatstorage.html): capacities are bytes unless they name a unit."""

from collections.abc import Iterable

from sdx_studio.exchange.libvirt.lab import Lab, Pool
from sdx_studio.exchange.libvirt.values import VOLUME, size
from sdx_studio.exchange.markup import Node, text
from sdx_studio.kinds import Value, standing_for
from sdx_studio.words import mark

_REMOTE = {"netfs", "iscsi", "iscsi-direct", "rbd", "sheepdog", "gluster", "vstorage"}


def pool(node: Node, lab: Lab) -> None:
    """Draw a pool: an array with one disk for each device (one for all of it when none is named), and its volumes."""
    name = text(node, "name") or text(node, "source/name") or (node.get("type") or "pool")
    made = lab.pool(name, text(node, "target/path"), node.get("type") in _REMOTE)
    inside = node.findall(VOLUME)
    for one in inside:
        volume(one, lab, made)
    capacity = size(node.find("capacity"), 1.0)
    if capacity is None:
        capacity = sum(size(one.find("capacity"), 1.0) or 0.0 for one in inside) or None
        if capacity is None:
            lab.note(mark("{count} pools of unknown size got a disk of the usual one: {examples}"), name)
        else:
            lab.note(mark("{count} pools of unknown size got room for their volumes: {examples}"), name)
    devices = [one.get("path") or "" for one in node.findall("source/device")] or [name]
    for device in devices:
        each = None if capacity is None else capacity / len(devices)
        disk(lab, made, device.rpartition("/")[2] or name, each)


def disk(lab: Lab, inside: Pool, name: str, capacity: float | None) -> None:
    """Put a device of `capacity` bytes (None: the usual size) into a pool's array."""
    fields: dict[str, Value] = {"capacity": capacity}
    lab.sketch.add(standing_for("libvirt:pool-device"), f"{name}-device" if name == inside.name else name, inside.id,
                   fields=fields)  # fmt: skip


def volume(node: Node, lab: Lab, inside: Pool) -> float:
    """Draw a volume: thin when less is allocated than it can hold; returns its capacity in bytes."""
    capacity = size(node.find("capacity"), 1.0)
    allocated = size(node.find("allocation"), 1.0)
    name = text(node, "name") or VOLUME
    if capacity is None:
        lab.note(mark("{count} volumes do not say how large they are: {examples}"), name)
    fields: dict[str, Value] = {"size": capacity}
    if capacity is not None:
        thin = allocated is not None and allocated < capacity
        fields["thin"] = thin
        fields["used"] = min(capacity, allocated if allocated is not None else capacity)
    if node.find("backingStore/path") is not None:
        lab.note(mark("{count} volumes lie over a backing file, which has no place in the model: {examples}"), name)
    lab.volume(inside, name, text(node, "target/path") or text(node, "key"), fields)
    return capacity or 0.0


def alone(nodes: Iterable[Node], lab: Lab) -> None:
    """Draw volumes that come without their pool: in a pool made to hold them."""
    made = lab.pool("pool")
    total = sum(volume(node, lab, made) for node in nodes)
    lab.note(mark("The file names no pool, so one was drawn that holds the volume"))
    disk(lab, made, "pool", total or None)
