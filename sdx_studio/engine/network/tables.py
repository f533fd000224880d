"""What a node knows about where frames go: its ports, the rules it was given, the ways it has learned or computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sdx_studio.engine.network.paths import Paths, Route
from sdx_studio.engine.network.reading import delivered
from sdx_studio.engine.network.tree import island
from sdx_studio.engine.parts import Cable

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

MOST_ENTRIES = 500
"""Destinations of one node that are told; the others are counted."""

Gate = Literal["forwards", "blocks", "blocked", "listens", "cut", "dark"]
"""A port forwards; the spanning tree blocks it here, or at the other end; it waits after a change of the tree;
its cable is unplugged; the node or its neighbour is down."""


@dataclass(frozen=True, slots=True)
class Port:
    """One cable of a node: bit/s out and in, and in each direction at most; `vlans` None carries all."""

    cable: str
    far: str
    gate: Gate
    medium: str
    vlans: tuple[int, ...] | None
    out: float
    into: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Rule:
    """What a controller has told a switch about one flow: what comes in over `came` goes out over `out` (cables)."""

    sort: str
    id: str
    source: str
    target: str
    vlan: int | None
    came: str
    out: str
    rank: int
    rate: float
    bytes: float | None
    """Delivered so far; None for what nobody counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where frames to `target` go: out over cable `out`, to router `via` first (empty: straight to it)."""

    target: str
    out: str
    via: str
    cost: int
    vlans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything about one node."""

    device: str
    role: str
    up: bool
    ports: tuple[Port, ...]
    rules: tuple[Rule, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: int = 0
    """Destinations beyond those in `entries`."""
    root: str = ""
    """The root of its spanning tree."""
    priority: int = 0
    controller: str = ""
    standalone: bool = False


def tables(world: "World", about: str) -> Mapping[str, Any]:
    """The Table of node `about`; None when there is no such node or it does not forward."""
    node = world.plant.parts.nodes.get(about)
    known = node is not None and node.role != "end"
    return {"about": about, "table": table(world, about) if known else None}


def table(world: "World", id: str) -> Table:
    """Everything about one forwarding node."""
    plant, fabric = world.plant, world.fabric
    node, up = plant.parts.nodes[id], plant.up(id)
    controller = fabric.central.controller_of(id) if node.role == "programmed" else None
    learned = up and (node.role != "programmed" or (node.standalone and controller is None))
    entries = sorted(_entries(world, id), key=lambda one: (one.target, one.out)) if learned else []
    root = ""
    if node.role == "bridging" and up:
        nodes = {one: part for one, part in plant.parts.nodes.items() if plant.up(one)}
        cables = (one for one in plant.parts.cables.values() if one.id not in plant.cut and one.medium != "control")
        root = island(nodes, cables, id)
    return Table(
        id, node.role, up, tuple(_port(world, id, cable) for cable in _cables(world, id)),
        tuple(_rules(world, id)) if node.role == "programmed" else (),
        tuple(entries[:MOST_ENTRIES]), max(0, len(entries) - MOST_ENTRIES), root, node.priority,
        "" if controller is None else controller.id, node.standalone,
    )  # fmt: skip


def _cables(world: "World", id: str) -> list[Cable]:
    found = {one.id: one for one in world.plant.parts.cables_of.get(id, ())}
    return [found[one] for one in sorted(found)]


def _port(world: "World", id: str, cable: Cable) -> Port:
    shares, place = world.fabric.shares, list(world.plant.parts.cables).index(cable.id)
    far, turn = (cable.b, 0) if cable.a == id else (cable.a, 1)
    out, into = shares.load(2 * place + turn), shares.load(2 * place + 1 - turn)
    return Port(cable.id, far, _gate(world, id, cable, far), cable.medium, cable.vlans, out, into, cable.bandwidth)


def _gate(world: "World", id: str, cable: Cable, far: str) -> Gate:
    plant, topology = world.plant, world.fabric.topology
    if cable.id in plant.cut:
        return "cut"
    if not (plant.up(id) and plant.up(far)):
        return "dark"
    tree = topology.trees()
    if cable.id in tree:
        return "blocks" if tree[cable.id] == id else "blocked"
    return "listens" if topology.convergence.held.get(cable.id, 0) > plant.now else "forwards"


def _rules(world: "World", id: str) -> Iterator[Rule]:
    """Rules on a programmed switch, by name of the flow."""
    fabric = world.fabric
    for name, route in fabric.central.rules():
        sort, _, own = name.partition("/")
        flow = fabric.flows.get((sort, own))
        if flow is None or id not in route.nodes:
            continue
        at = route.nodes.index(id)
        came = route.cables[at - 1] if at > 0 else ""
        out = route.cables[at] if at < len(route.cables) else ""
        yield Rule(sort, own, flow.source, flow.target, flow.vlan, came, out, flow.rank, flow.rate,
                   delivered(world, flow.key))  # fmt: skip


def _entries(world: "World", id: str) -> Iterator[Entry]:
    """Where frames to every other end or router go; a bridge knows only those that no router lies before."""
    nodes, topology = world.plant.parts.nodes, world.fabric.topology
    media = {cable.medium for cable in _cables(world, id)}
    networks = [topology.ordinary, *topology.apart.values()] if media - {"storage", "control"} else []
    for paths in networks + ([topology.storage] if "storage" in media else []):
        for target, node in nodes.items():
            if target != id and node.role in ("end", "routing"):
                route = paths.route(id, target)
                if route is not None and route.cables:
                    yield from _entry(world, paths, route)


def _entry(world: "World", paths: Paths, route: Route) -> Iterator[Entry]:
    nodes = world.plant.parts.nodes
    routers = [one for one in route.nodes[1:-1] if nodes[one].role == "routing"]
    if nodes[route.nodes[0]].role == "routing" or not routers:
        via = routers[0] if routers else ""
        yield Entry(route.nodes[-1], route.cables[0], via, paths.cost(route), route.vlans)
