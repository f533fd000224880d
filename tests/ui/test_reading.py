"""The order of reading for any drawing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.session import Session
from sdx_studio.ui.canvas.columns import Columns
from sdx_studio.ui.canvas.reading import cabled, reading_order, reading_place, towards

spot = st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000))
parts = st.lists(st.tuples(spot, st.sampled_from(["host", "switch", "client_pc"]), st.integers(0, 3)), max_size=8)


def drawn(wanted: list[tuple[tuple[int, int], str, int]]) -> Session:
    session = Session()
    for (x, y), key, guests in wanted:
        id = session.place(key, x=x, y=y)
        for _ in range(guests if key == "host" else 0):
            session.place("vm", on=id, memory="1 GiB")
    return session


@given(parts)
def test_everything_once_and_what_holds_right_before_what_is_in_it(wanted) -> None:
    session = drawn(wanted)
    columns, document = Columns(session.document), session.document
    order, place = reading_order(columns), reading_place(columns)
    assert sorted(order) == sorted(document.elements)
    for id in document.elements:
        inside = [place[one] for one in document.below(id)]
        assert sorted(inside) == list(range(place[id] + 1, place[id] + 1 + len(inside)))


@given(parts)
def test_what_lies_wholly_above_is_read_before(wanted) -> None:
    session = drawn(wanted)
    columns, place = Columns(session.document), reading_place(Columns(session.document))
    outer = [id for id in session.document.elements if session.document.element(id).parent is None]
    boxes = {id: columns.box(columns.row[id]) for id in outer}
    tops = sorted(outer, key=lambda one: boxes[one].top())
    for first, second in pairwise(tops):
        if boxes[first].bottom() <= boxes[second].top():
            above = [id for id in outer if boxes[id].top() <= boxes[first].top()]
            assert max(place[id] for id in above) < place[second]


@given(parts, st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_a_direction_is_kept(wanted, way: tuple[int, int]) -> None:
    session = drawn(wanted)
    columns = Columns(session.document)
    for id in columns.ids:
        found = towards(columns, id, columns.ids, way)
        here = columns.box(columns.row[id]).center()
        ahead = [
            one for one in columns.ids
            if (columns.box(columns.row[one]).center().x() - here.x()) * way[0]
            + (columns.box(columns.row[one]).center().y() - here.y()) * way[1] > 0
        ]  # fmt: skip
        assert (found in ahead) if ahead else found is None


def test_guests_go_by_the_cables_of_their_machine() -> None:
    session = Session()
    host, switch = session.place("host"), session.place("switch")
    vm = session.place("vm", on=host)
    assert cabled(session.document, vm) == (vm, ())
    session.connect(host, switch)
    owner, links = cabled(session.document, vm)
    assert (owner, len(links)) == (host, 1)
