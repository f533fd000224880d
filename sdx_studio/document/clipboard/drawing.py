"""What lies on a clipboard as a project of its own, to be drawn, and as addresses, to be read."""

from sdx_studio.document.clipboard.reading import read
from sdx_studio.document.document import Document
from sdx_studio.document.records import Element, Link


def drawn(text: str) -> Document:
    """A document with nothing but the elements in `text`, where they stood; raises EditError on damaged text."""
    sheet = read(text)
    inside = {part.id for part in sheet.elements}
    records: list[Element | Link] = []
    for part in sheet.elements:
        loose = part.parent not in inside
        x, y = sheet.boxes.get(part.id, (part.x, part.y, 0.0, 0.0))[:2] if loose else (part.x, part.y)
        fields = {**part.taken, **part.fields}
        records.append(Element(part.id, part.kind, part.name, None if loose else part.parent, x, y, part.order,
                               part.closed, fields=fields))  # fmt: skip
    records += [Link(one.id, one.a, one.b, one.route, one.points, one.order, one.fields) for one in sheet.links]
    return Document(records)


def addresses(text: str) -> tuple[str, ...]:
    """`kind:name` of the outermost elements in `text`; raises EditError on damaged text."""
    return tuple(f"{part.kind}:{part.name}" for part in read(text).outermost())
