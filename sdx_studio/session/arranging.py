"""Arranging as undoable steps: align, distribute, grid, layout by tier, lock. Each is one step or a refusal."""

from collections.abc import Callable, Iterable

from sdx_studio.document import Document, EditError
from sdx_studio.document import arrange as rules
from sdx_studio.document.locks import locked, why_fixed
from sdx_studio.document.waypoints import carried
from sdx_studio.session.session import Session
from sdx_studio.words import _, mark

ALIGN = {
    "left": mark("Align left"), "centre": mark("Align centres"), "right": mark("Align right"),
    "top": mark("Align top"), "middle": mark("Align middles"), "bottom": mark("Align bottom"),
}  # fmt: skip
DISTRIBUTE = {
    "centres_h": mark("Distribute centres across"), "centres_v": mark("Distribute centres down"),
    "gaps_h": mark("Distribute gaps across"), "gaps_v": mark("Distribute gaps down"),
}  # fmt: skip
GRID = mark("Snap to grid")
LAYOUT = mark("Automatic layout")


def align(session: Session, side: str, ids: Iterable[str]) -> None:
    """Bring one side (left, centre, right, top, middle, bottom) of free elements to one line."""
    _arrange(session, ALIGN[side], ids, lambda document, free: rules.aligned(document, free, side), why_not_align)


def distribute(session: Session, how: str, ids: Iterable[str]) -> None:
    """Distribute free elements: centres or gaps, across or down (`centres_h`, `gaps_v`, …)."""
    rule = rules.by_gaps if how.startswith("gaps") else rules.by_centres
    axis = int(how.endswith("_v"))
    _arrange(session, DISTRIBUTE[how], ids, lambda document, free: rule(document, free, axis), why_not_distribute)


def to_grid(session: Session, ids: Iterable[str]) -> None:
    """Put the corners of free elements onto the grid."""
    _arrange(session, GRID, ids, rules.snapped, why_not_grid)


def lay_out(session: Session, ids: Iterable[str] = ()) -> None:
    """Lay out by tier what is selected, or all; way-points of cables that were moved at an end are given up."""
    reason = why_no_layout(session.document, ids)
    if reason is not None:
        raise EditError(reason)
    document = session.document
    spots = rules.laid_out(document, ids)
    moved = {inner for id in spots for inner in (id, *document.below(id))}
    with session.history.edit(_(LAYOUT)) as edit:
        rules.placed(edit, spots)
        for link in list(document.links.values()):
            if link.points and not moved.isdisjoint((link.a, link.b)):
                edit.update(link.but(points=()))


def nudge(session: Session, ids: Iterable[str], dx: float, dy: float) -> None:
    """Move elements a little (px); many nudges of the same ones are one step."""
    document = session.document
    known = [id for id in ids if id in document.elements]
    reason = why_fixed(document, known)
    if reason is not None:
        raise EditError(reason)
    with session.history.edit(_("Nudge"), merge="nudge " + " ".join(known)) as edit, carried(edit, known):
        for id in known:
            one = document.element(id)
            edit.update(one.but(x=one.x + dx, y=one.y + dy))


def toggle_lock(session: Session, ids: Iterable[str]) -> None:
    """Lock elements, or unlock them if all of them are locked."""
    document = session.document
    known = [id for id in dict.fromkeys(ids) if id in document.elements]
    if not known:
        raise EditError(_("no element is selected"))
    lock = not all_locked(document, known)
    label = _("Lock {count}", count=len(known)) if lock else _("Unlock {count}", count=len(known))
    with session.history.edit(label) as edit:
        for id in known:
            edit.update(document.element(id).but(locked=lock))


def all_locked(document: Document, ids: Iterable[str]) -> bool:
    """Whether there are elements among `ids` and all of them are locked."""
    known = [id for id in ids if id in document.elements]
    return bool(known) and len(locked(document, known)) == len(known)


# why not -------------------------------------------------------------------------------------------------------------


def why_not_align(document: Document, ids: Iterable[str]) -> str | None:
    """Why these cannot be aligned, in words, or None."""
    return rules.why_not(document, ids) or _all_fixed(document, ids)


def why_not_distribute(document: Document, ids: Iterable[str]) -> str | None:
    """Why these cannot be distributed, in words, or None."""
    return rules.why_not(document, ids, least=3) or _all_fixed(document, ids)


def why_not_grid(document: Document, ids: Iterable[str]) -> str | None:
    """Why these cannot be put onto the grid, in words, or None."""
    if not rules.chosen(document, ids):
        return rules.why_not(document, ids, least=1)
    return _all_fixed(document, ids)


def why_no_layout(document: Document, ids: Iterable[str] = ()) -> str | None:
    """Why nothing can be laid out, in words, or None."""
    free = rules.chosen(document, ids)
    return rules.why_no_layout(document) or (_all_fixed(document, free) if len(free) > 1 else None)


def _all_fixed(document: Document, ids: Iterable[str]) -> str | None:
    free = rules.chosen(document, ids)
    return why_fixed(document, free) if all_locked(document, free) else None


def _arrange(
    session: Session,
    label: str,
    ids: Iterable[str],
    rule: Callable[[Document, tuple[str, ...]], rules.Spots],
    why_not: Callable[[Document, tuple[str, ...]], str | None],
) -> None:
    """One step that moves the free ones among `ids` to where `rule` says; raises EditError with the reason."""
    given = tuple(ids)
    reason = why_not(session.document, given)
    if reason is not None:
        raise EditError(reason)
    spots = rule(session.document, given)
    with session.history.edit(_(label)) as edit, carried(edit, spots):
        rules.placed(edit, spots)
