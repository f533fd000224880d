"""Places and groups of machines, and what is done to the running world."""

from dataclasses import dataclass
from typing import Literal


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
class Group:
    """A cluster of machines; `restart` starts the guests of a failed member on the others. Times in seconds."""

    id: str
    members: tuple[str, ...]
    restart: bool = True
    detect: float = 15.0
    place: float = 2.0
    parallel: int = 4
    isolation: float = 30.0
    """How long a member hears no other one until it counts as isolated."""
    response: Literal["leave", "restart"] = "leave"
    """What becomes of the guests of an isolated member: they run on, or are shut down and start on the others."""
    admission: Literal["none", "slots", "percentage"] = "none"
    """What has to stay free, so that the guests of failed members find room, when one more is switched on."""
    tolerate: int = 1
    """Members that may fail (slots)."""
    reserve: float = 0.25
    """Share of cores and of memory that stays unreserved (percentage)."""
    balancing: Literal["off", "manual", "partial", "automatic"] = "off"
    threshold: int = 3
    """Priorities of moves up to this one count: 1 (urgent) to 5."""
    every: float = 300.0
    """Seconds from one look at the loads to the next."""
    network: int | None = None
    """Number of the VLAN on which its guests move; None takes any cable."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something done to the running world at `at` microseconds: verb, target id and figures by name."""

    at: int
    verb: str
    target: str
    figures: tuple[tuple[str, str | float | int | bool], ...] = ()
    id: str = ""
