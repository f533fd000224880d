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

REFRESH = 4096
"""After so many changes all loads are summed up anew."""

User = tuple[Flow, float]
"""A flow on a leg, and what 1 bit/s of it takes there."""


_NOBODY: dict[Key, User] = {}


class Shares:
    """Users, loads and full legs; legs are directed cables (bit/s) and stores (share of their time)."""

    def __init__(self) -> None:
        self.capacities: list[float] = []
        self._spare: list[float] = []
        self._wanted: list[float] = []
        self._turn = 0
        self._full: set[int] = set()
        self._users: dict[int, dict[Key, User]] = {}
        self._dirty: dict[Key, Flow] = {}
        self._freed: set[int] = set()
        self._special: set[Key] = set()
        """Flows with a guarantee or a priority: those they compete with are always solved together."""

    def arrange(self, capacities: Sequence[float]) -> None:
        """Other legs than before: nobody uses any."""
        self.capacities = list(capacities)
        self._spare, self._wanted = list(capacities), [0.0] * len(self.capacities)
        self._full, self._users, self._special = set(), {}, set()
        self._freed = set(range(len(self.capacities)))

    def measure(self, capacities: Sequence[float]) -> None:
        """The same legs, which may have other capacities."""
        for leg, room in enumerate(capacities):
            if room != self.capacities[leg]:
                self._spare[leg] += room - self.capacities[leg]
                self._freed.add(leg)
        self.capacities = list(capacities)

    @property
    def usage(self) -> NDArray[np.float64]:
        """Load of every leg."""
        return np.maximum(0.0, np.array(self.capacities) - self._spare)

    def load(self, leg: int) -> float:
        """Load of one leg."""
        return max(0.0, self.capacities[leg] - self._spare[leg])

    def crowd(self, leg: int) -> int:
        """Flows on a leg."""
        return len(self._users.get(leg, ()))

    def users(self, leg: int) -> list[Flow]:
        """Flows on a leg, by key."""
        return [user[0] for _key, user in sorted(self._users.get(leg, _NOBODY).items())]

    def full(self, leg: int) -> bool:
        """Whether nothing is left of a leg."""
        return self._spare[leg] <= self.capacities[leg] * EVEN

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
                self._spare[leg] += flow.booked * user[1]
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
        self._turn += 1
        group, legs = dict(self._dirty), set(self._freed)
        for leg in sorted(legs):
            if self._spare[leg] < -EVEN * self.capacities[leg]:
                group.update((key, flow) for key, (flow, _) in self._users.get(leg, _NOBODY).items())
            elif leg in self._full:
                self._hold_up(leg, group)
        flows: list[Flow] = []
        while len(group) > len(flows):
            flows, touched = self._solve(group)
            legs |= touched
            self._concern(touched, group)
        self._mark(legs)
        changed = [flow for flow in flows if flow.booked != flow.rate or flow.key in self._dirty]
        for flow in changed:
            flow.rate = flow.booked
        self._dirty, self._freed = {}, set()
        return changed, legs

    def _mark(self, legs: Iterable[int]) -> None:
        """Note which legs are full; those hardly used, and now and then all, are summed up anew: no rounding stays."""
        spare, rooms, full = self._spare, self.capacities, self._full
        for leg in legs:
            left, room = spare[leg], rooms[leg]
            (full.add if left <= room * EVEN else full.discard)(leg)
            if left > room * (1 - EVEN):
                self._sum_up(leg)
        if self._turn % REFRESH == 0:
            for leg in self._users:
                self._sum_up(leg)

    def _sum_up(self, leg: int) -> None:
        users = self._users.get(leg, _NOBODY).values()
        self._spare[leg] = self.capacities[leg] - sum([flow.booked * take for flow, take in users])

    def _solve(self, group: dict[Key, Flow]) -> tuple[list[Flow], set[int]]:
        """Book anew what a group gets of what the others leave; the group by key, and its legs."""
        if self._special:
            _close(group, self._users)
        flows = [group[key] for key in sorted(group)]
        for flow in flows:
            flow.turn = self._turn
            _give(self._spare, flow, flow.booked)
        for flow, rate in zip(flows, self._filled(flows), strict=True):
            flow.booked = rate
            _give(self._spare, flow, -rate)
        return flows, set().union(*[flow.legs for flow in flows])

    def _filled(self, flows: list[Flow]) -> list[float]:
        """Max-min rates of flows in what is left of their legs."""
        spare, wanted = self._spare, self._wanted
        most = [_bound(flow, spare) for flow in flows]
        for flow, rate in zip(flows, most, strict=True):
            for place, leg in enumerate(flow.legs):
                wanted[leg] += rate * flow.factors[place] if flow.factors else rate
        index: dict[int, int] = {}
        paths = [
            [index.setdefault(leg, len(index)) for leg in flow.legs if wanted[leg] > spare[leg] * (1 + 1e-12)]
            for flow in flows
        ]
        demands = Demands(paths, [flow.weight for flow in flows], most)
        if any(flow.factors for flow in flows):
            demands.coefficients = [_kept(flow, index) for flow in flows]
        if self._special:
            demands.floors = [flow.promised for flow in flows]
            demands.classes = [flow.rank for flow in flows]
        for flow in flows:
            for leg in flow.legs:
                wanted[leg] = 0.0
        return fill(demands, [max(0.0, spare[leg]) for leg in index])

    def _hold_up(self, leg: int, group: dict[Key, Flow]) -> None:
        """Let those join that a full leg has held up so far: those of the highest level, if not at their cap.

        Where something has a guarantee or a priority, the highest level says nothing: all that are not at their cap.
        """
        users = self._users.get(leg)
        if not users:
            return
        top = max([flow.rate / flow.weight for flow, _ in users.values()]) * (1 - EVEN)
        if self._special and not self._special.isdisjoint(users):
            top = 0.0
        for key, (flow, _) in users.items():
            if flow.rate / flow.weight >= top and flow.turn != self._turn and flow.rate < ceiling(flow):
                group[key] = flow

    def _concern(self, legs: Iterable[int], group: dict[Key, Flow]) -> None:
        """Let those join that the new rates of a group hold up, free, or treat unfairly."""
        spare, rooms, full, turn = self._spare, self.capacities, self._full, self._turn
        for leg in legs:
            if spare[leg] > rooms[leg] * EVEN:
                if leg in full:
                    self._hold_up(leg, group)
                continue
            others, inside = [], 0.0
            for flow, _ in self._users[leg].values():
                if flow.turn != turn:
                    others.append(flow)
                elif flow.booked > inside * flow.weight:
                    inside = flow.booked / flow.weight
            if others:
                self._compare(leg, others, inside, group)

    def _compare(self, leg: int, others: list[Flow], inside: float, group: dict[Key, Flow]) -> None:
        """On a full leg: those join that have more than the group's highest level, or are held up there at less."""
        held: dict[Key, Flow] = {}
        if leg in self._full:
            self._hold_up(leg, held)
        for flow in others:
            level = flow.rate / flow.weight
            if level > inside * (1 + EVEN) or (level < inside * (1 - EVEN) and flow.key in held):
                group[flow.key] = flow


def _close(group: dict[Key, Flow], users: Mapping[int, Mapping[Key, User]]) -> None:
    """Add all flows that compete with those of a group, however indirectly."""
    waiting = list(group.values())
    seen: set[int] = set()
    while waiting:
        for leg in waiting.pop().legs:
            if leg not in seen:
                seen.add(leg)
                fresh = [flow for key, (flow, _) in users[leg].items() if key not in group]
                group.update((flow.key, flow) for flow in fresh)
                waiting.extend(fresh)


def _give(spare: list[float], flow: Flow, rate: float) -> None:
    """Give back what a rate takes on a flow's legs."""
    if flow.factors:
        for leg, take in zip(flow.legs, flow.factors, strict=True):
            spare[leg] += rate * take
    else:
        for leg in flow.legs:
            spare[leg] += rate


def _bound(flow: Flow, room: Sequence[float]) -> float:
    """What a flow could have at most if it were alone."""
    most = ceiling(flow)
    if flow.factors:
        most = min([most, *[room[leg] / take for leg, take in zip(flow.legs, flow.factors, strict=True) if take > 0]])
    else:
        most = min([most, *[room[leg] for leg in flow.legs]])
    return max(0.0, most)


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
