"""Places and groups of machines, and what is done to the running world."""

from dataclasses import dataclass


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
    """A cluster of machines; `restart` starts the guests of a failed member on the others."""

    id: str
    members: tuple[str, ...]
    restart: bool = True
    detect: float = 15.0
    place: float = 2.0
    parallel: int = 4


@dataclass(frozen=True, slots=True)
class Command:
    """Something done to the running world at `at` microseconds: verb, target id and figures by name."""

    at: int
    verb: str
    target: str
    figures: tuple[tuple[str, str | float | int | bool], ...] = ()
    id: str = ""
