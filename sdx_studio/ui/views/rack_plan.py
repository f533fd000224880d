"""Where sites, racks and machines lie in the rack view; px at font scale 100 %."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from sdx_studio.session.racking import Elevation, Room, Slot

MARGIN, GAP, ROOM_GAP = 12.0, 12.0, 24.0
PAD, ROOM_PAD, ROOM_HEAD = 6.0, 12.0, 30.0
HEAD = 48.0
GUTTER = 20.0
PATCH, PATCH_FROM = 58.0, 222.0
"""Room for the names of switches, and from which width of a rack on it is there."""
UNIT, RACK = 18.0, 240.0
"""Height of a unit and width of a rack at zoom 1."""
LOW, HIGH, NARROW, WIDE = 14.0, 24.0, 156.0, 300.0
"""Between what unit and rack are fitted into the window."""
LOOSE, LOOSE_HIGH = 152.0, 46.0
LEAST, MOST = 0.5, 3.0
"""How far one can zoom."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rack on the page: all of it, and the opening in which machines stand."""

    rack: Elevation
    box: QRectF
    opening: QRectF
    unit: float

    def slot(self, unit: int, units: int) -> QRectF:
        """Rectangle of `units` units from `unit` upwards."""
        top = self.opening.top() + (self.rack.units - unit - units + 1) * self.unit
        return QRectF(self.opening.left(), top, self.opening.width(), units * self.unit)

    def unit_at(self, y: float) -> int:
        """The unit at a height of the page; outside the rack it goes on counting."""
        return self.rack.units - int((y - self.opening.top()) // self.unit)


@dataclass(frozen=True, slots=True)
class Berth:
    """A machine on the page; `slot` is None for one that stands in no rack, or has no room in it."""

    id: str
    box: QRectF
    rack: str | None = None
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Hall:
    """A site with its racks, and the column of what stands in none."""

    room: Room
    box: QRectF
    loose: QRectF | None


@dataclass(slots=True)
class Plan:
    """Everything on the page, and how large the page is."""

    unit: float = UNIT
    halls: list[Hall] = field(default_factory=list)
    frames: dict[str, Frame] = field(default_factory=dict)
    berths: dict[str, Berth] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0

    def box(self, id: str) -> QRectF:
        """Where a machine or rack is; empty when it is not here."""
        if id in self.berths:
            return self.berths[id].box
        return self.frames[id].box if id in self.frames else QRectF()

    def at(self, spot: QPointF) -> str | None:
        """The machine, or else the rack, at a point."""
        for berth in self.berths.values():
            if berth.box.contains(spot):
                return berth.id
        frame = self.frame_at(spot)
        return None if frame is None else frame.rack.id

    def frame_at(self, spot: QPointF) -> Frame | None:
        """The rack at a point."""
        return next((frame for frame in self.frames.values() if frame.box.contains(spot)), None)

    def beside(self, id: str, dx: int, dy: int) -> str | None:
        """The machine next to one in a direction; the nearest in height where columns differ."""
        here = self.box(id).center()
        ahead: dict[str, tuple[float, float]] = {}
        for one, berth in self.berths.items():
            way = berth.box.center() - here
            along, across = (way.x(), abs(way.y())) if dx else (way.y(), abs(way.x()))
            same = across < 1 if dy else abs(along) > 1
            if one != id and along * (dx or dy) > 0 and same:
                ahead[one] = (abs(along), across)
        return min(ahead, key=lambda one: ahead[one], default=None)


def plan(rooms: tuple[Room, ...], width: float, height: float, zoom: float | None) -> Plan:
    """The page for a window of `width` × `height`; `zoom` None makes racks as large as they fit in."""
    made = Plan()
    most = max((rack.units for room in rooms for rack in room.racks), default=1)
    count = max(1, sum(len(room.racks) for room in rooms))
    wide = RACK * (zoom or 1.0)
    made.unit = UNIT * (zoom or 1.0)
    if zoom is None:
        made.unit = min(HIGH, max(LOW, (height - 2 * MARGIN - ROOM_HEAD - ROOM_PAD - HEAD - PAD) / most))
        columns = sum(1 for room in rooms if room.loose)
        spare = width - 2 * MARGIN - columns * (LOOSE + GAP) - count * GAP
        spare -= len(rooms) * 2 * ROOM_PAD + (len(rooms) - 1) * ROOM_GAP
        wide = min(WIDE, max(NARROW, spare / count))
    x = MARGIN
    for room in rooms:
        x = _hall(made, room, x, wide) + ROOM_GAP
    made.width = x - ROOM_GAP + MARGIN
    made.height = max((hall.box.bottom() for hall in made.halls), default=0.0) + MARGIN
    return made


def _hall(made: Plan, room: Room, left: float, wide: float) -> float:
    """Put one site with its racks at `left`; returns its right edge."""
    x, top, bottom = left + ROOM_PAD, MARGIN + ROOM_HEAD, MARGIN + ROOM_HEAD
    for rack in room.racks:
        frame = _frame(rack, x, top, wide, made.unit)
        made.frames[rack.id] = frame
        made.berths.update({s.id: Berth(s.id, frame.slot(s.unit, s.units), rack.id, s) for s in rack.slots})
        low = frame.box.bottom()
        for place, id in enumerate(rack.crowded):
            box = QRectF(x + PAD, low + 6 + place * (LOOSE_HIGH + 4), wide - 2 * PAD, LOOSE_HIGH)
            made.berths[id] = Berth(id, box, rack.id)
        x += wide + GAP
        bottom = max(bottom, low + len(rack.crowded) * (LOOSE_HIGH + 4))
    column = None
    if room.loose:
        boxes = {id: QRectF(x, top + 24 + at * (LOOSE_HIGH + 6), LOOSE, LOOSE_HIGH) for at, id in enumerate(room.loose)}
        made.berths.update({id: Berth(id, box) for id, box in boxes.items()})
        low = top + 24 + len(boxes) * (LOOSE_HIGH + 6)
        column, bottom, x = QRectF(x, top, LOOSE, low - top), max(bottom, low), x + LOOSE + GAP
    box = QRectF(left, MARGIN, x - GAP + ROOM_PAD - left, bottom - MARGIN + ROOM_PAD)
    made.halls.append(Hall(room, box, column))
    return box.right()


def _frame(rack: Elevation, x: float, y: float, wide: float, unit: float) -> Frame:
    box = QRectF(x, y, wide, HEAD + rack.units * unit + PAD)
    patch = PATCH if wide >= PATCH_FROM else 0.0
    opening = QRectF(x + PAD + GUTTER, y + HEAD, wide - 2 * PAD - GUTTER - patch, rack.units * unit)
    return Frame(rack, box, opening, unit)


def rooms_of(frames: Mapping[str, Frame], units: int) -> dict[str, bool]:
    """Which racks have room for something `units` high."""
    found = {}
    for id, frame in frames.items():
        lowest = range(1, frame.rack.units - units + 2)
        found[id] = any(frame.rack.over(unit, units) is None for unit in lowest)
    return found
