"""A document as GraphML: everything that cables can be plugged into, with its place, kind and fields."""

from xml.sax.saxutils import escape, quoteattr

from sdx_studio.document import Document
from sdx_studio.exchange.native.writing import number
from sdx_studio.kinds.links import bandwidth, link_values

_KEYS = (
    ("g0", "graph", "label", "string"),
    ("n0", "node", "label", "string"),
    ("n1", "node", "kind", "string"),
    ("n2", "node", "x", "double"),
    ("n3", "node", "y", "double"),
    ("e0", "edge", "LinkSpeedRaw", "double"),
    ("e1", "edge", "latency", "double"),
    ("e2", "edge", "LinkLabel", "string"),
)
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def graphml(document: Document) -> bytes:
    """The whole file; x and y in pixels from the canvas's corner, speeds in bit/s, latency in seconds."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [
        f'  <key id="{id}" for="{where}" attr.name="{name}" attr.type="{type}"/>' for id, where, name, type in _KEYS
    ]
    lines.append('  <graph edgedefault="undirected">')
    lines.append(f"    {_data('g0', document.properties.title)}")
    for id in sorted(document.elements):
        if document.kind_of(id).carries or document.links_of(id):
            lines.append(f"    <node id={quoteattr(_clean(id))}>{_node(document, id)}</node>")
    for id in sorted(document.links):
        link = document.links[id]
        ends = f"source={quoteattr(_clean(link.a))} target={quoteattr(_clean(link.b))}"
        lines.append(f"    <edge id={quoteattr(_clean(id))} {ends}>{_edge(document, id)}</edge>")
    lines += ["  </graph>", "</graphml>", ""]
    return "\n".join(lines).encode()


def _node(document: Document, id: str) -> str:
    one = document.element(id)
    trail = [one, *(document.element(above) for above in document.above(id))]
    x, y = sum(step.x for step in trail), sum(step.y for step in trail)
    return _data("n0", one.name) + _data("n1", one.kind) + _data("n2", number(x)) + _data("n3", number(y))


def _edge(document: Document, id: str) -> str:
    link = document.links[id]
    values = link_values(link)
    text = _data("e0", number(bandwidth(link, document))) + _data("e1", number(values["latency"]))
    return text + (_data("e2", values["label"]) if values["label"] else "")


def _data(key: str, value: object) -> str:
    return f'<data key="{key}">{escape(_clean(str(value)))}</data>'


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return text.translate(_CONTROL)
