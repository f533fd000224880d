"""A block: boxes with corners counted from (0, 0), and how blocks are put beside each other."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sdx_studio.document.arrange.graph import Size

Spot = tuple[float, float]
PART_GAP = 96.0
SHAPE = 2.0
"""Width to height that blocks put together come near to: that of the canvas between its docks."""


@dataclass(frozen=True, slots=True)
class Block:
    """Spots of some boxes in a rectangle of `width` × `height` px."""

    spots: Mapping[str, Spot]
    width: float
    height: float


def around(spots: Mapping[str, Spot], sizes: Mapping[str, Size]) -> Block:
    """The spots moved so that the block begins at (0, 0), in whole px."""
    if not spots:
        return Block({}, 0.0, 0.0)
    left, top = (min(spot[axis] for spot in spots.values()) for axis in (0, 1))
    moved = {id: (float(round(x - left)), float(round(y - top))) for id, (x, y) in spots.items()}
    width, height = (max(moved[id][axis] + sizes[id][axis] for id in moved) for axis in (0, 1))
    return Block(moved, width, height)


def shelved(blocks: Sequence[Block], gap: float = PART_GAP) -> Block:
    """Blocks side by side, much larger ones first, on shelves that together are about twice as wide as high."""
    order = sorted(blocks, key=lambda one: -round(math.log2(1.0 + one.width * one.height)))
    area = sum((one.width + gap) * (one.height + gap) for one in order)
    pair = sum(one.width for one in order[:2]) + gap * (len(order) > 1)
    room = max(pair, math.sqrt(area * SHAPE))
    spots: dict[str, Spot] = {}
    x = y = tall = wide = 0.0
    for one in order:
        if x and x + one.width > room:
            x, y, tall = 0.0, y + tall + gap, 0.0
        spots.update(shifted(one.spots, x, y))
        wide, tall = max(wide, x + one.width), max(tall, one.height)
        x += one.width + gap
    return Block(spots, wide, y + tall)


def shifted(spots: Mapping[str, Spot], dx: float, dy: float) -> dict[str, Spot]:
    """The same spots further right and down."""
    return {id: (x + dx, y + dy) for id, (x, y) in spots.items()}


def line(wanted: Sequence[float], sizes: Sequence[float], gaps: tuple[float, float]) -> list[float]:
    """Beginnings of things in a line with equal gaps, so that their middles come as near to `wanted` as they can.

    Least squares for the first place and the gap, which stays within `gaps` (least, most).
    """
    count = len(sizes)
    middle, at = [], 0.0
    for size in sizes:
        middle.append(at + size / 2)
        at += size
    rest = [want - own for want, own in zip(wanted, middle, strict=True)]
    mean, half = sum(rest) / count, (count - 1) / 2
    spread = sum((index - half) ** 2 for index in range(count))
    slope = sum((index - half) * one for index, one in enumerate(rest)) / spread if spread else 0.0
    gap = round(min(max(slope, gaps[0]), gaps[1]))
    first = round(mean - gap * half)
    return [first + own - size / 2 + gap * index for index, (own, size) in enumerate(zip(middle, sizes, strict=True))]


def overlaps(spots: Mapping[str, Spot], sizes: Mapping[str, Size], fixed: Iterable[tuple[Spot, Size]]) -> bool:
    """Whether any box lies on one of the `fixed` ones."""
    every = tuple(fixed)
    return any(
        x < fx + fw and fx < x + sizes[id][0] and y < fy + fh and fy < y + sizes[id][1]
        for id, (x, y) in spots.items()
        for (fx, fy), (fw, fh) in every
    )
