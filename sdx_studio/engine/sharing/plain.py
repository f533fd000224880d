"""Progressive filling of a few plain flows: no floors, and each takes of a resource what it sends."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

_CAP = -1
_Level = tuple[float, int, int]
"""A level, the resource that is full there or _CAP, and the flow that has its cap there."""


def fill_plain(
    paths: Sequence[Sequence[int]], weights: Sequence[float], caps: Sequence[float], capacities: Sequence[float]
) -> list[float]:
    """Rates by a heap of levels at which something stops; those of resources are looked at anew when their turn comes.

    Short on purpose: networks in which flows come and go spend most of their time here.
    """
    rates, rising = _begun(paths, weights, caps)
    users, heap = _laid(paths, weights, rates, rising, len(capacities))
    spare, slope = list(capacities), [sum([weights[flow] for flow in on]) for on in users]
    heap.extend([(max(0.0, spare[at]) / slope[at], at, 0) for at, on in enumerate(users) if on])
    heapify(heap)
    left = sum(rising)
    while left:
        level, at, flow = heappop(heap)
        stopping = [one for one in (users[at] if at != _CAP else (flow,)) if rising[one]]
        if not stopping:
            continue
        if at != _CAP:
            now = max(0.0, spare[at]) / slope[at]
            if now > level * (1 + 1e-12):
                heappush(heap, (now, at, 0))
                continue
            for one in stopping:
                rates[one] = weights[one] * level
        for one in dict.fromkeys(stopping):
            rising[one] = False
            left -= 1
            weight, rate = weights[one], rates[one]
            for resource in paths[one]:
                slope[resource] -= weight
                spare[resource] -= rate
    return rates


def _laid(
    paths: Sequence[Sequence[int]], weights: Sequence[float], caps: Sequence[float], rising: list[bool], count: int
) -> tuple[list[list[int]], list[_Level]]:
    """Rising flows of each resource, once for each time they take it, and the levels at which they have their caps."""
    users: list[list[int]] = [[] for _ in range(count)]
    heap: list[_Level] = []
    for flow, path in enumerate(paths):
        if rising[flow]:
            for resource in path:
                users[resource].append(flow)
            heap.append((caps[flow] / weights[flow], _CAP, flow))
    return users, heap


def _begun(
    paths: Sequence[Sequence[int]], weights: Sequence[float], caps: Sequence[float]
) -> tuple[list[float], list[bool]]:
    """What each flow has if nothing stops it, and whether it rises: without a way, a cap or a weight it does not."""
    rates = [
        0.0 if cap <= 0 or (path and weight <= 0) else cap
        for path, weight, cap in zip(paths, weights, caps, strict=True)
    ]
    return rates, [bool(path) and rate > 0 for path, rate in zip(paths, rates, strict=True)]
