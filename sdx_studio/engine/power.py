"""Power: what machines and stores draw, added up by areas."""

from collections.abc import Sequence

from sdx_studio.engine.plant import Plant

JOULES_PER_KWH = 3.6e6

PUE, PRICE, CARBON = 1.56, 27.0, 0.423
"""Where nothing is said: Uptime Institute's survey of 2024; JPY/kWh; kg CO2 per kWh (Japan, national average)."""


def watts(table: Sequence[float], utilisation: float) -> float:
    """Watts at `utilisation` (0…1): linear between the values at 0, 10 … 100 % (SPECpower_ssj2008 tables)."""
    at = min(1.0, max(0.0, utilisation)) * 10
    low = min(9, int(at))
    return table[low] + (table[low + 1] - table[low]) * (at - low)


def drawn(plant: Plant, id: str) -> float:
    """Watts that a machine or store draws just now; 0 when it is off or has failed."""
    if not plant.up(id):
        return 0.0
    if id in plant.parts.machines:
        return watts(plant.parts.machines[id].watts, plant.gauges.value(id, "cpu.utilisation", plant.now))
    return plant.parts.stores[id].watts


def inherited(plant: Plant, area: str | None, figure: str) -> float:
    """Price or carbon of an area: its own, or that of the nearest area around it that has one."""
    for _ in range(len(plant.parts.areas)):
        if area is None or area not in plant.parts.areas:
            return 0.0
        part = plant.parts.areas[area]
        own = float(getattr(part, figure))
        if own:
            return own
        area = part.parent
    return 0.0


def rated(plant: Plant, figure: str | None = None) -> dict[str, float]:
    """Watts of every area with its PUE, or watts times `figure` (price, carbon) where they are drawn."""
    parts = plant.parts
    own = dict.fromkeys(parts.areas, 0.0)
    for table in (parts.machines, parts.stores):
        for id, part in table.items():
            if part.area in own:
                own[part.area] += drawn(plant, id)
    inside: dict[str, list[str]] = {}
    for id, area in parts.areas.items():
        inside.setdefault(area.parent if area.parent in own else "", []).append(id)
    totals: dict[str, float] = {}
    for id in _inner_first(inside):
        factor = 1.0 if figure is None else inherited(plant, id, figure)
        totals[id] = parts.areas[id].pue * (own[id] * factor + sum(totals[one] for one in inside.get(id, ())))
    return totals


def _inner_first(inside: dict[str, list[str]]) -> list[str]:
    order: list[str] = []
    waiting = list(inside.get("", ()))
    while waiting:
        id = waiting.pop()
        order.append(id)
        waiting.extend(inside.get(id, ()))
    return order[::-1]
