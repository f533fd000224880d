"""Power (W) and energy (kWh) of machines, stores and areas."""

from collections.abc import Collection

from sdx_studio.engine.parts import Area, Machine, Store
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import JOULES_PER_KWH, drawn, rated

MEASURES: dict[type, tuple[str, ...]] = dict.fromkeys((Machine, Store, Area), ("power", "energy"))


def settle(plant: Plant, machines: Collection[str] | None) -> None:
    """Put power where it changed; energy is its integral."""
    changed = False
    for id in plant.parts.machines if machines is None else machines:
        changed |= _put(plant, id, drawn(plant, id))
    for id in plant.parts.stores.keys() - plant.parts.machines.keys():
        changed |= _put(plant, id, drawn(plant, id))
    if changed or machines is None:
        for id, power in rated(plant).items():
            _put(plant, id, power)


def _put(plant: Plant, id: str, power: float) -> bool:
    gauges = plant.gauges
    if gauges.value(id, "power", plant.now) == power:
        return False
    gauges.put(id, "energy", gauges.value(id, "energy", plant.now), power / JOULES_PER_KWH)
    gauges.put(id, "power", power)
    return True
