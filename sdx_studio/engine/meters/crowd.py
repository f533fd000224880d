"""What areas and groups hold together: running guests, members up, mean load of those."""

from collections.abc import Collection

from sdx_studio.engine.parts import Area, Group
from sdx_studio.engine.plant import Plant

MEASURES: dict[type, tuple[str, ...]] = {
    Area: ("guests",),
    Group: ("cpu.utilisation", "memory.utilisation", "hosts.up", "guests"),
}


def settle(plant: Plant, machines: Collection[str] | None) -> None:
    """Put the sums and means of the machines concerned."""
    if machines is not None and not machines:
        return
    put = plant.gauges.put
    for group in plant.parts.groups.values():
        members = [id for id in group.members if id in plant.parts.machines]
        able = [id for id in members if plant.up(id)]
        put(group.id, "hosts.up", len(able))
        put(group.id, "guests", sum(_value(plant, id, "guests") for id in members))
        for measure in ("cpu.utilisation", "memory.utilisation"):
            put(group.id, measure, sum(_value(plant, id, measure) for id in able) / max(1, len(able)))
    counts = dict.fromkeys(plant.parts.areas, 0.0)
    for machine in plant.parts.machines.values() if counts else ():
        area = machine.area
        for _ in range(len(counts)):
            if area is None or area not in counts:
                break
            counts[area] += _value(plant, machine.id, "guests")
            area = plant.parts.areas[area].parent
    for id, count in counts.items():
        put(id, "guests", count)


def _value(plant: Plant, id: str, measure: str) -> float:
    return plant.gauges.value(id, measure, plant.now)
