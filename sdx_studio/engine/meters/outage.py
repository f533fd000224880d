"""Outage (s) of guests: how long each did not work although it had been running and nobody switched it off.

That is from a failure until it runs again, while it stands still because its volume is out of reach or full, and the
pause of a live migration.
"""

from sdx_studio.engine.parts import Guest
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = {Guest: ("outage",)}


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put outage, rising by one second per second for guests that are out."""
    roster, gauges = plant.roster, plant.gauges
    if machines is not None and not roster.switched:
        return
    roster.switched = False
    out = roster.promised & ~(roster.alive & (roster.factor > 0))
    slots = gauges.kept("outage", lambda: roster.guests)
    gauges.put_all(slots, gauges.read(slots, plant.now), plant.now, out.astype(float))


def total(plant: Plant) -> float:
    """Seconds of outage of all guests together."""
    slots = plant.gauges.kept("outage", lambda: plant.roster.guests)
    return float(plant.gauges.read(slots, plant.now).sum())
