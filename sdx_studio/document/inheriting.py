"""Templates: values that are not set on an element come from another one, which may have a template itself."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sdx_studio.document.records import Element
from sdx_studio.kinds import Kind, Value, catalogue
from sdx_studio.kinds.placeholder import placeholder

if TYPE_CHECKING:
    from sdx_studio.document.document import Document


def kind_named(key: str) -> Kind:
    """The kind of this key, or the placeholder for one that the catalogue does not know."""
    known = catalogue()
    return known[key] if key in known else placeholder(key)


def template_of(document: "Document", one: Element) -> str | None:
    """Id of the element's template, None when it has none or it is not there."""
    id = one.fields.get(kind_named(one.kind).template_key or "")
    return id if isinstance(id, str) and id in document.elements else None


def chain(document: "Document", one: Element) -> Iterator[Element]:
    """Its template, that one's template and so on; a circle ends where it would begin anew."""
    seen = {one.id}
    id = template_of(document, one)
    while id is not None and id not in seen:
        seen.add(id)
        above = document.elements[id]
        yield above
        id = template_of(document, above)


def circle(document: "Document", one: Element) -> tuple[str, ...]:
    """Ids from `one` through its templates back to itself; empty when it does not come back."""
    row = (one, *chain(document, one))
    return tuple(each.id for each in row) if template_of(document, row[-1]) == one.id else ()


def inherited(document: "Document", one: Element) -> dict[str, tuple[Value, str]]:
    """Values that come from templates, each with the id of the element that gives it.

    Between different kinds only fields that both declare alike; identities and the template itself never.
    """
    own = kind_named(one.kind)
    found: dict[str, tuple[Value, str]] = {}
    for above in chain(document, one):
        other = kind_named(above.kind)
        for key, value in above.fields.items():
            field = own.by_key.get(key)
            if field is None or key in one.fields or key in found or field.inherits or field.identity:
                continue
            if other is own or other.by_key.get(key) == field:
                found[key] = (value, above.id)
    return found


def given(document: "Document", one: Element) -> Mapping[str, Value]:
    """Values that are set on `one` (placed or not) or on its templates; what is missing is its kind's default."""
    if template_of(document, one) is None:
        return one.fields
    values = {**{key: value for key, (value, _id) in inherited(document, one).items()}, **one.fields}
    return dict(sorted(values.items()))


def written_out(document: "Document", one: Element) -> Element:
    """The same element with the values of its template as its own, and without the template."""
    key = kind_named(one.kind).template_key
    values = given(document, one)
    return one.but(fields={name: value for name, value in values.items() if name != key})


def copies_of(document: "Document", id: str) -> tuple[str, ...]:
    """Ids of the elements of which `id` is the template, sorted."""
    return tuple(sorted(one.id for one in document.elements.values() if template_of(document, one) == id))
