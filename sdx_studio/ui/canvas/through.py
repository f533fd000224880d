"""Ways of right angles through given points: the cheapest row of legs, kept by the direction in which one arrives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Spot = tuple[float, float]
NEAR = 0.5
"""Px up to which two places count as level."""
BEND, TURN_BACK, CROSSING = 40.0, 600.0, 900.0
"""What a bend, turning back and a card that is crossed cost, in px of way."""


@dataclass(frozen=True, slots=True)
class Port:
    """Where a cable may leave a card: the side's number, the place, and the way out of it as a unit vector."""

    side: int
    at: Spot
    out: Spot


@dataclass(frozen=True, slots=True)
class _Way:
    """A way so far, how it goes where it is, and what it cost."""

    cost: float
    side: int
    path: tuple[Spot, ...]
    heading: Spot


def through(
    starts: Sequence[Port], ends: Sequence[Port], points: Sequence[Spot], walls: Points, stub: float
) -> tuple[tuple[int, int], list[Spot]]:
    """The cheapest way from one of `starts` over all `points` to one of `ends`, and the sides that it uses."""
    found = [_Way(0.0, one.side, (one.at, _beyond(one, stub)), one.out) for one in starts]
    for spot in points:
        found = _best_by_heading(further for way in found for further in _legs(way, spot, walls))
    arrived: list[tuple[_Way, int]] = []
    for port in ends:
        for way in found:
            for further in _legs(way, _beyond(port, stub), walls):
                inward = (-port.out[0], -port.out[1])
                cost = further.cost + _turn(further.heading, inward) + 0.01 * port.side
                arrived.append((_Way(cost, further.side, (*further.path, port.at), inward), port.side))
    best, side = min(arrived, key=lambda one: one[0].cost)
    return (best.side, side), list(best.path)


def _beyond(port: Port, stub: float) -> Spot:
    return port.at[0] + port.out[0] * stub, port.at[1] + port.out[1] * stub


def _best_by_heading(ways: Iterator[_Way]) -> list[_Way]:
    best: dict[Spot, _Way] = {}
    for way in ways:
        known = best.get(way.heading)
        if known is None or way.cost < known.cost:
            best[way.heading] = way
    return list(best.values())


def _legs(way: _Way, to: Spot, walls: Points) -> Iterator[_Way]:
    """The way, gone on to `to`: straight when level, else with one bend or with two."""
    (x, y), (u, v) = way.path[-1], to
    level = abs(x - u) < NEAR or abs(y - v) < NEAR
    middles: tuple[tuple[Spot, ...], ...] = ((),) if level else (
        ((u, y),), ((x, v),), (((x + u) / 2, y), ((x + u) / 2, v)), ((x, (y + v) / 2), (u, (y + v) / 2)),
    )  # fmt: skip
    for middle in middles:
        cost, heading, here = way.cost, way.heading, (x, y)
        for spot in (*middle, to):
            step = (spot[0] - here[0], spot[1] - here[1])
            if abs(step[0]) < NEAR and abs(step[1]) < NEAR:
                continue
            going = _unit(step)
            cost += abs(step[0]) + abs(step[1]) + _turn(heading, going) + CROSSING * _crossed(here, spot, walls)
            heading, here = going, spot
        yield _Way(cost, way.side, (*way.path, *middle, to), heading)


def _unit(step: Spot) -> Spot:
    """Right, left, down or up."""
    if abs(step[0]) >= abs(step[1]):
        return (1.0 if step[0] > 0 else -1.0, 0.0)
    return (0.0, 1.0 if step[1] > 0 else -1.0)


def _turn(before: Spot, after: Spot) -> float:
    dot = before[0] * after[0] + before[1] * after[1]
    return 0.0 if dot > 0 else BEND if dot == 0 else TURN_BACK


def _crossed(start: Spot, end: Spot, walls: Points) -> int:
    """How many cards a piece goes through."""
    if not len(walls):
        return 0
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    hit = (left < walls[:, 2]) & (right > walls[:, 0]) & (top < walls[:, 3]) & (bottom > walls[:, 1])
    return int(hit.sum())
