"""Progressive filling with NumPy: every resource that is the tightest for all its flows is settled at once."""

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

T = TypeVar("T")
Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def fill_parallel(
    paths: Sequence[Sequence[int]],
    weights: Sequence[float],
    caps: Sequence[float],
    factors: Sequence[Sequence[float] | None] | None,
    capacities: Sequence[float],
) -> list[float]:
    """Rates without floors, in as many rounds as bottlenecks depend on each other."""
    none = len(capacities)
    legs = _table(paths, none, np.intp)
    weight, cap = np.array(weights, dtype=np.float64), np.maximum(0.0, np.array(caps, dtype=np.float64))
    routed = legs[0] != none
    rates = np.where(routed, 0.0, cap)
    flows = np.flatnonzero(routed & (cap > 0) & (weight > 0))
    spread = None
    if factors is not None:
        each = [own or [1.0] * len(path) for own, path in zip(factors, paths, strict=True)]
        spread = _table(each, 0.0, np.float64)
    if flows.size:
        filling = _Filling(capacities, legs, spread)
        if flows.size < len(paths):
            filling.take(flows)
        filling.settle(rates, flows, weight[flows], cap[flows])
    answer: list[float] = rates.tolist()
    return answer


def _table(rows: Sequence[Sequence[T]], filler: T, dtype: DTypeLike) -> NDArray[Any]:
    """Short rows as columns of one table, which is at least one row high and filled up below."""
    high = max(map(len, rows))
    if high == 0:
        return np.full((1, len(rows)), filler, dtype)
    flat = chain.from_iterable(zip_longest(*rows, fillvalue=filler))
    return np.fromiter(flat, dtype, count=high * len(rows)).reshape(high, len(rows))


class _Filling:
    """Flows as columns of a table of resources; short ones end in a resource that is never full."""

    def __init__(self, capacities: Sequence[float], legs: Indices, factors: Floats | None) -> None:
        self.none = len(capacities)
        self.spare = np.append(np.array(capacities, dtype=np.float64), np.inf)
        self.level = np.empty(self.none + 1)
        self.legs, self.factors = legs, factors

    def take(self, columns: Indices) -> None:
        """Go on with these flows only."""
        self.legs = self.legs.take(columns, axis=1)
        if self.factors is not None:
            self.factors = self.factors.take(columns, axis=1)

    def settle(self, rates: Floats, flows: Indices, weight: Floats, cap: Floats) -> None:
        """Settle rounds of flows until all have a rate in `rates`."""
        slope = self._used(self.legs, self.factors, weight)
        count = np.bincount(self.legs.ravel(), minlength=self.none + 1)
        top = cap / weight
        while flows.size:
            lowest, done = self._bottlenecks(slope, count, top)
            gone = np.flatnonzero(done)
            low, pull = lowest[gone], weight[gone]
            rate = np.where(low >= top[gone], cap[gone], low * pull)
            rates[flows[gone]] = rate
            legs = self.legs.take(gone, axis=1)
            factors = None if self.factors is None else self.factors.take(gone, axis=1)
            self.spare = np.maximum(0.0, self.spare - self._used(legs, factors, rate))
            slope -= self._used(legs, factors, pull)
            count -= np.bincount(legs.ravel(), minlength=self.none + 1)
            left = np.flatnonzero(~done)
            self.take(left)
            flows, weight, cap, top = flows[left], weight[left], cap[left], top[left]

    def _bottlenecks(self, slope: Floats, count: Indices, top: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """The level at which each flow stops if nobody stops before, and which of them nobody can hold up longer."""
        self.level.fill(np.inf)
        np.divide(self.spare, slope, out=self.level, where=count > 0)
        self.level[self.none] = np.inf
        at = self.level.take(self.legs)
        lowest = np.minimum(at.min(0), top)
        held = np.bincount(self.legs.ravel(), (at <= lowest * (1 + 1e-12)).ravel(), minlength=self.none + 1)
        tight = held == count
        tight[self.none] = False
        done = tight.take(self.legs).any(0)
        return lowest, done | (lowest >= top)

    def _used(self, legs: Indices, factors: Floats | None, amounts: Floats) -> Floats:
        """What flows of these amounts use of each resource."""
        shares = np.tile(amounts, len(legs)) if factors is None else (factors * amounts).ravel()
        used = np.bincount(legs.ravel(), shares, minlength=self.none + 1).astype(np.float64, copy=False)
        used[self.none] = 0.0
        return used
