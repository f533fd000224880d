"""What consolidation costs and brings: SLATAH, PDM, SLAV and ESV (see `ledger`), moves, energy, hosts awake."""

from sdx_studio.engine.parts import Steering
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Flags

FIGURES = ("slatah", "pdm", "slav", "esv")

MEASURES: dict[type, tuple[str, ...]] = {
    Steering: (*(f"sla.{name}" for name in FIGURES), "moves", "energy", "hosts.up", "cpu.utilisation")
}


def settle(plant: Plant, machines: Flags | None) -> None:
    """Put what each steering has come to, once a round."""
    ledger = plant.ledger
    if machines is not None and not ledger.due:
        return
    ledger.due = False
    put, load = plant.gauges.put, plant.roster.utilisation()
    for id, account in ledger.accounts.items():
        figures = ledger.figures(plant, id)
        for name in FIGURES:
            put(id, f"sla.{name}", figures[name])
        awake = account.rows[plant.roster.up[account.rows]]
        put(id, "moves", float(account.moves))
        put(id, "energy", figures["energy_kwh"])
        put(id, "hosts.up", float(len(awake)))
        put(id, "cpu.utilisation", float(load[awake].mean()) if awake.size else 0.0)
