"""GraphML: graphs as XML (graphml.graphdrawing.org), read with all its oddities and written with what we know."""

from collections.abc import Iterator

from sdx_studio.document import Document
from sdx_studio.exchange.formats import FileError, Format, Opened, Options
from sdx_studio.exchange.graphs.drawing import DEMANDS, draw
from sdx_studio.exchange.graphs.graph import Attributes, Edge, Graph, Node
from sdx_studio.exchange.markup import Node as Markup
from sdx_studio.exchange.markup import line_of_root, local, root
from sdx_studio.words import _, mark

Keys = dict[str, tuple[str, str]]
_NUMBERS = {"int", "long", "float", "double"}


def _read(data: bytes, name: str, options: Options) -> Opened:
    return draw(parse(data, name), name, options)


def parse(data: bytes, name: str) -> Graph:
    """The graph in a GraphML file, nested graphs laid flat; raises FileError."""
    top = root(data, name)
    if local(top.tag) != "graphml":
        message = _("<{tag}> is no GraphML; <graphml> is needed", tag=local(top.tag))
        raise FileError(name, line_of_root(data), 1, "", message)
    graph = Graph()
    first = next((one for one in top if local(one.tag) == "graph"), None)
    if first is None:
        raise FileError(name, line_of_root(data), 1, "graphml", _("there is no <graph> in it"))
    keys, defaults = _keys(top)
    graph.directed = first.get("edgedefault") == "directed"
    graph.attributes = _attributes(first, keys, {})
    loose: list[tuple[Markup, str]] = []
    for node in _flat(top, graph):
        tag = local(node.tag)
        if tag == "node":
            _node(node, graph, keys, defaults)
        elif tag in ("edge", "hyperedge"):
            loose.append((node, tag))
    for node, tag in loose:
        attributes = _attributes(node, keys, defaults.get("edge", {}))
        ends = [node.get("source"), node.get("target")] if tag == "edge" else _endpoints(node)
        _edge(graph, [end for end in ends if end], attributes, name)
    return graph


def _flat(top: Markup, graph: Graph) -> Iterator[Markup]:
    """Nodes and edges of all graphs, outer ones first."""
    waiting = [one for one in top if local(one.tag) == "graph"]
    for index, outer in enumerate(waiting):
        if index:
            graph.tally.note(mark("{count} further or nested graphs were laid beside the first: {examples}"),
                             outer.get("id") or "")  # fmt: skip
        for one in outer:
            yield one
            if local(one.tag) == "node":
                waiting.extend(inner for inner in one if local(inner.tag) == "graph")


def _keys(top: Markup) -> tuple[Keys, dict[str, Attributes]]:
    keys: Keys = {}
    defaults: dict[str, Attributes] = {}
    for one in top:
        if local(one.tag) != "key":
            continue
        id = one.get("id") or ""
        keys[id] = (one.get("attr.name") or id, one.get("attr.type") or "string")
        for inner in one:
            if local(inner.tag) == "default":
                for where in ("node", "edge") if one.get("for") in (None, "all") else (one.get("for"),):
                    defaults.setdefault(where, {})[keys[id][0]] = _value(inner.text, keys[id][1])
    return keys, defaults


def _value(text: str | None, type: str) -> str | float:
    text = (text or "").strip()
    if type in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _attributes(node: Markup, keys: Keys, defaults: Attributes) -> Attributes:
    found: Attributes = dict(defaults)
    for one in node:
        if local(one.tag) != "data":
            continue
        name, type = keys.get(one.get("key") or "", (one.get("key") or "", "string"))
        found[name] = _value(one.text, type)
        if len(one):
            _drawn(one, found)
    return found


def _drawn(data: Markup, found: Attributes) -> None:
    """What yEd puts into its own elements: the label and the upper left corner of a shape."""
    for one in data.iter():
        tag = local(one.tag)
        if tag in ("NodeLabel", "EdgeLabel") and (one.text or "").strip():
            found.setdefault("label", one.text.strip())
        elif tag == "Geometry" and one.get("x") is not None and one.get("y") is not None:
            found.setdefault("x", one.get("x"))
            found.setdefault("y", one.get("y"))


def _node(node: Markup, graph: Graph, keys: Keys, defaults: dict[str, Attributes]) -> None:
    id = node.get("id") or f"n{len(graph.nodes)}"
    if id in graph.nodes:
        graph.tally.note(mark("{count} nodes with an id that was taken were left out: {examples}"), id)
        return
    graph.nodes[id] = Node(id, _attributes(node, keys, defaults.get("node", {})))
    if any(local(one.tag) == "port" for one in node):
        graph.tally.note(mark("{count} nodes have ports, which are all one here: {examples}"), id)


def _endpoints(node: Markup) -> list[str]:
    return [one.get("node") or "" for one in node if local(one.tag) == "endpoint"]


def _edge(graph: Graph, ends: list[str], attributes: Attributes, name: str) -> None:
    if len(ends) < 2:
        graph.tally.note(mark("{count} edges with fewer than two ends were left out: {examples}"), "".join(ends))
        return
    for end in ends:
        if end not in graph.nodes:
            graph.tally.note(mark("{count} nodes that only edges name were added: {examples}"), end)
            graph.nodes[end] = Node(end)
    if len(ends) == 2:
        graph.edges.append(Edge(ends[0], ends[1], attributes))
        return
    graph.tally.note(mark("{count} edges with more than two ends became switches: {examples}"), "–".join(ends[:3]))
    middle = f"{name}#{len(graph.nodes)}"
    graph.nodes[middle] = Node(middle, {"label": str(attributes.get("label") or "segment")}, segment=True)
    graph.edges.extend(Edge(end, middle, attributes) for end in dict.fromkeys(ends))


def _write(document: Document, _options: Options) -> bytes:
    from sdx_studio.exchange.graphs.export import graphml

    return graphml(document)


FORMAT = Format(
    "graphml", mark("GraphML graph"), (".graphml",), lambda head: b"<graphml" in head, _read, _write, (DEMANDS,)
)
