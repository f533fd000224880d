"""Seats: where an element may sit, what has to be put in between, and why not, in words.

Canvas, palette, script and importer all ask here, so that a refusal reads the same everywhere.
"""

from dataclasses import dataclass

from sdx_studio.document.document import Document
from sdx_studio.document.inheriting import given, kind_named
from sdx_studio.document.records import Element
from sdx_studio.kinds import GROUND, Kind, catalogue, having, kind
from sdx_studio.words import _, dictionary


@dataclass(frozen=True, slots=True)
class Seat:
    """The answer to "may it go there?": `parent` really taken, layers to `insert` first, or the `reason` why not."""

    parent: str | None
    insert: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may."""
        return self.reason is None


def seat(document: Document, child: Element, target: str | None) -> Seat:
    """Where `child` (placed already or not) would sit when dropped on `target` (None: the bare canvas)."""
    what = document.kind_of(child.id) if child.id in document.elements else kind(child.kind)
    if target is None:
        reason = (
            None if GROUND in what.needs else _("{child} needs a place: {places}", child=the(what), places=homes(what))
        )
        return Seat(None, reason=_capital(reason))
    if target == child.id or child.id in document.above(target):
        return Seat(None, reason=_capital(_("nothing can be put into itself")))
    found = _existing(document, what, target, child.id)
    if found is not None:
        return _admitted(document, child, found)
    return _with_layers(document, child, what, target)


def _existing(document: Document, what: Kind, target: str, child: str) -> str | None:
    """`target` or a layer inside it that takes `what` as it is."""
    queue = [target]
    for one in queue:
        if one != child and _fits(what, document.kind_of(one)):
            return one
        queue.extend(inner for inner in document.children(one) if "layer" in document.traits(inner))
    return None


def _admitted(document: Document, child: Element, parent: str) -> Seat:
    holder = document.kind_of(parent)
    others = [one for one in document.children(parent) if one != child.id]
    if holder.capacity is not None and len(others) >= holder.capacity:
        taken = document.element(others[0])
        return Seat(
            parent, reason=_("{name} already holds {other}", name=document.element(parent).name, other=taken.name)
        )
    values = kind_named(child.kind).values(given(document, child))
    return Seat(parent, reason=_capital(holder.refuse(child, values, parent, document)))


def _with_layers(document: Document, child: Element, what: Kind, target: str) -> Seat:
    holder = document.kind_of(target)
    chain = _chain(holder, what)
    if chain is None:
        no = _("{parent} cannot hold {child}", parent=the(holder), child=the(what))
        return Seat(target, reason=_capital(no))
    taken = [one for one in document.children(target) if one != child.id]
    if holder.capacity is not None and len(taken) >= holder.capacity:
        other = document.element(taken[0])
        name = document.element(target).name
        return Seat(
            target, reason=_("{name} already runs {other}", name=name, other=_(document.kind_of(other.id).label))
        )
    return Seat(target, insert=chain)


def _chain(holder: Kind, what: Kind) -> tuple[str, ...] | None:
    """Shortest row of automatic layers that leads from `holder` to `what`."""
    layers = [one for one in having("layer") if one.auto_layer]
    rows: list[tuple[Kind, ...]] = [(layer,) for layer in layers if _fits(layer, holder)]
    for row in rows:
        if _fits(what, row[-1]):
            return tuple(layer.key for layer in row)
        rows.extend((*row, layer) for layer in layers if layer not in row and _fits(layer, row[-1]))
    return None


def _fits(what: Kind, holder: Kind) -> bool:
    return bool(set(what.needs) & set(holder.offers))


def homes(what: Kind) -> str:
    """Kinds on which `what` may sit, as words in a row."""
    return ", ".join(_(one.label) for one in catalogue().values() if _fits(what, one))


def the(what: Kind) -> str:
    """The kind's label in a sentence: "a VM", "an array", "a thin client"; in Japanese the bare word."""
    label = _(what.label)
    if dictionary.language != "en":
        return label
    word = label if label[1:2].isupper() else label[0].lower() + label[1:]
    return f"an {word}" if word[0] in "aeiouAEIO" else f"a {word}"


def _capital(text: str | None) -> str | None:
    return text[0].upper() + text[1:] if text else text
