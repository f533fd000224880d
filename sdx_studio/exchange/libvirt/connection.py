"""A whole file: one guest, network, pool or volume, several of them, or a connection with all of them."""

import math
from pathlib import PurePath

from sdx_studio.exchange.formats import FileError, Opened
from sdx_studio.exchange.libvirt.domains import domain
from sdx_studio.exchange.libvirt.lab import Lab
from sdx_studio.exchange.libvirt.networks import cables, network
from sdx_studio.exchange.libvirt.storage import alone, disk, pool
from sdx_studio.exchange.libvirt.values import DOMAIN, KIB, NETWORK, NODE, POOL, VOLUME, WHOLE, size, whole
from sdx_studio.exchange.markup import Node, line_of_root, local, root, text
from sdx_studio.kinds import standing_for
from sdx_studio.words import _, mark

_SEVERAL = {"domains", "networks", "pools", "volumes"}
_GIB = 2.0**30
_PRODUCTS = {"xen": "Xen", "vmware": "ESXi", "hyperv": "Hyper-V"}
_LOOSE = "local-storage"


def parse(data: bytes, name: str) -> Opened:
    """The document for a libvirt file; raises FileError for what is no whole one."""
    top = root(data, name)
    tag = local(top.tag)
    if tag not in WHOLE and tag not in _SEVERAL:
        allowed = ", ".join(f"<{one}>" for one in WHOLE)
        message = _("<{tag}> is only a part of a libvirt file; a whole {allowed} is needed", tag=tag, allowed=allowed)
        raise FileError(name, line_of_root(data), 1, "", message)
    lab = Lab()
    stem = PurePath(name).stem
    nodes = list(top) if tag == NODE or tag in _SEVERAL else [top]
    try:
        _draw(nodes, lab, stem, top if tag == NODE else None)
    except FileError as reason:
        raise FileError(name, line_of_root(data), 1, reason.where, reason.message) from None
    return lab.sketch.finish(stem)


def _draw(nodes: list[Node], lab: Lab, stem: str, connection: Node | None) -> None:
    groups: dict[str, list[Node]] = {}
    for one in nodes:
        tag = local(one.tag)
        if one.get("file"):
            lab.note(mark("{count} parts lie in other files, which are not followed: {examples}"), one.get("file"))
        else:
            groups.setdefault(tag, []).append(one)
    domains = groups.get(DOMAIN, [])
    if domains or connection is not None:
        lab.machine(stem)
    for one in groups.get(NETWORK, []):
        network(one, lab)
    for one in groups.get(POOL, []):
        pool(one, lab)
    if groups.get(VOLUME):
        alone(groups[VOLUME], lab)
    for one in domains:
        domain(one, lab, stem)
    _strays(groups, lab)
    _loose(lab)
    _machine(lab, domains, connection)
    cables(lab)


def _strays(groups: dict[str, list[Node]], lab: Lab) -> None:
    for tag, nodes in groups.items():
        if tag and tag not in (*WHOLE, "cpu", "memory"):
            for _node in nodes:
                lab.note(mark("{count} other parts without a place in the model were left out: {examples}"), tag)


def _loose(lab: Lab) -> None:
    """A disk for the volumes that belong to no pool of the file."""
    if _LOOSE in lab.pools:
        made = lab.pools[_LOOSE]
        disk(lab, made, _LOOSE, made.room)


def _machine(lab: Lab, domains: list[Node], connection: Node | None) -> None:
    if lab.host is None or lab.hypervisor is None:
        return
    kinds = {one.get("type") or "" for one in domains}
    if len(kinds) == 1 and (product := _PRODUCTS.get(kinds.pop())):
        lab.sketch.set(lab.hypervisor, product=product)
    if len(lab.families) == 1:
        lab.sketch.set(lab.host, cpu_family=next(iter(lab.families)))
    elif lab.families:
        lab.note(mark("The guests are of {count} or more CPU families, which one host cannot be: {examples}"),
                 ", ".join(sorted(lab.families)))  # fmt: skip
    vcpus = sum(count for _id, count, _memory in lab.guests)
    memory = sum(size for _id, _count, size in lab.guests)
    if connection is None:
        largest = max((count for _id, count, _memory in lab.guests), default=1.0)
        room = math.ceil((memory * 1.02 + 2 * _GIB) / (4 * _GIB)) * 4 * _GIB
        _sized(lab, cores=int(max(largest, vcpus, 4)), memory=room)
        lab.note(mark("The file names no host, so one was drawn that holds the guests"))
    else:
        _told(lab, connection, memory)


def _told(lab: Lab, connection: Node, wanted: float) -> None:
    """The host as the connection describes it: active processors, memory in KiB."""
    parts = [whole(text(connection, f"cpu/{part}")) or 1 for part in ("nodes", "sockets", "cores")]
    cores = whole(text(connection, "cpu/active")) or math.prod(parts)
    memory = size(connection.find("memory"), KIB)
    _sized(lab, cores=cores, memory=memory)
    if memory is not None and wanted > memory:
        lab.note(mark("The guests together are larger than the host's memory"))


def _sized(lab: Lab, **figures: float | None) -> None:
    """Give the host what is known of these fields, within what a host can have."""
    host = standing_for("libvirt:connection")
    for key, value in figures.items():
        if value is not None and lab.host is not None:
            field = host.by_key[key]
            low, high = field.minimum or 0, field.maximum or math.inf
            lab.sketch.set(lab.host, **{key: field.read(min(max(value, low), high))})
