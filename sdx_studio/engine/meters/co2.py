"""Carbon dioxide (kg) that areas cause by their electricity."""

from collections.abc import Collection

from sdx_studio.engine.parts import Area
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import JOULES_PER_KWH, rated

MEASURES: dict[type, tuple[str, ...]] = {Area: ("co2",)}


def settle(plant: Plant, machines: Collection[str] | None) -> None:
    """Put co2 with the slope that follows from the power drawn just now."""
    gauges = plant.gauges
    for id, rate in rated(plant, "carbon").items() if machines is None or machines else ():
        gauges.put(id, "co2", gauges.value(id, "co2", plant.now), rate / JOULES_PER_KWH)
