"""The machine room as a planner sees it: what runs where, what it needs, and what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sdx_studio.document import Document
from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.housing import Housing, Reading
from sdx_studio.engine.parts import Part
from sdx_studio.engine.supply import inherited

__all__ = ["Figures", "Floor", "Reading"]
HOURS = 8760.0
"""Of a year."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a state costs: machines and racks that are on, their use, W with PUE, JPY a month, and sums of a year."""

    machines: int
    racks: int
    use: float
    """Share of the cores of the machines that are on."""
    power: float
    rent_month: float
    energy_year: float
    """kWh."""
    cost_year: float
    """JPY for electricity."""
    co2_year: float
    """kg."""


class Floor(Housing):
    """The parts of a project as a planner needs them, with the racks in which machines stand."""

    def __init__(self, document: Document, parts: Iterable[Part], now: Reading | None = None) -> None:
        super().__init__(parts, now)
        self.areas = self.parts.areas
        self.racks = {id: next((one for one in document.above(id) if _rack(document, one)), "") for id in self.machines}
        """Machine → the rack in which it stands, or none."""

    def figures(self, seats: Mapping[str, str], off: frozenset[str]) -> Figures:
        """With guests on the machines `seats` says, and without those that are `off`."""
        used = self.used(seats)
        on = [one for one in self.machines.values() if one.powered and one.id not in off]
        drawn, cost, carbon = 0.0, 0.0, 0.0
        for machine in on:
            plain = float(watts(machine.watts, min(1.0, used[machine.id] / machine.cores)))
            pue, price, intensity = self._site(machine.area)
            drawn += plain * pue
            cost += plain * pue * price * HOURS / 1000
            carbon += plain * pue * intensity * HOURS / 1000
        cores = sum(one.cores for one in on)
        share = sum(min(used[one.id], one.cores) for one in on) / cores if cores else 0.0
        racks = {self.racks[machine.id] for machine in on} - {""}
        given_up = set(self.racks.values()) - racks
        rent = sum(area.rent for id, area in self.areas.items() if id not in given_up)
        return Figures(len(on), len(racks), share, drawn, rent, drawn * HOURS / 1000, cost, carbon)

    def _site(self, area: str | None) -> tuple[float, float, float]:
        """PUE, JPY/kWh and kg/kWh where a machine stands: each area around it multiplies."""
        at = self.areas.get(area or "")
        if at is None:
            return 1.0, 0.0, 0.0
        price, carbon, pue = inherited(self.areas, at, "price"), inherited(self.areas, at, "carbon"), 1.0
        for _ignored in range(len(self.areas)):
            if at is None:
                break
            pue *= at.pue
            at = self.areas.get(at.parent or "")
        return pue, price, carbon


def _rack(document: Document, id: str) -> bool:
    return document.kind_of(id).shape == "cabinet"
