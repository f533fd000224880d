"""Drawings in disorder for the tests of arranging, and how disorderly they are."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from sdx_studio.document import Document, Element, Link
from sdx_studio.document.arrange import stands_free
from sdx_studio.document.layout import Box, boxes
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session

PIXEL = st.integers(-900, 900)
LEAVES = ("switch", "router", "thin_client", "host", "storage_array", "flow", "cluster", "sdn_controller", "user_group")


@st.composite
def drawings(draw: st.DrawFn) -> Document:
    """Sites and racks with things on them, cables between some, a few of them locked."""
    records: list[Any] = []

    def put(kind: str, parent: str | None = None) -> str:
        id = f"e{len(records):04d}"
        x, y, locked = draw(PIXEL), draw(PIXEL), draw(st.integers(0, 5)) == 0
        records.append(Element(id, kind, f"{kind}-{id}", parent, float(x), float(y), len(records), locked=locked))
        return id

    grounds: list[str | None] = [None, *(put("site") for _site in range(draw(st.integers(0, 2))))]
    for _rack in range(draw(st.integers(0, 2))):
        rack = put("rack", draw(st.sampled_from(grounds)))
        for _host in range(draw(st.integers(0, 2))):
            put("host", rack)
    for _thing in range(draw(st.integers(2, 14))):
        put(draw(st.sampled_from(LEAVES)), draw(st.sampled_from(grounds)))
    ends = [one.id for one in records if one.kind not in ("site", "rack", "flow", "cluster", "user_group")]
    for number in range(draw(st.integers(0, 16)) if len(ends) > 1 else 0):
        a, b = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
        if a != b:
            records.append(Link(f"l{number:04d}", a, b))
    return Document(records)


def free_of(document: Document, parent: str | None = None) -> list[str]:
    return [id for id in document.children(parent) if stands_free(document, id)]


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def spots(document: Document) -> dict[str, tuple[float, float]]:
    return {id: (one.x, one.y) for id, one in document.elements.items()}


def undone(session: Session, before: bytes, steps: int = 0) -> None:
    """There is at most one step more; taking it back gives the same bytes."""
    assert len(session.history.labels) <= steps + 1
    while len(session.history.labels) > steps:
        session.undo()
    assert dump(session.document) == before


def grounds(document: Document) -> list[str | None]:
    return [None, *(id for id, one in document.elements.items() if document.kind_of(id).shape == "ground")]


def crossings(document: Document) -> int:
    """Pairs of cables, as straight lines between the middles of the cards at their ends, that cross."""
    placed = boxes(document)

    def middle(id: str) -> tuple[float, float]:
        box = placed[id]
        return (box.x + box.width / 2, box.y + box.height / 2)

    lines = [(middle(link.a), middle(link.b), {link.a, link.b}) for link in document.links.values()]
    return sum(not a[2] & b[2] and _cross(*a[:2], *b[:2]) for a, b in combinations(lines, 2))


def _cross(a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]) -> bool:
    def turn(p: Sequence[float], q: Sequence[float], r: Sequence[float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
