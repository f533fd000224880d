"""Tiers from top to bottom: clients, controllers, the network by distance, machines and places, storage."""

import math
from collections.abc import Iterator, Mapping, Sequence

from sdx_studio.document.arrange.graph import Neighbours, distances
from sdx_studio.document.document import Document

CLIENTS, CONTROL, NETWORK, MACHINES, STORAGE = range(5)
_OF_FAMILY = {"client": CLIENTS, "control": CONTROL, "network": NETWORK, "storage": STORAGE}
LEAST_LEVELS = 3
VARIED_BELOW = 60
"""Boxes of a part up to which several ways are tried."""


def tier(document: Document, id: str) -> int:
    """The tier of one box by its family; whatever holds others or computes is a machine."""
    return _OF_FAMILY.get(document.kind_of(id).family, MACHINES)


def rows(document: Document, part: Sequence[str], near: Neighbours) -> Iterator[list[list[str]]]:
    """Ways to put the boxes of one part into rows from top to bottom, none of them empty; the plainest first.

    In a small part controllers may also stand beside a row of the network, and of such a row those that are cabled
    among themselves may stand further out than the rest; whoever asks takes what has the fewest crossings.
    """
    tiers: dict[int, list[str]] = {}
    for id in part:
        tiers.setdefault(tier(document, id), []).append(id)
    levels = _levels(tiers, near)
    yield _stacked(tiers, levels)
    if len(part) > VARIED_BELOW:
        return
    apart = _parted(levels, near)
    for made in (levels, apart) if len(apart) > len(levels) else (levels,):
        if made is apart:
            yield _stacked(tiers, made)
        if tiers.get(CONTROL):
            for at in range(len(made)):
                beside = [*made[:at], [*made[at], *tiers[CONTROL]], *made[at + 1 :]]
                yield _stacked({**tiers, CONTROL: []}, beside)


def _stacked(tiers: Mapping[int, list[str]], levels: list[list[str]]) -> list[list[str]]:
    """All rows from top to bottom."""
    over = [tiers.get(number, []) for number in (CLIENTS, CONTROL)]
    under = [tiers.get(number, []) for number in (MACHINES, STORAGE)]
    inner = levels[::-1] if any(under) else levels
    return [row for row in (*over, *inner, *under) if row]


def _parted(levels: list[list[str]], near: Neighbours) -> list[list[str]]:
    """The same rows; where only some are cabled to others of their row, those have a row of their own behind it."""
    made = []
    for row in levels:
        inside = set(row)
        tied = [id for id in row if not inside.isdisjoint(near[id])]
        plain = [id for id in row if inside.isdisjoint(near[id])]
        made.extend([plain, tied] if plain and tied else [row])
    return made


def _levels(tiers: Mapping[int, list[str]], near: Neighbours) -> list[list[str]]:
    """The network in rows by its distance from the machines, else from the clients, else from its middle.

    No more rows than about the root of their number, so that a long chain does not become a tower.
    """
    network = tiers.get(NETWORK, [])
    if not network:
        return []
    machines = [*tiers.get(MACHINES, ()), *tiers.get(STORAGE, ())]
    start = machines or tiers.get(CLIENTS) or [max(network, key=lambda one: (len(near[one]), one))]
    far = distances(near, start)
    least = min(far.get(id, 0) for id in network)
    steps = [far.get(id, least) - least for id in network]
    most = max(LEAST_LEVELS, round(1.2 * math.sqrt(len(network))))
    deep = max(steps) + 1
    count = min(deep, most)
    made: list[list[str]] = [[] for _level in range(count)]
    for id, step in zip(network, steps, strict=True):
        made[step * count // deep].append(id)
    return [row for row in made if row]
