"""Arranging: lines, gaps and grid; order kept, locked things stay, undone to the byte, refused with a reason."""

from itertools import pairwise

import pytest
from arrangements import drawings, free_of, undone
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.document import Document, EditError
from sdx_studio.document.arrange import GRID, LEAST, SIDES, snapped, stands_free, why_not
from sdx_studio.document.layout import Box, boxes
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session, arranging

EXACT = 0.02


@given(drawings(), st.sampled_from(sorted(SIDES)))
def test_aligned_things_have_one_line(document: Document, side: str) -> None:
    session = Session(document)
    ids = free_of(document)
    before, was = dump(document), boxes(document)
    locked = [id for id in ids if document.elements[id].locked]
    reason = arranging.why_not_align(document, ids)
    if reason is not None:
        with pytest.raises(EditError) as refused:
            arranging.align(session, side, ids)
        assert str(refused.value) == reason
        return
    arranging.align(session, side, ids)
    now = boxes(document)
    lines = {
        "left": lambda box: box.x, "right": lambda box: box.right, "centre": lambda box: box.x + box.width / 2,
        "top": lambda box: box.y, "bottom": lambda box: box.bottom, "middle": lambda box: box.y + box.height / 2,
    }  # fmt: skip
    ends = [lines[side](now[id]) for id in ids if id not in locked]
    assert max(ends, default=0.0) - min(ends, default=0.0) < EXACT
    for id in ids:
        same = ("y", "height") if side in ("left", "centre", "right") else ("x", "width")
        assert [getattr(now[id], name) for name in same] == [getattr(was[id], name) for name in same]
        assert id not in locked or now[id] == was[id]
    undone(session, before)


@given(drawings(), st.sampled_from(sorted(arranging.DISTRIBUTE)))
def test_distributed_things_keep_their_order(document: Document, how: str) -> None:
    session = Session(document)
    ids = free_of(document)
    before, was = dump(document), boxes(document)
    if arranging.why_not_distribute(document, ids) is not None:
        return
    arranging.distribute(session, how, ids)
    now = boxes(document)
    at, size = ("y", "height") if how.endswith("_v") else ("x", "width")

    def middle(box: Box) -> float:
        return float(getattr(box, at) + getattr(box, size) / 2)

    order = sorted(ids, key=lambda one: (middle(was[one]), one))
    assert now[order[0]] == was[order[0]]
    assert now[order[-1]] == was[order[-1]]
    if any(document.elements[id].locked for id in order[1:-1]):
        undone(session, before)
        return
    boxes_now = [now[id] for id in order]
    if how.startswith("centres"):
        steps = [middle(b) - middle(a) for a, b in pairwise(boxes_now)]
    else:
        steps = [getattr(b, at) - getattr(a, at) - getattr(a, size) for a, b in pairwise(boxes_now)]
    assert max(steps) - min(steps) < 2 * EXACT
    undone(session, before)


@given(drawings())
def test_corners_snap_to_the_grid(document: Document) -> None:
    for id, (x, y) in snapped(document, document.elements).items():
        assert x % GRID == y % GRID == 0
        assert document.element(id).parent is None or (x >= LEAST[0] and y >= LEAST[1])


def test_what_is_packed_is_refused_with_its_reason(lab: Session) -> None:
    document = lab.document
    hosts = [id for id, one in document.elements.items() if one.kind == "host"]
    packed = [id for id in hosts if not stands_free(document, id)]
    assert len(packed) >= 2
    assert "stand free" in str(why_not(document, packed))
    with pytest.raises(EditError, match="stand free"):
        arranging.align(lab, "left", packed)


def test_different_grounds_are_refused() -> None:
    session = Session()
    site = session.place("site", x=0, y=0)
    inner, outer = session.place("host", on=site), session.place("host", x=900)
    with pytest.raises(EditError, match="different grounds"):
        arranging.align(session, "left", [inner, outer])
