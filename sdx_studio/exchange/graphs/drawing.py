"""From a graph to a document: nodes become routers on a map, edges cables, and if asked for traffic is added."""

from collections import Counter
from pathlib import PurePath

from sdx_studio.exchange.formats import FileError, Opened, Option, Options
from sdx_studio.exchange.graphs.demands import DemandError, Line, gravity, wanted
from sdx_studio.exchange.graphs.graph import Edge, Graph, Node, figure, named, place, point, speed
from sdx_studio.exchange.graphs.placing import CELL, Spot, arranged, fibre_delay, mercator
from sdx_studio.exchange.sketch import Sketch
from sdx_studio.kinds import Value, standing_for
from sdx_studio.words import mark

DEMANDS = Option("demands", mark("traffic to add: none, gravity or gravity:N (the N strongest pairs)"))
DEFAULT_SPEED = 1e9
_LINE, _LEAST = 72.0, 6
"""Height of a line in the block of demands, and how many lines it has at least; otherwise it is as tall as the map."""


def draw(graph: Graph, name: str, options: Options) -> Opened:
    """The document for `graph`; `name` is the file's, for the title and for messages."""
    try:
        count = wanted(options.get("demands"), len(graph.nodes))
    except DemandError as reason:
        raise FileError(name, 0, 0, "", str(reason)) from None
    edges = _cables(graph)
    neighbours: dict[str, list[str]] = {key: [] for key in graph.nodes}
    for edge in edges:
        neighbours[edge.a].append(edge.b)
        neighbours[edge.b].append(edge.a)
    spots = arranged(list(graph.nodes), _known(graph), neighbours)
    sketch = Sketch(graph.tally)
    ids = {key: _node(sketch, graph.nodes[key], spots[key]) for key in graph.nodes}
    lines = [_edge(sketch, graph, edge, ids) for edge in edges]
    if count:
        _demands(sketch, graph, lines, ids, spots, count)
    title = named(graph.attributes, "label", "network", "name", "title")
    return sketch.finish(str(title) if title is not None else PurePath(name).stem)


def _cables(graph: Graph) -> list[Edge]:
    """The edges without loops; in a directed graph there and back again are one cable."""
    kept: list[Edge] = []
    waiting: Counter[tuple[str, str]] = Counter()
    for edge in graph.edges:
        if edge.a == edge.b:
            graph.tally.note(mark("{count} edges from a node to itself were left out: {examples}"), edge.a)
        elif graph.directed and waiting[edge.b, edge.a]:
            waiting[edge.b, edge.a] -= 1
            graph.tally.note(mark("{count} pairs of edges there and back became one cable each: {examples}"),
                             f"{edge.b}–{edge.a}")  # fmt: skip
        else:
            waiting[edge.a, edge.b] += 1
            kept.append(edge)
    doubled = Counter(frozenset((edge.a, edge.b)) for edge in kept)
    for pair, times in doubled.items():
        for _more in range(times - 1):
            graph.tally.note(mark("{count} further edges between the same nodes became own cables: {examples}"),
                             "–".join(sorted(_label(graph.nodes[key]) for key in pair)))  # fmt: skip
    return kept


def _known(graph: Graph) -> dict[str, Spot]:
    geographic = {key: mercator(*spot) for key, node in graph.nodes.items() if (spot := place(node.attributes))}
    drawn = {key: spot for key, node in graph.nodes.items() if (spot := point(node.attributes))}
    known = geographic if len(geographic) >= len(drawn) else drawn
    for key, node in graph.nodes.items():
        if key not in known and not node.segment:
            graph.tally.note(mark("{count} nodes without a position were placed beside their neighbours: {examples}"),
                             _label(node))  # fmt: skip
    stacked = Counter(known.values())
    for key, spot in known.items():
        if stacked[spot] > 1:
            graph.tally.note(mark("{count} nodes at the same position as another one were moved apart: {examples}"),
                             _label(graph.nodes[key]))  # fmt: skip
    return known


def _label(node: Node) -> str:
    label = named(node.attributes, "label", "name")
    return str(label).strip() if label is not None and str(label).strip() else node.key


def _node(sketch: Sketch, node: Node, spot: Spot) -> str:
    kind = standing_for("libvirt:network" if node.segment else "graphml:node")
    return sketch.add(kind, _label(node), None, *spot)


def _edge(sketch: Sketch, graph: Graph, edge: Edge, ids: dict[str, str]) -> Line:
    bandwidth = speed(edge.attributes)
    ends = f"{sketch.name(ids[edge.a])}–{sketch.name(ids[edge.b])}"
    if bandwidth is None:
        graph.tally.note(mark("{count} edges without a speed got 1 Gbit/s: {examples}"), ends)
        bandwidth = DEFAULT_SPEED
    fields: dict[str, Value] = {"bandwidth": bandwidth}
    a, b = place(graph.nodes[edge.a].attributes), place(graph.nodes[edge.b].attributes)
    delay = figure(edge.attributes, "latency", "delay")
    if delay is not None and delay > 0:
        fields["latency"] = delay
    elif a is not None and b is not None and a != b:
        fields["latency"] = float(f"{fibre_delay(a, b):.4g}")
    label = named(edge.attributes, "linklabel", "label")
    if label is not None:
        fields["label"] = str(label).strip()
    sketch.join(ids[edge.a], ids[edge.b], fields, "straight")
    return Line(edge.a, edge.b, bandwidth)


def _demands(
    sketch: Sketch, graph: Graph, lines: list[Line], ids: dict[str, str], spots: dict[str, Spot], count: int
) -> None:
    degrees = Counter(end for line in lines for end in (line.a, line.b))
    populations = {key: figure(node.attributes, "population", "pop") for key, node in graph.nodes.items()}
    counted = any(populations.values())
    masses = {
        key: (max(populations[key] or 0.0, 0.0) if counted else float(degrees[key]))
        for key, node in graph.nodes.items()
        if not node.segment
    }
    kind = standing_for("demand")
    left = max((x for x, _y in spots.values()), default=0.0) + 2 * CELL[0]
    down = max(_LEAST, int(max((y for _x, y in spots.values()), default=0.0) / _LINE))
    for index, demand in enumerate(gravity(masses, lines, count)):
        source, target = ids[demand.source], ids[demand.target]
        x, y = left + index // down * CELL[0], 40.0 + index % down * _LINE
        fields: dict[str, Value] = {"source": source, "target": target, "rate": demand.rate}
        sketch.add(kind, f"{sketch.name(source)} → {sketch.name(target)}", None, x, y, fields=fields)
        graph.tally.note(mark("{count} demands by the gravity model were added: {examples}"),
                         f"{sketch.name(source)} → {sketch.name(target)}")  # fmt: skip
