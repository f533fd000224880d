"""Graphs of nodes: k shortest paths, hop-by-hop against central choice, maximal flow, spanning tree, VLANs."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sdx_studio.engine.formulas.bounds import NOISE, countable, require
from sdx_studio.engine.network.tree import blocked_ports
from sdx_studio.engine.parts import Cable, Node
from sdx_studio.engine.sharing.maxmin import Demands, fill
from sdx_studio.words import mark

Path = tuple[str, ...]
Pair = tuple[str, str]

CANDIDATES = 4
"""Paths that a central controller looks at for each new flow."""
_EVEN = 1e-9


def neighbours(links: Sequence[Pair]) -> dict[str, list[str]]:
    """Each node's neighbours over undirected links, sorted by name."""
    found: dict[str, set[str]] = {}
    for a, b in links:
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {node: sorted(others - {node}) for node, others in found.items()}


def k_shortest(links: Sequence[Pair], source: str, target: str, k: float) -> list[Path]:
    """The k shortest loopless paths by hops, then by names of the nodes; all of them if there are fewer.

    Yen's algorithm (1971): each path's prefixes are left again by the shortest way that is not known yet.
    """
    countable(10**9, k=k)
    graph = neighbours(links)
    first = _shortest(graph, (source,), target, set())
    found: list[Path] = []
    waiting = [] if first is None else [first]
    while waiting and len(found) < k:
        waiting.sort(key=lambda path: (len(path), path))
        best = waiting.pop(0)
        found.append(best)
        for place in range(len(best) - 1):
            root = best[: place + 1]
            used = {path[place + 1] for path in found if path[: place + 1] == root and len(path) > place + 1}
            way = _shortest(graph, root, target, used)
            if way is not None and way not in waiting:
                waiting.append(way)
    return found


def _shortest(graph: Mapping[str, Sequence[str]], root: Path, target: str, used: set[str]) -> Path | None:
    """The first path in order (hops, names) that begins with `root` and does not go on to a node in `used`."""
    start = root[-1]
    if start == target:
        return root
    before = dict.fromkeys(root, "")
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for far in graph.get(node, ()):
            if far in before or (node == start and far in used):
                continue
            before[far] = node
            if far == target:
                return root + _back(before, start, far)
            waiting.append(far)
    return None


def _back(before: Mapping[str, str], start: str, node: str) -> Path:
    way = []
    while node != start:
        way.append(node)
        node = before[node]
    return tuple(reversed(way))


Capacities = dict[Pair, float]


def _directed(links: Sequence[Pair], capacities: Sequence[float]) -> Capacities:
    """Each link in both directions (full duplex); parallel ones add up."""
    found: Capacities = {}
    for (a, b), capacity in zip(links, capacities, strict=True):
        for way in ((a, b), (b, a)) if a != b else ():
            found[way] = found.get(way, 0.0) + capacity
    return found


def max_flow(links: Sequence[Pair], capacities: Sequence[float], source: str, target: str) -> float:
    """Most that can flow from source to target at once (Edmonds, Karp 1972), full-duplex links."""
    left = _directed(links, capacities)
    least = NOISE * max(left.values(), default=0.0)
    total = 0.0
    while True:
        graph: dict[str, list[str]] = {}
        for (a, b), room in left.items():
            if room > least:
                graph.setdefault(a, []).append(b)
        way = _shortest({node: sorted(ends) for node, ends in graph.items()}, (source,), target, set())
        if way is None:
            return total
        room = min(left[step] for step in pairwise(way))
        for a, b in pairwise(way):
            left[a, b] -= room
            left[b, a] = left.get((b, a), 0.0) + room
        total += room


@dataclass(frozen=True, slots=True)
class Choice:
    """The shortest path; bit/s of all flows hop by hop, by central choice, and at most; of each where all are equal."""

    shortest_path: list[str]
    hop_by_hop_total: float
    sdn_total: float
    max_flow: float
    hop_by_hop_each: float | None
    sdn_each: float | None


def path_choice(links: Sequence[Pair], capacities: Sequence[float], source: str, target: str, flows: float) -> Choice:
    """`flows` greedy flows from source to target: all on the shortest path, or each where it gets most as it comes.

    Central choice looks at the four shortest paths, counts flows on them, and takes fewer hops among equals.
    """
    countable(100_000, flows=flows)
    require(source != target, mark("source and target are the same node"))
    room = _directed(links, capacities)
    paths = k_shortest(links, source, target, CANDIDATES)
    if not paths:
        none = 0.0 if flows else None
        return Choice([], 0.0, 0.0, 0.0, none, none)
    alone = min(room[step] for step in pairwise(paths[0]))
    taken = [0] * len(paths)
    for _ in range(int(flows)):
        taken[_most(paths, room, taken)] += 1
    each = _each(paths, room, taken)
    totals = [count * rate for count, rate in zip(taken, each, strict=True)]
    in_use = [rate for count, rate in zip(taken, each, strict=True) if count]
    even = bool(in_use) and max(in_use) - min(in_use) <= _EVEN * max(in_use)
    most = max_flow(links, capacities, source, target)
    return Choice(
        list(paths[0]), alone if flows else 0.0, sum(totals), most, alone / flows if flows else None,
        in_use[0] if even else None,
    )  # fmt: skip


def _most(paths: Sequence[Path], room: Capacities, taken: Sequence[int]) -> int:
    """The path on which one more flow gets the largest max-min rate; the first among equals."""
    best, most = 0, -1.0
    for place in range(len(paths)):
        more = [count + (other == place) for other, count in enumerate(taken)]
        rate = _each(paths, room, more)[place]
        if rate > most * (1 + NOISE):
            best, most = place, rate
    return best


def _each(paths: Sequence[Path], room: Capacities, taken: Sequence[int]) -> list[float]:
    """Max-min rate of one flow on each path, when `taken` flows are on them: equal flows move as one with a weight."""
    order = {step: place for place, step in enumerate(room)}
    used = [place for place, count in enumerate(taken) if count]
    ways = [[order[step] for step in pairwise(paths[place])] for place in used]
    weights = [float(taken[place]) for place in used]
    got = fill(Demands(ways, weights, [sum(room.values())] * len(used)), list(room.values()))
    rates = [0.0] * len(paths)
    for place, rate in zip(used, got, strict=True):
        rates[place] = rate / taken[place]
    return rates


@dataclass(frozen=True, slots=True, order=True)
class BlockedPort:
    """A port that does not forward: its switch, and the one at the other end."""

    switch: str
    peer: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The root bridge (None without bridges), links that are blocked and that forward, and the blocked ports."""

    root: str | None
    blocked_links: int
    forwarding_links: int
    blocked_ports: list[BlockedPort]


def spanning_tree(bridge_ids: Mapping[str, float], links: Sequence[Pair]) -> Tree:
    """Spanning tree (802.1D) with equal link costs; the root has the lowest bridge id."""
    for place, link in enumerate(links):
        for end, name in zip("ab", link, strict=True):
            require(name in bridge_ids, mark("links[{place}].{end}: there is no switch “{name}”"), place=place,
                    end=end, name=name)  # fmt: skip
    ranks = {number: rank for rank, number in enumerate(sorted(set(bridge_ids.values())))}
    nodes = {name: Node(name, "bridging", ranks[number]) for name, number in bridge_ids.items()}
    cables = {f"{place:09}": Cable(f"{place:09}", a, b, 1.0) for place, (a, b) in enumerate(links)}
    blocked = blocked_ports(nodes, cables.values())
    ports = sorted(
        BlockedPort(node, cables[id].b if cables[id].a == node else cables[id].a) for id, node in blocked.items()
    )
    root = min(bridge_ids, key=lambda name: (bridge_ids[name], name), default=None)
    return Tree(root, len(blocked), len(links) - len(blocked), ports)


@dataclass(frozen=True, slots=True)
class Trunk:
    """A link between two switches and the VLANs that it carries."""

    a: str
    b: str
    allowed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Port:
    """A host on an access port: its switch and its VLAN."""

    name: str
    switch: str
    vlan: int


@dataclass(frozen=True, slots=True)
class Isolation:
    """For each pair whether a frame arrives; whom a broadcast reaches."""

    delivered: list[bool]
    broadcast_reaches: list[str]


def vlan_isolation(
    hosts: Sequence[Port], trunks: Sequence[Trunk], pairs: Sequence[Sequence[str]], broadcast_from: str
) -> Isolation:
    """A frame passes inside its VLAN only, over trunks that allow it; without a router nothing leaves a VLAN."""
    table = {host.name: host for host in hosts}
    require(len(table) == len(hosts), mark("two hosts have the same name"))
    for place, names in enumerate(pairs):
        require(len(names) == 2, mark("pairs[{place}] must have two hosts"), place=place)
        for name in names:
            require(name in table, mark("there is no host “{name}”"), name=name)
    require(broadcast_from in table, mark("there is no host “{name}”"), name=broadcast_from)
    islands: dict[tuple[str, int], int] = {}
    for host in hosts:
        _flood(host, trunks, islands)
    at = {name: islands[host.switch, host.vlan] for name, host in table.items()}
    reached = [host.name for host in hosts if host.name != broadcast_from and at[host.name] == at[broadcast_from]]
    return Isolation([at[a] == at[b] for a, b in pairs], reached)


def _flood(host: Port, trunks: Sequence[Trunk], islands: dict[tuple[str, int], int]) -> None:
    """Number the switches that a frame of `host` comes to, in its VLAN."""
    if (host.switch, host.vlan) in islands:
        return
    number = len(islands)
    graph = neighbours([(trunk.a, trunk.b) for trunk in trunks if host.vlan in trunk.allowed])
    islands[host.switch, host.vlan] = number
    waiting = [host.switch]
    while waiting:
        for far in graph.get(waiting.pop(), ()):
            if (far, host.vlan) not in islands:
                islands[far, host.vlan] = number
                waiting.append(far)
