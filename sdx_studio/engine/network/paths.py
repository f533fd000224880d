"""Shortest paths over the cables that carry frames, with VLANs: costs count, ties go to the lower id.

A frame keeps the set of VLANs that it may still belong to: each cable cuts it down to those it carries, a routing node
opens it again. None stands for all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from sdx_studio.engine.formulas.network import ospf_costs
from sdx_studio.engine.formulas.routes import k_shortest
from sdx_studio.engine.network.tree import blocked_ports
from sdx_studio.engine.parts import Cable, Node

Vlans = frozenset[int] | None
State = tuple[str, Vlans]
Port = tuple[str, str, int, Vlans]
"""Neighbour, cable id, directed resource (2·cable, +1 from b to a), VLANs carried."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a flow: directed resources in order, cables' ids, and the VLANs it is known to be in."""

    legs: tuple[int, ...]
    cables: tuple[str, ...]
    vlans: tuple[int, ...]
    nodes: tuple[str, ...] = ()


Tree = dict[State, tuple[int, State | None, Port | None]]
"""State → cost from the start, state before, port that leads here."""


class Paths:
    """Paths over one set of cables that are up; asks once per source and VLANs, then remembers."""

    def __init__(
        self, nodes: Mapping[str, Node], cables: Iterable[Cable], order: Mapping[str, int], held: Iterable[str] = ()
    ) -> None:
        usable = sorted((one for one in cables if one.a in nodes and one.b in nodes), key=lambda one: one.id)
        self._nodes = nodes
        self.tree = blocked_ports(nodes, usable)
        """Cable → node whose port on it the spanning tree blocks."""
        still = set(held) - self.tree.keys()
        self.blocked = self.tree | {one.id: max(one.a, one.b) for one in usable if one.id in still}
        """The same with the ports that do not forward yet."""
        self._costs: dict[tuple[str, str], int] = {}
        self._ports: dict[str, list[Port]] = {id: [] for id in nodes}
        for cable in usable:
            if cable.id in self.blocked:
                continue
            carried = None if cable.vlans is None else frozenset(cable.vlans)
            leg = 2 * order[cable.id]
            for near, far in ((cable.a, cable.b), (cable.b, cable.a)):
                self._costs[near, cable.id] = _cost(nodes[near], nodes[far], cable.bandwidth)
            self._ports[cable.a].append((cable.b, cable.id, leg, carried))
            self._ports[cable.b].append((cable.a, cable.id, leg + 1, carried))
        for ports in self._ports.values():
            ports.sort(key=lambda port: port[:2])
        self._trees: dict[State, Tree] = {}
        self._routes: dict[tuple[str, str, Vlans], Route | None] = {}

    def route(self, source: str, target: str, vlan: int | None = None) -> Route | None:
        """The way from node to node, None when there is none."""
        start: Vlans = None if vlan is None else frozenset((vlan,))
        key = (source, target, start)
        if key not in self._routes:
            self._routes[key] = self._find(source, target, start)
        return self._routes[key]

    def _find(self, source: str, target: str, start: Vlans) -> Route | None:
        best: tuple[tuple[int, int, tuple[str, ...]], list[tuple[Port, Vlans]]] | None = None
        for first in self._beginnings(source, start):
            way = self._onward(first, target)
            if way is not None:
                order = (self._length(source, way), len(way), tuple(port[1] for port, _ in way))
                if best is None or order < best[0]:
                    best = (order, way)
        return None if best is None else self._as_route(source, best[1])

    def _length(self, source: str, way: list[tuple[Port, Vlans]]) -> int:
        nodes = [source, *(port[0] for port, _ in way)]
        return sum(self._costs[near, port[1]] for near, (port, _) in zip(nodes, way, strict=False))

    def cost(self, route: Route) -> int:
        """What a way over these cables costs: links between routers as they count, every other one as a hop."""
        return sum(self._costs[near, id] for near, id in zip(route.nodes, route.cables, strict=False))

    def _beginnings(self, source: str, start: Vlans) -> list[tuple[Port | None, State]]:
        """First hops: an end's own ports, or the forwarding node itself."""
        if self._forwards(source):
            return [(None, (source, start))]
        found: list[tuple[Port | None, State]] = []
        for port in self._ports.get(source, ()):
            left = _common(start, port[3])
            if left is None or left:
                found.append((port, (port[0], left)))
        return found

    def _onward(self, first: tuple[Port | None, State], target: str) -> list[tuple[Port, Vlans]] | None:
        port, state = first
        head = [] if port is None else [(port, state[1])]
        if state[0] == target:
            return head
        if not self._forwards(state[0]):
            return None
        tree = self._tree(state)
        last = self._landing(tree, target)
        if last is None:
            return None
        tail: list[tuple[Port, Vlans]] = []
        at: State | None = last[1]
        if last[0] is not None:
            tail.append((last[0], last[2]))
        while at is not None:
            _, before, via = tree[at]
            if via is not None:
                tail.append((via, at[1]))
            at = before
        return head + tail[::-1]

    def _landing(self, tree: Tree, target: str) -> tuple[Port | None, State, Vlans] | None:
        """The nearest state from which `target` is reached, and the port that leads there."""
        best: tuple[tuple[int, str, str, list[int]], tuple[Port | None, State, Vlans]] | None = None
        if self._forwards(target):
            for state, (hops, _, _) in tree.items():
                if state[0] == target and (best is None or hops < best[0][0]):
                    best = ((hops, "", "", []), (None, state, state[1]))
            return best[1] if best else None
        for near, id, leg, carried in self._ports.get(target, ()):
            for state in self._states(tree, near):
                left = _common(self._leaving(state), carried)
                order = (tree[state][0], near, id, sorted(state[1] or ()))
                if (left is None or left) and (best is None or order < best[0]):
                    best = (order, ((target, id, leg ^ 1, carried), state, left))
        return best[1] if best else None

    def _states(self, tree: Tree, node: str) -> list[State]:
        if (node, None) in tree:
            return [(node, None)]
        return [state for state in tree if state[0] == node] if self._forwards(node) else []

    def _tree(self, start: State) -> Tree:
        """Shortest ways from a forwarding node to all others (Dijkstra); ties go to what was seen first, by ids."""
        if start in self._trees:
            return self._trees[start]
        tree: Tree = {start: (0, None, None)}
        known: dict[str, list[tuple[int, Vlans]]] = {start[0]: [(0, start[1])]}
        waiting = [(0, 0, start)]
        seen = 0
        while waiting:
            cost, _, state = heappop(waiting)
            if cost > tree[state][0]:
                continue
            leaving = self._leaving(state)
            for port in self._ports[state[0]]:
                far = port[0]
                if not self._forwards(far):
                    continue
                left, reached = _common(leaving, port[3]), cost + self._costs[state[0], port[1]]
                if (left is not None and not left) or _covered(left, reached, known.get(far, [])):
                    continue
                known.setdefault(far, []).append((reached, left))
                seen += 1
                tree[far, left] = (reached, state, port)
                heappush(waiting, (reached, seen, (far, left)))
        self._trees[start] = tree
        return tree

    def _leaving(self, state: State) -> Vlans:
        return None if self._nodes[state[0]].role == "routing" else state[1]

    def _forwards(self, id: str) -> bool:
        return id in self._nodes and self._nodes[id].role != "end"

    def _as_route(self, source: str, way: list[tuple[Port, Vlans]]) -> Route:
        numbers: set[int] = set()
        for place, (port, left) in enumerate(way):
            stretch_ends = place == len(way) - 1 or self._nodes[port[0]].role == "routing"
            if stretch_ends and left is not None and len(left) == 1:
                numbers |= left
        ports = [port for port, _ in way]
        return Route(tuple(port[2] for port in ports), tuple(port[1] for port in ports), tuple(sorted(numbers)),
                     (source, *(port[0] for port in ports)))  # fmt: skip

    def alternatives(self, source: str, target: str, vlan: int | None, k: int) -> list[Route]:
        """The k shortest ways by hops, then by nodes, inside one VLAN (None: any); of parallel cables the first."""
        links: dict[tuple[str, str], Port] = {}
        for near, ports in self._ports.items():
            for port in ports:
                carries = vlan is None or port[3] is None or vlan in port[3]
                inner = all(self._forwards(one) or one in (source, target) for one in (near, port[0]))
                if carries and inner:
                    links.setdefault((near, port[0]), port)
        ways = k_shortest(list(links), source, target, k)
        vlans: Vlans = None if vlan is None else frozenset((vlan,))
        return [self._as_route(source, [(links[step], vlans) for step in pairwise(way)]) for way in ways]


def _common(ours: Vlans, theirs: Vlans) -> Vlans:
    if ours is None:
        return theirs
    return ours if theirs is None else ours & theirs


def _covered(left: Vlans, cost: int, known: list[tuple[int, Vlans]]) -> bool:
    return any(paid <= cost and (one is None or (left is not None and left <= one)) for paid, one in known)


def _cost(near: Node, far: Node, bandwidth: float) -> int:
    """Cost of a cable: by its bandwidth between two routers that count so, otherwise one hop."""
    if near.role != "routing" or far.role != "routing" or near.reference is None or bandwidth <= 0:
        return 1
    return ospf_costs(near.reference, [bandwidth])[0]
