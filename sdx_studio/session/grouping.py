"""Groups on the canvas: what holds others can be closed to one card; and all of a kind at once."""

from sdx_studio.document import Document
from sdx_studio.session.session import Session
from sdx_studio.words import _


def groups(document: Document, selection: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the selection that hold something and stand by themselves when they are closed."""
    elements = [id for id in selection if id in document.elements]
    return tuple(id for id in elements if document.children(id) and "layer" not in document.traits(id))


def toggle(session: Session, selection: tuple[str, ...]) -> None:
    """Close the groups in the selection; if all are closed, open them. One step."""
    document = session.document
    chosen = groups(document, selection)
    closing = not all(document.elements[id].closed for id in chosen)
    with session.history.edit(_("Close group") if closing else _("Open group")) as edit:
        for id in chosen:
            edit.update(document.elements[id].but(closed=closing))


def alike(document: Document, selection: tuple[str, ...]) -> tuple[str, ...]:
    """All elements of the kinds in the selection, and all cables if there is one."""
    kinds = {document.elements[id].kind for id in selection if id in document.elements}
    found = [id for id, one in document.elements.items() if one.kind in kinds]
    if any(id in document.links for id in selection):
        found.extend(document.links)
    return tuple(sorted(found))
