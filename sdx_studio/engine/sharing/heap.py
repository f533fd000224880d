"""Progressive filling over Python lists: a heap of the levels at which something may stop or start."""

import heapq
from collections.abc import Sequence
from math import inf

Factors = Sequence[Sequence[float] | None]

_START, _CAP, _FULL = 0, 1, 2


class _Filling:
    """Which flows still rise, and for each resource what is left, how fast it shrinks and who is on it."""

    __slots__ = (
        "caps", "count", "factors", "floors", "heap", "paths", "rates", "rising", "slope", "spare", "users", "weights",
    )  # fmt: skip

    def __init__(
        self,
        paths: Sequence[Sequence[int]],
        weights: Sequence[float],
        caps: Sequence[float],
        floors: Sequence[float] | None,
        factors: Factors | None,
    ) -> None:
        self.paths, self.weights, self.caps = paths, weights, caps
        self.floors = floors or [0.0] * len(paths)
        self.factors = factors or [None] * len(paths)
        self.spare: dict[int, float] = {}
        self.slope: dict[int, float] = {}
        self.count: dict[int, int] = {}
        self.users: dict[int, list[int]] = {}
        self.rates: list[float] = [-1.0] * len(paths)
        self.rising: list[bool] = [False] * len(paths)
        self.heap: list[tuple[float, int, int]] = []

    def enter(self, capacities: Sequence[float]) -> None:
        """Put every flow on its resources; those without any, or with nothing to ask for, are done at once."""
        users, spare, slope, count, floors = self.users, self.spare, self.slope, self.count, self.floors
        for flow, path in enumerate(self.paths):
            if not path or self.caps[flow] <= 0:
                self.rates[flow] = max(0.0, self.caps[flow])
                continue
            for resource in path:
                if resource in users:
                    users[resource].append(flow)
                else:
                    users[resource] = [flow]
                    spare[resource], slope[resource], count[resource] = capacities[resource], 0.0, 0
            if floors[flow] > 0:
                self._hold(flow)
            elif self.weights[flow] > 0:
                self.rise(flow)
            else:
                self.rates[flow] = 0.0
        self.heap.extend((self.level_of(resource), _FULL, resource) for resource in users)
        heapq.heapify(self.heap)

    def _hold(self, flow: int) -> None:
        floor, weight = self.floors[flow], self.weights[flow]
        self._charge(flow, -floor)
        if weight > 0:
            self.heap.append((floor / weight, _START, flow))

    def rise(self, flow: int) -> None:
        """From now on `flow` gets weight·level."""
        slope, count, weight, factors = self.slope, self.count, self.weights[flow], self.factors[flow]
        self.rising[flow] = True
        for place, resource in enumerate(self.paths[flow]):
            slope[resource] += weight * factors[place] if factors else weight
            count[resource] += 1
        if self.caps[flow] < inf:
            self.heap.append((self.caps[flow] / weight, _CAP, flow))

    def start(self, flow: int) -> None:
        """The level has reached what `flow` was held at: it rises with the others."""
        self._charge(flow, self.floors[flow])
        before = len(self.heap)
        self.rise(flow)
        fresh = self.heap[before:] + [(self.level_of(resource), _FULL, resource) for resource in self.paths[flow]]
        del self.heap[before:]
        for entry in fresh:
            heapq.heappush(self.heap, entry)

    def stop(self, flow: int, rate: float) -> None:
        """Fix a rising `flow` at `rate`."""
        slope, count, spare = self.slope, self.count, self.spare
        weight, factors = self.weights[flow], self.factors[flow]
        self.rates[flow] = rate
        for place, resource in enumerate(self.paths[flow]):
            factor = factors[place] if factors else 1.0
            slope[resource] -= weight * factor
            spare[resource] -= rate * factor
            count[resource] -= 1

    def full(self, resource: int, level: float) -> None:
        """Nothing is left of `resource`: all on it stay where they are."""
        for flow in self.users[resource]:
            if self.rates[flow] >= 0:
                continue
            if self.rising[flow]:
                self.stop(flow, self.weights[flow] * level)
            else:
                self.rates[flow] = self.floors[flow]

    def level_of(self, resource: int) -> float:
        """The level at which `resource` is full if nobody stops before."""
        if self.count[resource] <= 0 or self.slope[resource] <= 0:
            return inf
        return max(0.0, self.spare[resource]) / self.slope[resource]

    def _charge(self, flow: int, amount: float) -> None:
        factors = self.factors[flow]
        for place, resource in enumerate(self.paths[flow]):
            self.spare[resource] += amount * factors[place] if factors else amount


def fill_indexed(
    paths: Sequence[Sequence[int]],
    weights: Sequence[float],
    caps: Sequence[float],
    floors: Sequence[float] | None,
    factors: Factors | None,
    capacities: Sequence[float],
) -> list[float]:
    """Rates by a heap of levels; every resource and every flow is touched only when it may change."""
    filling = _Filling(paths, weights, caps, floors, factors)
    filling.enter(capacities)
    heap, rates = filling.heap, filling.rates
    while heap:
        level, what, place = heapq.heappop(heap)
        if what == _FULL:
            actual = filling.level_of(place)
            if actual > level * (1 + 1e-12):
                if actual < inf:
                    heapq.heappush(heap, (actual, _FULL, place))
            else:
                filling.full(place, level)
        elif rates[place] >= 0:
            continue
        elif what == _CAP:
            filling.stop(place, caps[place])
        else:
            filling.start(place)
    return [
        rate if rate >= 0 else filling.floors[flow] if weights[flow] <= 0 else caps[flow]
        for flow, rate in enumerate(rates)
    ]
