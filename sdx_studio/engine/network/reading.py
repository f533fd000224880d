"""What can be read off the flows of a running world: rate, limit and reason of each, and the way of one of them.

Nothing here changes the world; remembered paths are no part of its state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Literal

from sdx_studio.engine.clock import SECOND, micros
from sdx_studio.engine.network.flow import Flow, Key
from sdx_studio.engine.network.shares import EVEN, ceiling
from sdx_studio.engine.parts import Traffic

if TYPE_CHECKING:
    from sdx_studio.engine.world import World

Course = Literal["flows", "limited", "idle", "blocked", "asks", "waits", "done"]
"""It gets what it asks for; less, because of something full; asks for nothing; has no way; asks the controller;
has not begun; all of its bytes have arrived."""


@dataclass(frozen=True, slots=True)
class Line:
    """One flow just now. Rates in bit/s on the wire (inf: as much as it can get), seconds."""

    sort: str
    """What the engine calls it: "traffic", "move", "io", "boot", "display", "stream", "replica", "balance"."""
    id: str
    """The element that it is of."""
    source: str
    target: str
    course: Course
    rate: float = 0.0
    wanted: float = 0.0
    narrowest: float = inf
    """bit/s of the slowest cable on its way."""
    limit: str = ""
    """The cable or store that is full and gives it less than it wants."""
    reason: str = ""
    vlan: int | None = None
    weight: float = 1.0
    rank: int = 0
    floor: float = 0.0
    promised: float = 0.0
    latency: float = 0.0
    begins: float = 0.0
    """When drawn traffic is to begin."""
    local: bool = False
    """Its two ends are on one machine, so that it uses no cable."""
    cables: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name among all flows."""
        return f"{self.sort}/{self.id}"

    @property
    def share(self) -> float:
        """Rate over what it wants or its slowest cable could give (0…1); NaN where neither says anything."""
        most = min(self.wanted, self.narrowest)
        return self.rate / most if 0 < most < inf else float("nan")


@dataclass(frozen=True, slots=True)
class Hop:
    """One cable on a way, from node to node; bit/s in the direction in which the flow loads it most."""

    cable: str
    near: str
    far: str
    load: float
    capacity: float

    @property
    def utilisation(self) -> float:
        """Load over capacity."""
        return self.load / self.capacity if self.capacity > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """The hops of a flow, and over against them those that it would take hop by hop.

    `controllers` chose the way; where there are none, `plain` is empty. `planned`: it does not flow yet.
    """

    hops: tuple[Hop, ...] = ()
    plain: tuple[Hop, ...] = ()
    controllers: tuple[str, ...] = ()
    store: str = ""
    """The store that has to work for it, and the share of its time that is taken by all."""
    busy: float = 0.0
    planned: bool = False


def routes(world: "World", about: str) -> Mapping[str, Any]:
    """All flows by key as Lines, and the Way of the one whose key is `about`, or else of the first that was drawn.

    `way` is None when there are no flows, `chosen` is the key of the one it belongs to.
    """
    lines = flows(world)
    chosen = next((one for one in lines if one.key == about), None)
    chosen = chosen or next((one for one in lines if one.sort == "traffic"), lines[0] if lines else None)
    told = None if chosen is None else way(world, chosen)
    return {"flows": lines, "about": about, "chosen": "" if chosen is None else chosen.key, "way": told}


def flows(world: "World") -> tuple[Line, ...]:
    """Every flow of the world, and drawn traffic that has not begun or is over, by sort and id."""
    names, levels = _names(world), Levels(world)
    lines = {key: _line(world, flow, names, levels) for key, flow in world.fabric.flows.items()}
    for id, part in world.plant.parts.traffics.items():
        if ("traffic", id) not in lines:
            lines["traffic", id] = _silent(world, part)
    return tuple(lines[key] for key in sorted(lines))


def _names(world: "World") -> list[str]:
    """Cable or store of every leg."""
    cables = [id for id in world.plant.parts.cables for _ in range(2)]
    return cables + sorted(world.fabric.stores, key=world.fabric.stores.__getitem__)


class Levels(dict[tuple[int, int], float]):
    """Leg and class → the highest level (bit/s per weight) of those on it that do not go before that class."""

    def __init__(self, world: "World") -> None:
        self._shares = world.fabric.shares

    def __missing__(self, key: tuple[int, int]) -> float:
        """Looked up once, and rounded so that equals tie."""
        leg, rank = key
        behind = [one for one in self._shares.users(leg) if one.rank <= rank and not 0 < one.rate <= one.promised]
        self[key] = found = float(f"{max((one.rate / one.weight for one in behind), default=0.0):.8e}")
        return found


def _line(world: "World", flow: Flow, names: Sequence[str], levels: Levels) -> Line:
    wanted, cables = ceiling(flow) if not flow.blocked else flow.cap, world.plant.parts.cables
    course: Course = "blocked" if flow.blocked else "idle" if wanted <= 0 else "flows"
    limit = ""
    if course == "flows" and flow.rate < wanted * (1 - EVEN):
        limit = _limit(world, flow, names, levels)
        course = "limited" if limit else course
    return Line(
        flow.key[0], flow.key[1], flow.source, flow.target, course, flow.rate, wanted,
        min((cables[id].bandwidth for id in flow.cables if id in cables), default=inf), limit, flow.reason,
        flow.vlan if flow.vlan is not None or len(flow.vlans) != 1 else flow.vlans[0],
        flow.weight, flow.rank, flow.floor, flow.promised, flow.latency,
        local=flow.local, cables=flow.cables,
    )  # fmt: skip


def _limit(world: "World", flow: Flow, names: Sequence[str], levels: Levels) -> str:
    """The full leg on which none of its class has a higher level: that one holds it up (see `shares`)."""
    shares = world.fabric.shares
    legs = [leg for leg in flow.legs if shares.load(leg) >= shares.capacities[leg] * (1 - EVEN)]
    full = [(levels[leg, flow.rank], place, leg) for place, leg in enumerate(legs)]
    return names[min(full)[2]] if full else ""


def _silent(world: "World", part: Traffic) -> Line:
    """Drawn traffic that has no flow: not begun, being introduced, or over."""
    streams, now = world.streams, world.plant.now
    begun = micros(part.start) <= now
    course: Course = "done" if part.id in streams.done else "asks" if begun else "waits"
    return Line(
        "traffic", part.id, part.source, part.target, course, 0.0, inf if part.rate is None else part.rate,
        vlan=part.vlan, weight=part.weight, rank=part.priority, floor=part.guarantee, begins=part.start,
    )  # fmt: skip


def way(world: "World", line: Line) -> Way:
    """The hops of one flow; those that it would take when it does not flow."""
    fabric, topology = world.fabric, world.fabric.topology
    flow = fabric.flows.get((line.sort, line.id))
    store = "" if flow is None or flow.store is None else flow.store
    source, target = topology.endpoint(line.source), topology.endpoint(line.target)
    route = None
    if source is not None and target is not None and source != target and not line.local:
        route = topology.path(source, target, line.vlan, bool(store))
    plain = () if route is None else hops(world, route.nodes[0], route.cables, ())
    heard = [] if route is None or store else fabric.central.programmed(route)
    found = {one.id for one in map(fabric.central.controller_of, heard) if one is not None}
    taken = hops(world, source or "", line.cables, flow.legs if flow is not None else ())
    busy = fabric.shares.load(fabric.stores[store]) if store in fabric.stores else 0.0
    planned = not taken and not line.local
    return Way(taken or plain, plain if found else (), tuple(sorted(found)), store, busy, planned)


def hops(world: "World", start: str, cables: Sequence[str], legs: Sequence[int]) -> tuple[Hop, ...]:
    """The cables of a way one after another from node `start` on; `legs` are the directions that are in question."""
    parts, shares = world.plant.parts, world.fabric.shares
    places = {id: place for place, id in enumerate(parts.cables)} if cables else {}
    found: list[Hop] = []
    near = start
    for id in cables:
        cable = parts.cables[id]
        there = 2 * places[id] + (near != cable.a)
        far = cable.b if near == cable.a else cable.a
        used = [leg for leg in (there, there ^ 1) if leg in legs] or [there]
        found.append(Hop(id, near, far, max(shares.load(leg) for leg in used), cable.bandwidth))
        near = far
    return tuple(found)


def delivered(world: "World", key: Key) -> float | None:
    """Bytes that have come through so far; None for what nobody counts."""
    sort, id = key
    if sort == "traffic" and id in world.streams.sent:
        sent, rate, since = world.streams.sent[id]
        return sent + rate * (world.plant.now - since) / SECOND
    job = world.jobs.active.get(key)
    if job is None:
        return None
    return min(job.size, job.size - job.left + job.rate * (world.plant.now - job.since) / SECOND)
