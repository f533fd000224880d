"""What consolidation costs those who were promised capacity: time at full load, and capacity lost to moves.

SLATAH, PDM, SLAV and ESV are those of Beloglazov and Buyya (2012), section 4: SLATAH is the share of its active time
in which a host could not give what was asked; PDM the share of what a guest asked for that moves took from it, both
as means over hosts and guests; SLAV = SLATAH·PDM; ESV = energy (kWh)·SLAV.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sdx_studio.engine.clock import SECOND
from sdx_studio.engine.parts import Steering
from sdx_studio.engine.power import JOULES_PER_KWH
from sdx_studio.engine.roster import NOWHERE, Flags, Floats, Rows

if TYPE_CHECKING:
    from sdx_studio.engine.plant import Plant

SHORT = 1e-9
"""Cores; less than this is no shortage."""


@dataclass(slots=True)
class Account:
    """One steering's: rows of its machines, whether it counts yet, moves begun, and joules so far."""

    rows: Rows
    seats: Flags
    """Of all machines and, last, of nowhere: whether it is one of these."""
    pooled: bool
    receivers: bool
    counts: bool
    moves: int = 0
    joules: float = 0.0


class Ledger:
    """Seconds and core-seconds of machines and guests since the start, as columns in the roster's order."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.moves = 0
        """Moves that have been begun by all steerings."""
        self.copied: dict[str, str] = {}
        """Guests that steerings are copying just now → machine."""
        self.weightless: set[str] = set()
        """Guests whose memory is not counted (a quirk of steerings)."""
        self.receiving: Rows = np.zeros(0, np.intp)
        """Guests that are on the way to each machine."""
        self.due = False
        """Whether a round has passed since the figures were shown."""
        self._since = 0
        self._machines: dict[str, int] = {}
        self._guests: dict[str, int] = {}
        self._hosts: Floats = np.zeros((2, 0))
        """Active seconds, and those of them in which something was missing."""
        self._asked: Floats = np.zeros((2, 0))
        """Core-seconds asked for, and those of them lost to moves."""
        self._rates: tuple[Floats, Floats] = (self._hosts, self._asked)
        self._power: Floats = np.zeros(0)

    def arrange(self, plant: "Plant") -> None:
        """Take over steerings, machines and guests as they now are; figures of those that stay are kept."""
        roster = plant.roster
        hosts, asked, receiving = np.zeros((2, len(roster.machines))), np.zeros((2, len(roster.guests))), self.receiving
        self.receiving = np.zeros(len(roster.machines), np.intp)
        for id, row in roster.machines.items():
            if id in self._machines:
                hosts[:, row] = self._hosts[:, self._machines[id]]
                self.receiving[row] = receiving[self._machines[id]]
        for id, row in roster.guests.items():
            if id in self._guests:
                asked[:, row] = self._asked[:, self._guests[id]]
        self._hosts, self._asked = hosts, asked
        self._rates = (np.zeros_like(hosts), np.zeros_like(asked))
        self._machines, self._guests = roster.machines, roster.guests
        before = self.accounts
        self.accounts = {id: self._account(plant, part, before.get(id)) for id, part in plant.parts.steerings.items()}

    def _account(self, plant: "Plant", part: Steering, before: Account | None) -> Account:
        machines = plant.roster.machines
        rows = np.array(sorted(machines[id] for id in set(part.members) if id in machines), np.intp)
        quirks = part.quirks
        counts = before.counts if before else "dark" not in quirks
        seats = np.zeros(len(machines) + 1, bool)
        seats[rows] = True
        fresh = Account(rows, seats, "pooled" in quirks, "receivers" in quirks, counts)
        if before:
            fresh.moves, fresh.joules = before.moves, before.joules
        return fresh

    def settle(self, plant: "Plant") -> None:
        """Add up what has passed since the last instant, and read how things are now."""
        if not self.accounts:
            return
        self._pass(plant.now)
        roster = plant.roster
        top = np.flatnonzero((roster.depth == 0) & (roster.root != NOWHERE))
        missing = np.minimum(roster.demand[top], roster.limit[top]) - roster.taken[top]
        short = np.bincount(roster.root[top], missing, len(roster.machines)) > SHORT
        active = roster.up & ((roster.running > 0) | (self.receiving > 0))
        counted: Flags = np.zeros(len(active) + 1, bool)
        for account in self.accounts.values():
            counted[account.rows] = account.counts
            if account.receivers:
                short[account.rows] |= self.receiving[account.rows] > 0
        active &= counted[:NOWHERE]
        asked = np.where(counted[roster.root], roster.demand, 0.0)
        self._rates = np.array((active, active & short), float), np.array((asked, asked * (1.0 - roster.factor)))
        self._power = plant.supply.machines

    def _pass(self, now: int) -> None:
        span = (now - self._since) / SECOND
        if span > 0:
            self._hosts += self._rates[0] * span
            self._asked += self._rates[1] * span
            for account in self.accounts.values():
                if len(self._power) == len(self._machines):
                    account.joules += float(self._power[account.rows].sum()) * span
        self._since = now

    def figures(self, plant: "Plant", id: str) -> dict[str, float]:
        """slatah, pdm, slav (ratios), esv (kWh) and energy_kwh (of the machines alone) up to now."""
        self._pass(plant.now)
        account, roster = self.accounts[id], plant.roster
        guests = account.seats[roster.root]
        slatah = _share(self._hosts[:, account.rows], account.pooled)
        pdm = _share(self._asked[:, guests], account.pooled)
        energy = account.joules / JOULES_PER_KWH
        return {"slatah": slatah, "pdm": pdm, "slav": slatah * pdm, "esv": energy * slatah * pdm, "energy_kwh": energy}

    def totals(self, plant: "Plant") -> dict[str, float]:
        """The figures of the first steering (a project has one, as a rule); empty when there is none."""
        for id in self.accounts:
            found = self.figures(plant, id)
            return {name: found[name] for name in ("slatah", "pdm", "slav", "esv")}
        return {}

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        accounts = [(id, one.counts, one.moves, one.joules) for id, one in self.accounts.items()]
        return (self._since, self._hosts, self._asked, self.receiving, accounts)


def _share(sums: Floats, pooled: bool) -> float:
    """Second row by first: of their sums, or the mean of the ratios where there is something to divide by."""
    whole, part = sums[:, sums[0] > 0]
    if not whole.size:
        return 0.0
    return float(part.sum() / whole.sum()) if pooled else float((part / whole).mean())
