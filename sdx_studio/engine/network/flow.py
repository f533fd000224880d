"""One flow: who sends to whom, what limits it, which way it takes, how fast it goes."""

from dataclasses import dataclass
from math import inf

PAYLOAD = 1448 / 1538
"""Share of an Ethernet frame's time on the wire that is TCP payload, at an MTU of 1,500 bytes."""

LOCAL = 20e9
"""bit/s between two guests of one machine, where no cable limits them."""

Key = tuple[str, str]


@dataclass(slots=True)
class Flow:
    """A flow in bit/s on the wire; `source` and `target` are elements, found where they are just now."""

    key: Key
    source: str
    target: str
    cap: float = inf
    weight: float = 1.0
    floor: float = 0.0
    promised: float = 0.0
    """What of its floor its way can promise: all or nothing."""
    rank: int = 0
    vlan: int | None = None
    store: str | None = None
    """A store whose work this flow needs, which also lets it use storage cables."""
    work: float = 0.0
    """Share of the store's time that 1 bit/s takes."""
    read_share: float = 0.0
    """Share of the bits that come back from target to source."""
    rate: float = 0.0
    booked: float = 0.0
    """Rate that its legs are loaded with; 0 until it is shared for the first time."""
    turn: int = 0
    """The last sharing that it took part in."""
    blocked: bool = True
    local: bool = False
    reason: str = ""
    legs: tuple[int, ...] = ()
    factors: tuple[float, ...] | None = None
    cables: tuple[str, ...] = ()
    vlans: tuple[int, ...] = ()
    latency: float = 0.0
    """Seconds of a packet on its way."""
