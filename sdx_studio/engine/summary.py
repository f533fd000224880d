"""Figures of a whole run: statistics by element and measure, and sums."""

from sdx_studio.engine.meters import outage
from sdx_studio.engine.migration import Migrations
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.power import CARBON, PRICE, PUE
from sdx_studio.engine.statistics import Statistic


def measures(plant: Plant) -> dict[str, dict[str, Statistic]]:
    """Last, mean and peak by id and measure."""
    found: dict[str, dict[str, Statistic]] = {}
    for (id, measure), statistic in zip(plant.gauges.index, plant.gauges.statistics(plant.now), strict=True):
        if id in plant.parts.guests and plant.parts.guests[id].crowd:
            continue
        found.setdefault(id, {})[measure] = statistic
    return found


def totals(plant: Plant, migrations: Migrations) -> dict[str, float]:
    """Energy with PUE (kWh), cost of electricity (JPY), CO2 (kg), finished migrations, seconds of their pauses.

    Also seconds in which guests were out (see `meters.outage`), and with consolidation slatah, pdm, slav (ratios) and
    esv (kWh), see `ledger`.
    What stands in no area counts with the usual PUE, price and carbon, as if it stood in an ordinary building.
    """
    areas = plant.parts.areas
    outer = [id for id, area in areas.items() if area.parent not in areas]
    loose = [
        id
        for table in (plant.parts.machines, plant.parts.stores)
        for id, part in table.items()
        if part.area not in areas
    ]
    elsewhere = PUE * sum(_value(plant, id, "energy") for id in sorted(set(loose)))
    return {
        "energy_kwh": elsewhere + sum(_value(plant, id, "energy") for id in outer),
        "cost_jpy": elsewhere * PRICE + sum(_value(plant, id, "cost") for id in outer),
        "co2_kg": elsewhere * CARBON + sum(_value(plant, id, "co2") for id in outer),
        "migrations": migrations.count + plant.ledger.moves,
        "downtime_s": migrations.downtime,
        "outage_s": outage.total(plant),
        **plant.ledger.totals(plant),
    }


def _value(plant: Plant, id: str, measure: str) -> float:
    return plant.gauges.value(id, measure, plant.now)
