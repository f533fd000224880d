"""Balancing: how uneven the loads of hosts are, and the move that evens them best (loads as ratios)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, fsum, sqrt

from sdx_studio.engine.formulas.bounds import NOISE, above_zero, not_negative, require, whole
from sdx_studio.words import mark

CPU_COST = 0.10
"""Share of a VM's CPU that its migration takes."""


def imbalance(loads: Sequence[float]) -> float:
    """Population standard deviation of the hosts' loads; refused without hosts."""
    require(len(loads) > 0, mark("at least one load is needed"))
    mean = fsum(loads) / len(loads)
    sigma = sqrt(fsum((load - mean) ** 2 for load in loads) / len(loads))
    return sigma if sigma > NOISE * abs(mean) else 0.0


def priority(sigma: float, hosts: float) -> int:
    """Priority of balancing, 1 (urgent) to 5: 6 − ceil(sigma/0.1·sqrt(hosts)), clamped."""
    not_negative(sigma=sigma)
    whole(hosts=hosts)
    above_zero(hosts=hosts)
    return min(5, max(1, 6 - ceil(min(sigma / 0.1 * sqrt(hosts), 10.0) - 1e-9)))


@dataclass(frozen=True, slots=True)
class Move:
    """Imbalance now; the best move from host to host (counted from 1), its load, and the imbalance after it.

    All but the first are None when no move helps.
    """

    sigma_before: float
    from_host: int | None = None
    to_host: int | None = None
    vm_load: float | None = None
    sigma_after: float | None = None


def best_move(hosts: Sequence[Sequence[float]], room: float | None = None) -> Move:
    """Of all (VM, target) that fit under `room` the one with the least imbalance after it; the first among equals.

    What a move of v from a to b changes in the sum of squares is 2v(v + b − a): no need to add up again.
    """
    require(len(hosts) > 0, mark("at least one load is needed"))
    loads = [fsum(vms) for vms in hosts]
    before = imbalance(loads)
    least, best = -NOISE * max(1e-300, fsum(load * load for load in loads)), None
    for source, target, load in _moves(hosts, loads, room):
        change = 2.0 * load * (load + loads[target] - loads[source])
        if change < least - NOISE * abs(least):
            least, best = change, (source, target, load)
    if best is None:
        return Move(before)
    source, target, load = best
    loads[source] -= load
    loads[target] += load
    return Move(before, source + 1, target + 1, load, imbalance(loads))


def _moves(
    hosts: Sequence[Sequence[float]], loads: Sequence[float], room: float | None
) -> Iterator[tuple[int, int, float]]:
    for source, vms in enumerate(hosts):
        for load in vms:
            for target in range(len(hosts)):
                if target != source and (room is None or loads[target] + load <= room * (1 + NOISE)):
                    yield source, target, load


def worth_it(move: Move, migration_time: float, horizon: float) -> bool:
    """Whether a move's gain outweighs its cost: seconds of migration at 10 % CPU over the `horizon` that it lasts."""
    not_negative(migration_time=migration_time)
    above_zero(horizon=horizon)
    if move.sigma_after is None or move.vm_load is None:
        return False
    return move.sigma_before - move.sigma_after > migration_time * CPU_COST * move.vm_load / horizon
