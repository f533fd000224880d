"""Weighted max-min shares of one capacity, in closed form (water filling; Bertsekas & Gallager 1992)."""

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray


def share(
    capacity: float, weights: Sequence[float], floors: Sequence[float], caps: Sequence[float]
) -> NDArray[np.float64]:
    """Grants clamp(weight·t, floor, cap) with t such that they use all of `capacity` or reach every cap.

    All in the capacity's unit. Floors above the cap are cut to it; floors that exceed the capacity shrink alike.
    """
    return np.array(grants(capacity, weights, floors, caps), dtype=np.float64)


def grants(capacity: float, weights: Sequence[float], floors: Sequence[float], caps: Sequence[float]) -> list[float]:
    """The same as `share`, as a plain list (quicker for the few guests of one machine)."""
    tops = [max(0.0, cap) for cap in caps]
    if capacity <= 0:
        return [0.0] * len(tops)
    if sum(tops) <= capacity:
        return tops
    bases = [min(max(0.0, floor), top) for floor, top in zip(floors, tops, strict=True)]
    promised = sum(bases)
    if promised >= capacity:
        return [base * capacity / promised for base in bases]
    level = _level(capacity - promised, weights, bases, tops)
    return [
        min(max(weight * level, base), top) if weight > 0 else base
        for weight, base, top in zip(weights, bases, tops, strict=True)
    ]


def _level(spare: float, weights: Sequence[float], bases: list[float], tops: list[float]) -> float:
    """The common level t at which growth above the floors has used up `spare`."""
    breaks: list[tuple[float, float]] = []
    for weight, base, top in zip(weights, bases, tops, strict=True):
        if weight > 0 and top > base:
            breaks.append((base / weight, weight))
            breaks.append((top / weight, -weight))
    breaks.sort()
    at = slope = 0.0
    for level, change in breaks:
        grown = slope * (level - at)
        if grown >= spare:
            return at + spare / slope
        spare -= grown
        at = level
        slope += change
    return inf
