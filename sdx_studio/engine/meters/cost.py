"""Cost of electricity (JPY) of areas."""

from sdx_studio.engine.parts import Area
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import JOULES_PER_KWH
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = {Area: ("cost",)}


def settle(plant: Plant, _machines: Flags | None) -> None:
    """Put cost with the slope that follows from the power drawn just now."""
    gauges, supply = plant.gauges, plant.supply
    if supply.changed:
        slots = gauges.kept("cost", lambda: plant.parts.areas)
        gauges.put_all(slots, gauges.read(slots, plant.now), plant.now, supply.areas["price"] / JOULES_PER_KWH)
