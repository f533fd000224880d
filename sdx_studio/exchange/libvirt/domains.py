"""Guests (libvirt.org/formatdomain.html): memory counts KiB unless it names a unit, CPU quotas count one vCPU each."""

from sdx_studio.exchange.formats import FileError
from sdx_studio.exchange.libvirt import own as told
from sdx_studio.exchange.libvirt.lab import Lab
from sdx_studio.exchange.libvirt.networks import interface
from sdx_studio.exchange.libvirt.values import KIB, POOL, VOLUME, size, whole
from sdx_studio.exchange.markup import Node, local, text
from sdx_studio.kinds import Value, standing_for
from sdx_studio.words import _, mark

_PERIOD = 100_000
_OFF = {"4", "5", "6"}
"""States of the test driver: shutting down, shut off, crashed."""
_FAMILIES = {"x86_64": "x86-64", "i686": "x86-64", "i586": "x86-64", "i486": "x86-64", "i386": "x86-64"}
_LOOSE = "local-storage"
_SILENT = {"emulator", "disk", "interface"}


def domain(node: Node, lab: Lab, name: str) -> None:
    """Draw a guest on the host's hypervisor; `name` is the file's, for messages."""
    own = text(node, "name")
    if not own:
        raise FileError(name, 0, 0, "domain", _("it has no name"))
    vcpus = _vcpus(node)
    memory = _memory(node, lab, own)
    fields: dict[str, Value] = {"vcpus": vcpus, "memory": memory, **_tuned(node, vcpus), **_card(node)}
    if text(node, "{*}runstate") in _OFF:
        fields["powered"] = False
    family = node.find("os/type")
    arch = family.get("arch") if family is not None else None
    if arch:
        lab.families.add(_FAMILIES.get(arch, arch))
    what = standing_for("libvirt:domain")
    fields = {**told.of_guest(node, what), **fields}
    id = lab.sketch.add(what, own, lab.machine(name), fields=fields)
    lab.guests.append((id, float(vcpus), memory or 0.0))
    disks = [one for one in (_disk(disk, lab, own, node) for disk in node.findall("devices/disk")) if one is not None]
    if disks:
        lab.sketch.set(id, disk=disks[0])
    for _more in disks[1:]:
        lab.note(mark("{count} further disks were drawn as volumes, a guest works with its first: {examples}"), own)
    for one in node.findall("devices/interface"):
        interface(one, lab, own)
    _left_out(node, lab)


def _vcpus(node: Node) -> int:
    found = node.find("vcpu")
    if found is None:
        return 1
    return max(1, whole(found.get("current")) or whole(found.text) or 1)


def _memory(node: Node, lab: Lab, own: str) -> float | None:
    memory = size(node.find("memory"), KIB)
    if memory is None:
        cells = [whole(cell.get("memory")) or 0 for cell in node.findall("cpu/numa/cell")]
        memory = sum(cells) * KIB or None
    if memory is None:
        lab.note(mark("{count} guests do not say how much memory they have: {examples}"), own)
    now = size(node.find("currentMemory"), KIB)
    if memory is not None and now is not None and now < memory:
        lab.note(mark("{count} guests start with less memory than they may have; they got all of it: {examples}"), own)
    return memory


def _tuned(node: Node, vcpus: int) -> dict[str, Value]:
    """Weight and limit from `<cputune>`; a quota is given for each vCPU, a global one for the whole guest."""
    found: dict[str, Value] = {"shares": whole(text(node, "cputune/shares"))}
    for prefix, times in (("", vcpus), ("global_", 1)):
        quota = whole(text(node, f"cputune/{prefix}quota"))
        period = whole(text(node, f"cputune/{prefix}period")) or _PERIOD
        if quota is not None and quota > 0 and period > 0:
            limit = min(float(vcpus), quota / period * times)
            earlier = found.get("limit")
            found["limit"] = min(limit, earlier) if isinstance(earlier, float) else limit
    return found


def _disk(node: Node, lab: Lab, own: str, guest: Node) -> str | None:
    """Id of the volume behind a disk, drawn when the file does not describe it; None for removable media."""
    target = node.find("target")
    label = f"{own}-{target.get('dev') if target is not None else 'drive'}"
    if node.get("device") in ("cdrom", "floppy"):
        lab.note(mark("{count} CD and floppy drives were left out: {examples}"), label)
        return None
    source = node.find("source")
    origin: dict[str, str] = dict(source.attrib) if source is not None else {}
    pool, volume = origin.get(POOL), origin.get(VOLUME)
    if pool and volume:
        known = lab.pools[pool].volumes.get(volume) if pool in lab.pools else None
        path = f"{pool}/{volume}"
    else:
        path = origin.get("file") or origin.get("dev") or origin.get("dir") or origin.get("name") or ""
        known = lab.paths.get(path)
    if known is not None:
        return known
    what = standing_for("libvirt:volume")
    fields = told.of_disk(guest, label.removeprefix(f"{own}-"), what)
    if "size" not in fields:
        lab.note(mark("{count} disks of unknown size got volumes of the usual one: {examples}"), label)
    if node.find("iotune") is not None:
        lab.note(mark("{count} disks have limits of their own, which have no place in the model: {examples}"), label)
    loose = lab.pool(_LOOSE)
    size = fields.get("size", what.by_key["size"].default)
    loose.room += size if isinstance(size, (int, float)) else 0.0
    return lab.volume(loose, path.rpartition("/")[2] or label, path, fields)


def _card(node: Node) -> dict[str, Value]:
    """Hardware address of its first interface."""
    mac = node.find("devices/interface/mac")
    return {"mac": mac.get("address")} if mac is not None and mac.get("address") else {}


def _left_out(node: Node, lab: Lab) -> None:
    for device in node.findall("devices/*"):
        if local(device.tag) not in _SILENT:
            lab.note(mark("{count} devices without a place in the model were left out: {examples}"), local(device.tag))
    for part in ("memtune", "blkiotune", "numatune", "hostdev", "idmap"):
        if node.find(part) is not None:
            lab.note(mark("{count} settings without a place in the model were left out: {examples}"), part)
