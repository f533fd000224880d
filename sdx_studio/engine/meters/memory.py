"""States of machines' memory (0 high, 1 clear, 2 soft, 3 hard, 4 low), and what their guests feel of them.

Bytes that machines save by sharing; bytes that guests share, that were taken back from them as idle, and the share of
their speed (0…1) that they lose because they wait for swapped pages.
"""

import numpy as np

from sdx_studio.engine.parts import Guest, Machine
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import NOWHERE, Flags

MEASURES: dict[type, tuple[str, ...]] = {
    Machine: ("memory.state", "memory.shared"),
    Guest: ("memory.balloon", "memory.shared", "memory.slowdown"),
}


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put them when something was taken back or given back."""
    roster, gauges = plant.roster, plant.gauges
    if machines is not None and not roster.reclaimed:
        return
    roster.reclaimed = False
    seated = roster.root != NOWHERE
    columns = {"balloon": roster.ballooned, "shared": roster.sharing, "slowdown": 1.0 - roster.speed}
    for name, column in columns.items():
        gauges.put_all(gauges.slots(roster.guests, f"memory.{name}"), np.where(seated, column, 0.0), plant.now)
    for name, column in {"state": roster.state_of_memory.astype(np.float64), "shared": roster.shared}.items():
        gauges.put_all(gauges.slots(roster.machines, f"memory.{name}"), column, plant.now)
