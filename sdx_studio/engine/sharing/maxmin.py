"""Weighted max-min rates of many flows over shared resources, with floors, caps and strict priority classes.

Progressive filling (Bertsekas & Gallager 1992) with an index: one common level rises, flow i gets
clamp(weight·level, floor, cap), and when a resource is full all flows on it stop. Small problems run over a heap of
levels, with a shorter form where there are neither floors nor coefficients; large ones settle every resource at once
that is the tightest for all its flows, with NumPy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from sdx_studio.engine.sharing.heap import fill_indexed
from sdx_studio.engine.sharing.parallel import fill_parallel
from sdx_studio.engine.sharing.plain import fill_plain

LARGE = 128
"""From this many flows on the NumPy form is quicker."""


@dataclass(slots=True)
class Demands:
    """Flows as columns: resources used, coefficient on each (None: all 1), weight, floor, cap, priority class."""

    paths: Sequence[Sequence[int]]
    weights: Sequence[float]
    caps: Sequence[float]
    floors: Sequence[float] | None = None
    coefficients: Sequence[Sequence[float] | None] | None = None
    classes: Sequence[int] | None = None


def fill(demands: Demands, capacities: Sequence[float]) -> list[float]:
    """Rate of each flow, in the capacities' unit; the highest class first, floors of lower classes held back.

    A flow that crosses no resource gets its cap. Floors that do not fit together shrink by one factor per resource.
    """
    floors = _feasible_floors(demands, capacities)
    classes = demands.classes
    if classes is None or len(set(classes)) <= 1:
        return _fill(demands, floors, capacities)
    rates = list(floors) if floors else [0.0] * len(demands.paths)
    left = list(capacities)
    _charge(demands, range(len(rates)), rates, left, -1.0)
    for rank in sorted(set(classes), reverse=True):
        members = [flow for flow, own in enumerate(classes) if own == rank]
        _charge(demands, members, rates, left, 1.0)
        for flow, rate in zip(members, _fill_class(demands, members, floors, left), strict=True):
            rates[flow] = rate
        _charge(demands, members, rates, left, -1.0)
        left = [max(0.0, one) if one > -inf else 0.0 for one in left]
    return rates


def _charge(demands: Demands, flows: Sequence[int], rates: Sequence[float], left: list[float], sign: float) -> None:
    for flow in flows:
        rate = rates[flow]
        if rate <= 0:
            continue
        factors = demands.coefficients[flow] if demands.coefficients else None
        for place, resource in enumerate(demands.paths[flow]):
            left[resource] += sign * rate * (factors[place] if factors else 1.0)


def _feasible_floors(demands: Demands, capacities: Sequence[float]) -> list[float] | None:
    """Floors cut to the caps and, where a resource cannot hold them all, shrunk; None when there are none."""
    if demands.floors is None or not any(demands.floors):
        return None
    floors = [min(max(0.0, floor), cap) for floor, cap in zip(demands.floors, demands.caps, strict=True)]
    spare = list(capacities)
    _charge(demands, range(len(floors)), floors, spare, -1.0)
    for flow, path in enumerate(demands.paths):
        for resource in path:
            if spare[resource] < -1e-12 * capacities[resource]:
                promised = capacities[resource] - spare[resource]
                floors[flow] = min(floors[flow], demands.floors[flow] * capacities[resource] / promised)
    return floors


def _fill_class(
    demands: Demands, members: list[int], floors: list[float] | None, capacities: Sequence[float]
) -> list[float]:
    factors = demands.coefficients
    own = Demands(
        [demands.paths[flow] for flow in members],
        [demands.weights[flow] for flow in members],
        [demands.caps[flow] for flow in members],
        coefficients=[factors[flow] for flow in members] if factors else None,
    )
    return _fill(own, [floors[flow] for flow in members] if floors else None, capacities)


def _fill(one: Demands, floors: list[float] | None, capacities: Sequence[float]) -> list[float]:
    """Rates of flows of one class, whose floors fit."""
    paths, weights, caps, factors = one.paths, one.weights, one.caps, one.coefficients
    if floors is not None:
        return fill_indexed(paths, weights, caps, floors, factors, capacities)
    if len(paths) >= LARGE:
        return fill_parallel(paths, weights, caps, factors, capacities)
    if factors is not None and any(factors):
        return fill_indexed(paths, weights, caps, None, factors, capacities)
    return fill_plain(paths, weights, caps, capacities)
