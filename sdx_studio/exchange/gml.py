"""GML, the graph modelling language: nested lists of names and values (Himsolt 1996), read with a parser of our own."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from sdx_studio.exchange.formats import LARGEST, FileError, Format, Opened, Options
from sdx_studio.exchange.graphs.drawing import DEMANDS, draw
from sdx_studio.exchange.graphs.graph import Attributes, Edge, Graph, Node
from sdx_studio.words import _, mark

_TOKEN = re.compile(r'\s+|#[^\n]*|(?P<text>"[^"]*")|(?P<open>\[)|(?P<close>\])|(?P<word>[^\s\[\]"#]+)')
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]*$")
_SPECIAL = {"NAN": float("nan"), "INF": float("inf"), "+INF": float("inf"), "-INF": float("-inf")}


@dataclass(slots=True)
class _List:
    """A bracketed list: pairs of a name and a value, in their order."""

    line: int
    pairs: list[tuple[str, Any]] = field(default_factory=list)

    def lists(self, name: str) -> list["_List"]:
        return [value for key, value in self.pairs if key.lower() == name and isinstance(value, _List)]

    def plain(self) -> Attributes:
        """The simple values; of repeated ones the first."""
        found: Attributes = {}
        for key, value in self.pairs:
            if not isinstance(value, _List):
                found.setdefault(key, value)
        return found


def parse(data: bytes, name: str) -> Graph:
    """The graph in a GML file; raises FileError with the line."""
    top = _Parser(_decoded(data, name), name).parse()
    graphs = top.lists("graph")
    if not graphs:
        raise FileError(name, 1, 1, "", _("no GML: there is no “graph [ … ]” in it"))
    own = graphs[0]
    graph = Graph(own.plain())
    graph.directed = str(graph.attributes.get("directed", "0")) in ("1", "1.0")
    for extra in graphs[1:]:
        graph.tally.note(mark("{count} further graphs were left out: line {examples}"), str(extra.line))
    for one in own.lists("node"):
        _node(one, graph, name)
    for one in own.lists("edge"):
        _edge(one, graph, name)
    return graph


def _decoded(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise FileError(name, 0, 0, "", _("larger than {limit} MiB", limit=LARGEST // 2**20))
    if b"\0" in data:
        raise FileError(name, data.count(b"\n", 0, data.find(b"\0")) + 1, 1, "", _("a NUL byte; this is no text file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


class _Parser:
    """Reads the text once, from front to back, with the open lists on a stack."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._stack = [_List(1)]
        self._key: str | None = None

    def parse(self) -> _List:
        """The list of what stands outside of all brackets."""
        position = 0
        while position < len(self._text):
            match = _TOKEN.match(self._text, position)
            if match is None:
                raise self._error(position, _("a text that begins here never ends"))
            if match.lastgroup is not None:
                self._take(match.lastgroup, match.group(), position)
            position = match.end()
        if len(self._stack) > 1:
            line = self._stack[-1].line
            raise self._error(len(self._text), _("the list that begins in line {line} is not closed", line=line))
        if self._key is not None:
            raise self._error(len(self._text), _("“{key}” has no value", key=self._key))
        return self._stack[0]

    def _take(self, group: str, token: str, position: int) -> None:
        if group == "close":
            if len(self._stack) == 1 or self._key is not None:
                raise self._error(position, _("“]” closes nothing here"))
            self._stack.pop()
        elif self._key is None:
            if group != "word" or not _NAME.match(token):
                raise self._error(position, _("a name is needed before {token}", token=token[:30]))
            self._key = token
        else:
            value = self._value(group, token, position)
            self._stack[-1].pairs.append((self._key, value))
            self._key = None
            if isinstance(value, _List):
                self._stack.append(value)

    def _value(self, group: str, token: str, position: int) -> Any:
        if group == "open":
            return _List(self._text.count("\n", 0, position) + 1)
        if group == "text":
            return html.unescape(token[1:-1])
        if token.upper() in _SPECIAL:
            return _SPECIAL[token.upper()]
        try:
            return int(token) if len(token) < 17 and token.lstrip("+-").isdigit() else float(token)
        except ValueError:
            message = _("“{token}” is no value; a number, a text in quotes or a list is needed", token=token[:30])
            raise self._error(position, message) from None

    def _error(self, position: int, message: str) -> FileError:
        line = self._text.count("\n", 0, position) + 1
        column = position - self._text.rfind("\n", 0, position)
        return FileError(self._name, line, column, "", _("no well-formed GML: {reason}", reason=message))


def _key(value: object) -> str:
    """Ids as texts: 1, 1.0 and "1" are the same one."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _node(one: _List, graph: Graph, name: str) -> None:
    attributes = one.plain()
    if "id" not in attributes:
        raise FileError(name, one.line, 1, "node", _("it has no id"))
    key = _key(attributes["id"])
    for graphics in one.lists("graphics"):
        for where in ("x", "y"):
            if where in graphics.plain():
                attributes.setdefault(where, graphics.plain()[where])
    if key in graph.nodes:
        graph.tally.note(mark("{count} nodes with an id that was taken were left out: {examples}"), key)
    else:
        graph.nodes[key] = Node(key, attributes)


def _edge(one: _List, graph: Graph, name: str) -> None:
    attributes = one.plain()
    for end in ("source", "target"):
        if end not in attributes:
            raise FileError(name, one.line, 1, "edge", _("it has no {end}", end=end))
    a, b = _key(attributes["source"]), _key(attributes["target"])
    for key in (a, b):
        if key not in graph.nodes:
            graph.tally.note(mark("{count} nodes that only edges name were added: {examples}"), key)
            graph.nodes[key] = Node(key)
    graph.edges.append(Edge(a, b, attributes))


def _read(data: bytes, name: str, options: Options) -> Opened:
    return draw(parse(data, name), name, options)


def _sniff(head: bytes) -> bool:
    return re.search(rb"(^|\n)\s*graph\s*\[", head) is not None


FORMAT = Format("gml", mark("GML graph"), (".gml",), _sniff, _read, None, (DEMANDS,))
