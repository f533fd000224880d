"""Flows and the tables of network nodes for people: columns of lists in words, and what would be before a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any

from sdx_studio import units
from sdx_studio.document import Document
from sdx_studio.engine.network.reading import Line
from sdx_studio.engine.network.tables import Entry, Port, Rule, Table
from sdx_studio.kinds.links import link_values
from sdx_studio.session.build import MICROSECONDS, parts_of, scenario_of
from sdx_studio.session.wording import name_of
from sdx_studio.words import _, mark

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

LARGEST = 3000
"""Elements and cables up to which the state before a run is computed while somebody looks at it."""
GLIMPSE = 1.0
"""Simulated seconds after the start at which a model that does not run is looked at."""

SORTS: Mapping[str, str] = {
    "traffic": mark("Drawn flow"), "io": mark("Disk access"), "boot": mark("Disk access at start"),
    "move": mark("Migration"), "display": mark("Screens of users"), "stream": mark("Streamed program"),
    "replica": mark("Replication"), "mirror": mark("Writes to both arrays"), "balance": mark("Levelling of disks"),
}  # fmt: skip
"""What sorts of flows the engine knows are called."""

Words = Callable[[Document, Any], str]
Order = Callable[[Document, Any], float | str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its heading, what stands in a row, by what it is sorted, px at font scale 100 %."""

    title: str
    words: Words
    order: Order | None = None
    """A number by which rows are sorted (NaN last); None sorts by the words."""
    wide: int = 90


# flows -----------------------------------------------------------------------------------------------------------


def course(document: Document, line: Line) -> str:
    """How a flow fares, in a few words."""
    name = name_of(line.limit, document) if line.limit else ""
    said = {
        "flows": _("flows"), "limited": _("limited by {name}", name=name), "idle": _("sends nothing now"),
        "blocked": _("blocked: {reason}", reason=_(line.reason)), "asks": _("asks the controller"),
        "waits": _("begins at {time}", time=units.show(line.begins, "s")), "done": _("has arrived"),
    }  # fmt: skip
    words = said[line.course]
    if line.floor > 0 and line.promised == 0 and line.course in ("flows", "limited"):
        return _("{state}, without its guarantee", state=words)
    return words


def ends(document: Document, line: Line | Rule) -> str:
    """From → to."""
    return f"{name_of(line.source, document)} → {name_of(line.target, document)}"


def _bits(value: float) -> str:
    return _("all it can get") if value == inf else units.show(value, "bit/s")


def _sort(_document: Document, line: Line | Rule) -> str:
    return _(SORTS[line.sort]) if line.sort in SORTS else line.sort


def _latency(line: Line) -> str:
    return units.show(line.latency, "s") if line.cables and line.latency > 0 else ""


FLOWS = (
    Column(mark("Name"), lambda document, line: name_of(line.id, document), wide=104),
    Column(mark("From → to"), ends, wide=120),
    Column(mark("Rate"), lambda _document, line: units.show(line.rate, "bit/s"), lambda _document, line: line.rate,
           wide=84),
    Column(mark("State"), course, wide=176),
    Column(mark("Wanted"), lambda _document, line: _bits(line.wanted), lambda _document, line: line.wanted, wide=100),
    Column(mark("Share"), lambda _document, line: units.show(line.share, "1") if line.share == line.share else "",
           lambda _document, line: line.share, wide=64),
    Column(mark("Kind"), _sort, wide=120),
    Column(mark("VLAN"), lambda _document, line: "" if line.vlan is None else str(line.vlan),
           lambda _document, line: line.vlan or 0, wide=56),
    Column(mark("Weight"), lambda _document, line: f"{line.weight:g}", lambda _document, line: line.weight, wide=64),
    Column(mark("Priority"), lambda _document, line: str(line.rank), lambda _document, line: line.rank, wide=68),
    Column(mark("Guarantee"), lambda _document, line: units.show(line.floor, "bit/s") if line.floor else "",
           lambda _document, line: line.floor, wide=90),
    Column(mark("Latency"), lambda _document, line: _latency(line), lambda _document, line: line.latency, wide=76),
)  # fmt: skip
"""The list of all flows; rows are Lines."""


# tables of nodes -------------------------------------------------------------------------------------------------


def port_words(device: str, document: Document, cable: str) -> str:
    """A port of `device`: the name it has on the drawing, and who is at the other end."""
    link = document.links.get(cable)
    if link is None:
        return ""
    label = str(link_values(link)["port_a" if link.a == device else "port_b"])
    far = name_of(link.b if link.a == device else link.a, document)
    return f"{label} → {far}" if label else f"→ {far}"


GATES: Mapping[str, str] = {
    "forwards": mark("forwards"), "blocks": mark("blocked by the spanning tree"),
    "blocked": mark("blocked at the other end"), "listens": mark("listens and learns"),
    "cut": mark("unplugged"), "dark": mark("no link"),
}  # fmt: skip


def _numbers(vlans: tuple[int, ...] | None) -> str:
    return _("all") if vlans is None else ", ".join(str(one) for one in vlans)


def ports(device: str) -> tuple[Column, ...]:
    """Columns of the list of ports of a node; rows are Ports."""
    port = partial(port_words, device)
    return (
        Column(mark("Port"), lambda document, row: port(document, row.cable), wide=120),
        Column(mark("State"), lambda _document, row: _(GATES[row.gate]), wide=170),
        Column(mark("VLANs"), lambda _document, row: _numbers(row.vlans), wide=76),
        Column(mark("Out"), lambda _document, row: units.show(row.out, "bit/s"), lambda _document, row: row.out),
        Column(mark("In"), lambda _document, row: units.show(row.into, "bit/s"), lambda _document, row: row.into),
        Column(mark("Speed"), lambda _document, row: units.show(row.capacity, "bit/s"),
               lambda _document, row: row.capacity),
    )  # fmt: skip


def rules(device: str) -> tuple[Column, ...]:
    """Columns of the rules of a programmed switch; rows are Rules."""
    port = partial(port_words, device)
    return (
        Column(mark("Flow"), lambda document, row: name_of(row.id, document), wide=90),
        Column(mark("Match"), _match, wide=112),
        Column(mark("In at"), lambda document, row: port(document, row.came), wide=84),
        Column(mark("Action: out at"), lambda document, row: port(document, row.out), wide=96),
        Column(mark("Priority"), lambda _document, row: str(row.rank), lambda _document, row: row.rank, wide=68),
        Column(mark("Delivered"), lambda _document, row: units.show(row.bytes, "B"),
               lambda _document, row: float("nan") if row.bytes is None else row.bytes),
        Column(mark("Rate"), lambda _document, row: units.show(row.rate, "bit/s"), lambda _document, row: row.rate),
        Column(mark("Time-out"), lambda _document, _row: _("when it ends"), wide=84),
    )  # fmt: skip


def _match(document: Document, rule: Rule) -> str:
    words = ends(document, rule)
    return words if rule.vlan is None else f"{words}, VLAN {rule.vlan}"


def routes(device: str, routing: bool) -> tuple[Column, ...]:
    """Columns of what a router or a switch knows; rows are Entries."""
    port = partial(port_words, device)
    where = Column(mark("Destination"), lambda document, row: name_of(row.target, document), wide=130)
    out = Column(mark("Out at"), lambda document, row: port(document, row.out), wide=130)
    if routing:
        via = Column(mark("Next hop"), _next, wide=120)
        return where, via, out, Column(mark("Cost"), _cost, lambda _document, row: row.cost, wide=64)
    vlans = Column(mark("VLAN"), lambda _document, row: ", ".join(str(one) for one in row.vlans), wide=76)
    return where, out, vlans, Column(mark("Hops"), _cost, lambda _document, row: row.cost, wide=64)


def _next(document: Document, entry: Entry) -> str:
    return name_of(entry.via, document) if entry.via else _("straight to it")


def _cost(_document: Document, entry: Entry) -> str:
    return str(entry.cost)


def listing(table: Table) -> tuple[str, tuple[Column, ...], tuple[Rule, ...] | tuple[Entry, ...]]:
    """Heading, columns and rows of the table by which a node forwards."""
    alone = table.role == "programmed" and table.standalone and not table.controller and not table.rules
    if table.role == "programmed" and not alone:
        return mark("Flow table"), rules(table.device), table.rules
    routing = table.role == "routing"
    title = mark("Routes") if routing else mark("Forwarding table")
    return title, routes(table.device, routing), table.entries


def facts(document: Document, table: Table) -> str:
    """A node in a line: what it is and who decides for it."""
    if not table.up:
        return _("is down: it forwards nothing")
    if table.role == "bridging":
        root = _("root of its spanning tree") if table.root == table.device else _(
            "spanning tree with root {name}", name=name_of(table.root, document))  # fmt: skip
        blocked = sum(one.gate == "blocks" for one in table.ports)
        words = f"{root} · {_('Priority')} {table.priority}"
        return f"{words} · {_('blocked ports: {count}', count=blocked)}" if blocked else words
    if table.role == "programmed":
        if table.controller:
            return _("programmed by {name}", name=name_of(table.controller, document))
        return _("hears no controller: forwards by itself") if table.standalone else _(
            "hears no controller: new flows are dropped")  # fmt: skip
    return _("sends packets along the paths with the lowest cost")


def empty(table: Table) -> str:
    """Why a node's table has no rows."""
    if not table.up:
        return _("What is down forwards nothing.")
    if table.role == "programmed":
        return _("No rule: no flow goes through here.")
    return _("It reaches nothing.")


def nodes(document: Document) -> list[str]:
    """Elements that forward, those with the most to tell first: programmed ones, then by name."""
    found = ((document.traits(id), name_of(id, document), id) for id in document.elements)
    chosen = [("programmed" not in traits, name, id) for traits, name, id in found if "forwarder" in traits]
    return [id for _alike, _name, id in sorted(chosen)]


# before a run ----------------------------------------------------------------------------------------------------


class Preview:
    """A model that does not run, a moment after its start; computed when it is first asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._world: World | None = None

    @property
    def small(self) -> bool:
        """Whether it is computed while somebody waits."""
        return len(self._document.elements) + len(self._document.links) <= LARGEST

    def forget(self) -> None:
        """The drawing has changed."""
        self._world = None

    def answer(self, topic: str, about: str) -> Mapping[str, Any]:
        """The same as a running model answers when it is asked (`playback.TOPICS`)."""
        from sdx_studio.engine.world import World  # only where somebody looks: a window's models run elsewhere
        from sdx_studio.session.players.playback import TOPICS

        if self._world is None:
            document = self._document
            self._world = World(parts_of(document), seed=document.properties.seed, scenario=scenario_of(document))
            self._world.advance(round(GLIMPSE * MICROSECONDS))
        return TOPICS[topic](self._world, about)


__all__ = [
    "FLOWS", "GATES", "GLIMPSE", "LARGEST", "SORTS", "Column", "Entry", "Line", "Port", "Preview", "Rule", "Table",
    "course", "empty", "ends", "facts", "listing", "nodes", "port_words", "ports", "routes", "rules",
]  # fmt: skip
