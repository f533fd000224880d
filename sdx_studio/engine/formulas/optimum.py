"""The fewest hosts that hold all VMs, exactly: bins are completed one by one, what failed is remembered.

After Korf's bin completion (AAAI 2002), for one or more resources: the largest VM left is always placed next, with
every way to fill its host that cannot be filled further; a branch ends when more would stay unused than may.
"""

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from sdx_studio.engine.formulas.dual import EDGE, bound, functions
from sdx_studio.engine.formulas.packing import SLACK, Vector, best_fit, decreasing, first_fit, fits, l1, taken

Counts = tuple[int, ...]
"""How many of each size of VM are still to be placed."""

PATIENCE = 400_000
"""Steps of the search before it gives up (some seconds)."""
TRIALS = 300


def fewest_hosts(items: Sequence[Vector], host: Vector) -> int | None:
    """The least number of equal hosts that hold all `items`; None when the search for it would take too long."""
    if not items:
        return 0
    solid = [item for item in decreasing(items, host) if any(item)]
    if not solid:
        return 1
    most = min(first_fit(solid, host), best_fit(solid, host))
    sides = [[item[side] / size for item in solid] for side, size in enumerate(host) if size > 0]
    least = max(1, *l1(solid, host), *map(bound, sides))
    if least < most:
        most = min(most, _shuffled(solid, host, least))
    for count in range(least, most):
        try:
            if _Search(solid, host, count).possible():
                return count
        except TimeoutError:
            return None
    return most


def _shuffled(items: Sequence[Vector], host: Vector, enough: int) -> int:
    """Hosts that first fit takes at best over many orders, each a little off the decreasing one (always the same)."""
    chance, best = Random(1), len(items)
    for _ in range(TRIALS):
        lefts: list[Vector] = []
        for item in sorted(items, key=lambda one: -sum(one) * chance.uniform(0.7, 1.3)):
            place = next((place for place, left in enumerate(lefts) if fits(left, item, host)), len(lefts))
            if place == len(lefts):
                lefts.append(host)
            lefts[place] = taken(lefts[place], item)
        best = min(best, len(lefts))
        if best <= enough:
            break
    return best


class _Search:
    """Whether `count` hosts are enough."""

    def __init__(self, items: Sequence[Vector], host: Vector, count: int) -> None:
        self._host = host
        self._sizes = sorted(set(items), key=list(items).index)
        self._counts = tuple(items.count(size) for size in self._sizes)
        self._hosts = count
        self._failed: set[tuple[Counts, int]] = set()
        self._steps = 0
        self._weights = np.array([
            [weigh(size[side] / whole) for size in self._sizes]
            for side, whole in enumerate(host) if whole > 0
            for weigh in functions([size[side] / whole for size in self._sizes])
        ])  # fmt: skip
        self._waste = tuple(
            size * (count + SLACK * len(items)) - sum(item[side] for item in items) for side, size in enumerate(host)
        )

    def possible(self) -> bool:
        """Search for a packing."""
        return min(self._waste) >= 0 and self._place(self._counts, self._hosts, self._waste)

    def _place(self, counts: Counts, hosts: int, waste: Vector) -> bool:
        if not any(counts):
            return True
        if hosts == 0 or (counts, hosts) in self._failed or (self._weights @ counts).max() > hosts + EDGE * hosts:
            return False
        for rest, left in sorted(self._completions(counts, waste), key=lambda one: (sum(one[1]), one[0])):
            spare = tuple(room - gone for room, gone in zip(waste, left, strict=True))
            if min(spare) >= 0 and self._place(rest, hosts - 1, spare):
                return True
        self._failed.add((counts, hosts))
        return False

    def _completions(self, counts: Counts, waste: Vector) -> Iterator[tuple[Counts, Vector]]:
        """Ways to fill a host with the largest VM left and others: what stays to be placed, what stays unused."""
        first = next(place for place, count in enumerate(counts) if count)
        left = taken(self._host, self._sizes[first])
        rest = (*counts[:first], counts[first] - 1, *counts[first + 1 :])
        yield from self._fill(rest, left, first, waste)

    def _fill(self, rest: Counts, left: Vector, place: int, waste: Vector) -> Iterator[tuple[Counts, Vector]]:
        self._steps += 1
        if self._steps > PATIENCE:
            raise TimeoutError
        if place == len(rest):
            if self._full(rest, left) and all(gone <= room for gone, room in zip(left, waste, strict=True)):
                yield rest, left
            return
        size = self._sizes[place]
        room, number = [left], 0
        while number < rest[place] and fits(room[-1], size, self._host):
            room.append(taken(room[-1], size))
            number += 1
        for used in range(number, -1, -1):
            after = (*rest[:place], rest[place] - used, *rest[place + 1 :])
            if self._hopeful(after, room[used], place + 1, waste):
                yield from self._fill(after, room[used], place + 1, waste)

    def _hopeful(self, rest: Counts, left: Vector, place: int, waste: Vector) -> bool:
        """Whether the smaller VMs can still fill the host so far that not too much stays unused."""
        for side, room in enumerate(left):
            if room - waste[side] > 0:
                more = sum(rest[other] * self._sizes[other][side] for other in range(place, len(rest)))
                if room - more > waste[side]:
                    return False
        return True

    def _full(self, rest: Counts, left: Vector) -> bool:
        return not any(count and fits(left, size, self._host) for count, size in zip(rest, self._sizes, strict=True))
