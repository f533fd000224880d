"""Locked elements: they stay where they are, and nothing that holds one is taken away."""

from collections.abc import Iterable

from sdx_studio.document.document import Document
from sdx_studio.words import _


def locked(document: Document, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` that are locked elements, in their order."""
    return tuple(id for id in ids if id in document.elements and document.elements[id].locked)


def why_fixed(document: Document, ids: Iterable[str]) -> str | None:
    """Why these cannot be moved, or None: the first that is locked, by name."""
    found = locked(document, ids)
    return _("{name} is locked", name=document.elements[found[0]].name) if found else None


def why_kept(document: Document, ids: Iterable[str]) -> str | None:
    """Why these cannot be deleted, or None: one of them, or something inside one, is locked."""
    roots = [id for id in ids if id in document.elements]
    return why_fixed(document, [one for id in roots for one in (id, *document.below(id))])
