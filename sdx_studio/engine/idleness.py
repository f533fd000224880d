"""Idleness: since when guests have asked for less than a share of their vCPUs, without a break."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.formulas.sprawl import Limits, is_idle
from sdx_studio.engine.parts import Lease
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.roster import Rows


class Idleness:
    """Guests that somebody watches, as columns; one that does not run is not idle, it is off."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._order: list[str] = []
        self._place: dict[str, int] = {}
        self._rows: Rows = np.zeros(0, np.intp)
        self._limits: NDArray[np.float64] = np.zeros(0)
        self._since: NDArray[np.int64] = np.zeros(0, np.int64)

    def watch(self, limits: Mapping[str, float]) -> None:
        """Watch exactly these guests, each with the share below which it is idle; new ones from now on."""
        plant, before = self._plant, dict(zip(self._order, self._since.tolist(), strict=True))
        self._order = sorted(limits)
        self._place = {id: place for place, id in enumerate(self._order)}
        self._rows = np.array([plant.roster.guests[id] for id in self._order], np.intp)
        self._limits = np.array([limits[id] for id in self._order], float)
        self._since = np.array([before.get(id, plant.now) for id in self._order], np.int64)

    def settle(self) -> None:
        """Who is busy now, or does not run, begins anew."""
        if self._rows.size:
            roster, rows = self._plant.roster, self._rows
            busy = (roster.demand[rows] >= self._limits * roster.vcpus[rows]) | (roster.extra[rows] > 0)
            self._since[busy | ~roster.on[rows]] = self._plant.now

    def seconds(self, id: str) -> float:
        """For how long guest `id` has been idle (s)."""
        return (self._plant.now - int(self._since[self._place[id]])) / SECOND

    def load(self, id: str) -> float:
        """Share of its vCPUs that guest `id` asks for."""
        roster = self._plant.roster
        row = roster.guests[id]
        return float(roster.demand[row] / roster.vcpus[row])

    def idle(self, rule: Lease, id: str) -> bool:
        """Whether guest `id` is below all limits of the rule, and was for as long as it says."""
        return rule.idle_for is not None and self._below(rule, id, self.seconds(id), rule.idle_for)

    def used(self, rule: Lease, id: str) -> bool:
        """Whether guest `id` runs and is not idle just now."""
        return self._plant.running(id) and not self._below(rule, id, 0.0, 0.0)

    def _below(self, rule: Lease, id: str, seconds: float, least: float) -> bool:
        plant = self._plant
        logins = float(plant.roster.extra[plant.roster.guests[id]] > 0)
        net = plant.gauges.value(id, "net.rate", plant.now)
        limits = Limits(rule.load, rule.net, least)
        return is_idle(self.load(id), 0.0 if net != net else net, logins, seconds, limits)

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self._order, self._since)
