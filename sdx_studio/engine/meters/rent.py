"""Rent of areas (JPY), apart from the cost of electricity."""

from sdx_studio.engine.parts import Area
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = {Area: ("rent",)}

MONTH = 365 * 86400 / 12
"""Seconds."""


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put rent with a slope from the monthly sum of the area and those inside it."""
    if machines is not None:
        return
    for id, rate in {id: _sum(plant, id, 0) / MONTH for id in plant.parts.areas}.items():
        plant.gauges.put(id, "rent", plant.gauges.value(id, "rent", plant.now), rate)


def _sum(plant: Plant, area: str, depth: int) -> float:
    inside = (one.id for one in plant.parts.areas.values() if one.parent == area)
    return plant.parts.areas[area].rent + (sum(_sum(plant, id, depth + 1) for id in inside) if depth < 32 else 0.0)
