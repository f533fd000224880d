"""Nodes, cables, and the traffic over them."""

from dataclasses import dataclass
from typing import Literal

from sdx_studio.engine.parts.loads import Load, Trace


@dataclass(frozen=True, slots=True)
class Node:
    """A thing with network ports.

    end: sends and receives only; bridging: spanning tree; routing: between VLANs; programmed: as a controller says.
    """

    id: str
    role: Literal["end", "bridging", "routing", "programmed"] = "end"
    priority: int = 32768
    """Bridge priority; lowest (priority, id) is the root of the spanning tree."""
    direct: float = 0.0
    """Seconds until a port of a bridge forwards after a link of its own has failed or come up."""
    indirect: float = 0.0
    """The same after a failure further away."""
    reference: float | None = None
    """Bandwidth (bit/s) over that of a link is its cost between routers; None counts hops."""
    standalone: bool = False
    """A programmed switch that forwards like a plain one while it hears no controller."""
    area: str | None = None


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
    load: Load | Trace | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A VLAN: watches the traffic that carries `number`."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Controller:
    """An SDN controller; it programs the switches to which control cables lead. Seconds."""

    id: str
    packet_in: float = 0.001
    rtt: float = 0.002
    service: float = 0.001
    flow_mod: float = 0.005
    per_hop: float = 5e-6
    serial: bool = False
    """Rules are set on one switch after another instead of on all at once."""
