"""What areas and groups hold together: running guests, members up, mean load of those."""

import numpy as np

from sdx_studio.engine.parts import Area, Group
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = {
    Area: ("guests",),
    Group: ("cpu.utilisation", "memory.utilisation", "hosts.up", "guests"),
}


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put the sums and means of the machines concerned."""
    if machines is not None and not machines.any():
        return
    roster, put = plant.roster, plant.gauges.put
    loads = {"cpu.utilisation": roster.utilisation(), "memory.utilisation": roster.fullness()}
    for group, members in roster.members.items():
        able = members[roster.up[members]]
        put(group, "hosts.up", len(able))
        put(group, "guests", float(roster.running[members].sum()))
        for measure, load in loads.items():
            put(group, measure, float(load[able].mean()) if able.size else 0.0)
    if plant.parts.areas:
        counts = plant.supply.within(roster.running.astype(np.float64))
        plant.gauges.put_all(plant.gauges.kept("guests", lambda: plant.parts.areas), counts, plant.now)
