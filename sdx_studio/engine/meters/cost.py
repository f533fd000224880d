"""Cost of electricity (JPY) and rent (JPY) of areas."""

from collections.abc import Collection

from sdx_studio.engine.parts import Area
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import JOULES_PER_KWH, rated

MEASURES: dict[type, tuple[str, ...]] = {Area: ("cost",)}


def settle(plant: Plant, machines: Collection[str] | None) -> None:
    """Put cost with the slope that follows from the power drawn just now."""
    gauges = plant.gauges
    for id, rate in rated(plant, "price").items() if machines is None or machines else ():
        gauges.put(id, "cost", gauges.value(id, "cost", plant.now), rate / JOULES_PER_KWH)
