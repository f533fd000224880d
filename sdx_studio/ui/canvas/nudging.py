"""Pieces of different orthogonal cables that would run on top of one another are moved apart where there is room.

Only inner pieces move: the first and the last carry the plugs, and a cable with way-points passes those.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Grid = NDArray[np.bool_]
GAP = 12.0
"""Px between neighbours in a channel where there is room."""
CLOSE = 8.0
"""Px below which two pieces count as lying on one another."""
TIGHT = 3.0
"""Px below which moving apart is not worth it."""
MARGIN = 5.0
STUB = 8.0
MOST_PIECES = 2500
ROUNDS = (0, 1, 0, 1)


@dataclass(slots=True)
class _Piece:
    """A piece of a cable along one axis: which cable, which piece, where, from where to where."""

    cable: int
    index: int
    at: float
    low: float
    high: float
    moves: bool
    ties: tuple[tuple[float, float], ...] = ()
    """At which end (place along the piece) the cable goes on, and to which side (sign)."""


def nudged(paths: Sequence[Points], held: Sequence[bool], walls: Points) -> list[Points]:
    """The same ways with inner pieces moved apart; `held` ones stay. `walls` are cards as left, top, right, bottom."""
    found = [path.copy() for path in paths]
    if sum(len(path) for path in paths) > MOST_PIECES:
        return found
    for axis in ROUNDS:
        pieces = list(_pieces(found, held, axis))
        for group, fixed in _groups(pieces):
            _spread(found, group, fixed, walls, axis)
    return found


def _pieces(paths: Sequence[Points], held: Sequence[bool], axis: int) -> Iterator[_Piece]:
    """Pieces whose coordinate on `axis` is one value."""
    for cable, path in enumerate(paths):
        last = len(path) - 2
        for index in range(last + 1):
            start, end = path[index], path[index + 1]
            if abs(start[axis] - end[axis]) > 0.5 or abs(start[1 - axis] - end[1 - axis]) < 1.0:
                continue
            low, high = sorted((float(start[1 - axis]), float(end[1 - axis])))
            piece = _Piece(cable, index, float(start[axis]), low, high, 0 < index < last and not held[cable])
            if piece.moves:
                piece.ties = tuple(
                    (float(here[1 - axis]), float(np.sign(there[axis] - here[axis])))
                    for here, there in ((start, path[index - 1]), (end, path[index + 2]))
                )
            yield piece


def _groups(pieces: list[_Piece]) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Movable pieces that lie on one another, with the ones that cannot move and are in their way."""
    if len(pieces) < 2:
        return
    cable, at, low, high = (np.array([getattr(one, name) for one in pieces]) for name in ("cable", "at", "low", "high"))
    moves = np.array([one.moves for one in pieces])
    beside = (np.minimum(high[:, None], high) - np.maximum(low[:, None], low) > 0) & (cable[:, None] != cable)
    on_top = beside & (np.abs(at[:, None] - at) < CLOSE)
    pending = set(np.flatnonzero(moves & on_top.any(axis=1)).tolist())
    while pending:
        members = _hanging(min(pending), on_top, moves)
        pending -= set(members)
        near = np.flatnonzero(beside[members].any(axis=0) & ~moves)
        yield [pieces[one] for one in members], [pieces[one] for one in near.tolist()]


def _hanging(first: int, on_top: Grid, moves: Grid) -> list[int]:
    """Everything movable that hangs together with one piece."""
    members, left = [first], moves.copy()
    left[first] = False
    for one in members:
        found = np.flatnonzero(on_top[one] & left)
        left[found] = False
        members.extend(found.tolist())
    return members


def _spread(paths: list[Points], group: list[_Piece], fixed: list[_Piece], walls: Points, axis: int) -> None:
    """Put a group side by side, in the order in which they cross least, off what stands still."""
    low, high = _room(paths, group, walls, axis)
    count = len(group)
    gap = min(GAP, (high - low) / max(1, count - 1))
    if high < low or (count > 1 and gap < TIGHT):
        return
    middle = sum(one.at for one in group) / count
    half = gap * (count - 1) / 2
    middle = min(max(middle, low + half), high - half)
    order = sorted(group, key=functools.cmp_to_key(_before))
    reach = np.arange(low + half - middle, high - half - middle + 0.1, 2.0)
    shifts = np.concatenate([[0.0], reach[np.argsort(np.abs(reach), kind="stable")]])
    places = middle + shifts[np.abs(shifts) <= 4 * GAP][:, None] - half + gap * np.arange(count)
    best = places[int(np.argmin(_clashes(order, places, fixed)))]
    for piece, at in zip(order, best.tolist(), strict=True):
        paths[piece.cable][piece.index : piece.index + 2, axis] = at


def _clashes(order: list[_Piece], places: Points, fixed: list[_Piece]) -> NDArray[np.int64]:
    """For each row of places, how many of the pieces would lie on one that stands still."""
    cable, low, high = (np.array([getattr(one, name) for one in order])[:, None] for name in ("cable", "low", "high"))
    other, at, start, end = (np.array([getattr(one, name) for one in fixed]) for name in ("cable", "at", "low", "high"))
    beside = (np.minimum(high, end) > np.maximum(low, start)) & (cable != other)
    clashes: NDArray[np.int64] = (beside & (np.abs(at - places[:, :, None]) < CLOSE)).sum(axis=(1, 2))
    return clashes


def _room(paths: list[Points], group: list[_Piece], walls: Points, axis: int) -> tuple[float, float]:
    """From where to where all of a group may go: between cards, and not into the plugs' first px."""
    low, high = -np.inf, np.inf
    for one in group:
        path = paths[one.cable]
        level = (walls[:, 1 - axis] < one.high) & (walls[:, 3 - axis] > one.low)
        low = max([low, *(walls[level & (walls[:, 2 + axis] <= one.at), 2 + axis] + MARGIN)])
        high = min([high, *(walls[level & (walls[:, axis] >= one.at), axis] - MARGIN)])
        for plug, near in ((path[0], one.index == 1), (path[-1], one.index == len(path) - 3)):
            if near and one.at >= plug[axis]:
                low = max(low, plug[axis] + STUB)
            elif near:
                high = min(high, plug[axis] - STUB)
    span = GAP * 8
    here = sum(one.at for one in group) / len(group)
    return max(low, here - span), min(high, here + span)


def _before(one: _Piece, other: _Piece) -> int:
    """Negative when `one` shall lie before (left of, above) `other`: then they cross less often."""
    first = _crossings(one, other, 1.0) + _crossings(other, one, -1.0)
    second = _crossings(one, other, -1.0) + _crossings(other, one, 1.0)
    if first != second:
        return first - second
    here, there = (one.at, one.cable, one.index), (other.at, other.cable, other.index)
    return -1 if here < there else 1


def _crossings(one: _Piece, other: _Piece, side: float) -> int:
    """How often `one`, going on to that side, would cross `other`."""
    return sum(sign == side and other.low < at < other.high for at, sign in one.ties)
