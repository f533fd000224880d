"""Copies: to and from a clipboard, duplicates, guests linked to a template. Each is one undoable step.

The clipboard's reading and writing is imported where it is used: a window starts without.
"""

from collections.abc import Iterable

from sdx_studio.document import EditError
from sdx_studio.document.inheriting import template_of, written_out
from sdx_studio.session.session import Session
from sdx_studio.words import _

Point = tuple[float, float]


def copied(session: Session, ids: Iterable[str]) -> str:
    """The elements among `ids` as text, with what is in them and the links between them; EditError without any."""
    from sdx_studio.document.clipboard import cut_out

    return cut_out(session.document, ids)


def cut(session: Session, ids: tuple[str, ...]) -> str:
    """The same, and they are gone."""
    from sdx_studio.document.clipboard import cut_out

    text = cut_out(session.document, ids)
    elements = tuple(id for id in ids if id in session.document.elements)
    with session.history.edit(_("Cut {count}", count=len(elements))):
        session.remove(*elements)
    return text


def paste(
    session: Session, text: str, at: Point | None = None, parent: str | None = None, over: str | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Put copies in, at a point of the canvas or a step from where they were; returns the outermost new ids.

    `parent` must take them, what lies `over` the point may. Raises EditError with the reason.
    """
    from sdx_studio.document.clipboard import put_in

    with session.history.edit(_("Paste")) as edit:
        return put_in(edit, text, at, parent, over)


def paste_linked(
    session: Session, text: str, at: Point | None = None, parent: str | None = None, over: str | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """The same with guests that have their originals as templates, and no values of their own."""
    from sdx_studio.document.clipboard import put_in

    with session.history.edit(_("Paste linked")) as edit:
        return put_in(edit, text, at, parent, over, linked=True)


def duplicate(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    """Copies beside the originals; the clipboard stays as it is."""
    from sdx_studio.document.clipboard import cut_out, put_in

    text = cut_out(session.document, ids)
    with session.history.edit(_("Duplicate")) as edit:
        return put_in(edit, text)


def linked(session: Session, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of `ids` that have a template."""
    document = session.document
    return tuple(
        id for id in ids if id in document.elements and template_of(document, document.elements[id]) is not None
    )


def unlink(session: Session, ids: Iterable[str]) -> None:
    """Give elements the values of their templates as their own; EditError when none has a template."""
    found = linked(session, ids)
    if not found:
        raise EditError(_("nothing selected has a template"))
    with session.history.edit(_("Unlink from the template")) as edit:
        for id in found:
            edit.update(written_out(session.document, session.document.elements[id]))
