"""What elements draw, cost and emit: meters of areas as the engine adds them up, and each machine's share of them.

A machine's cost is its energy times the PUE of all that is around it and the price of the nearest area that has one,
as they are now; its CO2 likewise. Areas and the whole project are metered by the engine, so that a price that was
changed on the way counts from then on.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.power import CARBON, PRICE, PUE
from sdx_studio.engine.snapshot import Layout, Snapshot

YEAR_HOURS = 8760.0


@dataclass(frozen=True, slots=True)
class Tariff:
    """What surrounds an element: power of the building per power of its computers, JPY/kWh, kg/kWh."""

    pue: float
    price: float
    carbon: float


@dataclass(frozen=True, slots=True)
class Account:
    """One element's: W now, kWh, JPY of electricity, kg CO2, JPY of rent so far; and JPY a year as things are now.

    An area's power and energy include its PUE, a machine's do not. NaN: it has no such meter.
    """

    power: float = math.nan
    energy: float = math.nan
    cost: float = math.nan
    carbon: float = math.nan
    rent: float = math.nan
    year: float = math.nan


def tariff(document: Document, id: str) -> Tariff:
    """The factors that hold for what stands in the areas around `id`; the usual ones where there are none."""
    around = [one for one in document.above(id) if "area" in document.traits(one)]
    if not around:
        return Tariff(PUE, PRICE, CARBON)
    pue, price, carbon = 1.0, 0.0, 0.0
    known = False
    for one in around:
        values = document.values(one)
        known = known or "pue" in values
        pue *= float(values.get("pue") or 1.0)
        price = price or float(values.get("price") or 0.0)
        carbon = carbon or float(values.get("carbon") or 0.0)
    return Tariff(pue, price, carbon) if known else Tariff(PUE, PRICE, CARBON)


def accounts(document: Document, layout: Layout, snapshot: Snapshot) -> dict[str, Account]:
    """Accounts of everything that has a power meter, by id."""
    values, index = snapshot.values, layout.index

    def of(id: str, measure: str) -> float:
        slot = index.get((id, measure))
        return math.nan if slot is None else float(values[slot])

    return {id: _account(document, id, of) for id in document.elements if (id, "power") in index}


def _account(document: Document, id: str, of: Callable[[str, str], float]) -> Account:
    power, energy = of(id, "power"), of(id, "energy")
    if "area" in document.traits(id):
        price = tariff_inside(document, id).price
        rented = (one for one in (id, *document.below(id)) if "rent" in document.kind_of(one).by_key)
        rent = sum(float(document.values(one)["rent"] or 0.0) for one in rented)
        year = power / 1000 * YEAR_HOURS * price + 12 * rent
        return Account(power, energy, of(id, "cost"), of(id, "co2"), of(id, "rent"), year)
    factors = tariff(document, id)
    whole = factors.pue * energy
    year = power / 1000 * YEAR_HOURS * factors.pue * factors.price
    return Account(power, energy, whole * factors.price, whole * factors.carbon, math.nan, year)


def tariff_inside(document: Document, area: str) -> Tariff:
    """The factors that hold directly inside an area."""
    values = document.values(area)
    outer = tariff(document, area)
    if "pue" not in values:
        return outer
    return Tariff(float(values["pue"]), float(values["price"]) or outer.price, float(values["carbon"]) or outer.carbon)


def metered(document: Document, known: dict[str, Account], top: str | None = None) -> Iterator[tuple[int, str]]:
    """Depth and id of everything that has an account, each after what holds it."""
    stack = [(0, id) for id in reversed(document.children(top))]
    while stack:
        depth, id = stack.pop()
        if id in known:
            yield depth, id
        stack.extend((depth + (id in known), inner) for inner in reversed(document.children(id)))


def split(document: Document, known: dict[str, Account]) -> tuple[float, float]:
    """W that computers draw, and W that their buildings add (PUE); together what the whole project draws."""
    machines = [id for id in known if "area" not in document.traits(id)]
    plain = sum(known[id].power for id in machines)
    return plain, sum(known[id].power * (tariff(document, id).pue - 1.0) for id in machines)


SMALLER = {"kWh": "Wh", "kg": "g"}
"""In which units less than one is said, a thousandth each."""


def amount(value: float, unit: str) -> str:
    """A sum for people: small energies in Wh, small masses in g; nothing known is a dash."""
    if math.isnan(value):
        return "–"
    if unit in SMALLER and abs(value) < 1:
        return f"{value * 1000:.3g}\u00a0{SMALLER[unit]}"
    return units.show(value, unit)
