"""Power, energy, money and CO2: what machines draw and what that comes to (watts, kWh, JPY, kg)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sdx_studio.engine.formulas.bounds import above_zero, not_negative, require, share_of_one
from sdx_studio.words import mark

STEPS = 11
_HOURS = 3600.0
_KILO = 1000.0


def watts(tables: ArrayLike, utilisation: ArrayLike) -> NDArray[np.float64]:
    """Watts at `utilisation` (0…1): linear between the 11 values at 0, 10 … 100 % (SPECpower_ssj2008 tables).

    `tables` ends in an axis of 11; the axes before it are those of `utilisation`.
    """
    values = np.asarray(tables, dtype=np.float64)
    at = np.clip(np.asarray(utilisation, dtype=np.float64), 0.0, 1.0) * 10
    low = np.minimum(STEPS - 2, at.astype(np.intp))
    first = low + STEPS * np.arange(low.size).reshape(low.shape)
    base = values.take(first)
    rise = values.take(first + 1) - base
    rise *= at - low
    return np.asarray(base + rise)


def table_power(table: Sequence[float], utilisation: float) -> float:
    """Watts of one machine at `utilisation` (0…1) by its table of 11 values; refuses any other number of values."""
    require(len(table) == STEPS, mark("a power table has 11 values (0, 10 … 100 %), not {count}"), count=len(table))
    share_of_one(utilisation=utilisation)
    not_negative(**{f"table[{place}]": value for place, value in enumerate(table)})
    return float(watts(table, utilisation))


def linear_power(idle: float, full: float, utilisation: float) -> float:
    """Watts by a straight line from `idle` to `full` (W) over utilisation 0…1."""
    not_negative(idle=idle, full=full)
    share_of_one(utilisation=utilisation)
    return idle + (full - idle) * utilisation


@dataclass(frozen=True, slots=True)
class Straightened:
    """What a straight line makes of a table: watts of both, and the line's error as a ratio of the table's value."""

    linear: float
    table_power: float
    error: float | None


def linear_vs_table(table: Sequence[float], utilisation: float) -> Straightened:
    """Watts by the straight line from the table's first to its last value, against the table itself."""
    true = table_power(table, utilisation)
    line = linear_power(table[0], table[-1], utilisation)
    return Straightened(line, true, line / true - 1.0 if true > 0 else None)


@dataclass(frozen=True, slots=True)
class Bill:
    """Energy at the plug of the machines and of the whole building (kWh), its cost (JPY) and CO2 (kg)."""

    it_energy: float
    facility_energy: float
    cost: float
    co2: float


def bill(power: float, hours: float, pue: float, price: float, co2_factor: float) -> Bill:
    """The bill for `power` W over `hours` (in seconds) with PUE (≥ 1), JPY/kWh and kg CO2 per kWh."""
    not_negative(power=power, hours=hours, price=price, co2_factor=co2_factor)
    _pue(pue)
    used = energy(power, hours)
    return Bill(used, used * pue, used * pue * price, used * pue * co2_factor)


def energy(power: float, seconds: float) -> float:
    """KWh of a constant `power` (W) over `seconds`."""
    return power / _KILO * (seconds / _HOURS)


def co2(energy: float, co2_factors: Sequence[float]) -> list[float]:
    """Kilograms of CO2 of `energy` (kWh) by each factor (kg/kWh)."""
    not_negative(energy=energy, **{f"co2_factors[{place}]": factor for place, factor in enumerate(co2_factors)})
    return [energy * factor for factor in co2_factors]


def sleep_breakeven(idle: float, sleep: float, boot_power: float, boot_time: float) -> float:
    """Seconds from which on sleeping saves energy: the start's extra energy over what sleep saves (W, s).

    Refused when sleeping draws as much as idling: it never pays.
    """
    not_negative(sleep=sleep, boot_power=boot_power, boot_time=boot_time)
    require(idle > sleep, mark("sleep never pays: it draws {sleep} W, idling {idle} W"), sleep=sleep, idle=idle)
    return max(0.0, boot_power - sleep) * boot_time / (idle - sleep)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Equal machines: how many, and how busy (0…1) each is."""

    hosts: float
    utilisation: float


@dataclass(frozen=True, slots=True)
class Saved:
    """Watts before, after and saved; their ratio; kWh, JPY and kg saved over the time. Negative when more is drawn."""

    power_before: float
    power_after: float
    power_saved: float
    saved_share: float | None
    energy_saved: float
    cost_saved: float
    co2_saved: float


@dataclass(frozen=True, slots=True)
class Tariff:
    """Over how many seconds, with which PUE, JPY/kWh and kg CO2 per kWh."""

    hours: float
    pue: float
    price: float
    co2_factor: float


def consolidation_saving(table: Sequence[float], before: Fleet, after: Fleet, tariff: Tariff) -> Saved:
    """What running `after` instead of `before` saves; machines that are off draw 0. No ratio when nothing drew."""
    not_negative(hours=tariff.hours, price=tariff.price, co2_factor=tariff.co2_factor)
    _pue(tariff.pue)
    drawn = [fleet.hosts * table_power(table, fleet.utilisation) for fleet in (before, after)]
    saved = drawn[0] - drawn[1]
    kwh = energy(saved, tariff.hours) * tariff.pue
    ratio = saved / drawn[0] if drawn[0] > 0 else None
    return Saved(drawn[0], drawn[1], saved, ratio, kwh, kwh * tariff.price, kwh * tariff.co2_factor)


def _pue(pue: float) -> None:
    above_zero(pue=pue)
    require(pue >= 1.0, mark("a PUE is at least 1, not {value}"), value=pue)
