"""Shares: who uses which cable or store, and max-min rates computed anew only where a change can be felt.

A change is solved among the flows that it touches, with the room that the others leave. Then every leg is looked at
where they meet: a flow whose bottleneck was there and is there no more, or that has become greater than a flow held up
there, joins, and all is solved again. What remains outside is still max-min fair, because each flow is at its cap or
has a full leg on which none has a higher level (Bertsekas & Gallager 1992, 6.5.2).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sdx_studio.engine.network.flow import LOCAL, Flow, Key
from sdx_studio.engine.sharing.maxmin import Demands, fill

EVEN = 1e-9
"""Relative difference below which two levels, or a load and its capacity, count as equal."""

User = tuple[Flow, float]
"""A flow on a leg, and what 1 bit/s of it takes there."""


_NOBODY: dict[Key, User] = {}
_NONE: dict[Key, Flow] = {}


class Shares:
    """Users, loads and full legs; legs are directed cables (bit/s) and stores (share of their time)."""

    def __init__(self) -> None:
        self.capacities: list[float] = []
        self._loads: list[float] = []
        self._full: set[int] = set()
        self._users: dict[int, dict[Key, User]] = {}
        self._dirty: dict[Key, Flow] = {}
        self._freed: set[int] = set()
        self._special: set[Key] = set()
        """Flows with a guarantee or a priority: those they compete with are always solved together."""

    def arrange(self, capacities: Sequence[float]) -> None:
        """Other legs than before: nobody uses any."""
        self.capacities = list(capacities)
        self._loads = [0.0] * len(self.capacities)
        self._full, self._users, self._special = set(), {}, set()
        self._freed = set(range(len(self.capacities)))

    def measure(self, capacities: Sequence[float]) -> None:
        """The same legs, which may have other capacities."""
        self._freed.update(leg for leg, room in enumerate(capacities) if room != self.capacities[leg])
        self.capacities = list(capacities)

    @property
    def usage(self) -> NDArray[np.float64]:
        """Load of every leg."""
        return np.array(self._loads)

    def load(self, leg: int) -> float:
        """Load of one leg."""
        return self._loads[leg]

    def crowd(self, leg: int) -> int:
        """Flows on a leg."""
        return len(self._users.get(leg, ()))

    def promises(self, leg: int) -> list[float]:
        """Guarantees that are admitted on a leg."""
        return [flow.promised for flow, _ in self._users.get(leg, {}).values()]

    def pending(self) -> bool:
        """Whether something is to be shared anew."""
        return bool(self._dirty or self._freed)

    def join(self, flow: Flow) -> None:
        """A flow is laid over its legs; one that it takes twice (to a router and on) carries it twice."""
        for leg in flow.legs:
            self._users.setdefault(leg, {}).pop(flow.key, None)
        for place, leg in enumerate(flow.legs):
            users, factor = self._users[leg], flow.factors[place] if flow.factors else 1.0
            users[flow.key] = (flow, users[flow.key][1] + factor if flow.key in users else factor)
        if flow.promised > 0 or flow.rank:
            self._special.add(flow.key)
        self._dirty[flow.key] = flow

    def leave(self, flow: Flow) -> None:
        """A flow is taken off its legs."""
        for leg in flow.legs:
            user = self._users.get(leg, _NOBODY).pop(flow.key, None)
            if user is not None:
                self._loads[leg] = max(0.0, self._loads[leg] - flow.booked * user[1])
            self._freed.add(leg)
        flow.booked = 0.0
        self._special.discard(flow.key)
        self._dirty.pop(flow.key, None)

    def touch(self, flow: Flow) -> None:
        """A flow asks for another rate."""
        self._dirty[flow.key] = flow

    def settle(self) -> tuple[list[Flow], set[int]]:
        """Flows with another rate or way, by key, and the legs whose load may have changed."""
        if not self.pending():
            return [], set()
        group = dict(self._dirty)
        for leg in sorted(self._freed):
            if self._loads[leg] > self.capacities[leg] * (1 + EVEN):
                group.update((key, flow) for key, (flow, _) in self._users.get(leg, {}).items())
            elif leg in self._full:
                group.update(self._held(leg, group))
        rates, loads = self._solve(group)
        while more := self._concerned(group, rates, loads):
            group.update(more)
            rates, loads = self._solve(group)
        changed = []
        for key in sorted(group):
            flow, rate = group[key], rates[key]
            if rate != flow.rate or key in self._dirty:
                flow.rate = rate
                changed.append(flow)
            flow.booked = rate
        legs = self._freed | loads.keys()
        self._book(legs)
        self._dirty, self._freed = {}, set()
        return changed, legs

    def _book(self, legs: Iterable[int]) -> None:
        loads, users, full = self._loads, self._users, self._full
        for leg in legs:
            loads[leg] = load = sum([flow.booked * factor for flow, factor in users.get(leg, _NOBODY).values()])
            (full.add if load >= self.capacities[leg] * (1 - EVEN) else full.discard)(leg)

    def _held(self, leg: int, group: dict[Key, Flow]) -> dict[Key, Flow]:
        """Users outside `group` that a full leg has held up so far: those of the highest level, if not at their cap.

        Where something has a guarantee or a priority, the highest level says nothing: all that are not at their cap.
        """
        users = self._users.get(leg)
        if not users:
            return {}
        top = max([flow.rate / flow.weight for flow, _ in users.values()]) * (1 - EVEN)
        if self._special and not self._special.isdisjoint(users):
            top = 0.0
        return {
            key: flow
            for key, (flow, _) in users.items()
            if key not in group and flow.rate / flow.weight >= top and flow.rate < ceiling(flow)
        }

    def _solve(self, group: dict[Key, Flow]) -> tuple[dict[Key, float], dict[int, float]]:
        """Rates of a group with what the others leave, and the loads of all its legs then."""
        if self._special:
            self._close(group)
        keys = sorted(group)
        flows = [group[key] for key in keys]
        taken: dict[int, float] = {}
        loads = self._loads
        for flow in flows:
            for place, leg in enumerate(flow.legs):
                mine = flow.booked * flow.factors[place] if flow.factors else flow.booked
                taken[leg] = taken.get(leg, loads[leg]) - mine
        rates = self._filled(flows, taken)
        for flow, rate in zip(flows, rates, strict=True):
            for place, leg in enumerate(flow.legs):
                taken[leg] += rate * flow.factors[place] if flow.factors else rate
        return dict(zip(keys, rates, strict=True)), taken

    def _filled(self, flows: list[Flow], taken: dict[int, float]) -> list[float]:
        """Max-min rates of flows on legs of which something is taken already."""
        room = {leg: max(0.0, self.capacities[leg] - amount) for leg, amount in taken.items()}
        most = [_bound(flow, room) for flow in flows]
        wanted = dict.fromkeys(room, 0.0)
        for flow, rate in zip(flows, most, strict=True):
            for place, leg in enumerate(flow.legs):
                wanted[leg] += rate * flow.factors[place] if flow.factors else rate
        tight = [leg for leg, amount in wanted.items() if amount > room[leg] * (1 + 1e-12)]
        index = {leg: place for place, leg in enumerate(tight)}
        paths = [[index[leg] for leg in flow.legs if leg in index] for flow in flows]
        factors = None
        if any(flow.factors for flow in flows):
            factors = [_kept(flow, index) for flow in flows]
        demands = Demands(paths, [flow.weight for flow in flows], most, None, factors)
        if self._special:
            demands.floors = [flow.promised for flow in flows]
            demands.classes = [flow.rank for flow in flows]
        return fill(demands, [room[leg] for leg in tight])

    def _close(self, group: dict[Key, Flow]) -> None:
        """Add all flows that compete with those of a group, however indirectly."""
        waiting = list(group.values())
        seen: set[int] = set()
        while waiting:
            for leg in waiting.pop().legs:
                if leg not in seen:
                    seen.add(leg)
                    fresh = [flow for key, (flow, _) in self._users[leg].items() if key not in group]
                    group.update((flow.key, flow) for flow in fresh)
                    waiting.extend(fresh)

    def _concerned(self, group: dict[Key, Flow], rates: dict[Key, float], loads: dict[int, float]) -> dict[Key, Flow]:
        """Flows outside a group that its new rates hold up, free, or treat unfairly."""
        found: dict[Key, Flow] = {}
        full, rooms = self._full, self.capacities
        for leg, load in loads.items():
            if load < rooms[leg] * (1 - EVEN):
                if leg in full:
                    found.update(self._held(leg, group))
                continue
            inside, others = 0.0, []
            for key, (flow, _) in self._users[leg].items():
                if key not in group:
                    others.append(flow)
                elif rates[key] > inside * flow.weight:
                    inside = rates[key] / flow.weight
            if others:
                held = self._held(leg, group) if leg in full else _NONE
                for flow in others:
                    level = flow.rate / flow.weight
                    if level > inside * (1 + EVEN) or (level < inside * (1 - EVEN) and flow.key in held):
                        found[flow.key] = flow
        return found


def _bound(flow: Flow, room: Mapping[int, float]) -> float:
    """What a flow could have at most if it were alone."""
    most = ceiling(flow)
    if flow.factors:
        return min(
            [most, *[room[leg] / factor for leg, factor in zip(flow.legs, flow.factors, strict=True) if factor > 0]]
        )
    return min([most, *[room[leg] for leg in flow.legs]])


def _kept(flow: Flow, index: Mapping[int, int]) -> list[float] | None:
    """A flow's factors on the legs that are kept."""
    if not flow.factors:
        return None
    return [factor for leg, factor in zip(flow.legs, flow.factors, strict=True) if leg in index]


def ceiling(flow: Flow) -> float:
    """The most that a flow could send whatever the others do (bit/s)."""
    if flow.blocked:
        return 0.0
    return min(flow.cap, LOCAL) if flow.local and flow.store is None else flow.cap
