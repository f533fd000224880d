"""One guest as a domain (libvirt.org/formatdomain.html): memory counts KiB, a CPU quota counts one vCPU."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element as Node
from xml.etree.ElementTree import SubElement, indent, register_namespace, tostring

from sdx_studio.document import Document, Element
from sdx_studio.document.inheriting import given
from sdx_studio.exchange.formats import STEM, FileError, Options
from sdx_studio.exchange.libvirt import own
from sdx_studio.exchange.libvirt.values import KIB
from sdx_studio.kinds import Value, standing_for
from sdx_studio.words import _

GUEST = "guest"
_NAMESPACE = UUID("5d0e8a52-6c0b-4d0c-9a3e-7f1c6b3c2a16")
_SYSTEM = "os/type".partition("/")[0]
_PERIOD, _LEAST_QUOTA = 100_000, 1000
_SHARES = (2, 262_144)
"""What the kernel's cgroups take."""
_TYPES = {"KVM": "kvm", "Xen": "xen", "ESXi": "vmware", "Hyper-V": "hyperv"}
_ARCHES = ("x86_64", "i686", "aarch64", "armv7l", "ppc64", "ppc64le", "s390x", "riscv64", "loongarch64", "sparc64")
_MAC = re.compile(r"[0-9a-f][02468ace](:[0-9a-f]{2}){5}", re.IGNORECASE)
_USUAL_NETWORK = "default"
_SHOWN = 8


def write(document: Document, options: Options) -> bytes:
    """The domain of one guest: the one that is asked for, else the one called as the file, else the only one."""
    guest = _chosen(document, options)
    top = _domain(_Scene(document, guest))
    register_namespace("sdx", own.SPACE)
    indent(top)
    data: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _chosen(document: Document, options: Options) -> Element:
    key = standing_for("libvirt:domain").key
    guests = [one for one in document.elements.values() if one.kind == key]
    asked = options.get(GUEST)
    for name in (asked,) if asked is not None else (options.get(STEM),):
        found = [one for one in guests if name in (one.name, one.id, document.address(one.id))]
        if len(found) == 1:
            return found[0]
    if asked is None and len(guests) == 1:
        return guests[0]
    names = ", ".join(one.name for one in guests[:_SHOWN]) + (" …" if len(guests) > _SHOWN else "")
    if not guests:
        raise FileError(options.get(STEM, ""), 0, 0, "", _("there is no VM to write"))
    if asked is not None:
        message = _("there is no VM “{name}”, or several; there are {all}", name=asked, all=names)
    else:
        message = _("one file is one VM of these {count}: name the file after it, or say guest=NAME; there are {all}",
                    count=len(guests), all=names)  # fmt: skip
    raise FileError(options.get(STEM, ""), 0, 0, "", message)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A guest and what stands around it."""

    document: Document
    guest: Element

    @property
    def values(self) -> dict[str, Value]:
        """Its fields, its template's and the usual ones."""
        return dict(self.document.values(self.guest.id))

    def above(self, foreign: str) -> Element | None:
        """What it lies in that stands for a thing of libvirt's."""
        key = standing_for(foreign).key
        for id in self.document.above(self.guest.id):
            if self.document.elements[id].kind == key:
                return self.document.elements[id]
        return None

    def machine(self) -> str | None:
        """The machine it runs on."""
        return self.document.ancestor(self.guest.id, "machine")

    def volume(self) -> Element | None:
        """The volume it works with."""
        id = self.values.get("disk")
        return self.document.elements.get(id) if isinstance(id, str) else None

    def network(self) -> str | None:
        """The first switch on a cable of its machine."""
        machine = self.machine()
        for link in sorted(self.document.links_of(machine), key=lambda one: (one.order, one.id)) if machine else ():
            other = link.b if link.a == machine else link.a
            if "forwarder" in self.document.traits(other):
                return self.document.elements[other].name
        return None

    def tags(self) -> Iterable[int]:
        """Numbers of the VLANs that its machine, or it, belongs to."""
        mine = {self.guest.id, self.machine()}
        found = set()
        for id in self.document.having("segment"):
            values = self.document.values(id)
            if mine & set(values["members"]):
                found.add(int(values["number"]))
        return sorted(found)


def _domain(scene: _Scene) -> Node:
    values = scene.values
    layer = scene.above("libvirt:hypervisor")
    product = str(scene.document.values(layer.id)["product"]) if layer is not None else ""
    top = Node("domain", type=_TYPES.get(product, "kvm"))
    _text(top, "name", _name(scene.guest.name))
    _text(top, "uuid", str(uuid5(_NAMESPACE, f"{scene.guest.id}/{scene.guest.name}")))
    _metadata(top, scene)
    kib = str(max(1, round(float(str(values["memory"])) / KIB)))
    _text(top, "memory", kib, unit="KiB")
    _text(top, "currentMemory", kib, unit="KiB")
    _text(top, "vcpu", str(values["vcpus"]), placement="static")
    _tuning(top, values)
    _system(top, scene)
    _devices(top, scene)
    return top


def _name(name: str) -> str:
    """A name for libvirt, which takes no slash and no line break in one."""
    plain = " ".join(own.legal(name).replace("/", "-").split())
    return plain or "guest"


def _metadata(top: Node, scene: _Scene) -> None:
    holder = Node("metadata")
    mine = Node(own.GUEST)
    what = scene.document.kind_of(scene.guest.id)
    own.written(mine, given(scene.document, scene.guest), what)
    if mine.attrib:
        holder.append(mine)
    volume = scene.volume()
    if volume is not None:
        size = scene.document.values(volume.id)
        disk = SubElement(holder, own.DISK, dev="vda")
        own.written(disk, {**dict(size), **volume.fields}, scene.document.kind_of(volume.id), ())
    if len(holder):
        top.append(holder)


def _tuning(top: Node, values: dict[str, Value]) -> None:
    tune = SubElement(top, "cputune")
    low, high = _SHARES
    _text(tune, "shares", str(min(max(int(float(str(values["shares"]))), low), high)))
    if values["limit"] is not None:
        quota = round(float(str(values["limit"])) / float(str(values["vcpus"])) * _PERIOD)
        _text(tune, "period", str(_PERIOD))
        _text(tune, "quota", str(max(quota, _LEAST_QUOTA)))


def _system(top: Node, scene: _Scene) -> None:
    machine = scene.machine()
    family = str(scene.document.values(machine).get("cpu_family") or "") if machine else ""
    arch = family.strip().lower().replace("x86-64", "x86_64")
    system = SubElement(top, _SYSTEM)
    _text(system, "type", "hvm", arch=arch if arch in _ARCHES else _ARCHES[0])
    SubElement(system, "boot", dev="hd")
    features = SubElement(top, "features")
    SubElement(features, "acpi")
    SubElement(features, "apic")
    SubElement(top, "cpu", mode="host-model")
    SubElement(top, "clock", offset="utc")
    for event, then in (("on_poweroff", "destroy"), ("on_reboot", "restart"), ("on_crash", "restart")):
        _text(top, event, then)


def _devices(top: Node, scene: _Scene) -> None:
    devices = SubElement(top, "devices")
    volume = scene.volume()
    if volume is not None:
        thin = bool(scene.document.values(volume.id)["thin"])
        pool = scene.document.ancestor(volume.id, "store")
        disk = SubElement(devices, "disk", type="volume", device="disk")
        SubElement(disk, "driver", name="qemu", type="qcow2" if thin else "raw")
        SubElement(disk, "source", pool=_name(scene.document.elements[pool].name if pool else _USUAL_NETWORK),
                   volume=_name(volume.name))  # fmt: skip
        SubElement(disk, "target", dev="vda", bus="virtio")
    _interface(devices, scene)


def _interface(devices: Node, scene: _Scene) -> None:
    mac = str(scene.values["mac"] or "").strip().replace("-", ":")
    network = scene.network()
    if network is None and not mac:
        return
    card = SubElement(devices, "interface", type="network")
    if _MAC.fullmatch(mac):
        SubElement(card, "mac", address=mac)
    SubElement(card, "source", network=_name(network or _USUAL_NETWORK))
    tags = list(scene.tags())
    if tags:
        vlan = SubElement(card, "vlan", {"trunk": "yes"} if len(tags) > 1 else {})
        for number in tags:
            SubElement(vlan, "tag", id=str(number))
    SubElement(card, "model", type="virtio")


def _text(into: Node, tag: str, words: str, **attributes: str) -> None:
    SubElement(into, tag, attributes).text = words
