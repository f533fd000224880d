"""A graph as it stands in a file, before anything is drawn; and how its attributes are understood."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sdx_studio import units
from sdx_studio.exchange.sketch import Tally

Attributes = dict[str, str | float]
_PREFIX = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}
_UNIT = re.compile(r"\s*([KMGT]?)(?:bps|bit/s|bits/s|b/s|b|bit)?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """A node; `segment` marks a point that only joins the ends of an edge with many ends."""

    key: str
    attributes: Attributes = field(default_factory=dict)
    segment: bool = False


@dataclass(slots=True)
class Edge:
    """An edge between two nodes by key."""

    a: str
    b: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(slots=True)
class Graph:
    """A whole graph; `tally` counts what was odd about its file."""

    attributes: Attributes = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    directed: bool = False
    tally: Tally = field(default_factory=Tally)


def named(attributes: Mapping[str, str | float], *names: str) -> str | float | None:
    """The first attribute with one of these names, whatever its capitals; empty texts do not count."""
    flat = {key.lower(): value for key, value in reversed(list(attributes.items()))}
    for name in names:
        value = flat.get(name)
        if value is not None and value != "":
            return value
    return None


def figure(attributes: Mapping[str, str | float], *names: str) -> float | None:
    """The same as a finite number, or None."""
    value = named(attributes, *names)
    try:
        number = float(value) if value is not None else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def speed(attributes: Mapping[str, str | float]) -> float | None:
    """bit/s of an edge, or None when it does not say: a raw figure, a figure and its unit, or words with a unit."""
    raw = figure(attributes, "linkspeedraw")
    if raw is not None and raw > 0:
        return raw
    given = figure(attributes, "linkspeed")
    unit = _UNIT.match(str(named(attributes, "linkspeedunits") or ""))
    if given is not None and given > 0 and unit is not None:
        return given * _PREFIX[unit.group(1).upper()]
    return _spoken(named(attributes, "bandwidth", "speed", "capacity", "linkspeed"))


def _spoken(words: str | float | None) -> float | None:
    if words is None:
        return None
    try:
        value = units.parse(str(words), "bit/s")
    except units.UnitError:
        return None
    return value if value > 0 else None


def place(attributes: Mapping[str, str | float]) -> tuple[float, float] | None:
    """Longitude and latitude in degrees, or None."""
    east = figure(attributes, "longitude", "lon", "lng", "long")
    north = figure(attributes, "latitude", "lat")
    if east is None or north is None or abs(north) > 90 or abs(east) > 360:
        return None
    return east, north


def point(attributes: Mapping[str, str | float]) -> tuple[float, float] | None:
    """The point x, y on a drawing (y downwards), or None."""
    x, y = figure(attributes, "x"), figure(attributes, "y")
    return None if x is None or y is None else (x, y)
