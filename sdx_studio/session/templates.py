"""Templates of a project: elements that are kept at hand, so that copies of them can be put in like parts.

What is a template is written in the project's own fields; copies of guests are linked to it (`copying.paste_linked`).
"""

from collections.abc import Iterable

from sdx_studio.document import Document, EditError
from sdx_studio.document.inheriting import kind_named
from sdx_studio.session.session import Session
from sdx_studio.words import _

FIELD = "templates"
MARK = "template:"
"""Begins the key of a part that stands for a template: "template:e12"."""
Point = tuple[float, float]


def templates(document: Document) -> tuple[str, ...]:
    """Ids of the elements that are kept as templates, as far as they are there."""
    kept = document.properties.fields.get(FIELD)
    return tuple(dict.fromkeys(str(id) for id in kept if id in document.elements)) if isinstance(kept, tuple) else ()


def of_key(document: Document, key: str) -> str | None:
    """The element for which a part's key stands; None for the key of a kind, or of what is gone."""
    id = key.removeprefix(MARK)
    return id if key.startswith(MARK) and id in document.elements else None


def all_kept(document: Document, ids: Iterable[str]) -> bool:
    """Whether all elements among `ids` are templates."""
    chosen = [id for id in ids if id in document.elements]
    return bool(chosen) and set(chosen) <= set(templates(document))


def toggle(session: Session, ids: Iterable[str]) -> None:
    """Keep elements as templates, or no longer when all of them are; one step."""
    document = session.document
    chosen = [id for id in ids if id in document.elements]
    if not chosen:
        raise EditError(_("no element is selected"))
    before = templates(document)
    off = all_kept(document, chosen)
    after = tuple(id for id in before if id not in chosen) if off else tuple(dict.fromkeys((*before, *chosen)))
    label = _("No longer a template") if off else _("Keep as template")
    with session.history.edit(label) as edit:
        edit.update(document.properties.setting(**{FIELD: after or None}))


def use(
    session: Session, id: str, count: int = 1, at: Point | None = None, parent: str | None = None,
    over: str | None = None, size: Point = (0.0, 0.0),
) -> tuple[str, ...]:  # fmt: skip
    """Put `count` copies in, one `size` (px) and a gap beside the other; returns their ids. EditError with the reason.

    Copies of what can have a template are linked to it.
    """
    from sdx_studio.document.clipboard import cut_out, put_in  # a window starts without

    document = session.document
    one = document.element(id)
    text = cut_out(document, (id,))
    linked = kind_named(one.kind).template_key is not None
    made: list[str] = []
    with session.history.edit(_("Use template {name}", name=one.name)) as edit:
        for number in range(count):
            spot = None if at is None else (at[0] + number * (size[0] + 24.0), at[1])
            made.extend(put_in(edit, text, spot, parent, over, linked=linked))
    return tuple(made)
