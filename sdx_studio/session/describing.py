"""Elements in a few words: what one says of them in a line."""

from sdx_studio.document import Document
from sdx_studio.session.wording import name_of
from sdx_studio.words import _


def figures(document: Document, id: str, keys: tuple[str, ...] = ()) -> str:
    """The figures of an element that its card shows, "16 cores · 64 GiB"; of `keys` when it shows none."""
    what, values = document.kind_of(id), document.values(id)
    shown = []
    for key in what.subtitle or keys:
        field = what.by_key[key]
        if values[key] is not None:
            words = field.show(values[key])
            words = _(words) if field.choices else words
            bare = not field.unit and field.type in ("integer", "number")
            shown.append(f"{_(field.label)} {words}" if bare else words)
    return " · ".join(shown)


def neighbours(document: Document, id: str) -> str:
    """Names of what the cables of an element lead to."""
    ends = (link.b if link.a == id else link.a for link in document.links_of(id))
    return ", ".join(sorted({name_of(one, document) for one in ends}))


def sizes(document: Document, id: str) -> str:
    """Its figures in a list: those of the card, or else the first two quantities that its kind declares."""
    fields = document.kind_of(id).fields
    return figures(document, id, tuple(one.key for one in fields if one.type in ("integer", "number"))[:2])


def outlined(document: Document, top: str | None = None) -> list[str]:
    """Everything as lines of plain text, what is inside indented by two blanks."""
    lines: list[str] = []
    stack = [(id, 0) for id in reversed(document.children(top))]
    while stack:
        id, depth = stack.pop()
        one = document.elements[id]
        cables = neighbours(document, id)
        said = [one.name, _(document.kind_of(id).label), sizes(document, id), f"→ {cables}" if cables else ""]
        lines.append("  " * depth + " · ".join(part for part in said if part))
        stack.extend((inner, depth + 1) for inner in reversed(document.children(id)))
    return lines
