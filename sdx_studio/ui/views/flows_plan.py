"""Where things stand on the drawing of a way: a column of cards and cables, a second one for the other way."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from sdx_studio.engine.network.reading import Hop, Line, Way

PAD, HEAD, CARD, CABLE, GAP = 16.0, 26.0, 46.0, 64.0, 20.0
LEAST, MOST = 160.0, 330.0
"""Width of a column, px."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A node's card."""

    id: str
    box: QRectF


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cable between two cards; `store` stands for the work of a store at the end instead of a cable."""

    hop: Hop
    box: QRectF
    narrowest: bool = False
    limits: bool = False
    store: bool = False

    @property
    def id(self) -> str:
        """The cable."""
        return self.hop.cable


@dataclass(frozen=True, slots=True)
class Lane:
    """One way from top to bottom; `title` is where its heading begins, `dotted` the way that is not taken."""

    title: QPointF
    width: float
    stops: tuple[Stop, ...]
    stretches: tuple[Stretch, ...]
    dotted: bool = False


@dataclass
class Plan:
    """Everything with its size in px at font scale 100 %."""

    lanes: list[Lane] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0

    def things(self) -> Iterator[Stop | Stretch]:
        """From top to bottom, the way that is taken first."""
        for lane in self.lanes:
            both: list[Stop | Stretch] = [*lane.stops, *lane.stretches]
            yield from sorted(both, key=lambda one: one.box.top())

    def at(self, spot: QPointF) -> str | None:
        """What is at a spot."""
        return next((one.id for one in self.things() if one.box.contains(spot)), None)

    def box(self, id: str) -> QRectF:
        """Where something is first; empty when it is not here."""
        return next((one.box for one in self.things() if one.id == id), QRectF())


def plan(line: Line, way: Way, room: float) -> Plan:
    """The way of a flow, beside it the way hop by hop where a controller has chosen another one."""
    other = () if [one.cable for one in way.plain] == [one.cable for one in way.hops] else way.plain
    count = 2 if other else 1
    wide = min(MOST, max(LEAST, (room - 2 * PAD - GAP * (count - 1)) / count))
    made = Plan()
    if not way.hops and not way.store:
        return made
    top = PAD + HEAD
    made.lanes.append(_lane(line, way.hops, way, PAD, top, wide))
    if other:
        made.lanes.append(_lane(line, other, Way(), PAD + wide + GAP, top, wide, dotted=True))
    made.width = 2 * PAD + count * wide + (count - 1) * GAP
    made.height = PAD + max(one.box.bottom() for one in made.things())
    return made


def _lane(line: Line, hops: tuple[Hop, ...], way: Way, x: float, top: float, wide: float, dotted: bool = False) -> Lane:
    narrow = _narrowest(line, hops)
    stops = [Stop(hops[0].near, QRectF(x, top, wide, CARD))] if hops else []
    stretches = []
    y = top + (CARD if hops else 0.0)
    for hop in hops:
        limits = line.limit == hop.cable and not dotted
        stretches.append(Stretch(hop, QRectF(x, y, wide, CABLE), hop.cable == narrow, limits))
        stops.append(Stop(hop.far, QRectF(x, y + CABLE, wide, CARD)))
        y += CABLE + CARD
    if way.store:
        work = Hop(way.store, way.store, way.store, way.busy, 1.0)
        stretches.append(Stretch(work, QRectF(x, y, wide, CABLE), limits=line.limit == way.store, store=True))
    return Lane(QPointF(x, top - HEAD / 2 - 4), wide, tuple(stops), tuple(stretches), dotted)


def _narrowest(line: Line, hops: tuple[Hop, ...]) -> str:
    """The cable that holds it up, or else the slowest where they differ, the fullest where they do not."""
    if not hops or any(one.cable == line.limit for one in hops):
        return line.limit
    least = min(one.capacity for one in hops)
    return max((one for one in hops if one.capacity == least), key=lambda one: one.load).cable
