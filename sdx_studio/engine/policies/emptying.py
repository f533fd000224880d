"""Consolidation: which machines can be emptied onto the others, move by move, and how few there could be at best.

Machines are tried from the least loaded to the fullest, rack after rack, so that whole racks fall empty; one is emptied
when all its guests fit elsewhere, each placed by a rule, the largest first (first-fit and best-fit decreasing;
power-aware best fit: Beloglazov and Buyya 2012).
Nothing ever moves onto a machine that is emptied, so the moves can be made in any order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sdx_studio.engine.formulas.packing import SLACK, l2
from sdx_studio.engine.formulas.power import watts
from sdx_studio.engine.policies.fillings import LIMIT, RULES
from sdx_studio.engine.policies.records import Flags, Floats
from sdx_studio.words import mark

RULED = mark("a rule about VMs that belong together or apart leaves them no machine")
NO_ROOM = mark("there is no room for all its guests below the limit")
SHORT = (
    mark("the processors of the others have no room for all its guests below the limit"),
    mark("the memory of the others has no room for all its guests below the limit"),
    mark("the cables of the others have no room for the disk traffic of all its guests below the limit"),
    mark("the ports of the others have no room for what all its guests send, below the limit"),
    mark("the ports of the others have no room for what all its guests receive, below the limit"),
)
"""Why a machine stays when it is always the same resource that is short, in the order of resources."""
NOTHING = 1e-9
"""Taken as the size of a resource of which a machine has none, so that shares of it stay numbers."""
MOST_BOUNDED = 2000
"""Guests for which the bound L2 is worked out; it takes time by the square of them."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """What runs on `machine` and needs `need` (of each resource, as in `SHORT`); one that is `fixed` cannot move.

    Those that share a tag of `together` belong on one machine, those that share one of `apart` never do.
    """

    id: str
    machine: str
    need: tuple[float, ...]
    fixed: bool = False
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """A machine with `size` of each resource (CPU first); guests move only within one `family` (empty: any)."""

    id: str
    size: tuple[float, ...]
    table: tuple[float, ...] = (0.0,) * 11
    family: str = ""
    rack: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A machine that is emptied, and where its guests go: (guest, machine) in the order of their size."""

    machine: str
    moves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be done, machine by machine; why others stay (marked text by machine); fewest machines at best."""

    steps: tuple[Step, ...] = ()
    stays: dict[str, str] = field(default_factory=dict)
    least: int = 0


class _Floor:
    """All machines as columns, and what is used of them."""

    def __init__(self, tenants: Sequence[Tenant], houses: Sequence[House], limit: float) -> None:
        self.row = {house.id: row for row, house in enumerate(houses)}
        self.size = np.array([house.size for house in houses], float).reshape(len(houses), -1)
        self.room = self.size * limit
        self.used = np.zeros_like(self.size)
        self.tables = np.array([house.table for house in houses], float).reshape(len(houses), 11)
        self.family = np.array([house.family for house in houses])
        self.open = np.ones(len(houses), bool)
        self.tenants: list[list[Tenant]] = [[] for _ in houses]
        self.seats: dict[str, int] = {}
        self.tagged = [one for one in tenants if one.together or one.apart]
        for tenant in tenants:
            self.take(tenant, self.row[tenant.machine])
        load = self.load()
        racks, rack = np.unique(np.array([house.rack for house in houses]), return_inverse=True)
        filled = np.bincount(rack, load, len(racks))
        self.order = np.lexsort((np.arange(len(houses)), -load, rack, -filled[rack].round(9)))
        """Rows as all began: the fullest rack first, and in it the fullest machine."""

    def load(self) -> Floats:
        """Share of its scarcest resource that is used of each machine."""
        shares: Floats = (self.used / np.maximum(self.size, NOTHING)).max(axis=1, initial=0.0)
        return shares

    def take(self, tenant: Tenant, row: int) -> None:
        self.tenants[row].append(tenant)
        self.seats[tenant.id] = row
        self.used[row] += tenant.need

    def able(self, tenant: Tenant, used: Floats, source: int) -> Flags:
        """The machines that have room for a guest."""
        family = self.family[source]
        fits = (used + tenant.need <= self.room + SLACK * self.size).all(axis=1) & self.open
        if family:
            fits &= (self.family == family) | (self.family == "")
        fits[source] = False
        return np.asarray(fits)

    def ruled(self, tenant: Tenant, able: Flags, source: int, planned: dict[str, int]) -> Flags:
        """Those of the `able` machines on which no rule is broken; guests still on `source` go somewhere later."""
        for other in self.tagged if tenant.together or tenant.apart else ():
            row = planned.get(other.id, self.seats[other.id])
            if other.id == tenant.id or row == source:
                continue
            if not set(tenant.apart).isdisjoint(other.apart):
                able[row] = False
            if not set(tenant.together).isdisjoint(other.together):
                able &= np.arange(len(able)) == row
        return able

    def missing(self, tenant: Tenant, used: Floats, source: int) -> str:
        """Why no machine has room for a guest: the first resource that all lack, if there is one (marked)."""
        rows = self.open.copy()
        rows[source] = False
        full = (used + tenant.need > self.room + SLACK * self.size)[rows]
        sides = np.flatnonzero(full.all(axis=0)) if len(full) else np.zeros(0, np.intp)
        return SHORT[int(sides[0])] if len(sides) and sides[0] < len(SHORT) else NO_ROOM

    def choose(self, rule: str, able: Flags, used: Floats, tenant: Tenant) -> int:
        """One of the `able` rows, by the rule; where two are alike, the one that was fuller at first."""
        rows = self.order[able[self.order]]
        if rule == "first fit":
            return int(rows[0])
        if rule == "best fit":
            left = ((self.size[rows] - used[rows]) / np.maximum(self.size[rows], NOTHING)).sum(axis=1)
            return int(rows[np.argmin(left.round(12))])
        core = np.maximum(self.size[rows, 0], NOTHING)
        before = watts(self.tables[rows], used[rows, 0] / core)
        before = np.where(used[rows].any(axis=1), before, 0.0)
        after = watts(self.tables[rows], (used[rows, 0] + tenant.need[0]) / core)
        return int(rows[np.argmin((after - before).round(6))])


def propose(
    tenants: Sequence[Tenant], houses: Sequence[House], rule: str = RULES[0], limit: float = LIMIT,
    kept: frozenset[str] = frozenset(),
) -> Proposal:  # fmt: skip
    """What to empty; machines in `kept` are neither emptied nor switched off. `limit` is a share 0…1 of each resource.

    Raises ValueError for an unknown rule.
    """
    if rule not in RULES:
        raise ValueError(f"no rule {rule!r}; there are {', '.join(RULES)}")
    if not houses:
        return Proposal()
    floor = _Floor(tenants, houses, limit)
    began = {tenant.id: tenant.machine for tenant in tenants}
    emptied: list[str] = []
    stays: dict[str, str] = {}
    for row in floor.order[::-1].tolist():
        machine = houses[row].id
        reason = mark("it was asked to stay") if machine in kept else _emptied(floor, row, rule)
        if reason:
            stays[machine] = reason
        else:
            emptied.append(machine)
    goal = {one.id: houses[row].id for row, held in enumerate(floor.tenants) for one in held}
    leaving: dict[str, list[tuple[str, str]]] = {machine: [] for machine in emptied}
    for tenant in sorted(tenants, key=lambda one: -max(one.need, default=0.0)):
        if goal[tenant.id] != began[tenant.id]:
            leaving[began[tenant.id]].append((tenant.id, goal[tenant.id]))
    steps = tuple(Step(machine, tuple(leaving[machine])) for machine in emptied)
    return Proposal(steps, stays, fewest(tenants, houses, limit))


def _emptied(floor: _Floor, row: int, rule: str) -> str:
    """Place all guests of a machine elsewhere; or nothing, and why not (marked)."""
    held = floor.tenants[row]
    if any(one.fixed for one in held):
        return mark("something on it cannot be moved while it runs")
    used, planned = floor.used.copy(), dict[str, int]()
    size = np.maximum(floor.size[row], NOTHING)
    held = sorted(held, key=lambda one: max(np.array(one.need) / size), reverse=True)
    for tenant in held:
        able = floor.able(tenant, used, row)
        if not able.any():
            return floor.missing(tenant, used, row)
        able = floor.ruled(tenant, able, row, planned)
        if not able.any():
            return RULED
        planned[tenant.id] = floor.choose(rule, able, used, tenant)
        used[planned[tenant.id]] += tenant.need
    floor.open[row] = False
    floor.tenants[row] = []
    floor.used[row] = 0.0
    for tenant in held:
        floor.take(tenant, planned[tenant.id])
    return ""


def fewest(tenants: Sequence[Tenant], houses: Sequence[House], limit: float) -> int:
    """A number of machines below which none can go: by the sum of each resource (L1), largest machines first.

    Where all machines are alike also L2 of Martello and Toth (1990) for each resource.
    """
    if not tenants:
        return 0
    sizes = np.array([house.size for house in houses], float) * limit
    needs = np.array([tenant.need for tenant in tenants], float)
    least = 1
    for side in range(sizes.shape[1]):
        total = float(needs[:, side].sum())
        if total <= 0:
            continue
        held = np.cumsum(np.sort(sizes[:, side])[::-1])
        least = max(least, int(np.searchsorted(held, total * (1 - SLACK))) + 1)
        alike, largest = bool(np.all(sizes == sizes[0])), float(needs[:, side].max())
        if alike and sizes[0, side] / 2 < largest <= sizes[0, side] and len(tenants) <= MOST_BOUNDED:
            least = max(least, l2([one for one in needs[:, side].tolist() if one > 0], float(sizes[0, side])))
    return least
