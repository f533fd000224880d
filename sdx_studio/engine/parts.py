"""Parts: what the kinds hand to the engine. The engine knows parts, never kinds.

Every part carries the id of the element (or link) that it speaks for; several parts may share one id. Units: bytes,
bytes/s, bit/s where said, cores, seconds, watts, JPY. A part is a frozen value; what changes in a run is the world's.
"""

from dataclasses import dataclass
from typing import Literal

FLAT_WATTS = (0.0,) * 11


@dataclass(frozen=True, slots=True)
class Load:
    """How much a guest or a traffic asks for over time, as a share (0…1) of what it could use at most.

    steady: always `level`. wave: level·(1 + swing·sin(2πt/period + phase)), phase drawn once per id from the seed.
    bursty: every period either level·(1 − swing) or min(1, level·(1 + swing)), drawn per id from the seed.
    day: a working day compressed into `period`: idle at night, full at ten and at three. Sampled once a second
    (period ≤ 120 s) or every period/120.
    """

    level: float
    pattern: Literal["steady", "wave", "bursty", "day"] = "steady"
    swing: float = 0.5
    period: float = 20.0


@dataclass(frozen=True, slots=True)
class Machine:
    """Offers `cores` and `memory`; draws `watts` (11 values at 0, 10 … 100 % load)."""

    id: str
    cores: float
    memory: float
    watts: tuple[float, ...] = FLAT_WATTS
    area: str | None = None
    powered: bool = True
    family: str = ""
    """Family of its processors; a running guest moves only within one. Empty goes with all."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Hypervisor, OS or container engine on `host` (a machine or a guest): costs CPU (a ratio) and memory (bytes)."""

    id: str
    host: str
    cpu_overhead: float = 0.0
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Guest:
    """Asks its `host` (a machine, or a guest for a container in a VM) for CPU and memory.

    Demand in cores is load·vcpus, plus what guests inside it ask for, at most vcpus. `shares` is the whole weight.
    `disk` is a volume's id: io_rate requests/s of io_size bytes, a `read_share` of them reads, scaled with the CPU
    that it really gets. Pages: `dirty_rate` bytes/s written, spread at random over `working_set` bytes.
    """

    id: str
    host: str | None
    vcpus: float
    load: Load
    memory: float
    shares: float = 1000.0
    reservation: float = 0.0
    limit: float | None = None
    memory_overhead: float = 0.0
    dirty_rate: float = 0.0
    working_set: float = 0.0
    disk: str | None = None
    io_rate: float = 0.0
    io_size: float = 4096.0
    read_share: float = 0.7
    migrates: bool = False
    """True when it can be moved while running (a VM); a container or app goes with its host."""
    restarts: bool = True
    """True when a cluster with restart may start it elsewhere after its host has failed."""
    start_time: float = 30.0
    """Seconds from power-on to running."""
    powered: bool = True


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with network ports. end: sends and receives only; bridging: spanning tree; routing: between VLANs."""

    id: str
    role: Literal["end", "bridging", "routing"] = "end"
    priority: int = 32768
    """Bridge priority; lowest (priority, id) is the root of the spanning tree."""


@dataclass(frozen=True, slots=True)
class Cable:
    """A full-duplex link between two nodes; `vlans` None carries all; one number is an access port."""

    id: str
    a: str
    b: str
    bandwidth: float
    """bit/s in each direction; at most the slower of both ends' NICs has been put in by the kinds."""
    latency: float = 0.0
    vlans: tuple[int, ...] | None = None
    medium: Literal["ethernet", "storage", "control", "wan", "wireless"] = "ethernet"
    up: bool = True


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bits from source to target, which may be any element: guests and volumes are found where they are just now.

    `rate` is the most it sends, bit/s on the wire (None: as fast as it can). `size` bytes end it (None: endless).
    """

    id: str
    source: str
    target: str
    rate: float | None = None
    size: float | None = None
    weight: float = 1.0
    guarantee: float = 0.0
    priority: int = 0
    vlan: int | None = None
    start: float = 0.0
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Store:
    """A storage array: serves its volumes from its devices. `penalty` is the RAID write penalty."""

    id: str
    penalty: float = 1.0
    usable: float = 1.0
    """Share of the devices' capacity that data may use (RAID 10: 0.5)."""
    watts: float = 0.0
    area: str | None = None
    sound: bool = True
    """False when it has too few devices for the protection that was asked for."""


@dataclass(frozen=True, slots=True)
class Device:
    """A disk in `store`: IOPS of small random requests, bandwidth (bytes/s), capacity (bytes), service (s)."""

    id: str
    store: str | None
    read_iops: float
    write_iops: float
    bandwidth: float
    capacity: float
    service: float


@dataclass(frozen=True, slots=True)
class Volume:
    """Blocks of 4 KiB on `store`. Thick takes `size` bytes at once, thin starts with `used` and grows by growth B/s."""

    id: str
    store: str | None
    size: float
    thin: bool = False
    used: float = 0.0
    growth: float = 0.0


@dataclass(frozen=True, slots=True)
class Area:
    """A place that adds up the power of what stands in it (`parent` is the area around it)."""

    id: str
    parent: str | None = None
    pue: float = 1.0
    price: float = 0.0
    """JPY/kWh; 0 takes the parent's."""
    carbon: float = 0.0
    """kg CO2 per kWh; 0 takes the parent's."""
    rent: float = 0.0
    """JPY a month."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A VLAN: watches the traffic that carries `number`."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster of machines; `restart` starts the guests of a failed member on the others."""

    id: str
    members: tuple[str, ...]
    restart: bool = True
    detect: float = 15.0
    place: float = 2.0
    parallel: int = 4


Part = Machine | Layer | Guest | Node | Cable | Traffic | Store | Device | Volume | Area | Segment | Group


@dataclass(frozen=True, slots=True)
class Command:
    """Something done to the running world at `at` microseconds: verb, target id and figures by name."""

    at: int
    verb: str
    target: str
    figures: tuple[tuple[str, str | float | int | bool], ...] = ()
    id: str = ""
