"""Two runs side by side: their figures in one table, and which side is better at what."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.snapshot import Layout, Snapshot
from sdx_studio.words import _, mark

Side = Literal["", "a", "b"]


@dataclass(frozen=True, slots=True)
class Sort:
    """One row of the table: key, words, base unit, and whether less is better (−1), more (1), or neither (0)."""

    key: str
    label: str
    unit: str
    better: int


SORTS = (
    Sort("outage_s", mark("Outage of guests"), "s", -1),
    Sort("downtime_s", mark("Pauses of migrations"), "s", -1),
    Sort("throughput", mark("Throughput"), "bit/s", 1),
    Sort("response", mark("Response of storage"), "s", -1),
    Sort("wait", mark("Response for users"), "s", -1),
    Sort("hosts", mark("Machines that run"), "", -1),
    Sort("racks", mark("Racks in use"), "", -1),
    Sort("power", mark("Power now"), "W", -1),
    Sort("energy_kwh", mark("Energy"), "kWh", -1),
    Sort("co2_kg", mark("CO₂"), "kg", -1),
    Sort("cost_jpy", mark("Cost of electricity"), "JPY", -1),
    Sort("migrations", mark("Migrations"), "", 0),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of both sides in words, how B differs from A, and the better side (empty: neither)."""

    key: str
    label: str
    a: str
    b: str
    difference: str
    better: Side


def figures(document: Document, layout: Layout, snapshot: Snapshot, totals: Mapping[str, float]) -> dict[str, float]:
    """What the table tells of one side at one moment, by key; NaN where there is nothing to tell."""
    values, index = snapshot.values, layout.index

    def of(ids: Iterable[str], measure: str) -> list[float]:
        found = (float(values[index[id, measure]]) for id in ids if (id, measure) in index)
        return [value for value in found if value == value]

    machines, stores = document.having("machine"), document.having("store")
    up = [id for id, watts in ((id, of((id,), "power")) for id in machines) if sum(watts) > 0]
    racks = {one for id in up for one in document.above(id) if document.kind_of(one).shape == "cabinet"}
    rates = of(document.having("traffic"), "net.rate")
    return {
        **{sort.key: totals.get(sort.key, math.nan) for sort in SORTS},
        "hosts": float(len(up)),
        "racks": float(len(racks)),
        "power": sum(of((*machines, *stores), "power")),
        "throughput": sum(rates) if rates else math.nan,
        "response": _mean(of(document.elements, "io.response")),
        "wait": _mean(of(document.elements, "users.response")),
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def compare(a: Mapping[str, float], b: Mapping[str, float]) -> list[Row]:
    """The rows for which either side has a figure."""
    known = [sort for sort in SORTS if not (math.isnan(a[sort.key]) and math.isnan(b[sort.key]))]
    return [_row(sort, a[sort.key], b[sort.key]) for sort in known]


def _row(sort: Sort, a: float, b: float) -> Row:
    mine, other = (units.show(value, sort.unit) if value == value else "–" for value in (a, b))
    if math.isnan(a) or math.isnan(b):
        return Row(sort.key, _(sort.label), mine, other, "", "")
    same = mine == other
    better: Side = "" if same or not sort.better else "b" if (b - a) * sort.better > 0 else "a"
    return Row(sort.key, _(sort.label), mine, other, "=" if same else _difference(a, b, sort.unit), better)


def _difference(a: float, b: float, unit: str) -> str:
    """How much B has more or less than A, and in per cent where A has anything."""
    sign = "+" if b > a else "\u2212"
    said = f"{sign}{units.show(abs(b - a), unit)}"
    return f"{said} ({sign}{units.show(abs(b - a) / abs(a), '1')})" if a else said
