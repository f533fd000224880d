"""From text into a document: new ids, names and identities, seats as for a drop, references led to the copies."""

from dataclasses import dataclass

from sdx_studio.document.clipboard.moving import Spots
from sdx_studio.document.clipboard.naming import Identities, Names
from sdx_studio.document.clipboard.reading import read
from sdx_studio.document.clipboard.sheet import MOST, Part, Sheet
from sdx_studio.document.history import Edit, EditError
from sdx_studio.document.inheriting import kind_named
from sdx_studio.document.placing import seat
from sdx_studio.document.records import NOTHING, Element, Link
from sdx_studio.document.seating import last_order, take_seat
from sdx_studio.kinds import GROUND, Field, Value, catalogue
from sdx_studio.words import _


@dataclass(frozen=True, slots=True)
class Place:
    """Where copies shall go, as far as somebody said so."""

    at: tuple[float, float] | None = None
    """Point on the canvas (px at zoom 1) for their middle; None leaves them where they were, a step further."""
    parent: str | None = None
    """What must take them, or what is around it."""
    over: str | None = None
    """What lies under the point; it takes them if it can."""


def put_in(
    edit: Edit, text: str, at: tuple[float, float] | None = None, parent: str | None = None, over: str | None = None,
    *, linked: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """Add what was cut out; returns the ids of the outermost new elements.

    `linked` makes the originals templates of the copies, which get no values of their own. Raises EditError with the
    reason; the transaction around `edit` then takes everything back.
    """
    sheet = read(text)
    document = edit.document
    there = len(document.elements) + len(document.links) + len(document.scenario)
    if there + len(sheet.elements) + len(sheet.links) > MOST:
        raise EditError(_("more than {most} elements, links and acts", most=f"{MOST:,}"))
    return _Copies(edit, sheet, linked).put(Place(at, parent, over))


class _Copies:
    """One paste under way."""

    def __init__(self, edit: Edit, sheet: Sheet, linked: bool) -> None:
        self.edit = edit
        self.document = edit.document
        self.sheet = sheet
        self.linked = linked
        self.parts = {part.id: part for part in sheet.elements}
        self.spots = Spots(edit.document, sheet)
        self.names = Names(one.name for one in edit.document.elements.values())
        self.identities = Identities(edit.document)
        self.new = {part.id: edit.new_id("e") for part in sheet.elements}
        self._last: dict[str | None, int] = {}
        if linked:
            self._may_be_linked()

    def put(self, place: Place) -> tuple[str, ...]:
        """Elements, then where they stand, then links."""
        outer = self.sheet.outermost()
        for part in outer:
            self._seat(part, place)
        roots = {part.id for part in outer}
        for part in self.sheet.elements:
            if part.id not in roots:
                self.edit.add(self._element(part).but(parent=self.new[part.parent or ""], order=part.order))
        away = self.spots.settle(self.edit, {part.id: self.new[part.id] for part in outer}, place.at, self._home)
        self._links(away)
        return tuple(self.new[part.id] for part in outer)

    # seats -------------------------------------------------------------------------------------------------------

    def _seat(self, part: Part, place: Place) -> None:
        """Put one of the outermost into the first place that takes it; raises EditError with the first reason."""
        child = self._element(part)
        if part.kind not in catalogue():
            self._add(child, None)
            return
        first: str | None = None
        for targets in self._targets(part, place):
            answers = [(target, seat(self.document, child, target)) for target in targets]
            able = [(target, answer) for target, answer in answers if answer.allowed]
            if able:
                ready = [target for target, answer in able if not answer.insert]
                self._add(child, take_seat(self.edit, child, (ready or [able[0][0]])[0]))
                return
            first = first or next((answer.reason for _target, answer in answers), None)
        raise EditError(first or _("there is no place for {name}", name=part.name))

    def _targets(self, part: Part, place: Place) -> list[tuple[str | None, ...]]:
        """Groups of places to try, best first. What is of the same kind is not a place, but what it is in."""
        document, elements = self.document, self.document.elements
        parent = place.parent if place.parent in elements else None
        if parent is not None and elements[parent].kind != part.kind:
            return [(parent,), document.above(parent), (None,)]
        over: tuple[str, ...] = ()
        if place.over is not None and place.over in elements:
            around = document.above(place.over)
            over = around if elements[place.over].kind == part.kind else (place.over, *around)
        beside = () if parent is None else document.above(parent)
        home = self._home(part)
        free = GROUND in kind_named(part.kind).needs
        if free and (place.at is not None or (home is None and part.parent is None and not beside)):
            return [over, (None,)]
        return [over, beside, () if home is None else (home,), (None,)]

    def _home(self, part: Part) -> str | None:
        """What the original is in, if that is in this document too."""
        return part.parent if part.parent is not None and self._same(part.parent) else None

    def _same(self, id: str) -> bool:
        """Whether the element of this id here is the one that was meant where it was cut out."""
        one = self.document.elements.get(id)
        seen = self.parts.get(id) or self.sheet.outside.get(id)
        return one is not None and (seen is None or (one.kind, one.name) == (seen.kind, seen.name))

    def _add(self, child: Element, parent: str | None) -> None:
        if parent not in self._last:
            self._last[parent] = last_order(self.document, parent)
        self._last[parent] += 1
        self.edit.add(child.but(parent=parent, order=self._last[parent]))

    # elements and links ------------------------------------------------------------------------------------------

    def _element(self, part: Part) -> Element:
        """The copy of one element, not in any place yet."""
        what = kind_named(part.kind)
        id, name = self.new[part.id], self.names.give(part.name, what.prefix)
        if self.linked and what.template_key is not None:
            fields: dict[str, Value] = {what.template_key: part.id}
        else:
            fields = self._fields(part)
        return Element(id, part.kind, name, None, part.x, part.y, part.order, part.closed, fields=fields or NOTHING,
                       extra=part.extra or NOTHING)  # fmt: skip

    def _fields(self, part: Part) -> dict[str, Value]:
        what = kind_named(part.kind)
        key = what.template_key
        template = None if key is None else part.fields.get(key)
        kept = template is None or template in self.parts or self._same(str(template))
        values = part.fields if kept else {**part.taken, **part.fields}
        found: dict[str, Value] = {}
        for name, value in values.items():
            field = what.by_key.get(name)
            copied = value if field is None else self._value(field, value)
            if copied is not None:
                found[name] = copied
        return dict(sorted(found.items()))

    def _value(self, field: Field, value: Value) -> Value:
        """A value as the copy has it; None when it has none."""
        if field.identity:
            return self.identities.give(field, value)
        if field.type == "reference":
            return self._target(field, str(value)) if value else None
        if field.type == "references" and isinstance(value, tuple):
            return tuple(id for one in value if (id := self._target(field, one)) is not None) or None
        return value

    def _target(self, field: Field, id: str) -> str | None:
        """Where a reference to `id` leads: to its copy, to itself when it is here and fits, otherwise nowhere."""
        if id in self.new:
            return self.new[id]
        if id in self.document.links:
            return id if field.cables and id not in self.sheet.outside else None
        fits = self._same(id) and (not field.to or bool(self.document.traits(id) & {*field.to, "placeholder"}))
        return id if fits else None

    def _links(self, away: dict[str, tuple[float, float] | None]) -> None:
        """Links between copies; their way-points come along with the element at one end."""
        root_of: dict[str, str] = {}
        for part in self.sheet.elements:
            root_of[part.id] = root_of.get(part.parent or "", part.id)
        for cable in self.sheet.links:
            step = away.get(root_of[cable.a])
            points = () if step is None else tuple(self.spots.moved(point, step) for point in cable.points)
            self.edit.add(Link(self.edit.new_id("l"), self.new[cable.a], self.new[cable.b], cable.route, points,
                               cable.order, cable.fields or NOTHING, cable.extra or NOTHING))  # fmt: skip

    def _may_be_linked(self) -> None:
        """Raise EditError when no original can be a template."""
        able = [part for part in self.sheet.elements if kind_named(part.kind).template_key is not None]
        if not able:
            raise EditError(_("only guests can be linked to a template"))
        for part in able:
            if not self._same(part.id):
                words = _("{name} is not in this project, so nothing can be linked to it", name=part.name)
                raise EditError(words)
