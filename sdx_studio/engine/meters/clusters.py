"""What groups keep free, and how evenly their members are loaded; only where that is switched on."""

import numpy as np

from sdx_studio.engine.availability import admission
from sdx_studio.engine.formulas.balancing import imbalance
from sdx_studio.engine.parts import Group
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags

MEASURES: dict[type, tuple[str, ...]] = {}
"""None that all groups have: see `names`."""


def names(group: Group) -> tuple[str, ...]:
    """Measures of one group: slots and failures that are survived, or shares that are free; imbalance and moves."""
    kept = {"slots": ("ha.slots", "ha.failures_tolerated"), "percentage": ("ha.reserve",)}.get(group.admission, ())
    return kept if group.balancing == "off" else (*kept, "balance.sigma", "balance.moves")


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put the measures of groups whose machines are concerned."""
    if machines is not None and not machines.any():
        return
    for group in plant.parts.groups.values():
        if group.admission != "none":
            _kept(plant, group)
        if group.balancing != "off":
            _even(plant, group)


def _kept(plant: Plant, group: Group) -> None:
    if group.admission == "slots":
        found = admission.slots(plant, group)
        plant.gauges.put(group.id, "ha.slots", sum(found.slots))
        plant.gauges.put(group.id, "ha.failures_tolerated", found.host_failures_tolerated)
    else:
        left = admission.spare(plant, group)
        plant.gauges.put(group.id, "ha.reserve", min(left.cpu_failover_capacity, left.mem_failover_capacity))


def _even(plant: Plant, group: Group) -> None:
    roster = plant.roster
    open_ = [roster.machines[id] for id in group.members if id in roster.machines and id not in plant.clusters.closed]
    able = np.array([row for row in sorted(open_) if roster.up[row]], np.intp)
    asked = np.zeros(len(roster.machines))
    top = np.flatnonzero(np.isin(roster.parent, able) & (roster.depth == 0))
    np.add.at(asked, roster.parent[top], roster.demand[top])
    cpu = asked[able] / np.maximum(roster.cores[able], 1e-12)
    loads = np.maximum(cpu, roster.memory_used[able] / np.maximum(roster.memory[able], 1e-12))
    plant.gauges.put(group.id, "balance.sigma", imbalance(loads.tolist()) if able.size else 0.0)
    plant.gauges.put(group.id, "balance.moves", plant.clusters.moves.get(group.id, 0))
