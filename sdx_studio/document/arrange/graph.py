"""What a layout sees of one ground: boxes that stand on it, cables between them, and whom the uncabled ones concern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sdx_studio.document.document import Document

Size = tuple[float, float]
Neighbours = dict[str, dict[str, int]]
"""For each box the boxes it is cabled to, with the number of cables."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The boxes of one ground. Cables and references of what is inside a box count as the box's own."""

    sizes: Mapping[str, Size]
    near: Neighbours
    ends: Mapping[str, tuple[str, ...]]
    """For each box that takes no cable (flow, users, cluster, …): the boxes that its fields lead to."""
    above: frozenset[str] = field(default_factory=frozenset)
    """Those of them that belong over the machines: people, and what they use."""


def ground(document: Document, ids: Sequence[str], sizes: Mapping[str, Size]) -> Ground:
    """The boxes `ids` and what ties them together."""
    owner = {inner: id for id in ids for inner in (id, *document.below(id))}
    near: Neighbours = {id: {} for id in ids}
    for link in document.links.values():
        a, b = owner.get(link.a), owner.get(link.b)
        if a is not None and b is not None and a != b:
            near[a][b] = near[a].get(b, 0) + 1
            near[b][a] = near[b].get(a, 0) + 1
    loose = [id for id in ids if not near[id] and _takes_no_cable(document, id)]
    ends = {id: _ends(document, id, owner) for id in loose}
    above = frozenset(id for id in loose if document.kind_of(id).family == "client")
    return Ground(sizes, near, ends, above)


def _takes_no_cable(document: Document, id: str) -> bool:
    kind = document.kind_of(id)
    return kind.shape == "leaf" and not kind.carries


def _ends(document: Document, id: str, owner: Mapping[str, str]) -> tuple[str, ...]:
    """Boxes that the fields of an element refer to, itself left out."""
    found: dict[str, None] = {}
    fields = document.element(id).fields
    for one in document.kind_of(id).fields:
        value = fields.get(one.key)
        named = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        if one.type in ("reference", "references"):
            found.update({owner[end]: None for end in named if end in owner})
    return tuple(end for end in found if end != id)


def parts(near: Neighbours) -> list[list[str]]:
    """Boxes that hang together, in the order of their first; all that are tied to nothing are one part, the last."""
    seen: set[str] = set()
    found: list[list[str]] = []
    single: list[str] = []
    for start in near:
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for one in part:
            fresh = [other for other in near[one] if other not in seen]
            seen.update(fresh)
            part.extend(fresh)
        (found.append(part) if len(part) > 1 else single.extend(part))
    return [*found, single] if single else found


def distances(near: Neighbours, start: Sequence[str]) -> dict[str, int]:
    """Fewest cables from any of `start` to what can be reached."""
    found = dict.fromkeys(start, 0)
    queue = list(start)
    for one in queue:
        for other in near[one]:
            if other not in found:
                found[other] = found[one] + 1
                queue.append(other)
    return found
