"""Progressive filling with NumPy: every resource that is the tightest for all its flows is settled at once."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

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
    lengths = np.fromiter(map(len, paths), dtype=np.intp, count=len(paths))
    weight, cap = np.array(weights, dtype=np.float64), np.maximum(0.0, np.array(caps, dtype=np.float64))
    rates = np.where(lengths == 0, cap, 0.0)
    legs = np.fromiter(chain.from_iterable(paths), dtype=np.intp, count=int(lengths.sum()))
    spread = np.ones(legs.size)
    if factors is not None:
        spread = np.fromiter(
            chain.from_iterable(own or [1.0] * len(path) for own, path in zip(factors, paths, strict=True)),
            dtype=np.float64,
            count=legs.size,
        )
    keep = (lengths > 0) & (cap > 0) & (weight > 0)
    flows = np.flatnonzero(keep)
    entries = np.repeat(keep, lengths)
    _rounds(
        rates, flows, lengths[flows], legs[entries], spread[entries], weight, cap, np.array(capacities, dtype=float)
    )
    answer: list[float] = rates.tolist()
    return answer


def _rounds(
    rates: Floats,
    flows: Indices,
    lengths: Indices,
    legs: Indices,
    spread: Floats,
    weight: Floats,
    cap: Floats,
    spare: Floats,
) -> None:
    """Settle rounds of flows in place until all of `flows` have a rate."""
    while flows.size:
        mine = weight[flows]
        top = cap[flows] / mine
        load = np.repeat(mine, lengths) * spread
        slope = np.bincount(legs, load, minlength=spare.size)
        level = np.full(spare.size, np.inf)
        np.divide(np.maximum(spare, 0.0), slope, out=level, where=slope > 0)
        at = level[legs]
        starts = np.cumsum(lengths) - lengths
        lowest = np.minimum(np.minimum.reduceat(at, starts), top)
        loose = np.bincount(legs, np.repeat(lowest, lengths) < at * (1 - 1e-12), minlength=spare.size) > 0
        done = np.logical_or.reduceat(~loose[legs], starts) | (lowest >= top)
        rate = np.where(lowest >= top, cap[flows], lowest * mine)
        rates[flows[done]] = rate[done]
        gone = np.repeat(done, lengths)
        spare -= np.bincount(legs[gone], (np.repeat(rate, lengths) * spread)[gone], minlength=spare.size)
        left = ~done
        flows, lengths, legs, spread = flows[left], lengths[left], legs[~gone], spread[~gone]
