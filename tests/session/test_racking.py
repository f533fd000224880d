"""Racks as elevations: who stands where, what is refused, and that moving one is one step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.document import EditError
from sdx_studio.exchange.native import dump
from sdx_studio.kinds.slots import Want, stood, widest
from sdx_studio.session import Session, racking

WANTS = st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(1, 60)), max_size=20).map(
    lambda many: [Want(f"m{at}", units, unit) for at, (units, unit) in enumerate(many)]
)


@given(st.integers(1, 48), WANTS)
def test_nobody_stands_where_somebody_else_does(total: int, wants: list[Want]) -> None:
    places = stood(total, wants)
    taken = [unit for one in wants if one.id in places for unit in range(places[one.id], places[one.id] + one.units)]
    assert len(taken) == len(set(taken))
    assert all(1 <= unit <= total for unit in taken)
    gap = widest(total, wants)
    assert all(one.units > gap for one in wants if one.id not in places)


@given(st.integers(1, 48), WANTS)
def test_what_is_written_down_as_it_stands_stands_there_again(total: int, wants: list[Want]) -> None:
    places = stood(total, wants)
    pinned = [Want(one.id, one.units, places[one.id]) for one in wants if one.id in places]
    assert stood(total, reversed(pinned)) == places


@pytest.fixture
def rack() -> tuple[Session, str, list[str]]:
    session = Session()
    site = session.place("site", name="dc")
    rack = session.place("rack", on=site, name="R1", units=10)
    hosts = [session.place("host", on=rack, name=f"h{n}") for n in (1, 2, 3)]
    return session, rack, hosts


def places(session: Session, rack: str) -> dict[str, str]:
    return {session.document.element(s.id).name: s.words for s in racking.elevation(session.document, rack).slots}


def test_machines_stand_from_the_top_in_their_order(rack) -> None:
    session, id, _hosts = rack
    session.place("switch", on=id, name="tor")
    assert places(session, id) == {"h1": "U 9–10", "h2": "U 7–8", "h3": "U 5–6", "tor": "U 4"}
    assert racking.elevation(session.document, id).used == 7


def test_moving_one_leaves_the_others_and_is_one_step(rack) -> None:
    session, id, hosts = rack
    before, steps = dump(session.document), len(session.history.labels)
    racking.mount(session, hosts[0], id, 1)
    assert places(session, id) == {"h2": "U 7–8", "h3": "U 5–6", "h1": "U 1–2"}
    assert session.document.children(id) == (hosts[1], hosts[2], hosts[0]), "the topology has the same order"
    assert len(session.history.labels) == steps + 1
    session.undo()
    assert dump(session.document) == before


def test_another_rack_takes_it_and_the_first_one_keeps_its_gap(rack) -> None:
    session, id, hosts = rack
    other = session.place("rack", name="R2", units=6)
    before = dump(session.document)
    racking.mount(session, hosts[1], other, 2)
    assert places(session, other) == {"h2": "U 2–3"}
    assert places(session, id) == {"h1": "U 9–10", "h3": "U 5–6"}
    session.undo()
    assert dump(session.document) == before


@pytest.mark.parametrize(
    ("unit", "reason"),
    [(8, "U 9–10 is taken by h1"), (10, "needs 2 U, but the rack has U 1 to U 10"), (0, "needs 2 U, but the rack")],
)
def test_no_room_is_said_in_words_and_changes_nothing(rack, unit: int, reason: str) -> None:
    session, id, hosts = rack
    before = dump(session.document)
    with pytest.raises(EditError, match=reason.replace("(", r"\(")):
        racking.mount(session, hosts[2], id, unit)
    assert dump(session.document) == before


def test_a_locked_one_stays_and_what_fits_no_rack_is_refused(rack) -> None:
    session, id, hosts = rack
    one = session.document.element(hosts[0])
    with session.history.edit("lock") as edit:
        edit.update(one.but(locked=True))
    assert racking.why_not(session.document, hosts[0], id, 1)
    pc = session.place("client_pc", name="pc")
    assert racking.why_not(session.document, pc, id, 1) == "A rack cannot hold a PC"


def test_a_gap_that_is_too_small_refuses_as_the_canvas_does(rack) -> None:
    session, id, hosts = rack
    for host, unit in zip(hosts, (2, 5, 8), strict=True):
        session.set(host, unit=unit)
    with pytest.raises(EditError, match="Needs 2 U in a row, the largest gap has 1 U"):
        session.place("host", on=id)
    session.place("switch", on=id)


def test_rooms_are_sites_with_racks_and_with_what_stands_in_none(rack) -> None:
    session, id, hosts = rack
    site = session.document.element(id).parent
    loose = session.place("host", on=site, name="tower")
    free = session.place("rack", name="R9")
    first, last = racking.rooms(session.document)
    assert (first.site, [one.id for one in first.racks], first.loose) == (site, [id], (loose,))
    assert (last.site, [one.id for one in last.racks], last.loose) == (None, [free], ())
    switch = session.place("switch", on=id, name="tor")
    session.connect(hosts[0], switch)
    assert racking.patched(session.document, hosts[0]) == (switch,)
