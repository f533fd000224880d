"""Layout by tier: nothing on top of another, locked things stay, few crossings, one step that can be undone."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from arrangements import crossings, drawings, grounds, overlap, spots, undone
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import assets
from sdx_studio.document import Document, EditError
from sdx_studio.document.arrange import chosen, laid_out, stands_free
from sdx_studio.document.arrange.block import line
from sdx_studio.document.arrange.order import Ordering, ordered
from sdx_studio.document.layout import Box, boxes
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session, arranging

SAMPLES = assets.listing("samples", ".sdx")


@given(drawings())
def test_layout_lays_nothing_on_anything(document: Document) -> None:
    session = Session(document)
    before, was = dump(document), spots(document)
    if all(document.elements[id].locked for id in document.children(None)):
        assert arranging.why_no_layout(document) is not None
        return
    arranging.lay_out(session)
    for id, one in document.elements.items():
        if one.locked or not stands_free(document, id):
            assert (one.x, one.y) == was[id]
    stay = {id for id in document.elements for above in (id, *document.above(id)) if document.elements[above].locked}
    placed = boxes(document)
    for parent in grounds(document):
        for a, b in combinations(document.children(parent), 2):
            if not stay >= {a, b} and parent not in stay:
                assert not overlap(placed[a], placed[b]), (a, b)
    undone(session, before)


@given(drawings())
def test_layout_again_changes_little_and_the_same_twice(document: Document) -> None:
    """The same drawing gives the same spots, whatever is asked first."""
    assert laid_out(document) == laid_out(document)
    ids = sorted(document.elements)
    turned = Document([*reversed([document.elements[id] for id in ids]), *document.links.values()])
    assert laid_out(turned) == laid_out(document)


@given(drawings(), st.data())
def test_layout_of_a_selection_moves_nothing_else(document: Document, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(sorted(document.elements)), min_size=2, max_size=6, unique=True))
    session = Session(document)
    before, was = dump(document), spots(document)
    free = set(chosen(document, some))
    if len(free) < 2:
        return
    try:
        arranging.lay_out(session, some)
    except EditError:
        return
    for id, spot in spots(document).items():
        if id not in free and free.isdisjoint(document.above(id)):
            assert spot == was[id]
    undone(session, before)


@given(st.lists(st.tuples(st.floats(-900, 900), st.integers(20, 400)), min_size=1, max_size=12), st.integers(0, 60))
def test_a_line_has_equal_gaps(wanted: list[tuple[float, int]], least: int) -> None:
    sizes = [float(size) for _want, size in wanted]
    begins = line([want for want, _size in wanted], sizes, (float(least), 500.0))
    gaps = [b - a - size for (a, size), b in zip(zip(begins, sizes, strict=True), begins[1:], strict=False)]
    assert all(abs(gap - gaps[0]) < 1e-6 and gap >= least - 1e-6 for gap in gaps)


@given(st.data())
def test_sweeps_never_make_more_crossings(data: st.DataObject) -> None:
    rows = [[f"{row}.{at}" for at in range(data.draw(st.integers(1, 5)))] for row in range(3)]
    every = [id for row in rows for id in row]
    near: dict[str, dict[str, int]] = {id: {} for id in every}
    for a, b in data.draw(st.lists(st.tuples(st.sampled_from(every), st.sampled_from(every)), max_size=14)):
        if a != b:
            near[a][b] = near[b][a] = 1
    ordering = Ordering(rows, near)
    cost = ordering.cost()
    found = ordering.best()
    assert [sorted(row) for row in found] == [sorted(row) for row in rows]
    assert ordering.cost() <= cost


def test_two_crossing_cables_are_uncrossed() -> None:
    near = {"a": {"d": 1}, "b": {"c": 1}, "c": {"b": 1}, "d": {"a": 1}}
    assert ordered([[["a", "b"], ["c", "d"]]], near) in ([["a", "b"], ["d", "c"]], [["b", "a"], ["c", "d"]])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_get_hardly_more_crossings_than_by_hand_and_room_between_cards(path: Any) -> None:
    session = Session.open(path)
    before, bytes_before = crossings(session.document), dump(session.document)
    arranging.lay_out(session)
    few = len(session.document.links) / 3
    assert crossings(session.document) <= max(before * 4 / 3, few), "ten racks side by side become two rows"
    placed = boxes(session.document)
    rows: dict[tuple[str | None, float], list[Box]] = {}
    for id, box in placed.items():
        if stands_free(session.document, id):
            rows.setdefault((session.document.elements[id].parent, box.y), []).append(box)
    for row in rows.values():
        row.sort(key=lambda box: box.x)
        assert all(b.x - a.right >= 15.9 for a, b in pairwise(row))
    undone(session, bytes_before)


def test_a_drawing_in_disorder_gets_fewer_crossings() -> None:
    """The sample with two networks, its cards strewn over the canvas."""
    session = Session.open(next(path for path in SAMPLES if path.stem.startswith("04")))
    document = session.document
    with session.history.edit("Strew") as edit:
        for number, id in enumerate(sorted(document.elements)):
            edit.update(document.element(id).but(x=number * 377.0 % 1400, y=number * 611.0 % 1100))
    before = crossings(document)
    arranging.lay_out(session)
    assert crossings(document) < before / 4


def test_tiers_go_from_clients_down_to_storage() -> None:
    session = Session()
    array, host = session.place("storage_array", x=0, y=0), session.place("host", x=50, y=0)
    switch, client = session.place("switch", x=90, y=0), session.place("thin_client", x=120, y=0)
    users = session.place("user_group", x=0, y=0, client=client)
    flow = session.place("flow", x=0, y=0, source=client, target=host)
    for a, b in ((client, switch), (switch, host), (host, array)):
        session.connect(a, b)
    arranging.lay_out(session)
    tops = [session.document.element(id).y for id in (users, client, switch, host, array)]
    assert tops == sorted(set(tops))
    assert session.document.element(flow).x > session.document.element(client).x


@pytest.mark.parametrize("count", [3, 7, 40])
def test_rows_have_equal_gaps(count: int) -> None:
    """Clients at one switch, in one row or in columns of equal distance when they are many."""
    session = Session()
    switch = session.place("switch", x=500, y=300)
    clients = [session.place("thin_client", x=37 * at % 400, y=0) for at in range(count)]
    for id in clients:
        session.connect(id, switch)
    arranging.lay_out(session)
    placed = boxes(session.document)
    columns = sorted({placed[id].x for id in clients})
    steps = {b - a for a, b in pairwise(columns)}
    assert len(steps) == 1
    assert max(box.right for box in placed.values()) < 1600
    middle = (columns[0] + columns[-1]) / 2
    assert abs(placed[switch].x - middle) <= 1


def test_way_points_go_with_what_they_led_around() -> None:
    session = Session()
    a, b = session.place("host"), session.place("switch", x=600)
    link = session.connect(a, b)
    with session.history.edit("Bend") as edit:
        edit.update(session.document.links[link].but(points=((1.0, 2.0),)))
    before = dump(session.document)
    arranging.lay_out(session)
    assert session.document.links[link].points == ()
    undone(session, before, 3 + 1)


def test_one_site_alone_is_laid_out_inside() -> None:
    session = Session()
    site = session.place("site", x=40, y=30)
    a, b = (session.place("host", on=site, x=100, y=100) for _host in range(2))
    other = session.place("host", x=1500)
    arranging.lay_out(session, [site])
    placed = boxes(session.document)
    assert not overlap(placed[a], placed[b])
    assert (session.document.element(site).x, session.document.element(other).x) == (40, 1500)
