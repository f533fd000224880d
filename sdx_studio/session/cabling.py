"""Cables as they are drawn and plugged in: style, way-points, other ends. Each is one undoable step or a refusal."""

from collections.abc import Iterable, Sequence

from sdx_studio.document import Document, EditError, Link
from sdx_studio.document.records import ROUTES
from sdx_studio.document.waypoints import Point, rounded
from sdx_studio.kinds.links import BY_KEY, link_values, medium_between, why_not
from sdx_studio.session.session import Session
from sdx_studio.words import _, mark

STYLES = {
    "straight": mark("Straight cable"), "curved": mark("Curved cable"), "orthogonal": mark("Orthogonal cable"),
}  # fmt: skip
RESET = mark("Reset the way")
MENU = mark("Cables")


def chosen(document: Document, ids: Iterable[str]) -> tuple[Link, ...]:
    """The cables among `ids`."""
    return tuple(document.links[id] for id in dict.fromkeys(ids) if id in document.links)


def why_no_cable(document: Document, ids: Iterable[str]) -> str | None:
    """Why there is nothing to draw another way, in words, or None."""
    return None if chosen(document, ids) else _("no cable is selected")


def why_no_reset(document: Document, ids: Iterable[str]) -> str | None:
    """Why no way can be reset, in words, or None."""
    links = chosen(document, ids)
    if not links:
        return why_no_cable(document, ids)
    return None if any(link.points for link in links) else _("the selected cables have no way-points")


def all_drawn(document: Document, ids: Iterable[str], style: str) -> bool:
    """Whether there are cables among `ids` and all of them are drawn in this style."""
    links = chosen(document, ids)
    return bool(links) and all(link.route == style for link in links)


def draw(session: Session, ids: Iterable[str], style: str) -> None:
    """Draw cables straight, curved or orthogonal; way-points stay."""
    links = chosen(session.document, ids)
    if style not in ROUTES or not links:
        raise EditError(_("no cable is selected"))
    with session.history.edit(_(STYLES[style])) as edit:
        for link in links:
            edit.update(link.but(route=style))


def reset(session: Session, ids: Iterable[str]) -> None:
    """Give up all way-points of cables."""
    given = tuple(ids)
    reason = why_no_reset(session.document, given)
    if reason is not None:
        raise EditError(reason)
    with session.history.edit(_(RESET)) as edit:
        for link in chosen(session.document, given):
            edit.update(link.but(points=()))


def lead(session: Session, id: str, points: Sequence[Point], label: str = "") -> None:
    """Let a cable pass these points of the canvas (px) in order, from its first end to its second."""
    link = session.document.links[id]
    with session.history.edit(label or _("Way of a cable")) as edit:
        edit.update(link.but(points=rounded(points)))


def why_not_plug(document: Document, id: str, end: int, target: str) -> str | None:
    """Why end 0 or 1 of a cable cannot be plugged into `target`, in words, or None."""
    link = document.links[id]
    stays = link.b if end == 0 else link.a
    if target == stays:
        return _("a cable needs two different ends")
    pair = (document.kind_of(target), document.kind_of(stays))
    return why_not(*(pair if end == 0 else pair[::-1]))


def plug(session: Session, id: str, end: int, target: str) -> None:
    """Plug one end of a cable into another element; raises EditError with the reason.

    Way-points stay. The medium changes only where the old one does not fit into the new end.
    """
    document = session.document
    reason = why_not_plug(document, id, end, target)
    if reason is not None:
        raise EditError(reason)
    link = document.links[id]
    changed = link.but(**{"a" if end == 0 else "b": target})
    kinds = document.kind_of(changed.a), document.kind_of(changed.b)
    if not all(link_values(link)["medium"] in kind.carries for kind in kinds):
        medium = medium_between(*kinds)
        changed = changed.setting(medium=None if medium == BY_KEY["medium"].default else medium)
    with session.history.edit(_("Plug a cable into {name}", name=document.element(target).name)) as edit:
        edit.update(changed)


def add_connected(session: Session, source: str, key: str, *, on: str | None, name: str | None, at: Point) -> str:
    """Place a new part and connect it with `source`, as one step; returns the part's id."""
    with session.history.edit(_("Place and connect")):
        id = session.place(key, on=on, name=name, x=at[0], y=at[1])
        session.connect(source, id)
    return id


def why_not_all(document: Document, ids: Sequence[str]) -> str | None:
    """Why the first of `ids` cannot be connected with all others, in words, or None."""
    if len(ids) < 2 or any(id not in document.elements for id in ids):
        return _("select two or more elements: the first is connected with all others")
    first, *others = (document.kind_of(id) for id in ids)
    reason = next((found for other in others if (found := why_not(first, other)) is not None), None)
    if reason is None and all(_between(document, ids[0], id) for id in ids[1:]):
        return _("these are connected already")
    return reason


def _between(document: Document, a: str, b: str) -> bool:
    return any(b in (link.a, link.b) for link in document.links_of(a))


def connect_all(session: Session, ids: Sequence[str]) -> tuple[str, ...]:
    """Plug a cable from the first of `ids` into each other one that has none to it yet, as one step.

    Returns the new cables' ids; raises EditError with the reason.
    """
    reason = why_not_all(session.document, ids)
    if reason is not None:
        raise EditError(reason)
    with session.history.edit(_("Connect what is selected")):
        return tuple(session.connect(ids[0], id) for id in ids[1:] if not _between(session.document, ids[0], id))
