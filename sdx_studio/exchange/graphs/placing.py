"""Where the nodes of a graph go: north up, readable, never on top of each other. Deterministic."""

import math
from collections import deque
from collections.abc import Mapping, Sequence

Spot = tuple[float, float]
Neighbours = Mapping[str, Sequence[str]]
CELL = (176.0, 84.0)
"""Width and height in pixels that one card needs for itself."""
NEAR = 180.0
"""Pixels that the median node is away from its closest one."""
_MARGIN = 40.0
_EARTH = 6371.0
_FIBRE = 200_000.0


def mercator(east: float, north: float) -> Spot:
    """A place on a plane where north is up (y grows downwards), in degrees of the equator."""
    bent = math.radians(max(-85.0, min(85.0, north)))
    return east, -math.degrees(math.log(math.tan(math.pi / 4 + bent / 2)))


def fibre_delay(a: Spot, b: Spot) -> float:
    """Seconds that light needs in fibre (200,000 km/s) along the great circle between two (longitude, latitude)."""
    east = math.radians(b[0] - a[0])
    south, north = math.radians(a[1]), math.radians(b[1])
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half))) / _FIBRE


def arranged(keys: Sequence[str], known: Mapping[str, Spot], neighbours: Neighbours) -> dict[str, Spot]:
    """A spot in pixels for every key: the known ones scaled, the others beside their neighbours, all apart."""
    if not known:
        return _shifted(_by_distance(keys, neighbours))
    spots = _scaled(known)
    _beside(keys, spots, neighbours)
    return _shifted(_apart(spots))


def _scaled(known: Mapping[str, Spot]) -> dict[str, Spot]:
    different = sorted(set(known.values()))
    near = _median_nearest(different)
    width = max(x for x, _y in different) - min(x for x, _y in different)
    height = max(y for _x, y in different) - min(y for _x, y in different)
    widest = 600.0 + 260.0 * math.sqrt(len(known)) + 4.0 * len(known)
    scale = min(NEAR / near if near > 0 else 1.0, widest / max(width, height, 1e-9))
    return {key: (x * scale, y * scale) for key, (x, y) in known.items()}


def _median_nearest(spots: Sequence[Spot]) -> float:
    """Median distance to the closest other spot, looking only at those next to it from west to east."""
    if len(spots) < 2:
        return 0.0
    found = []
    for index, (x, y) in enumerate(spots):
        best = math.inf
        for step in (-1, 1):
            other = index + step
            while 0 <= other < len(spots) and abs(spots[other][0] - x) < best and abs(other - index) < 400:
                best = min(best, math.dist((x, y), spots[other]))
                other += step
        found.append(best)
    return sorted(found)[len(found) // 2]


def _beside(keys: Sequence[str], spots: dict[str, Spot], neighbours: Neighbours) -> None:
    """Put what has no spot to the middle of its neighbours that have one, and what has none such below the map."""
    queue = deque(key for key in keys if key in spots)
    while queue:
        for other in neighbours.get(queue.popleft(), ()):
            if other not in spots:
                around = [spots[one] for one in neighbours[other] if one in spots]
                middle = (sum(x for x, _y in around) / len(around), sum(y for _x, y in around) / len(around))
                spots[other] = middle
                queue.append(other)
    rest = [key for key in keys if key not in spots]
    left, below = min(x for x, _y in spots.values()), max(y for _x, y in spots.values()) + 2 * CELL[1]
    columns = max(1, math.ceil(math.sqrt(len(rest) * 2)))
    for index, key in enumerate(rest):
        spots[key] = (left + index % columns * CELL[0], below + index // columns * CELL[1])


def _by_distance(keys: Sequence[str], neighbours: Neighbours) -> dict[str, Spot]:
    """Rings around the best connected node of each component; the components side by side."""
    spots: dict[str, Spot] = {}
    left = 0.0
    for start in sorted(keys, key=lambda key: (-len(neighbours.get(key, ())), key)):
        if start in spots:
            continue
        rings = _rings(start, neighbours)
        radius = 0.0
        spread: list[float] = []
        for ring in rings:
            if len(ring) > 1 or len(spread) > 0:
                radius = max(radius + 1.3 * CELL[0], len(ring) * CELL[0] / (2 * math.pi))
            spread.append(radius)
        for ring, distance in zip(rings, spread, strict=True):
            for index, key in enumerate(ring):
                angle = 2 * math.pi * index / len(ring)
                spots[key] = (left + radius + distance * math.cos(angle), distance * math.sin(angle))
        left += 2 * radius + 1.5 * CELL[0]
    return _apart(spots)


def _rings(start: str, neighbours: Neighbours) -> list[list[str]]:
    seen, rings = {start}, [[start]]
    while rings[-1]:
        ring = []
        for key in rings[-1]:
            for other in neighbours.get(key, ()):
                if other not in seen:
                    seen.add(other)
                    ring.append(other)
        rings.append(ring)
    return rings[:-1]


def _apart(spots: dict[str, Spot]) -> dict[str, Spot]:
    """Push cards that overlap from each other, at most some rounds; equal spots are first spread along a spiral."""
    keys = list(spots)
    at = [list(spots[key]) for key in keys]
    _unstack(at)
    for _round in range(max(6, min(120, 120_000 // max(1, len(keys))))):
        if not _push(at):
            break
    return {key: (x, y) for key, (x, y) in zip(keys, at, strict=True)}


def _unstack(at: list[list[float]]) -> None:
    taken: dict[tuple[int, int], int] = {}
    for one in at:
        cell = (round(one[0]), round(one[1]))
        count = taken.get(cell, 0)
        taken[cell] = count + 1
        angle = count * 2.399963
        one[0] += CELL[0] * 0.3 * math.sqrt(count) * math.cos(angle)
        one[1] += CELL[1] * 0.6 * math.sqrt(count) * math.sin(angle)


def _push(at: list[list[float]]) -> bool:
    """One round; returns whether anything overlapped."""
    width, height = CELL
    cells: dict[tuple[int, int], list[int]] = {}
    for index, (x, y) in enumerate(at):
        cells.setdefault((int(x // width), int(y // height)), []).append(index)
    moved = False
    for (column, row), inside in cells.items():
        around = [i for c in (-1, 0, 1) for r in (-1, 0, 1) for i in cells.get((column + c, row + r), ())]
        for index in inside:
            for other in around:
                if other > index:
                    moved = _part(at[index], at[other]) or moved
    return moved


def _part(a: list[float], b: list[float]) -> bool:
    across, down = b[0] - a[0], b[1] - a[1]
    over_x, over_y = CELL[0] - abs(across), CELL[1] - abs(down)
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    if over_x / CELL[0] < over_y / CELL[1]:
        step = math.copysign(over_x / 2, across)
        a[0], b[0] = a[0] - step, b[0] + step
    else:
        step = math.copysign(over_y / 2, down)
        a[1], b[1] = a[1] - step, b[1] + step
    return True


def _shifted(spots: dict[str, Spot]) -> dict[str, Spot]:
    if not spots:
        return {}
    left, top = min(x for x, _y in spots.values()), min(y for _x, y in spots.values())
    return {key: (round(x - left + _MARGIN), round(y - top + _MARGIN)) for key, (x, y) in spots.items()}
