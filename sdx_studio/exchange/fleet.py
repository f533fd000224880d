"""A fleet out of recorded loads: one VM for each recording, hosts in racks, and who sits where at the start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sdx_studio.document import Document, Element
from sdx_studio.document.layout import Packing
from sdx_studio.engine.formulas.memory import vmm_overhead
from sdx_studio.engine.policies.overload import detectors
from sdx_studio.engine.policies.placement.power_aware import steps, watts
from sdx_studio.engine.policies.selection import selections
from sdx_studio.engine.steering import CLOUDSIM
from sdx_studio.exchange.formats import FileError, Opened, Option, Options
from sdx_studio.exchange.sketch import Sketch
from sdx_studio.kinds import Value, standing_for
from sdx_studio.kinds.power_tables import WATTS
from sdx_studio.words import _, mark

POLICY = Option("policy", mark("policy of consolidation: thr-mmt:0.8, iqr-mu:1.5, mad-mc, lr-rs, lrr, dvfs or none"))
HOSTS = Option("hosts", mark("number of hosts"))
IN_RACK, ABREAST, AISLE = 20, 20, 40.0
"""Hosts in a rack, racks in a row, px between them."""
STILL = ("dvfs", "none")
Spot = tuple[float, float]
PORT, DISKS, DISK = 100e9, 8, 16e12
"""bit/s of all ports; NVMe disks of the array, bytes of each."""


@dataclass(frozen=True, slots=True)
class HostType:
    """Hosts of one model; bytes, times the usual core."""

    name: str
    cores: int
    speed: float
    memory: float
    power: str


@dataclass(slots=True)
class Recording:
    """One VM with its recorded loads; `fields` are what its kind calls them."""

    name: str
    vcpus: int
    speed: float
    memory: float
    fields: dict[str, Value] = field(default_factory=dict)
    traffic: dict[str, dict[str, Value]] = field(default_factory=dict)
    """Flows by the direction's word, "out" or "in"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The consolidation that was asked for."""

    detector: str
    selection: str
    parameter: float | None
    compat: bool


def read_plan(options: Options, name: str, default: str) -> Plan:
    """The options policy and compat; raises FileError saying what is allowed."""
    words, _colon, number = options.get("policy", default).lower().partition(":")
    detector, _dash, selection = words.partition("-")
    compat = options.get("compat", "none").lower()
    if detector not in (*detectors(), *STILL) or selection not in ("", *selections()):
        allowed = f"{', '.join(detectors())} + {', '.join(selections())}; {', '.join(STILL)}"
        raise FileError(name, 0, 0, "", _("there is no policy “{policy}”; known: {all}", policy=words, all=allowed))
    if compat not in ("none", "cloudsim"):
        raise FileError(name, 0, 0, "", _("compat is cloudsim or none, not “{word}”", word=compat))
    try:
        parameter = float(number) if number else None
    except ValueError:
        raise FileError(name, 0, 0, "", _("{value} is no number", value=repr(number))) from None
    return Plan(detector, selection or "mmt", parameter, compat == "cloudsim")


def read_count(options: Options, name: str, default: int) -> int:
    """The option hosts; raises FileError."""
    text = options.get("hosts", str(default))
    if not text.isdecimal() or not 1 <= int(text) <= 20_000:
        raise FileError(name, 0, 0, "", _("hosts is a number from 1 to 20000, not “{word}”", word=text))
    return int(text)


Seats = list[int]


def spread(vms: Sequence[Recording], hosts: Sequence[HostType], overhead: bool = True) -> Seats | None:
    """Host of each VM: with all its vCPUs and memory, where power rises least over an idle host's; None if one is left.

    The first placement of Beloglazov and Buyya's scenario; `overhead` counts the hypervisor's memory for each VM too.
    """
    idle = steps(np.array([WATTS[one.power] for one in hosts]))
    base = watts(idle, np.zeros(len(hosts)))
    capacity = np.array([one.cores * one.speed for one in hosts])
    return _seats(
        vms, hosts, overhead,
        lambda used, asked, fits: np.where(
            fits, watts(idle, np.minimum(1.0, (used + asked) / capacity)) - base, np.inf
        ),
    )  # fmt: skip


def first_fit(vms: Sequence[Recording], hosts: Sequence[HostType], overhead: bool = True) -> Seats | None:
    """Host of each VM: the first one that has its vCPUs and memory; None if one is left."""
    places = np.arange(len(hosts), dtype=float)
    return _seats(vms, hosts, overhead, lambda _used, _asked, fits: np.where(fits, places, np.inf))


Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Cost = Callable[[Floats, float, Flags], Floats]


def _seats(vms: Sequence[Recording], hosts: Sequence[HostType], overhead: bool, cost: Cost) -> Seats | None:
    room = np.array([one.cores * one.speed for one in hosts])
    core, free = np.array([one.speed for one in hosts]), np.array([one.memory for one in hosts], float)
    used = np.zeros(len(hosts))
    found: Seats = []
    for vm in vms:
        asked = vm.vcpus * vm.speed
        memory = vm.memory + (vmm_overhead(vm.memory, vm.vcpus) if overhead else 0.0)
        costs = cost(used, asked, (core >= vm.speed - 1e-9) & (room >= asked - 1e-9) & (free >= memory))
        host = int(costs.argmin())
        if not np.isfinite(costs[host]):
            return None
        used[host] += asked
        room[host] -= asked
        free[host] -= memory
        found.append(host)
    return found


class Fleet:
    """The drawing of hosts in racks with their VMs."""

    def __init__(self) -> None:
        self.sketch = Sketch()
        self.site = self._draw("plain:place", "data centre", None, pue=1.0)
        self.racks: list[str] = []
        self.hosts: list[str] = []
        self._layers: list[str] = []

    def _draw(self, what: str, name: str, parent: str | None, at: Spot = (0.0, 0.0), **fields: Value) -> str:
        return self.sketch.add(standing_for(what), name, parent, *at, fields=fields)

    def stand(self, hosts: Sequence[HostType]) -> None:
        """Put the hosts into racks, each with a hypervisor that costs nothing of its own."""
        for number, one in enumerate(hosts, 1):
            if (number - 1) % IN_RACK == 0:
                self.racks.append(self._draw("fleet:rack", f"rack-{len(self.racks) + 1:02d}", self.site))
            host = self._draw(
                "libvirt:connection", f"host-{number:04d}", self.racks[-1], cores=one.cores, core_speed=one.speed,
                memory=one.memory, units=1, power_model=one.power,
            )  # fmt: skip
            self.hosts.append(host)
            self._layers.append(self._draw("libvirt:hypervisor", f"hv-{number:04d}", host, memory=0.0, overhead=0.0))

    def seat(self, vms: Sequence[Recording], seats: Seats) -> list[str]:
        """Put the VMs onto their hosts; their ids."""
        ids: list[str] = []
        for vm, host in zip(vms, seats, strict=True):
            size: dict[str, Value] = {"vcpus": vm.vcpus, "vcpu_speed": vm.speed, "memory": vm.memory}
            what = standing_for("libvirt:domain")
            ids.append(self.sketch.add(what, vm.name, self._layers[host], fields={**size, **vm.fields}))
        return ids

    def wire(self, vms: Sequence[Recording], ids: Sequence[str]) -> None:
        """Volumes for VMs that use a disk, and the network over which they reach those and the world outside."""
        pairs = list(zip(vms, ids, strict=True))
        disks = [(vm.name, id) for vm, id in pairs if vm.fields.get("io_rate")]
        if not disks and not any(vm.traffic for vm in vms):
            return
        switch = self._draw("libvirt:network", "core", None, (-200.0, 240.0), nic_speed=PORT)
        for host in self.hosts:
            self.sketch.join(host, switch, {"bandwidth": PORT})
        if disks:
            self._give_disks(switch, disks)
        outside = self._draw("graphml:node", "outside", None, (-200.0, 120.0), nic_speed=PORT)
        self.sketch.join(outside, switch, {"bandwidth": PORT})
        flows = [(vm.name, id, word, fields) for vm, id in pairs for word, fields in sorted(vm.traffic.items())]
        for row, (name, vm, word, fields) in enumerate(flows):
            source, target = (vm, outside) if word == "out" else (outside, vm)
            at = (-400.0 - 180.0 * (row % 4), 72.0 * (row // 4))
            id = self._draw("demand", f"{name}-{word}", None, at, source=source, target=target)
            self.sketch.set(id, **fields)

    def _give_disks(self, switch: str, users: Sequence[tuple[str, str]]) -> None:
        """An array that is never the bottleneck, with a thin volume for each of the VMs (name, id)."""
        array = self._draw("libvirt:pool", "san", None, (-1200.0, 500.0), raid="RAID 0", nic_speed=PORT)
        self.sketch.join(array, switch, {"bandwidth": PORT})
        for number in range(DISKS):
            self._draw("libvirt:pool-device", f"disk-{number + 1}", array, medium="NVMe", capacity=DISK)
        for name, id in users:
            self.sketch.set(id, disk=self._draw("libvirt:volume", f"{name}-disk", array, thin=True))

    def steer(self, plan: Plan) -> None:
        """Add the consolidation."""
        self._draw(
            "fleet:consolidation", "policy", None, (-200.0, 0.0), members=tuple(self.hosts), policy=plan.detector,
            selection=plan.selection, parameter=plan.parameter, quirks=CLOUDSIM if plan.compat else (),
        )  # fmt: skip

    def finish(self, title: str, duration: float) -> Opened:
        """The document, racks in rows."""
        opened = self.sketch.finish(title, "", duration)
        return replace(opened, document=_tidy(opened.document, self.racks))


def _tidy(document: Document, racks: Sequence[str]) -> Document:
    """Racks side by side, ABREAST of them in a row that is as high as the highest."""
    packing = Packing(document)
    spots: dict[str, tuple[float, float]] = {}
    top = AISLE
    for start in range(0, len(racks), ABREAST):
        row = racks[start : start + ABREAST]
        left = AISLE / 2
        for id in row:
            spots[id] = (left, top)
            left += packing.size(id)[0] + AISLE
        top += max(packing.size(id)[1] for id in row) + AISLE
    elements = [_at(one, spots) for one in document.elements.values()]
    return Document([document.properties, *elements, *document.links.values()])


def _at(element: Element, spots: Mapping[str, tuple[float, float]]) -> Element:
    x, y = spots.get(element.id, (element.x, element.y))
    return replace(element, x=round(x, 2), y=round(y, 2))
