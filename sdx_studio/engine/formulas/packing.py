"""Consolidation: packing VMs onto few equal hosts by the known heuristics, with lower bounds (sizes in any unit)."""

from bisect import insort
from collections.abc import Callable, Sequence
from heapq import heappop, heappush

from sdx_studio.engine.formulas.bounds import NOISE, above_zero, pieces, require
from sdx_studio.words import mark

Vector = tuple[float, ...]
"""What a VM needs, or a host has, of each resource."""
SLACK = 1e-9
"""Relative overfilling that counts as rounding: ten times 0.1 fit into 1."""
Choose = Callable[[list[Vector], Vector], int]


def fits(left: Vector, item: Vector, host: Vector) -> bool:
    """Whether `item` fits into what is `left` of a `host`."""
    return all(need <= room + SLACK * size for need, room, size in zip(item, left, host, strict=True))


def taken(left: Vector, item: Vector) -> Vector:
    """What is left after `item` has been put in."""
    return tuple(room - need for need, room in zip(item, left, strict=True))


def decreasing(items: Sequence[Vector], host: Vector) -> list[Vector]:
    """The items by their dominant share of a host, the largest first; refused when one is larger than a host."""
    for place, item in enumerate(items):
        require(fits(host, item, host), mark("VM {place} is larger than a host"), place=place + 1)
    return sorted(items, key=lambda item: (max(_shares(item, host)), sum(_shares(item, host))), reverse=True)


def _shares(item: Vector, host: Vector) -> list[float]:
    return [need / size if size > 0 else 0.0 for need, size in zip(item, host, strict=True)]


def _packed(items: Sequence[Vector], host: Vector, choose: Callable[[list[Vector], Vector], int | None]) -> int:
    lefts: list[Vector] = []
    for item in decreasing(items, host):
        place = choose(lefts, item)
        if place is None:
            place = len(lefts)
            lefts.append(host)
        lefts[place] = taken(lefts[place], item)
    return len(lefts)


def first_fit(items: Sequence[Vector], host: Vector) -> int:
    """Hosts that first-fit decreasing takes: the first that has room."""

    def choose(lefts: list[Vector], item: Vector) -> int | None:
        return next((place for place, left in enumerate(lefts) if fits(left, item, host)), None)

    return _packed(items, host, choose)


def best_fit(items: Sequence[Vector], host: Vector) -> int:
    """Hosts that best-fit decreasing takes: the fullest that has room, the first among equals."""
    decreasing(items, host)
    return len(set(best_fit_seats(items, [host] * len(items))))


def best_fit_seats(items: Sequence[Vector], hosts: Sequence[Vector]) -> list[int | None]:
    """Host (counted from 0) of each VM, in the order given, by best-fit decreasing; None where none has room.

    The largest share of the first host goes first, each to the host with least room (of all resources together, as
    shares of that host) where it fits, the first among equals. Hosts with the same room are looked at as one, so
    that the work grows with the number of different VMs and hosts rather than with how many there are.
    """
    rooms: dict[tuple[Vector, Vector], list[int]] = {}
    for place, host in enumerate(hosts):
        rooms.setdefault((host, host), []).append(place)
    order = sorted((_room(left, host), left, host) for left, host in rooms)
    seats: list[int | None] = [None] * len(items)
    scale = hosts[0] if hosts else ()
    size = {item: (max(_shares(item, scale), default=0.0), sum(_shares(item, scale))) for item in set(items)}
    before: Vector | None = None
    open_: list[tuple[float, Vector, Vector]] = []
    for vm in sorted(range(len(items)), key=lambda one: size[items[one]], reverse=True):
        item = items[vm]
        if item != before:
            before, open_ = item, [kind for kind in order if fits(kind[1], item, kind[2])]
        if open_:
            found = open_[0]
            _, left, host = found
            seats[vm] = heappop(rooms[left, host])
            if not rooms[left, host]:
                del rooms[left, host]
                order.remove(found)
                open_.remove(found)
            fresh = taken(left, item)
            if (fresh, host) not in rooms:
                rooms[fresh, host] = []
                insort(order, (_room(fresh, host), fresh, host))
                if fits(fresh, item, host):
                    insort(open_, (_room(fresh, host), fresh, host))
            heappush(rooms[fresh, host], int(seats[vm] or 0))
    return seats


def _room(left: Vector, host: Vector) -> float:
    return round(sum(_shares(left, host)), 12)


def power_aware(
    loads: Sequence[float], hosts: Sequence[float], power: Sequence[Callable[[float], float]]
) -> list[int | None]:
    """Host (counted from 0) of each VM, in the order given, by power-aware best-fit decreasing.

    The largest goes first, each to the host whose watts rise least (Beloglazov, Buyya 2012); None where none has room.
    `power` gives a host's watts at a utilisation 0…1; a host without load is off and draws nothing.
    """
    above_zero(**{f"hosts[{place}]": size for place, size in enumerate(hosts)})
    used = [0.0] * len(hosts)
    seats: list[int | None] = [None] * len(loads)
    for vm in sorted(range(len(loads)), key=lambda one: -loads[one]):
        rises = [
            (power[place](min(1.0, (used[place] + loads[vm]) / size)) - _drawn(power[place], used[place], size), place)
            for place, size in enumerate(hosts)
            if used[place] + loads[vm] <= size * (1 + SLACK)
        ]
        if rises:
            seats[vm] = min(rises)[1]
            used[min(rises)[1]] += loads[vm]
    return seats


def _drawn(power: Callable[[float], float], used: float, size: float) -> float:
    return power(used / size) if used > 0 else 0.0


def l1(items: Sequence[Vector], host: Vector) -> list[int]:
    """Fewest hosts by the sum of each resource: ceil(sum / host)."""
    return [pieces(sum(item[side] for item in items), size) if size > 0 else 0 for side, size in enumerate(host)]


def l2(sizes: Sequence[float], host: float) -> int:
    """Lower bound L2 of Martello and Toth (1990): large items stand alone, middling ones leave little room."""
    limits = [0.0, *sorted({size for size in sizes if size <= host / 2 * (1 + SLACK)})]
    return max(_above(sizes, host, limit) for limit in limits)


def _above(sizes: Sequence[float], host: float, limit: float) -> int:
    edge = SLACK * host
    alone = [size for size in sizes if size > host - limit + edge]
    large = [size for size in sizes if host / 2 + edge < size <= host - limit + edge]
    small = [size for size in sizes if limit - edge <= size <= host / 2 + edge]
    over = sum(small) - (len(large) * host - sum(large))
    return len(alone) + len(large) + (pieces(over, host) if over > NOISE * host else 0)
