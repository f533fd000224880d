"""Racks as elevations: which machine takes which height units, what stands in none, and moving one to other units."""

from dataclasses import dataclass

from sdx_studio.document import Document, EditError
from sdx_studio.document.locks import why_fixed
from sdx_studio.document.placing import seat
from sdx_studio.kinds.rack import want
from sdx_studio.kinds.slots import UNIT, stood
from sdx_studio.session.session import Session
from sdx_studio.session.wording import name_of
from sdx_studio.words import _

SLOT = "rack.slot"
"""Offered by racks, needed by what may stand in one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A machine `units` high whose lower edge is in `unit`, counted from 1 at the bottom."""

    id: str
    unit: int
    units: int

    @property
    def top(self) -> int:
        """The highest unit that it takes."""
        return self.unit + self.units - 1

    @property
    def words(self) -> str:
        """Its units as they are written on the rails: "U 7", "U 7–8"."""
        return f"U {self.unit}" if self.units == 1 else f"U {self.unit}–{self.top}"


@dataclass(frozen=True, slots=True)
class Elevation:
    """One rack seen from the front: its machines from top to bottom, and those for which it has no room."""

    id: str
    units: int
    slots: tuple[Slot, ...]
    crowded: tuple[str, ...] = ()

    @property
    def used(self) -> int:
        """Units that machines take."""
        return sum(one.units for one in self.slots)

    def over(self, unit: int, units: int, but: str = "") -> Slot | None:
        """A machine in one of `units` units from `unit` upwards, other than `but`."""
        return next((s for s in self.slots if s.id != but and s.unit < unit + units and unit <= s.top), None)


@dataclass(frozen=True, slots=True)
class Room:
    """The racks of one site (None: of none), and the machines there that stand in no rack."""

    site: str | None
    racks: tuple[Elevation, ...]
    loose: tuple[str, ...]


def elevation(document: Document, rack: str) -> Elevation:
    """The rack as it is drawn."""
    total = int(document.values(rack)["units"])
    wants = [want(one, document.values(one)) for one in document.children(rack)]
    places = stood(total, wants)
    slots = [Slot(one.id, places[one.id], one.units) for one in wants if one.id in places]
    slots.sort(key=lambda slot: -slot.unit)
    return Elevation(rack, total, tuple(slots), tuple(one.id for one in wants if one.id not in places))


def rooms(document: Document) -> tuple[Room, ...]:
    """All sites with racks, or with machines that could stand in one, in drawing order; what is in none comes last."""
    racks: dict[str | None, list[Elevation]] = {}
    loose: dict[str | None, list[str]] = {}
    for id in _in_order(document):
        kind = document.kind_of(id)
        if SLOT in kind.offers:
            racks.setdefault(_site(document, id), []).append(elevation(document, id))
        elif SLOT in kind.needs and not _racked(document, id):
            loose.setdefault(_site(document, id), []).append(id)
    sites = sorted({*racks, *loose}, key=lambda site: _place(document, site))
    return tuple(Room(site, tuple(racks.get(site, ())), tuple(loose.get(site, ()))) for site in sites)


def _in_order(document: Document) -> list[str]:
    """Everything that stands on the canvas, on a site or in a rack, outer things first."""
    found = list(document.children(None))
    for id in found:
        kind = document.kind_of(id)
        if kind.shape == "ground" or SLOT in kind.offers:
            found.extend(document.children(id))
    return found


def _racked(document: Document, id: str) -> bool:
    parent = document.element(id).parent
    return parent is not None and SLOT in document.kind_of(parent).offers


def _site(document: Document, id: str) -> str | None:
    return next((one for one in document.above(id) if document.kind_of(one).shape == "ground"), None)


def _place(document: Document, site: str | None) -> tuple[int, int, str]:
    one = None if site is None else document.element(site)
    return (1, 0, "") if one is None else (0, one.order, one.id)


def patched(document: Document, id: str) -> tuple[str, ...]:
    """Ids of the switches and routers to which the cables of a machine go, by name."""
    ends = {link.b if link.a == id else link.a for link in document.links_of(id)}
    into = [one for one in ends if one in document.elements and "forwarder" in document.traits(one)]
    return tuple(sorted(into, key=lambda one: (document.element(one).name, one)))


def height(document: Document, id: str) -> int:
    """Height units of a machine."""
    return want(id, document.values(id)).units


def why_not(document: Document, id: str, rack: str, unit: int) -> str | None:
    """Why a machine may not stand in `unit` and those above it, in words; None when it may."""
    reason = why_fixed(document, (id,))
    if reason is None and document.element(id).parent != rack:
        reason = seat(document, document.element(id), rack).reason
    if reason is not None:
        return reason
    there, units = elevation(document, rack), height(document, id)
    if not 1 <= unit <= there.units - units + 1:
        return _("needs {units} U, but the rack has U 1 to U {last}", units=units, last=there.units)
    other = there.over(unit, units, but=id)
    if other is not None:
        return _("{units} is taken by {name}", units=other.words, name=name_of(other.id, document))
    return None


def mount(session: Session, id: str, rack: str, unit: int) -> None:
    """Have a machine stand in `unit` of a rack; all others stay in theirs. One step; raises EditError with the reason.

    From then on the machines of both racks have units of their own, and the topology shows them in the same order.
    """
    document = session.document
    reason = why_not(document, id, rack, unit)
    if reason is not None:
        raise EditError(reason)
    before = document.element(id).parent
    left = [] if before == rack or not _racked(document, id) else [elevation(document, str(before))]
    there = elevation(document, rack)
    units = {s.id: s.unit for one in (*left, there) for s in one.slots} | {id: unit}
    with session.history.edit(_("Put {name} into U {unit}", name=name_of(id, document), unit=unit)) as edit:
        if before != rack:
            session.move(id, to=rack)
        for one, place in units.items():
            if UNIT.key in document.kind_of(one).by_key:
                edit.update(document.element(one).setting(unit=place))
        standing = sorted(document.children(rack), key=lambda one: -units.get(one, 0))
        for order, one in enumerate(standing, 1):
            edit.update(document.element(one).but(order=order))
