"""Power (W) and energy (kWh) of machines, stores and areas."""

import numpy as np

from sdx_studio.engine.parts import Area, Machine, Store
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import JOULES_PER_KWH
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = dict.fromkeys((Machine, Store, Area), ("power", "energy"))


def settle(plant: Plant, _machines: Flags | None) -> None:
    """Put power where it changed; energy is its integral."""
    gauges, supply = plant.gauges, plant.supply
    if not supply.changed:
        return
    power = np.concatenate((supply.machines, supply.stores, supply.areas["power"]))
    slots = gauges.kept("power", lambda: _drawing(plant))
    changed = power != gauges.read(slots, plant.now)
    energy = gauges.kept("energy", lambda: _drawing(plant))[changed]
    gauges.put_all(energy, gauges.read(energy, plant.now), plant.now, power[changed] / JOULES_PER_KWH)
    gauges.put_all(slots[changed], power[changed], plant.now)


def _drawing(plant: Plant) -> list[str]:
    return [*plant.roster.machines, *plant.supply.store_ids, *plant.parts.areas]
