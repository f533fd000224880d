"""Spanning tree among bridging nodes (IEEE 802.1D): root, root ports, designated ports, blocked ports; equal costs."""

from collections import deque
from collections.abc import Iterable, Mapping

from sdx_studio.engine.parts import Cable, Node

Rank = tuple[int, str]


def blocked_ports(nodes: Mapping[str, Node], cables: Iterable[Cable]) -> dict[str, str]:
    """Cable id → the node whose port on it is blocked, for cables between bridging nodes of `nodes`.

    The root of each island is its lowest (priority, id); ties go to the lower neighbour, then the lower cable id.
    """
    links = sorted((one for one in cables if _bridging(nodes, one.a) and _bridging(nodes, one.b)), key=_id)
    ports: dict[str, list[tuple[Rank, str, str]]] = {}
    blocked = {one.id: one.a for one in links if one.a == one.b}
    for one in links:
        if one.a != one.b:
            ports.setdefault(one.a, []).append((_rank(nodes, one.b), one.id, one.b))
            ports.setdefault(one.b, []).append((_rank(nodes, one.a), one.id, one.a))
    distance = _distances(nodes, ports)
    roots = {_root_port(node, own, distance) for node, own in ports.items()}
    for one in links:
        if one.a != one.b and one.id not in roots:
            near, far = ((distance[end], _rank(nodes, end), end) for end in (one.a, one.b))
            blocked[one.id] = max(near, far)[2]
    return blocked


def island(nodes: Mapping[str, Node], cables: Iterable[Cable], id: str) -> str:
    """The root of the spanning tree that bridging node `id` belongs to: the lowest (priority, id) that it reaches."""
    beside: dict[str, set[str]] = {}
    for one in cables:
        if _bridging(nodes, one.a) and _bridging(nodes, one.b):
            beside.setdefault(one.a, set()).add(one.b)
            beside.setdefault(one.b, set()).add(one.a)
    seen, waiting = {id}, [id]
    while waiting:
        fresh = beside.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting.extend(fresh)
    return min(_rank(nodes, one) for one in seen)[1]


def _root_port(node: str, ports: list[tuple[Rank, str, str]], distance: Mapping[str, int]) -> str | None:
    """Id of the cable that leads nearest to the root; None at the root."""
    if distance[node] == 0:
        return None
    return min((distance[far], rank, cable) for rank, cable, far in ports)[2]


def _distances(nodes: Mapping[str, Node], ports: Mapping[str, list[tuple[Rank, str, str]]]) -> dict[str, int]:
    distance: dict[str, int] = {}
    for _, root in sorted(_rank(nodes, id) for id in ports):
        if root in distance:
            continue
        distance[root] = 0
        waiting = deque([root])
        while waiting:
            node = waiting.popleft()
            for _, _, far in ports[node]:
                if far not in distance:
                    distance[far] = distance[node] + 1
                    waiting.append(far)
    return distance


def _bridging(nodes: Mapping[str, Node], id: str) -> bool:
    return id in nodes and nodes[id].role == "bridging"


def _rank(nodes: Mapping[str, Node], id: str) -> Rank:
    return (nodes[id].priority, id)


def _id(cable: Cable) -> str:
    return cable.id
