"""Ways of cables: parallels and crowded channels apart, right angles over way-points, names and chips beside them."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from sdx_studio.document import EditError
from sdx_studio.exchange.native import dump
from sdx_studio.session import Session, cabling
from sdx_studio.ui import theme
from sdx_studio.ui.canvas import brush
from sdx_studio.ui.canvas.columns import Columns
from sdx_studio.ui.canvas.labels import best_spot, names, spots
from sdx_studio.ui.canvas.nudging import CLOSE, nudged
from sdx_studio.ui.canvas.routes import Routes
from sdx_studio.ui.canvas.scene import Scene


def square(path: np.ndarray) -> bool:
    return bool((np.abs(np.diff(path, axis=0)).min(axis=1) < 0.01).all())


def routed(session: Session) -> Routes:
    return Routes(session.document, Columns(session.document))


@pytest.mark.parametrize("style", ["straight", "curved", "orthogonal"])
def test_parallels_stay_apart(style: str) -> None:
    session = Session()
    a, b = session.place("switch", x=0, y=0), session.place("switch", x=500, y=180)
    links = [session.connect(*(ends if index % 2 else ends[::-1])) for index, ends in enumerate([(a, b)] * 4)]
    if style != "orthogonal":
        cabling.draw(session, links, style)
    columns = Columns(session.document)
    routes = Routes(session.document, columns)
    dense = [thick(path if int(routes.ends[row, 0]) == columns.row[a] else path[::-1])
             for row, path in enumerate(routes.paths)]  # fmt: skip
    for index, one in enumerate(dense):
        for other in dense[index + 1 :]:
            gap = np.hypot(*(one[:, None] - other[None]).T).min()
            assert gap > 11.0 if style == "orthogonal" else gap > 9.0


def thick(path: np.ndarray) -> np.ndarray:
    """Points every few px along a way."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.arange(0.0, along[-1], 2.0)
    return np.column_stack([np.interp(at, along, path[:, axis]) for axis in (0, 1)])


SPOT = st.tuples(st.integers(-400, 900), st.integers(-400, 700))


@settings(deadline=None, max_examples=60)
@given(st.lists(SPOT, min_size=1, max_size=5), st.tuples(st.integers(-600, 600), st.integers(-400, 400)))
def test_orthogonal_ways_pass_their_points_at_right_angles(spots, away) -> None:
    session = Session()
    a, b = session.place("switch", x=0, y=0), session.place("host", x=away[0], y=away[1])
    link = session.connect(a, b)
    cabling.lead(session, link, spots)
    columns = Columns(session.document)
    path = Routes(session.document, columns).paths[0]
    assert square(path)
    dense = thick(path)
    for spot in spots:
        assert np.hypot(*(dense - np.array(spot)).T).min() < 2.1
    for end, id in ((path[0], a), (path[-1], b)):
        box = columns.box(columns.row[id]).adjusted(-0.1, -0.1, 0.1, 0.1)
        assert box.contains(QPointF(*end))
        assert not box.adjusted(0.2, 0.2, -0.2, -0.2).contains(QPointF(*end))


EDIT = st.one_of(
    st.tuples(st.just("lead"), st.lists(SPOT, max_size=4)),
    st.tuples(st.just("draw"), st.sampled_from(["straight", "curved", "orthogonal"])),
    st.tuples(st.just("plug"), st.tuples(st.integers(0, 1), st.integers(0, 3))),
    st.tuples(st.just("move"), st.tuples(st.integers(0, 3), SPOT)),
    st.tuples(st.just("reset"), st.none()),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(EDIT, max_size=12))
def test_random_edits_of_a_way_undone_give_the_same_bytes(edits) -> None:
    session = Session()
    ids = [session.place("switch", x=300 * index, y=100 * (index % 2)) for index in range(4)]
    link = session.connect(ids[0], ids[1])
    scene = Scene(session.document, theme.theme("light"))
    session.document.on_change(scene.follow)
    before, steps = dump(session.document), len(session.history.labels)
    for what, value in edits:
        try:
            if what == "lead":
                cabling.lead(session, link, value)
            elif what == "draw":
                cabling.draw(session, [link], value)
            elif what == "plug":
                cabling.plug(session, link, value[0], ids[value[1]])
            elif what == "move":
                session.move(ids[value[0]], x=value[1][0], y=value[1][1])
            else:
                cabling.reset(session, [link])
        except EditError:
            pass
        assert np.isfinite(scene.routes.points).all()
    while len(session.history.labels) > steps:
        session.undo()
    assert dump(session.document) == before


def test_names_of_ports_and_chips_cover_nothing() -> None:
    session = Session()
    a, b = session.place("switch", x=0, y=0), session.place("switch", x=640, y=160)
    for index in range(4):
        session.connect(a, b, label=f"trunk {index}", port_a=f"eth{index}", port_b=f"1/0/{index}")
    scene = Scene(session.document, theme.theme("light"))
    session.document.on_change(scene.follow)
    for scale in (1.0, 2.0):
        boxes = [name.box for name in names(scene, scale)]
        assert len(boxes) == 8
    placed = spots(scene, {row: f"trunk {row}" for row in range(4)}, 1.0)
    wide = brush.width_of("trunk 0", "label") + 24
    chips = [(spot.x() - wide / 2, spot.y() - 9, spot.x() + wide / 2, spot.y() + 9) for spot in placed.values()]
    cards = [(*rect[:2], *(rect[:2] + rect[2:])) for rect in scene.columns.rect]
    for index, one in enumerate(chips):
        for other in (*chips[index + 1 :], *cards):
            assert not (one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1])
    at = names(scene, 1.0)[0].box
    session.move(a, x=0.0, y=40.0)
    session.move(b, x=640.0, y=200.0)
    assert names(scene, 1.0)[0].box == pytest.approx((at[0], at[1] + 40, at[2], at[3] + 40))


def on_top(paths: list[np.ndarray]) -> int:
    """How many pairs of inner pieces of different cables lie on one another."""
    pieces = [
        (cable, axis, path[at][axis], *sorted((path[at][1 - axis], path[at + 1][1 - axis])))
        for cable, path in enumerate(paths)
        for at in range(1, len(path) - 2)
        for axis in (0, 1)
        if abs(path[at][axis] - path[at + 1][axis]) < 0.5
    ]
    return sum(
        one[0] != other[0] and one[1] == other[1] and abs(one[2] - other[2]) < CLOSE - 0.01
        and min(one[4], other[4]) - max(one[3], other[3]) > 0
        for one, other in combinations(pieces, 2)
    )  # fmt: skip


def crossings(paths: list[np.ndarray]) -> int:
    """How often inner pieces of different cables cross."""
    found = 0
    for one, other in combinations(paths, 2):
        for a, b in pairwise(one):
            for c, d in pairwise(other):
                across = abs(a[1] - b[1]) < 0.5
                if across == (abs(c[1] - d[1]) < 0.5):
                    continue
                level, upright = ((a, b), (c, d)) if across else ((c, d), (a, b))
                found += min(level[0][0], level[1][0]) < upright[0][0] < max(level[0][0], level[1][0]) and min(
                    upright[0][1], upright[1][1]
                ) < level[0][1] < max(upright[0][1], upright[1][1])
    return found


def test_a_channel_is_shared_without_lying_on_one_another() -> None:
    session = Session()
    left = [session.place("switch", x=0, y=130 * index) for index in range(5)]
    right = [session.place("switch", x=480, y=65 + 130 * index) for index in range(5)]
    for index in range(5):
        session.connect(left[index], right[(index + 2) % 5])
        session.connect(left[index], right[(index + 4) % 5])
    routes = routed(session)
    assert on_top(routes.paths) == 0
    assert all(square(path) for path in routes.paths)


def test_parallels_round_a_corner_do_not_cross() -> None:
    for away in ((500, 200), (500, -200), (-500, 200), (-500, -200), (200, 500), (-200, -500)):
        session = Session()
        a, b = session.place("switch", x=0, y=0), session.place("switch", x=away[0], y=away[1])
        for _index in range(4):
            session.connect(a, b)
        assert crossings(routed(session).paths) == 0, away


LANES = st.lists(st.tuples(st.integers(0, 60), st.integers(40, 260), st.integers(0, 60)), min_size=2, max_size=8)


@settings(deadline=None, max_examples=80)
@given(LANES)
def test_nudging_keeps_plugs_and_angles_and_never_makes_it_worse(lanes) -> None:
    paths = [np.array([(0.0, 10.0 * y), (x, 10.0 * y), (x, 10.0 * v + 3), (300.0, 10.0 * v + 3)])
             for y, x, v in lanes]  # fmt: skip
    found = nudged(paths, [False] * len(paths), np.zeros((0, 4)))
    for before, after in zip(paths, found, strict=True):
        assert (before[[0, -1]] == after[[0, -1]]).all()
        assert square(after)
        assert 8 <= after[1][0] <= 292
    assert on_top(found) <= on_top(paths)
    held = nudged(paths, [True] * len(paths), np.zeros((0, 4)))
    assert all((one == other).all() for one, other in zip(paths, held, strict=True))


def test_small_jogs_are_spared() -> None:
    session = Session()
    a, b = session.place("client_pc", x=0, y=0), session.place("switch", x=600, y=8)
    session.connect(a, b)
    (path,) = routed(session).paths
    assert len(path) == 2
    assert path[0][1] == pytest.approx(path[1][1])


def test_a_trial_changes_nothing() -> None:
    session = Session()
    a, b = session.place("switch", x=0, y=0), session.place("switch", x=500, y=200)
    link = session.connect(a, b)
    routes = routed(session)
    before = routes.paths[0].copy()
    other = routes.trial(session.document.links[link].but(points=((240.0, 400.0),)))
    assert len(other) > len(before)
    assert (routes.paths[0] == before).all()
    straight = session.document.links[link].but(route="straight", points=((9.0, 300.0),))
    assert (routes.trial(straight)[1] == (9, 300)).all()


def test_a_chip_without_room_stands_beside_its_cable_or_not_at_all() -> None:
    session = Session()
    ends = [session.place("host", x=0, y=500), session.place("host", x=440, y=500)]
    session.connect(*ends)
    scene = Scene(session.document, theme.theme("light"))
    assert spots(scene, {0: "100 % · queue 4"}, 1.0) == {}, "there is only room on the two cards"
    session.connect(*ends, label="trunk")
    scene = Scene(session.document, theme.theme("light"))
    assert list(spots(scene, {1: "trunk · 100 %"}, 1.0)) == [1], "what a person has written stays"
    way, taken = np.array([[0.0, 15.0], [200.0, 15.0]]), np.array([[-50.0, 0.0, 250.0, 20.0]])
    spot, covered = best_spot(way, 60.0, 18.0, taken)
    assert covered < 0.5 * 60.0 * 18.0
    assert spot.y() != 15.0, "it is beside its cable"
