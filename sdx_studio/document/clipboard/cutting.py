"""From a document to text: chosen elements, everything inside them and the links between them."""

from collections.abc import Iterable, Iterator

import msgspec

from sdx_studio.document.clipboard.sheet import FORMAT, VERSION, Cable, Part, Seen, Sheet
from sdx_studio.document.document import Document
from sdx_studio.document.history import EditError
from sdx_studio.document.inheriting import inherited, template_of
from sdx_studio.document.layout import boxes
from sdx_studio.document.records import Element, Link
from sdx_studio.kinds import Value
from sdx_studio.words import _

_ENCODER = msgspec.json.Encoder(order="deterministic")


def cut_out(document: Document, ids: Iterable[str]) -> str:
    """JSON of the elements among `ids`; the document stays as it is. Raises EditError when there are none."""
    chosen = {id for id in ids if id in document.elements}
    if not chosen:
        raise EditError(_("select the elements to copy"))
    outer = [id for id in chosen if chosen.isdisjoint(document.above(id))]
    outer.sort(key=lambda one: (document.elements[one].order, one))
    kept = list(dict.fromkeys(one for id in outer for one in (id, *document.below(id))))
    inside = set(kept)
    parts = [_part(document, document.elements[id], inside) for id in kept]
    links = {link.id: link for id in kept for link in document.links_of(id) if {link.a, link.b} <= inside}
    places = boxes(document)
    sheet = Sheet(
        FORMAT, VERSION, parts, [_cable(links[id]) for id in sorted(links)],
        {id: Seen(document.elements[id].kind, document.elements[id].name) for id in _outside(document, kept, inside)},
        {id: (box.x, box.y, box.width, box.height) for id in outer if (box := places.get(id)) is not None},
    )  # fmt: skip
    return _ENCODER.encode(sheet).decode()


def _part(document: Document, one: Element, inside: set[str]) -> Part:
    template = template_of(document, one)
    taken: dict[str, Value] = {}
    if template is not None and template not in inside:
        taken = {key: value for key, (value, _id) in inherited(document, one).items()}
    return Part(one.id, one.kind, one.name, one.parent, one.x, one.y, one.order, one.closed, fields=dict(one.fields),
                taken=taken, extra=dict(one.extra))  # fmt: skip


def _cable(link: Link) -> Cable:
    return Cable(link.id, link.a, link.b, link.route, link.points, link.order, dict(link.fields), dict(link.extra))


def _outside(document: Document, kept: Iterable[str], inside: set[str]) -> list[str]:
    """What is left behind and named by what comes along: parents, targets of references."""
    named: set[str] = set()
    for id in kept:
        parent = document.elements[id].parent
        named.update(() if parent is None else (parent,))
        named.update(_targets(document, id))
    return sorted(id for id in named - inside if id in document.elements)


def _targets(document: Document, id: str) -> Iterator[str]:
    one = document.elements[id]
    values = {**{key: value for key, (value, _id) in inherited(document, one).items()}, **one.fields}
    known = document.kind_of(id).by_key
    for key, value in values.items():
        if key in known and known[key].type in ("reference", "references"):
            yield from value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
